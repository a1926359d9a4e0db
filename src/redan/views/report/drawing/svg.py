"""Pieces of a picture: scales, ticks, marks and labels as SVG text, in the classes of the page's style."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup, escape

#: Colours and dash patterns in the style; each series takes a pair, so that lines differ without colour.
N_STYLES: Final = 4
#: Days between ticks, from which the smallest that leaves room is taken.
DAY_STEPS: Final = (1, 2, 7, 14, 30, 60, 90, 180, 365, 730, 1825)
LABEL_HEIGHT: Final = 12.5


@dataclass(frozen=True)
class Scale:
    """From values to places in the picture."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        """Place of a value."""
        width = self.high - self.low
        return self.start + (value - self.low) / (width or 1.0) * (self.stop - self.start)


@dataclass(frozen=True)
class Panel:
    """One picture: its heading, and the SVG with a title and a description for those who do not see it."""

    heading: str
    svg: Markup


def tag(name: str, content: str | Markup = "", **attributes: Any) -> Markup:
    """An element. `class_` is the class; an underscore in a name is a hyphen; None leaves it out."""
    listed = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{listed}>{escape(content)}</{name}>")


def _plain(value: Any) -> str:
    return place(value) if isinstance(value, float) else str(value)


def place(value: float) -> str:
    """A coordinate to a tenth."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def join(parts: Sequence[Markup]) -> Markup:
    """Elements one after the other."""
    return Markup("").join(parts)


def picture(width: float, height: float, title: str, about: str, parts: Sequence[Markup]) -> Markup:
    """A whole SVG that a screen reader announces by its title and description."""
    head = tag("title", title) + tag("desc", about)
    return tag(
        "svg", head + join(parts), viewBox=f"0 0 {place(width)} {place(height)}", role="img", aria_label=title
    )  # fmt: skip


def style(index: int) -> str:
    """Classes of a series: colour and dashes; no two of the first sixteen share both."""
    return f"c{index % N_STYLES} d{(index + index // N_STYLES) % N_STYLES}"


def text(x: float, y: float, content: str, class_: str = "") -> Markup:
    """A label."""
    return tag("text", content, x=x, y=y, class_=class_ or None)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def box(x: float, y: float, width: float, height: float, class_: str) -> Markup:
    """A rectangle."""
    return tag("rect", x=x, y=y, width=width, height=height, class_=class_)


def polyline(points: Sequence[tuple[float, float]], class_: str) -> Markup:
    """A line through points."""
    return tag("path", d=path(points), class_=class_)


def polygon(points: Sequence[tuple[float, float]], class_: str) -> Markup:
    """A closed shape."""
    return tag("path", d=path(points) + "Z", class_=class_)


def path(points: Sequence[tuple[float, float]]) -> str:
    """A line through points, as the data of a path."""
    return "M" + "L".join(f"{place(x)} {place(y)}" for x, y in points)


def area(xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], class_: str) -> Markup:
    """What lies between two lines."""
    there = list(zip(xs, highs, strict=True))
    return polygon([*there, *list(zip(xs, lows, strict=True))[::-1]], class_)


def marker(index: int, x: float, y: float, *, is_filled: bool = True) -> Markup:
    """The marker of a series: ring, square, triangle or diamond by its number."""
    class_ = f"marker {style(index).split()[0]}{'' if is_filled else ' open'}"
    kind, r = index % N_STYLES, 4.0
    if kind == 0:
        return tag("circle", cx=x, cy=y, r=r - 0.2, class_=class_)
    if kind == 1:
        return box(x - r + 0.5, y - r + 0.5, 2 * r - 1, 2 * r - 1, class_)
    corners = {
        2: [(x, y - r - 0.5), (x + r + 0.5, y + r - 0.5), (x - r - 0.5, y + r - 0.5)],
        3: [(x, y - r - 1), (x + r + 1, y), (x, y + r + 1), (x - r - 1, y)],
    }
    return polygon(corners[kind], class_)


def steps(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float]]:
    """Corners of a line that keeps each value until the next place."""
    corners = [(xs[0], ys[0])]
    for (_, before), (x, y) in itertools.pairwise(zip(xs, ys, strict=True)):
        if y != before:
            corners += [(x, before), (x, y)]
    return [*corners, (xs[-1], ys[-1])]


def nice_top(high: float) -> float:
    """The least round number that is not below `high`."""
    if high <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(high))
    return next(size * f for f in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if size * f >= high * (1 - 1e-9))


def nice_ticks(high: float, *, most: int = 5) -> list[float]:
    """Round values from 0 to at least `high`."""
    if high <= 0:
        return [0.0, 1.0]
    raw = high / (most - 1)
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw * (1 - 1e-9))
    return [step * i for i in range(math.ceil(high / step - 1e-9) + 1)]


def day_ticks(horizon: int, *, most: int = 4) -> list[int]:
    """Days at even distances from 0, at most so many beside 0."""
    step = next((size for size in DAY_STEPS if horizon / size <= most), horizon)
    return list(range(0, horizon + 1, step))


def short(value: float) -> str:
    """A tick's number: `250k`, `1.5k`, `20`."""
    if abs(value) >= 1000:
        return f"{value / 1000:.3g}k"
    return f"{value:.3g}"


def apart(wanted: Sequence[float], low: float, high: float, *, gap: float = LABEL_HEIGHT) -> list[float]:
    """Places for labels near the places wanted, at least `gap` from each other and inside the limits."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = [min(max(wanted[i], low), high) for i in order]
    for _ in range(200):
        moved = False
        for i in range(len(placed) - 1):
            short_by = gap - (placed[i + 1] - placed[i])
            if short_by > 0.01:
                placed[i] -= short_by / 2
                placed[i + 1] += short_by / 2
                moved = True
        if placed and placed[0] < low:
            placed[0], moved = low, True
        if placed and placed[-1] > high:
            placed[-1], moved = high, True
        if not moved:
            break
    found = [0.0] * len(wanted)
    for position, i in zip(placed, order, strict=True):
        found[i] = position
    return found
