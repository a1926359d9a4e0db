"""Figures on both sides: losses over time, exchange at the end, how the hold of each objective ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from redan.views.report.drawing import bars, lines, svg
from redan.views.report.drawing.bars import Row
from redan.views.report.figures import Figure, Table, lines_of, over_courses, part_boxes
from redan.views.report.numbers import between, came_by, percent, rounded, spread

SIDES: Final = ("attacker", "defender")
HELD: Final = "still held"
#: Parts of a bar from the left: cause, class in the style, words.
ENDINGS: Final = (
    ("taken", "e0", "taken in fighting"),
    ("withdrawn", "e1", "garrison left on order"),
    ("routed", "e2", "garrison broke"),
    ("surrendered", "e3", "garrison gave up"),
)
CAUSES: Final = {
    "assault": "assault",
    "fires": "artillery and bombs",
    "drones_line": "drones at the line",
    "drones_depth": "drones behind the line",
    "infiltration": "infiltration",
    "sealed": "in sealed strongholds",
    "withdrawal": "leaving a town",
    "captured": "captured",
}
RATIO: Final = "attacker's losses per loss of the defender"


def losses(study: dict[str, Any]) -> Figure:
    """Men lost by both sides over time, a panel for each course."""
    found = study["over_time"]
    measures = {side: found["measures"][f"losses:{side}"]["courses"] for side in SIDES}
    highest = max(max(levels["p90"]) for courses in measures.values() for levels in courses.values())
    panels, points = [], []
    for course in study["courses"]:
        last = {side: {level: v[-1] for level, v in measures[side][course].items()} for side in SIDES}
        told = ", ".join(f"{side} {spread(last[side], whole=True)}" for side in SIDES)
        points.append(f"{course}: {told}")
        about = f"Men lost by both sides from day 0; on day {study['horizon_days']:,}: {told}."
        series = [(index, measures[side][course]) for index, side in enumerate(SIDES)]
        panels.append(lines.bands(course, about, study["as_of"], found["days"], series, highest))
    return Figure(
        id="fig-losses",
        title="Losses of both sides: men killed, wounded out and captured",
        says=f"Median, and 10 to 90 % of the replications, on day {study['horizon_days']:,}:",
        points=points,
        note="Line and number: median; darker band: 25 to 75 %; lighter: 10 to 90 % of the replications."
        " Losses can be bounded by public sources, not validated: no two-sided series exists.",
        panels=panels,
        tables=[_losses_table(study)],
        legend=lines_of(SIDES),
        layout="wide",
    )


def _losses_table(study: dict[str, Any]) -> Table:
    found = study["at_days"]
    named = {"losses:attacker": "attacker", "losses:defender": "defender", "exchange_ratio": RATIO}
    rows = []
    for measure, words in named.items():
        for course, levels in found["measures"][measure]["courses"].items():
            cells = [
                spread({level: v[i] for level, v in levels.items()}, whole=measure != "exchange_ratio")
                for i in range(len(found["days"]))
            ]
            rows.append([words, course, *cells])
    head = ["side", "course", *(f"day {day:,}" for day in found["days"])]
    return Table(f"Men lost, and {RATIO}: median (10 to 90 %)", head, rows)


def exchange(study: dict[str, Any]) -> Figure:
    """Losses of each side and the exchange ratio at the horizon, courses under each other."""
    measured = {course: content["measures"] for course, content in study["forecast"]["courses"].items()}
    shown = {
        "losses:attacker": "Attacker: men lost",
        "losses:defender": "Defender: men lost",
        "exchange_ratio": RATIO.capitalize(),
    }
    panels = [_exchange_panel(heading, measure, measured) for measure, heading in shown.items()]
    ratios = "; ".join(
        f"{course} {spread(content['exchange_ratio'])}" for course, content in measured.items()
    )
    return Figure(
        id="fig-exchange",
        title=f"Losses and exchange on day {study['horizon_days']:,}",
        says=f"{RATIO.capitalize()}, median and 10 to 90 %: {ratios}.",
        note="Marker and number: median; line: 10 to 90 % of the replications.",
        panels=panels,
        tables=[_causes_table(study)],
    )


def _exchange_panel(heading: str, measure: str, measured: Mapping[str, Mapping[str, Any]]) -> svg.Panel:
    is_ratio = measure == "exchange_ratio"
    found = {course: content[measure] for course, content in measured.items()}
    top = svg.nice_ticks(max(row["p90"] for row in found.values()), most=4)
    rows = [
        Row(course, row["p10"], row["p50"], row["p90"], rounded(row["p50"], whole=not is_ratio), index)
        for index, (course, row) in enumerate(found.items())
    ]
    about = "; ".join(f"{course} {spread(row, whole=not is_ratio)}" for course, row in found.items())
    even = [(1.0, "")] if is_ratio and top[-1] > 1 else []
    ticks = [(tick, svg.short(tick)) for tick in top]
    return bars.points(heading, f"{about}.", rows, ticks, lines=even, left=62.0, right=62.0)


def _causes_table(study: dict[str, Any]) -> Table:
    """What the losses came from."""
    rows, causes = [], list(CAUSES)
    for course, sides in study["losses_by_cause"].items():
        for side, by_cause in sides.items():
            causes = list(by_cause)
            total = sum(by_cause.values()) or 1.0
            cells = [f"{rounded(men, whole=True)} ({percent(men / total)})" for men in by_cause.values()]
            rows.append([course, side, *cells])
    caption = f"Mean losses by what caused them, to day {study['horizon_days']:,}: men (share of the side's)"
    return Table(caption, ["course", "side", *(CAUSES.get(cause, cause) for cause in causes)], rows)


def endings(study: dict[str, Any]) -> Figure:
    """How each objective's hold ended by the last day shown, course by course."""
    found = study["endings"]
    parts = [*((cause, class_) for cause, class_, _ in ENDINGS), (HELD, "e4")]
    panels, points = [], []
    for objective, courses in found["objectives"].items():
        name = study["objectives"][objective]["name"]
        rows = {course: _shares(causes) for course, causes in courses.items()}
        told = "; ".join(f"{course}: {_in_words(shares)}" for course, shares in rows.items())
        panels.append(bars.stacks(name, f"Shares of the replications. {told}.", rows, parts))
        points.append(f"{name}: {_over_courses(list(rows.values()))}")
    day = study["days"][-1]["day"]
    return Figure(
        id="fig-endings",
        title=f"How the hold of each objective ended by day {day:,}",
        says=f"Share of the replications{over_courses(list(study['courses']))}:",
        points=points,
        note="What came first counts: a garrison that leaves, breaks or gives up ends the hold even where the"
        " ground is taken later. Competing causes, estimated together (Aalen-Johansen).",
        panels=panels,
        tables=[_endings_table(study)],
        legend=part_boxes([*((words, class_) for _, class_, words in ENDINGS), (HELD, "e4")]),
    )


