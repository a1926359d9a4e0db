"""A forecast as text: headline, events, measures, paired comparison, what it rests on."""

from __future__ import annotations

import shlex
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from redan.forecast.headline import headline
from redan.views.cli import show_outside
from redan.views.cli.output import heading, number, percent, table
from redan.vocabulary.counting import how_many

#: Events shown for each objective, in this order; all others are in the document and the run folder.
SHOWN_EVENTS: Final = ("contested", "isolated", "taken", "withdrawn")
#: Events less likely than this in every course share one line.
HARDLY: Final = 0.005
#: Measures shown, in this order, and their short names: four courses are to fit 80 columns.
SHOWN_MEASURES: Final = {
    "losses:attacker": "attacker losses",
    "losses:defender": "defender losses",
    "exchange_ratio": "exchange ratio",
    "area_gained_km2": "area gained km2",
    "destroyed_km2": "built-up lost km2",
    "displaced": "displaced people",
    "residents_left": "residents left",
    "strongholds_holding": "strongholds held",
}
#: What the paired comparison shows.
SHOWN_COMPARISON: Final = {
    "ended": "sooner ended",
    "area_gained_km2": "more ground km2",
    "losses:attacker": "attacker losses",
    "destroyed_km2": "built-up lost km2",
    "residents_left": "residents left",
}


def show(screen: Console, document: dict[str, Any], by_day: dict[str, Any], footing: dict[str, Any]) -> None:
    """Print a whole forecast.

    Parameters
    ----------
    document
        The document of DESIGN 10.
    by_day
        course -> event -> day -> probability that it had happened by then.
    footing
        `parameters` by grade, `run` folder, `requested` replications.
    """
    title = f"{document['scenario']}: forecast as of {document['as_of']}"
    screen.print(Text(title, style="bold"))
    size = f"{how_many(document['replications'], 'replication')} of each course"
    size += f", {how_many(document['horizon_days'], 'day')}"
    screen.print(
        f"{size}, seed {document['seed']}; standard error of a probability up to {_largest_se(document)}"
    )
    screen.print()
    for sentence in headline(document):
        screen.print(sentence)
    _events(screen, document, by_day)
    if "outside_view" in document:
        show_outside.show(screen, document["outside_view"], document["horizon_days"])
    _breakthroughs(screen, document)
    _measures(screen, document)
    _comparison(screen, document)
    _footing(screen, document, footing)


def show_until(screen: Console, until: dict[str, Any]) -> None:
    """Say how many replications an interval took that was asked for."""
    rule, last = until["rule"], until["looks"][-1]
    heading(screen, "How many replications it took")
    how = "asked for, in every course" if until["reached"] else "NOT reached: these were the most"
    screen.print(
        f"{last['replications']:,} of each course, after {len(until['looks'])} looks: the width {how}"
        f" ({rule['name']}, at least {rule['least']:,})."
    )
    shown = table("measure", "asked", "course", "width of its 90 % interval", right=(1, 3))
    for one in last["widths"]:
        asked = f"{rule['widths'][one['measure']]:g}"
        shown.add_row(one["measure"], asked, one["course"], f"{one['width']:.4g}")
    screen.print(shown)


def _largest_se(document: dict[str, Any]) -> str:
    rows = [row for found in document["courses"].values() for row in found["events"].values()]
    return percent(max((row["se"] for row in rows), default=0.0))


def show_provisional(screen: Console, document: dict[str, Any]) -> None:
    """Print the short table that appears after the first replications."""
    screen.print(f"provisional, after {how_many(document['replications'], 'replication')} of each course:")
    shown = table("course", "ended", "area km2", "attacker losses", "defender losses", right=(1, 2, 3, 4))
    for course, found in document["courses"].items():
        medians = [
            found["measures"][m]["p50"] for m in ("area_gained_km2", "losses:attacker", "losses:defender")
        ]
        ended = percent(found["events"]["ended"]["p_by_horizon"])
        shown.add_row(course, ended, *(number(value, unit="men") for value in medians))
    screen.print(shown)


def _events(screen: Console, document: dict[str, Any], by_day: dict[str, Any]) -> None:
    horizon = int(document["horizon_days"])
    days = [*(day for day in (180, 365, 730) if day < horizon), horizon]
    heading(screen, "Events: probability within so many days; days to it (10, 50, 90 %)")
    shown = table(
        "event", "course", *(f"{day}" for day in days), "10-50-90 %", right=tuple(range(2, 3 + len(days)))
    )
    never: list[str] = []
    hardly: list[str] = []
    for event in _event_order(document):
        rows = [
            (course, found["events"][event])
            for course, found in document["courses"].items()
            if event in found["events"]
        ]
        most = max(row["p_by_horizon"] for _, row in rows)
        if most < HARDLY:
            (hardly if most else never).append(event)
            continue
        for index, (course, row) in enumerate(rows):
            chances = [percent(by_day.get(course, {}).get(event, {}).get(day)) for day in days[:-1]]
            chances.append(percent(row["p_by_horizon"]))
            label = event.replace(":", " ") if index == 0 else ""
            shown.add_row(label, course, *chances, _days(row["day"]))
    screen.print(shown)
    screen.print(f"(- for a day: past the horizon of {how_many(horizon, 'day')}, or never)")
    if hardly:
        screen.print(f"In under {percent(HARDLY)} of the replications of any course: {', '.join(hardly)}.")
    if never:
        screen.print(f"In no replication of any course: {', '.join(never)}.")


