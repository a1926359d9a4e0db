"""Pictures of spans and shares: quantiles side by side, what adds up to all, and points with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from redan.views.report.drawing import svg
from redan.views.report.drawing.svg import Panel, Scale
from redan.views.report.numbers import percent

WIDTH: Final = 340.0
#: Narrower segments carry no number.
LEAST_FOR_TEXT: Final = 29.0
ARROW: Final = 6.0


def spans(
    heading: str,
    about: str,
    groups: Sequence[tuple[str, str]],
    series: Mapping[str, Sequence[Mapping[str, float]]],
    highest: float,
    *,
    share: bool = False,
) -> Panel:
    """Quantiles of each course side by side, day by day: a thin line from 10 to 90 %, a bar from 25 to 75 %.

    Parameters
    ----------
    groups : two lines of label for each day
    series : course -> quantiles by day
    share : the values are shares, shown in per cent
    """
    left, right, top, bottom, height = 44.0, 8.0, 10.0, 40.0, 210.0
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0] if share else svg.nice_ticks(highest)
    y = Scale(0.0, ticks[-1], height - bottom, top)
    room = (WIDTH - left - right) / len(groups)
    parts = [svg.line(left, y(tick), WIDTH - right, y(tick), "grid") for tick in ticks]
    parts += [
        svg.text(left - 5, y(tick) + 4, percent(tick) if share else svg.short(tick), "tick end")
        for tick in ticks
    ]
    parts.append(svg.line(left, height - bottom, WIDTH - right, height - bottom, "axis"))
    for number, (first, second) in enumerate(groups):
        middle = left + room * (number + 0.5)
        parts.append(svg.text(middle, height - bottom + 16, first, "tick middle"))
        parts.append(svg.text(middle, height - bottom + 29, second, "tick faint middle"))
        if number:
            parts.append(svg.line(middle - room / 2, top, middle - room / 2, height - bottom, "divider"))
    gap = min(15.0, room / (len(series) + 1))
    for index, values in enumerate(series.values()):
        for number, levels in enumerate(values):
            x = left + room * (number + 0.5) + gap * (index - (len(series) - 1) / 2)
            parts += _span(x, y, levels, index)
    return Panel(heading, svg.picture(WIDTH, height, heading, about, parts))


def _span(x: float, y: Scale, levels: Mapping[str, float], index: int) -> list[Markup]:
    colour = svg.style(index).split()[0]
    top, bottom = y(levels["p75"]), y(levels["p25"])
    return [
        svg.line(x, y(levels["p10"]), x, y(levels["p90"]), f"whisker {colour}"),
        svg.box(x - 2.5, top, 5.0, bottom - top, f"box {colour}"),
        svg.marker(index, x, y(levels["p50"])),
    ]


def stacks(
    heading: str, about: str, rows: Mapping[str, Mapping[str, float]], parts_of: Sequence[tuple[str, str]]
) -> Panel:
    """Bars whose parts add up to all of the replications.

    Parameters
    ----------
    rows : label -> part -> share
    parts_of : part and its class in the style, from the left
    """
    left, right, top, each = 62.0, 8.0, 4.0, 26.0
    height = top + each * len(rows) + 24.0
    x = Scale(0.0, 1.0, left, WIDTH - right)
    marks: list[Markup] = []
    for number, (label, shares) in enumerate(rows.items()):
        y = top + each * number
        marks.append(svg.text(left - 6, y + 16, label, "label ink end"))
        start = 0.0
        for part, class_ in parts_of:
            width = x(start + shares[part]) - x(start)
            if width > 0:
                marks.append(svg.box(x(start), y + 3, width, each - 7, f"part {class_}"))
            if width >= LEAST_FOR_TEXT:
                marks.append(
                    svg.text(x(start) + width / 2, y + 16, percent(shares[part]), f"inside {class_}")
                )
            start += shares[part]
    bottom = height - 20.0
    marks.append(svg.line(left, bottom, WIDTH - right, bottom, "axis"))
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        marks.append(svg.line(x(tick), bottom, x(tick), bottom + 4, "axis"))
        anchor = "end" if tick == 1.0 else "middle"
        marks.append(svg.text(x(tick), bottom + 16, percent(tick), f"tick {anchor}"))
    return Panel(heading, svg.picture(WIDTH, height, heading, about, marks))


@dataclass(frozen=True)
class Row:
    """One point with its interval; an end that is None lies beyond the axis.

    Attributes
    ----------
    words
        Number beside the point, at the right edge.
    index
        Style of its marker.
    is_clear
        Filled; an open marker says that the interval holds the reference.
    """

    label: str
    low: float | None
    middle: float | None
    high: float | None
    words: str
    index: int = 0
    is_clear: bool = True


def points(
    heading: str,
    about: str,
    rows: Sequence[Row],
    ticks: Sequence[tuple[float, str]],
    *,
    lines: Sequence[tuple[float, str]] = (),
    left: float = 96.0,
    right: float = 70.0,
) -> Panel:
    """Points with intervals, a row each.

    Parameters
    ----------
    ticks : value and label, over the whole axis
    lines : value and name of upright reference lines
    left, right : room for labels and for numbers
    """
    top, each = (18.0 if any(name for _, name in lines) else 6.0), 21.0
    height = top + each * len(rows) + 26.0
    x = Scale(ticks[0][0], ticks[-1][0], left, WIDTH - right)
    bottom = height - 22.0
    marks = [svg.line(x(tick), top, x(tick), bottom, "grid") for tick, _ in ticks]
    marks += [svg.text(x(tick), bottom + 15, label, "tick middle") for tick, label in ticks]
    for value, name in lines:
        marks.append(svg.line(x(value), top, x(value), bottom, "reference"))
        if name:
            marks.append(svg.text(x(value), top - 6, name, "tick middle"))
    for number, row in enumerate(rows):
        y = top + each * (number + 0.5)
        marks.append(svg.text(left - 8, y + 4, row.label, "label ink end"))
        marks.append(svg.text(WIDTH - right + 8, y + 4, row.words, "tick"))
        marks += _point(row, x, y)
    return Panel(heading, svg.picture(WIDTH, height, heading, about, marks))


def _point(row: Row, x: Scale, y: float) -> list[Markup]:
    colour = svg.style(row.index).split()[0]
    low, high = x.start if row.low is None else x(row.low), x.stop if row.high is None else x(row.high)
    low, high = max(low, x.start), min(high, x.stop)
    marks = []
    if not (row.low is None and row.middle is None and row.high is None):
        marks.append(svg.line(low, y, high, y, f"whisker {colour}"))
        if row.high is None or x(row.high) > x.stop + 0.5:
            tip = [(x.stop - ARROW, y - 4), (x.stop, y), (x.stop - ARROW, y + 4)]
            marks.append(svg.polyline(tip, f"whisker {colour}"))
    if row.middle is not None:
        marks.append(svg.marker(row.index, x(row.middle), y, is_filled=row.is_clear))
    return marks
