"""Alternatives side by side as text: means, who is better by how much, what would turn it, pairing's gain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from redan.views.cli.output import heading, number, percent, table
from redan.views.cli.show_sensitivity import name_of

#: Between two columns.
GAP: Final = 2


def show(screen: Console, told: Mapping[str, Any]) -> None:
    """Print the whole answer."""
    names = [one["label"] for one in told["alternatives"]]
    short = {name: _letter(i) for i, name in enumerate(names)}
    title = f"{len(names)} alternatives on the same luck: {told['replications']:,} pairs,"
    screen.print(Text(f"{title} {told['horizon_days']:,} days, seed {told['seed']}", style="bold"))
    for name in names:
        screen.print(f"  {short[name]}  {name}")
    _levels(screen, told, names, short)
    pairs: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in told["comparison"]:
        pairs.setdefault((row["a"], row["b"]), []).append(row)
    for (a, b), rows in pairs.items():
        _pair(screen, short[a], short[b], rows, short)
    _notes(screen, told)


def _letter(position: int) -> str:
    return ascii_uppercase[position] if position < len(ascii_uppercase) else f"#{position + 1}"


def _levels(screen: Console, told: Mapping[str, Any], names: Sequence[str], short: Mapping[str, str]) -> None:
    heading(screen, "Means (90 % interval)")
    found = {(row["alternative"], row["measure"]): row for row in told["levels"]}
    measures = list(dict.fromkeys(row["measure"] for row in told["levels"]))
    first = max(len(name_of(measure)) for measure in measures)
    each = GAP + max(len(_level(row)) for row in found.values())
    abreast = max(1, (screen.width - first) // each)
    for start in range(0, len(names), abreast):
        listed = names[start : start + abreast]
        shown = table("measure", *(short[name] for name in listed), right=tuple(range(1, 1 + len(listed))))
        for measure in measures:
            shown.add_row(name_of(measure), *(_level(found[name, measure]) for name in listed))
        screen.print(shown)


def _level(row: Mapping[str, Any]) -> str:
    said = number(row["mean"], unit=row["unit"])
    if row["interval90"] is None:
        return said
    low, high = (number(end, unit=row["unit"]) for end in row["interval90"])
    return f"{said} ({low} to {high})"


def _pair(
    screen: Console, a: str, b: str, rows: Sequence[Mapping[str, Any]], short: Mapping[str, str]
) -> None:
    heading(screen, f"{a} against {b}")
    shown = table("measure", f"{a} better (90 %)", f"{a} minus {b}, mean (90 %)", right=(1, 2))
    for row in rows:
        low, high = (percent(end) for end in row["p_interval90"])
        shown.add_row(
            name_of(row["measure"]), f"{percent(row['p_a_better'])} ({low} to {high})", _difference(row)
        )
    screen.print(shown)
    for row in rows:
        if row["turns"] is not None:
            screen.print(_turn(row, short))
    told = [row for row in rows if row["turns"] is not None and row["turns"]["emulator"] is not None]
    if told:
        said = "; ".join(f"{name_of(row['measure'])} {_skill(row['turns']['emulator'])}" for row in told)
        screen.print(f"How far the parameters tell who wins (emulator, 0 nothing, 1 all): {said}.")
    if any(row["gain"] for row in rows):
        _gains(screen, rows)


def _difference(row: Mapping[str, Any]) -> str:
    unit = row["unit"]
    said = number(row["mean_difference"], unit=unit)
    if row["interval90"] is None:
        return said
    low, high = row["interval90"]
    mark = "" if low <= 0.0 <= high else "*"
    return f"{said}{mark} ({number(low, unit=unit)} to {number(high, unit=unit)})"


def _turn(row: Mapping[str, Any], short: Mapping[str, str]) -> str:
    """What would have to be true for the one that is worse over all to be better."""
    turn, name = row["turns"], name_of(row["measure"])
    other = short[turn["for"]]
    if turn["verdict"] == "everywhere":
        return f"{name}: {other} is better over all."
    if turn["verdict"] == "none":
        return f"{name}: for {other} to be the better one, no region of the uncertain parameters was found."
    box = " and ".join(_bound(bound) for bound in turn["box"])
    low, high = (percent(end) for end in turn["interval"])
    return (
        f"{name}: {other} is better where {box}: in {percent(turn['p_better_in_box'])} ({low} to {high}) of"
        f" {turn['pairs']:,} pairs that had no part in the search."
    )


def _bound(bound: Mapping[str, Any]) -> str:
    way, end = ("at most", "lower") if bound["is_upper"] else ("above", "upper")
    return f"{bound['parameter']} is {way} {bound['value']:.4g} ({end} {percent(bound['part'])} of its draws)"


def _skill(found: Mapping[str, Any]) -> str:
    return f"{found['skill']:.2f} ({found['low']:.2f} to {found['high']:.2f})"


def _gains(screen: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    screen.print()
    screen.print("What pairing gains: variance of the difference unpaired over paired (90 % interval)")
    shown = table("", "parameters", "chance", "chance on top", "both", right=(1, 2, 3, 4))
    for row in rows:
        for gains, before in ((row["gain"], ""), (row["gain_log"], "log ")):
            if gains:
                cells = [_gain(gains[way]) for way in ("parameters", "chance", "chance_on_top", "both")]
                shown.add_row(before + name_of(row["measure"]), *cells)
    screen.print(shown)


def _gain(gain: Mapping[str, Any]) -> str:
    low, high = gain["interval90"]
    if high > 1e6:
        return "no difference"
    digits = 2 if gain["gain"] < 10 else 1
    return f"{gain['gain']:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


def _notes(screen: Console, told: Mapping[str, Any]) -> None:
    heading(screen, "How to read it")
    screen.print(
        "Better: the register's direction, ties half; a day that did not come is later than any. Means count"
        " a day to the horizon at most; * the interval excludes 0."
    )
    boxes = told["boxes"]
    screen.print(
        "Where the other wins: a box of one or two uncertain parameters that all alternatives share, never of"
        " what one of them decides, found in every second pair and confirmed in the others. The intervals of"
        f" boxes are so wide that one found by luck has a chance of at most {percent(boxes['level'])}."
    )
    screen.print(
        "Emulator: a ridge regression on the parameters' ranks, trained on every second pair; shown is its"
        " Brier skill on the others. Near 0 no steady rise or fall with a parameter tells who wins."
    )
    if any(row["gain"] for row in told["comparison"]):
        screen.print(
            "Gain 3: as if three times the pairs had been played. Parameters, chance: shared alone. On top:"
            " chance shared as well, over parameters shared alone."
        )
