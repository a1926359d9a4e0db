"""The story of one campaign as text: how it compares, its course in stretches, why each objective fell."""

from __future__ import annotations

import shlex
from typing import Any, Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from redan.forecast.headline import title
from redan.views.cli.output import heading, number, percent, table

#: What is compared with all replications, and its name; `taken:` and its objective come from the document.
COMPARED: Final = {
    "ended": "all taken or left",
    "area_gained_km2": "area gained km2",
    "losses:attacker": "attacker losses",
    "losses:defender": "defender losses",
    "strongholds_holding": "strongholds held",
    "destroyed_km2": "built-up lost km2",
    "residents_left": "residents left",
}
#: In the table of distances: the front has passed it.
PASSED: Final = "-"
#: Sentences of a stretch that a short telling leaves to the table.
IN_THE_TABLE: Final = ("In the end the front", "Men on the march", "Effort:")


def show(screen: Console, document: dict[str, Any], *, is_full: bool) -> None:
    """Print a whole story; a full one has every entry of every day and every sentence of a stretch."""
    _head(screen, document)
    _standing(screen, document)
    _parameters(screen, document["parameters"], document["replications"])
    _stretches(screen, document)
    heading(screen, "What happened")
    told = document["periods"] if is_full else _until_ended(document)
    for period in told:
        _period(screen, document, period, is_full=is_full)
    if len(told) < len(document["periods"]):
        screen.print()
        screen.print(Text("Afterwards, when every objective had been taken or left", style="bold"))
        _entries(screen, document, told[-1]["last_day"] + 1, document["horizon_days"], is_full=is_full)
    heading(screen, "Why each objective fell, or did not")
    for objective in document["objectives"]:
        screen.print()
        _hanging(screen, objective["text"], bold=objective["name"])
    heading(screen, "Over the whole campaign")
    for sentence in document["whole"]:
        _hanging(screen, sentence)
    _more(screen, document, is_full=is_full)


def _head(screen: Console, document: dict[str, Any]) -> None:
    name = f"{document['scenario']}: the story of one campaign of {document['course']}"
    screen.print(Text(name, style="bold"))
    kept = "as it was recorded" if document["kept"] else "played again from its key"
    screen.print(
        f"replication {document['replication']:,}, seed {document['seed']}, {kept};"
        f" day 0 is {document['as_of']}, {document['horizon_days']:,} days"
    )
    screen.print(f"Chosen: {document['chosen']}.")
    for note in document["notes"]:
        screen.print(f"Note: {note}")