def _shares(causes: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """Shares on the last day shown, and what is left."""
    shares = {cause: float(causes[cause]["share"][-1]) for cause, _, _ in ENDINGS}
    return {**shares, HELD: max(0.0, came_by(sum(shares.values())))}


def _in_words(shares: Mapping[str, float]) -> str:
    words = {cause: named for cause, _, named in ENDINGS}
    return ", ".join(
        f"{words.get(part, part)} {percent(share)}" for part, share in shares.items() if share > 0
    )


def _over_courses(rows: Sequence[Mapping[str, float]]) -> str:
    words = {**{cause: named for cause, _, named in ENDINGS}, HELD: HELD}
    return ", ".join(
        f"{named} {between(row[part] for row in rows)}"
        for part, named in words.items()
        if any(row[part] > 0 for row in rows)
    )


def _endings_table(study: dict[str, Any]) -> Table:
    found = study["endings"]
    rows = []
    for objective, courses in found["objectives"].items():
        for course, causes in courses.items():
            for cause, _, words in ENDINGS:
                told = causes[cause]
                shares = [percent(share) for share in told["share"]]
                shares[-1] += f" ({percent(told['low'])} to {percent(told['high'])})"
                rows.append([study["objectives"][objective]["name"], course, words, *shares])
    head = ["objective", "course", "how", *(f"by day {chosen['day']:,}" for chosen in study["days"])]
    caption = f"Share ended by each cause; on the last day with its {percent(found['confidence'])} interval"
    return Table(caption, head, rows, n_labels=3)
