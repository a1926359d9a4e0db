"""Figures on time: not yet taken, not yet cleared, not yet ended; and the day beside what is claimed."""

from __future__ import annotations

from typing import Any, Final

from redan.views.report.drawing import bars, lines, svg
from redan.views.report.drawing.bars import Row
from redan.views.report.figures import Figure, Table, lines_of, over_courses
from redan.views.report.numbers import between, came_by, day, percent
from redan.vocabulary.outcomes import GLOBAL_EVENTS, OBJECTIVE_EVENTS

LEVELS: Final = ("p10", "p50", "p90")
#: Clocks on which a duration may be counted, and how a column names them.
CLOCKS: Final = {
    "within_20km": "front within 20 km",
    "within_10km": "within 10 km",
    "within_5km": "within 5 km",
    "contested": "contested",
    "isolated": "isolated",
    "taken": "taken",
    "cleared": "cleared",
}


def not_yet(study: dict[str, Any], kind: str) -> Figure:
    """Share of replications in which each objective is not yet taken, or not yet cleared, by course."""
    found = study["survival"]
    panels, says = [], []
    for objective, facts in study["objectives"].items():
        curves = found["events"][f"{kind}:{objective}"]
        about = _about(study, curves, kind)
        heading = f"{facts['name']}: not yet {kind}"
        panels.append(lines.survival(heading, about, study["as_of"], found["days"], curves))
        came = [curve["came"] / study["replications"] for curve in curves.values()]
        says.append(f"{facts['name']} {between(came)}")
    events = [f"{kind}:{objective}" for objective in study["objectives"]]
    return Figure(
        id=f"fig-{kind}",
        title=f"How long each objective holds: share of replications in which it is not yet {kind}",
        says=f"Share {kind} by day {study['horizon_days']:,}{over_courses(list(study['courses']))}:"
        f" {'; '.join(says)}.",
        note=f"{kind.capitalize()}: {OBJECTIVE_EVENTS[kind]}. {_reading(study)}",
        panels=panels,
        tables=[_table(study, events, f"Probability that it is {kind}")],
        legend=lines_of(list(study["courses"])),
    )


def ended(study: dict[str, Any]) -> Figure:
    """Share of replications in which some objective is neither taken nor left, by course."""
    found = study["survival"]
    curves = found["events"]["ended"]
    heading = "Not every objective taken or left"
    panel = lines.survival(heading, _about(study, curves, "ended"), study["as_of"], found["days"], curves)
    came = [curve["came"] / study["replications"] for curve in curves.values()]
    return Figure(
        id="fig-ended",
        title="How long until it ends: share of replications in which it has not",
        says=f"By day {study['horizon_days']:,} every objective is taken or left by its garrison in"
        f" {between(came)} of the replications{_over(study)}.",
        note=f"Ended: {GLOBAL_EVENTS['ended']}. {_reading(study)}",
        panels=[panel],
        tables=[_table(study, ["ended"], "Probability that every objective is taken or left")],
        legend=lines_of(list(study["courses"])),
    )


def _over(study: dict[str, Any]) -> str:
    return ", depending on the course" if len(study["courses"]) > 1 else ""


def _reading(study: dict[str, Any]) -> str:
    return (
        "A line falls when the event comes; where it stops, a ring marks the replications in which it had not"
        f" come by day {study['horizon_days']:,}: how long these would last is not known (censored). Shaded:"
        f" {percent(study['survival']['confidence'])} interval of the share over {study['replications']:,}"
        " replications; it says how well the model is measured, not how well the model measures the world."
    )


def _about(study: dict[str, Any], curves: dict[str, Any], kind: str) -> str:
    """Description of one picture for those who do not see it."""
    parts = [
        f"{course}: {kind} in {percent(curve['came'] / study['replications'])} of the replications,"
        f" {_median(curve)}"
        for course, curve in curves.items()
    ]
    return f"Falling lines from 100 % over {study['horizon_days']:,} days. {'; '.join(parts)}."


def _median(curve: dict[str, Any]) -> str:
    middle = curve["day"]["p50"]
    return "median past the horizon" if middle is None else f"median day {day(middle)}"


