"""A figure: pictures with a heading each, a legend, a description in words, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from redan.views.report.drawing import maps, svg
from redan.views.report.drawing.svg import Panel


@dataclass(frozen=True)
class Table:
    """Numbers in rows.

    Attributes
    ----------
    n_labels
        So many columns from the left are words; all others are numbers.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    n_labels: int = 2


@dataclass(frozen=True)
class Figure:
    """One figure of the page; the page numbers it.

    Attributes
    ----------
    id
        Anchor.
    says
        What it shows, in words and numbers: for a screen reader, and for whoever reads no pictures.
    points
        The same, where it takes a list.
    note
        How to read it.
    tables
        All its numbers.
    layout
        Classes in the style: `wide`, panels stand four in a row where there is room, not three; `maps` as
        well; `of-4`, so many in a row.
    """

    id: str
    title: str
    says: str
    note: str
    panels: Sequence[Panel]
    tables: Sequence[Table]
    legend: Markup = field(default_factory=Markup)
    points: Sequence[str] = ()
    layout: str = ""


def over_courses(names: Sequence[str]) -> str:
    """What a range of numbers is over, where there is more than one course."""
    return ", over the courses" if len(names) > 1 else ""


def lines_of(names: Sequence[str]) -> Markup:
    """Legend of lines."""
    return _legend([(_line(index), name) for index, name in enumerate(names)])


def markers_of(names: Sequence[str]) -> Markup:
    """Legend of markers."""
    return _legend([(svg.marker(index, 14.0, 7.0), name) for index, name in enumerate(names)])


def part_boxes(parts: Sequence[tuple[str, str]]) -> Markup:
    """Legend of parts of a bar: words and the class of each."""
    return _legend([(svg.box(1.0, 1.0, 26.0, 12.0, f"part {class_}"), words) for words, class_ in parts])


def map_classes() -> Markup:
    """Legend of a map: classes of probability, the line of day 0, the line of even chances."""
    parts = [
        (svg.box(0.5, 0.5, 27.0, 13.0, f"key p{number}"), name) for number, name in enumerate(maps.NAMES)
    ]
    parts.append((svg.line(0.0, 7.0, 28.0, 7.0, "day0"), "line of contact on day 0"))
    parts.append((svg.line(0.0, 7.0, 28.0, 7.0, "even"), "as likely as not"))
    return _legend(parts)


def _line(index: int) -> Markup:
    return svg.line(0.0, 7.0, 28.0, 7.0, f"series {svg.style(index)}")


def _legend(parts: Sequence[tuple[Markup, str]]) -> Markup:
    return svg.join(
        [
            svg.tag("span", svg.tag("svg", mark, viewBox="0 0 28 14", aria_hidden="true") + words)
            for mark, words in parts
        ]
    )