def _until_ended(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Stretches up to the one in which every objective had been taken or left."""
    days = [entry["day"] for entry in document["timeline"] if entry["kind"] == "ended"]
    ended = days[0] if days else document["horizon_days"]
    return [period for period in document["periods"] if period["first_day"] <= ended]


def _standing(screen: Console, document: dict[str, Any]) -> None:
    n, course = document["replications"], document["course"]
    heading(screen, f"How it compares with all {n:,} replications of {course}")
    shown = table("", "here", "10 %", "median", "90 %", "others below", right=(1, 2, 3, 4, 5))
    for row in document["standing"]:
        kind, _, objective = row["id"].partition(":")
        label = f"{title(objective)} taken" if kind == "taken" else COMPARED.get(row["id"], row["id"])
        is_day = row["unit"] == "day"
        values = (_value(row[key], is_day=is_day) for key in ("value", "p10", "p50", "p90"))
        shown.add_row(f"{label}, day" if is_day else label, *values, percent(row["share_below"]))
    screen.print(shown)
    screen.print("(a dash: not within the horizon; it counts as later than any day)")
    screen.print()


def _value(value: float | None, *, is_day: bool) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if is_day or abs(value) >= 100 else f"{value:.1f}"


def _parameters(screen: Console, found: dict[str, Any], replications: int) -> None:
    expected = 0.1 * found["drawn"]
    screen.print(
        f"Of {found['drawn']} parameters drawn, {found['extreme']} lie in the outer 10 % of what they were"
        f" drawn from ({expected:.0f} would by chance)."
    )
    for one in found["telling"]:
        how = f"{one['name'].replace('_', ' ')}: {number(one['value'])} {one['unit']}".rstrip(" -")
        place = f"higher than {percent(one['level'])} of what it is drawn from (grade {one['grade']})"
        _indented(screen, f"{how}, {place}{_correlated(one['correlation'])}", 2)
    if not found["telling"]:
        what = "goes clearly with the outcome" if replications >= 50 else "is a number of the forces"
        _indented(screen, f"None of these {what}.", 2)


def _correlated(correlation: float | None) -> str:
    if correlation is None:
        return ""
    when = "later" if correlation > 0 else "sooner"
    return f"; campaigns with more of it came to their end {when} (rank correlation {correlation:+.2f})"


def _stretches(screen: Console, document: dict[str, Any]) -> None:
    heading(screen, "Stretch by stretch")
    has_effort = any("effort_ordered_per_day" in period["numbers"] for period in document["periods"])
    head = ["from", "days", "km2", "attacker", "defender", "breaches"]
    if has_effort:
        head += ["ordered", "executed", "counter", "arrived"]
    shown = table(*head, right=tuple(range(1, len(head))))
    for period in document["periods"]:
        n = period["numbers"]
        cells = [
            period["from"],
            f"{period['first_day']}-{period['last_day']}",
            f"{n['area_gained_km2']:,.0f}",
            f"{n['losses:attacker']:,.0f}",
            f"{n['losses:defender']:,.0f}",
            str(n["breaches"]),
        ]
        if has_effort:
            cells += [
                f"{n['effort_ordered_per_day']:.1f}",
                f"{n['effort_executed_per_day']:.1f}",
                f"{n['counter_attackers_ordered']:,.0f}",
                f"{n['counter_attackers_arrived']:,.0f}",
            ]
        shown.add_row(*cells)
    screen.print(shown)
    words = "(km2: gained by the attacker; attacker, defender: men lost; breaches of obstacles"
    words += "; ordered, executed: assault-battalion-days a day; counter: men sent to counter-attack)"
    screen.print(words if has_effort else words.partition("; ordered")[0] + ")")
    screen.print()
    _front(screen, document)


def _front(screen: Console, document: dict[str, Any]) -> None:
    """How far the front stood from each objective at the end of each stretch, and what arrived there."""
    names = {objective["objective"]: objective["name"] for objective in document["objectives"]}
    shown = table("until", *names.values(), right=tuple(range(1, 1 + len(names))))
    for period in document["periods"]:
        front, supply = period["numbers"]["front_km"], period["numbers"]["supply"]
        cells = [_stands(front[slug], supply[slug]) for slug in names]
        shown.add_row(period["to"], *cells)
        if all(cell == PASSED for cell in cells):
            break
    screen.print(shown)
    screen.print("(km from the front to its centre, and the share of its supply that arrived; -: passed)")


def _stands(front: float | None, supply: float | None) -> str:
    if front is None or front < 0:
        return PASSED
    away = f"{front:.0f}" if front >= 9.95 else f"{front:.1f}"
    return away if supply is None else f"{away}  {100 * supply:3.0f} %"


def _period(screen: Console, document: dict[str, Any], period: dict[str, Any], *, is_full: bool) -> None:
    screen.print()
    phases = f": {', then '.join(period['phases'])}" if period["phases"] else ""
    days = f"days {period['first_day']:,} to {period['last_day']:,}"
    screen.print(Text(f"{period['from']} to {period['to']}, {days}{phases}", style="bold"))
    for sentence in period["text"]:
        if is_full or not sentence.startswith(IN_THE_TABLE):
            _hanging(screen, sentence, by=2)
    first = 0 if period["first_day"] == 1 else period["first_day"]
    _entries(screen, document, first, period["last_day"], is_full=is_full)


def _entries(screen: Console, document: dict[str, Any], first: int, last: int, *, is_full: bool) -> None:
    """What happened on days `first` to `last`: all of it, or what a short telling has."""
    shown = Table.grid(padding=(0, 2, 0, 0))
    shown.add_column(no_wrap=True, justify="right", min_width=7)
    shown.add_column(no_wrap=True)
    shown.add_column(overflow="fold")
    for entry in document["timeline"]:
        if first <= entry["day"] <= last and (is_full or entry["major"]):
            shown.add_row(f"{entry['day']:,}", entry["date"], entry["text"])
    if shown.row_count:
        screen.print(shown)


def _more(screen: Console, document: dict[str, Any], *, is_full: bool) -> None:
    screen.print()
    run = shlex.quote(document["run"])
    chosen = f"--course {shlex.quote(document['course'])} --replication {document['replication']}"
    if not is_full:
        hidden = sum(not entry["major"] for entry in document["timeline"])
        screen.print(f"{hidden:,} smaller entries and stretches of four weeks: add --full", soft_wrap=True)
    screen.print(f"Again: redan trace {run} {chosen}", soft_wrap=True)


def _hanging(screen: Console, text: str, *, by: int = 0, bold: str = "") -> None:
    """A paragraph, with the words it begins with in bold."""
    shown = Text(text)
    if bold and text.startswith(bold):
        shown.stylize("bold", 0, len(bold))
    screen.print(Padding(shown, (0, 0, 0, by)))


def _indented(screen: Console, text: str, by: int) -> None:
    screen.print(Padding(Text(text), (0, 0, 0, by)))