def _event_order(document: dict[str, Any]) -> list[str]:
    """Events shown, each once, objective by objective, then the breakthroughs, then the end."""
    seen = list(dict.fromkeys(e for found in document["courses"].values() for e in found["events"]))
    objectives = list(dict.fromkeys(e.split(":", 1)[1] for e in seen if e.startswith("taken:")))
    wanted = [f"{kind}:{name}" for name in objectives for kind in SHOWN_EVENTS]
    return [event for event in (*wanted, "ended") if event in seen]


def _breakthroughs(screen: Console, document: dict[str, Any]) -> None:
    """One line for each course: its axes by the probability of a breakthrough."""
    heading(screen, "Breakthroughs by the horizon, by axis (10 km deeper in 30 days and held)")
    for course, found in document["courses"].items():
        chances = {
            event.partition(":")[2]: row["p_by_horizon"]
            for event, row in found["events"].items()
            if event.startswith("breakthrough:")
        }
        ordered = sorted(chances.items(), key=lambda item: -item[1])
        told = ", ".join(f"{axis} {percent(p)}" for axis, p in ordered if p > 0)
        screen.print(f"{course}: {told or 'none'}")


def _days(day: dict[str, float | None]) -> str:
    """10, 50 and 90 % days; a dash where the quantile falls past the horizon."""
    return " ".join("-" if day[key] is None else f"{day[key]:.0f}" for key in ("p10", "p50", "p90"))


def _measures(screen: Console, document: dict[str, Any]) -> None:
    courses = document["courses"]
    heading(screen, f"Measures at day {document['horizon_days']}: median (10 to 90 %)")
    shown = table("measure", *courses, right=tuple(range(1, 1 + len(courses))))
    # Where the columns would not fit side by side, the range stands below its median.
    joint = " " if screen.width >= 20 + 18 * len(courses) else "\n"
    seen = next(iter(courses.values()))["measures"]
    destroyed = {name: f"{name.partition(':')[2]} lost" for name in seen if name.startswith("destroyed:")}
    for name, label in {**SHOWN_MEASURES, **destroyed}.items():
        found = [course["measures"].get(name) for course in courses.values()]
        if all(found):
            shown.add_row(label, *(joint.join(_spread(row, name)) for row in found))
    screen.print(shown)
    screen.print("(lost: share of the built-up area destroyed)")


def _spread(row: dict[str, Any], name: str) -> tuple[str, str]:
    """The median, and the range in brackets."""
    if name.startswith("destroyed:"):
        return f"{100 * row['p50']:.0f} %", f"({100 * row['p10']:.0f}-{100 * row['p90']:.0f})"
    return _short(row["p50"]), f"({_short(row['p10'])}-{_short(row['p90'])})"


def _short(value: float | None) -> str:
    """A number in at most five characters, so that three courses fit 80 columns."""
    if value is None:
        return "-"
    if abs(value) >= 9_950:
        return f"{value / 1000:.0f}k"
    if abs(value) >= 1000:
        return f"{value / 1000:.1f}k"
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}"


def _comparison(screen: Console, document: dict[str, Any]) -> None:
    rows = [row for row in document["comparison"] if row["measure"] in SHOWN_COMPARISON]
    if not rows:
        return
    heading(screen, "Paired comparison on the same luck: how often A is better; A minus B (5 to 95 %)")
    shown = table("A", "B", "measure", "A better", "A minus B", right=(3, 4))
    order = list(SHOWN_COMPARISON)
    pairs = list(dict.fromkeys((row["a"], row["b"]) for row in rows))
    before = None
    rows.sort(key=lambda row: (pairs.index((row["a"], row["b"])), order.index(row["measure"])))
    for row in rows:
        pair = (row["a"], row["b"])
        names = ("", "") if pair == before else pair
        before = pair
        label = SHOWN_COMPARISON[row["measure"]]
        shown.add_row(*names, label, percent(row["p_a_better"]), _difference(row))
    screen.print(shown)


def _difference(row: dict[str, Any]) -> str:
    if row["median_difference"] is None:
        return "not identified"
    interval = row["interval90"]
    if interval is None or None in interval:
        return _short(row["median_difference"])
    return f"{_short(row['median_difference'])} ({_short(interval[0])} to {_short(interval[1])})"


def _footing(screen: Console, document: dict[str, Any], footing: dict[str, Any]) -> None:
    heading(screen, "What it rests on")
    grades = footing["parameters"]["by_grade"]
    screen.print(
        f"{footing['parameters']['total']} parameters: {grades['A']} read in a primary source (A),"
        f" {grades['B']} second-hand (B), {grades['C']} judgement (C)."
    )
    if (fit := footing["posterior"]) is not None:
        screen.print(f"{len(fit['columns'])} of them drawn together from the posterior {fit['name']}.")
    if document["replications"] < footing["requested"]:
        screen.print(f"Stopped early: {document['replications']:,} of {footing['requested']:,} replications.")
    run = document["run"]
    screen.print(f"Run folder: {run}", soft_wrap=True)
    sql = 'SELECT course, median("losses:attacker") FROM replications GROUP BY course'
    screen.print(f"Ask it:     redan query {shlex.quote(run)} {shlex.quote(sql)}", soft_wrap=True)
