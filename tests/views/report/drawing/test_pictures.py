"""Pieces of pictures: scales, ticks, labels apart, classes of a map, points past the axis."""

from __future__ import annotations

import itertools
import re

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from redan.views.report.drawing import bars, maps, svg
from redan.views.report.drawing.svg import Scale
from tests.views.report.pages import read


@given(st.floats(1e-6, 1e9))
def test_ticks_are_round_and_reach_far_enough(high: float) -> None:
    ticks = svg.nice_ticks(high)
    assert ticks[0] == 0.0
    assert ticks[-1] >= high * (1 - 1e-9)
    assert 2 <= len(ticks) <= 6
    assert svg.nice_top(high) >= high * (1 - 1e-9)
    assert svg.nice_top(high) <= 2.1 * high


@pytest.mark.parametrize(
    ("horizon", "ticks"),
    [
        (1095, [0, 365, 730, 1095]),
        (91, [0, 30, 60, 90]),
        (5, [0, 2, 4]),
        (1, [0, 1]),
        (7300, [0, 1825, 3650, 5475, 7300]),
    ],
)
def test_days_on_an_axis(horizon: int, ticks: list[int]) -> None:
    assert svg.day_ticks(horizon) == ticks


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8))
def test_labels_keep_apart_in_their_order(wanted: list[float]) -> None:
    placed = svg.apart(wanted, 0.0, 200.0)
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], placed[i]))
    gaps = [placed[b] - placed[a] for a, b in itertools.pairwise(order)]
    assert all(gap >= svg.LABEL_HEIGHT - 0.5 for gap in gaps)
    assert min(placed) >= -0.01
    assert max(placed) <= 200.01


def test_steps_keep_a_value_until_the_next_place() -> None:
    assert svg.steps([0, 1, 2, 3], [5, 5, 4, 4]) == [(0, 5), (2, 5), (2, 4), (3, 4)]


def test_text_is_escaped() -> None:
    made = svg.text(1.0, 2.0, "<b>&'\"")
    assert made == '<text x="1" y="2">&lt;b&gt;&amp;&#39;&#34;</text>'
    assert "<script>" not in svg.picture(1.0, 1.0, "<script>", '"><script>', [])


def test_sixteen_series_differ_in_colour_or_dashes() -> None:
    assert len({svg.style(index) for index in range(16)}) == 16
    assert len({svg.style(index).split()[1] for index in range(4)}) == 4


def test_a_degenerate_scale() -> None:
    assert Scale(3.0, 3.0, 0.0, 10.0)(3.0) == 0.0
    assert Scale(0.0, 4.0, 100.0, 0.0)(1.0) == 75.0


# --- points and bars --------------------------------------------------------------------------------------


def test_a_point_past_the_axis_is_an_arrow_and_no_marker() -> None:
    ticks = [(0.0, "0"), (10.0, "10")]
    rows = [
        bars.Row("a", 2.0, None, None, "a"),
        bars.Row("b", 2.0, 3.0, 4.0, "b"),
        bars.Row("never", None, None, None, "0 %"),
    ]
    picture = read(bars.points("title", "about", rows, ticks).svg)
    assert len(picture.all("path", "whisker")) == 1
    assert len(picture.all("line", "whisker")) == 2
    assert len(picture.all(class_="marker")) == 1


def test_parts_of_a_bar_fill_it() -> None:
    rows = {"a": {"x": 0.25, "y": 0.75}, "b": {"x": 0.0, "y": 1.0}}
    picture = read(bars.stacks("title", "about", rows, [("x", "e0"), ("y", "e1")]).svg)
    widths = [float(box.attributes["width"]) for box in picture.all("rect", "part")]
    assert sum(widths[:2]) == pytest.approx(widths[2], abs=0.2)
    assert [label.text for label in picture.all("text", "inside")] == ["25 %", "75 %", "100 %"]


# --- maps -------------------------------------------------------------------------------------------------

CELLS = sorted(h3.grid_disk(h3.latlng_to_cell(48.7, 37.6, 7), 6))


@pytest.mark.parametrize(
    ("p", "number"),
    [
        (0.0, 0),
        (0.009, 0),
        (0.01, 1),
        (0.1, 2),
        (0.49, 3),
        (0.5, 4),
        (0.75, 5),
        (0.9, 6),
        (0.99, 7),
        (1.0, 7),
    ],
)
def test_classes_of_probability(p: float, number: int) -> None:
    assert maps.class_of(p) == number
    assert len(maps.NAMES) == len(maps.CLASSES) + 1


def test_a_map_is_true_to_scale() -> None:
    """Ground distances in the picture agree with geodesic ones within 1 %."""
    to = maps.sheet(CELLS)
    a, b, c = (48.70, 37.60), (48.70, 37.72), (48.78, 37.60)
    for one, other in ((a, b), (a, c)):
        (x1, y1), (x2, y2) = (to(lon, lat) for lat, lon in (one, other))
        drawn = ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5 / to.scale
        assert drawn == pytest.approx(h3.great_circle_distance(one, other, unit="km"), rel=0.01)
    assert to(37.6, 48.8)[1] < to(37.6, 48.7)[1], "north is up"


def test_outlines_cover_the_cells_and_no_more() -> None:
    to = maps.sheet(CELLS)
    whole = sum(_area(ring) for ring in maps.outline(CELLS, to))
    single = sum(abs(_area(ring)) for cell in CELLS for ring in maps.outline([cell], to))
    assert abs(whole) == pytest.approx(single, rel=1e-3)


def _area(ring: list[tuple[float, float]]) -> float:
    return 0.5 * sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))


def test_names_of_towns_cover_no_other() -> None:
    towns = [
        {"name": name, "lon": 37.6 + dx, "lat": 48.7 + dy, "objective": True}
        for name, dx, dy in (
            ("Alpha", 0.0, 0.0),
            ("Beta", 0.01, 0.004),
            ("Gamma", 0.02, -0.006),
            ("Delta", 0.03, 0.0),
        )
    ]
    base = maps.base({"cells": CELLS, "towns": towns, "line": None})
    names = read(Markup("").join(base.over)).all("text", "name")
    boxes = []
    for element in names:
        width = maps.LETTER * len(element.text)
        x, y = float(element.attributes["x"]), float(element.attributes["y"])
        left = x - {"start": 0.0, "end": width, "middle": width / 2}[element.attributes["class"].split()[1]]
        boxes.append((left, y - maps.NAME_HEIGHT + 3, left + width, y + 3))
    overlaps = [
        (a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
    ]  # fmt: skip
    assert overlaps == []
    assert len(boxes) == 4


def test_the_line_of_day_0_ends_at_the_rim() -> None:
    line = {"points": [[36.0, 48.7], [39.0, 48.7]]}
    base = maps.base({"cells": CELLS, "towns": [], "line": line})
    (drawn,) = [part for part in base.over if 'class="day0"' in part]
    xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+) ", drawn)]
    assert 0 <= min(xs) < max(xs) <= maps.WIDTH