def _table(study: dict[str, Any], events: list[str], caption: str) -> Table:
    """Probability by each chosen day with its interval, and quantiles of the day."""
    found = study["survival"]
    at = [found["days"].index(chosen["day"]) for chosen in study["days"]]
    rows = []
    for event in events:
        for course, curve in found["events"][event].items():
            chances = [
                f"{percent(came_by(curve['share'][i]))} ({percent(came_by(curve['high'][i]))} to"
                f" {percent(came_by(curve['low'][i]))})"
                for i in at
            ]
            days = " / ".join(day(curve["day"][level]) for level in LEVELS)
            rows.append([event_words(study, event), course, *chances, days])
    by = [f"by day {chosen['day']:,}" for chosen in study["days"]]
    note = f"{caption}, with {percent(found['confidence'])} interval; a dash: past the horizon"
    return Table(note, ["event", "course", *by, "10 / 50 / 90 % day"], rows)


def event_words(study: dict[str, Any], event: str) -> str:
    """`taken:kramatorsk` as `Kramatorsk taken`; `ended` as it is meant."""
    kind, _, about = event.partition(":")
    if about in study["objectives"]:
        return f"{study['objectives'][about]['name']} {kind.replace('_', ' ')}"
    return {"ended": "all taken or left"}.get(event, event)


def beside_claims(study: dict[str, Any]) -> Figure:
    """Day of each event, 10 to 90 %, beside the durations that are claimed."""
    horizon = study["horizon_days"]
    claimed = claimed_days(study)
    marks = [(float(days), f"claimed: {days:,}") for days in claimed if days < horizon]
    ticks = [(float(tick), f"{tick:,}") for tick in svg.day_ticks(horizon)]
    if ticks[-1][0] < horizon:
        ticks.append((float(horizon), ""))
    panels, rows = [], []
    for event in (*(f"taken:{objective}" for objective in study["objectives"]), "ended"):
        listed = []
        for index, (course, content) in enumerate(study["forecast"]["courses"].items()):
            told = content["events"][event]
            days = told["day"]
            came = percent(told["p_by_horizon"])
            listed.append(Row(course, days["p10"], days["p50"], days["p90"], came, index))
            rows.append([event_words(study, event), course, came, *map(day, days.values())])
        about = "; ".join(f"{row.label} median day {day(row.middle)}, came in {row.words}" for row in listed)
        heading = event_words(study, event)
        panels.append(bars.points(heading, f"{about}.", listed, ticks, lines=marks, left=62.0, right=52.0))
    caption = "Share by the horizon and day of each event (a dash: past the horizon)"
    head = ["event", "course", "by the horizon", "10 % day", "50 % day", "90 % day"]
    return Figure(
        id="fig-claimed",
        title=f"The day of each event{', beside the duration that is claimed' if claimed else ''}",
        says=beside(study),
        note="A marker stands on the day by which half of the replications have had the event, its line runs"
        " from the 10 % to the 90 % day; an arrow: past the horizon; no marker: fewer than half had it. At"
        f" the right: share that had it by day {horizon:,}.",
        panels=panels,
        tables=[Table(caption, head, rows), _clocks(study)],
    )


def claimed_days(study: dict[str, Any]) -> list[int]:
    """Durations that a source claims, in days."""
    return sorted({claim["days"] for claim in study["durations"] if claim["kind"] == "duration"})


def beside(study: dict[str, Any]) -> str:
    """How often the end comes within each duration claimed, and its median day."""
    found = study["survival"]
    curves = found["events"]["ended"]
    parts = []
    for days in claimed_days(study):
        if days in found["days"]:
            at = found["days"].index(days)
            shares = between(came_by(curve["share"][at]) for curve in curves.values())
            parts.append(
                f"Within the {days:,} days that are claimed, every objective is taken or left in {shares} of"
                f" the replications{_over(study)}."
            )
    medians = "; ".join(f"{course} {_median(curve)}" for course, curve in curves.items())
    return " ".join([*parts, f"The end: {medians}."])


def _clocks(study: dict[str, Any]) -> Table:
    """The median day on every clock: a duration says nothing without the clock it is counted on."""
    rows = []
    for objective, facts in study["objectives"].items():
        for course, content in study["forecast"]["courses"].items():
            told = [content["events"][f"{kind}:{objective}"] for kind in CLOCKS]
            cells = [f"{day(one['day']['p50'])} ({percent(one['p_by_horizon'])})" for one in told]
            rows.append([facts["name"], course, *cells])
    caption = "Median day on each clock, counted from day 0 (share of replications by the horizon)"
    return Table(caption, ["objective", "course", *CLOCKS.values()], rows)
