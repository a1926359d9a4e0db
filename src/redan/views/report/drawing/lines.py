"""Pictures over time: curves that fall, and medians with bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from redan.views.report.drawing import svg
from redan.views.report.drawing.svg import Panel, Scale
from redan.views.report.numbers import month, percent

TOP, BOTTOM, HEIGHT = 10.0, 40.0, 236.0
QUARTERS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Room:
    """Width of a picture, and what of it is left for labels on both sides."""

    width: float
    left: float
    right: float


#: Three pictures in a row, lines with names at their ends; four in a row, with numbers only.
NAMED: Final = Room(340.0, 40.0, 92.0)
NUMBERED: Final = Room(264.0, 38.0, 40.0)


@dataclass(frozen=True)
class Frame:
    """Axes of a picture over days."""

    x: Scale
    y: Scale
    marks: list[Markup]


def frame(
    as_of: str, horizon: int, ticks: Sequence[float], labels: Sequence[str], room: Room = NAMED
) -> Frame:
    """Axes: days with their months below, and the ticks given upwards."""
    x = Scale(0.0, horizon, room.left, room.width - room.right)
    y = Scale(ticks[0], ticks[-1], HEIGHT - BOTTOM, TOP)
    marks = [svg.line(x.start, y(tick), x.stop, y(tick), "grid") for tick in ticks]
    marks += [
        svg.text(x.start - 5, y(tick) + 4, label, "tick end")
        for tick, label in zip(ticks, labels, strict=True)
    ]
    return Frame(x, y, marks + _day_axis(as_of, horizon, x))


def _day_axis(as_of: str, horizon: int, x: Scale) -> list[Markup]:
    """Ticks at days, the month of each below it."""
    bottom = HEIGHT - BOTTOM
    marks = [svg.line(x.start, bottom, x.stop, bottom, "axis")]
    for day in svg.day_ticks(horizon, most=3):
        at = x(day)
        marks += [
            svg.line(at, bottom, at, bottom + 4, "axis"),
            svg.text(at, bottom + 16, f"day {day}" if day == 0 else f"{day:,}", "tick middle"),
            svg.text(at, bottom + 29, month(as_of, day), "tick faint middle"),
        ]
    return marks


def _end_labels(x: float, ends: Sequence[tuple[float, str, str]]) -> list[Markup]:
    """Labels beside the ends of lines, kept apart: (place, words, classes of the line)."""
    placed = svg.apart([y for y, _, _ in ends], TOP + 4, HEIGHT - BOTTOM - 2)
    marks = []
    for (wanted, words, class_), at in zip(ends, placed, strict=True):
        marks += [
            svg.line(x + 4, wanted, x + 9, at, f"leader {class_.split()[0]}"),
            svg.text(x + 11, at + 4, words, f"label {class_.split()[0]}"),
        ]
    return marks


def survival(
    heading: str, about: str, as_of: str, days: Sequence[int], curves: Mapping[str, Mapping[str, Any]]
) -> Panel:
    """Curves by course: share of replications in which an event has not come, with intervals.

    A ring at the end stands for the replications that are censored there.
    """
    found = frame(as_of, days[-1], QUARTERS, [percent(quarter) for quarter in QUARTERS])
    xs = [found.x(day) for day in days]
    shaded, marks, ends = [], [], []
    for index, (course, curve) in enumerate(curves.items()):
        class_ = svg.style(index)
        low, middle, high = (
            svg.steps(xs, [found.y(share) for share in curve[key]]) for key in ("low", "share", "high")
        )
        shaded.append(svg.polygon([*high, *low[::-1]], f"band {class_}"))
        marks.append(svg.polyline(middle, f"series {class_}"))
        last = curve["share"][-1]
        if last > 0:
            marks.append(svg.tag("circle", cx=xs[-1], cy=found.y(last), r=3.0, class_=f"ring {class_}"))
        ends.append((found.y(last), f"{course} {percent(last)}", class_))
    parts = [*found.marks, *shaded, *marks, *_end_labels(xs[-1], ends)]
    return Panel(heading, svg.picture(NAMED.width, HEIGHT, heading, about, parts))


def bands(
    heading: str,
    about: str,
    as_of: str,
    days: Sequence[int],
    series: Sequence[tuple[int, Mapping[str, Sequence[float]]]],
    highest: float,
) -> Panel:
    """Medians with their 25 to 75 and 10 to 90 % bands.

    Parameters
    ----------
    series : number of the style, and quantiles by day
    highest : the top of the axis reaches at least so far: panels that are compared share it
    """
    ticks = svg.nice_ticks(highest)
    found = frame(as_of, days[-1], ticks, [svg.short(tick) for tick in ticks], NUMBERED)
    xs = [found.x(day) for day in days]
    areas, marks, ends = [], [], []
    for index, levels in series:
        class_ = svg.style(index)
        places = {name: [found.y(value) for value in values] for name, values in levels.items()}
        for low, high in (("p10", "p90"), ("p25", "p75")):
            areas.append(svg.area(xs, places[low], places[high], f"band {class_}"))
        marks.append(svg.polyline(list(zip(xs, places["p50"], strict=True)), f"series {class_}"))
        ends.append((places["p50"][-1], svg.short(levels["p50"][-1]), class_))
    parts = [*found.marks, *areas, *marks, *_end_labels(xs[-1], ends)]
    return Panel(heading, svg.picture(NUMBERED.width, HEIGHT, heading, about, parts))
