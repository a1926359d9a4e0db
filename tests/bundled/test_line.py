"""Our coarse line of contact against the control data it was checked with (skipped where they are absent)."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest

from tests.bundled.front_data import SHARED, WEEKLY, Check, read_ground

DATE = "2025-12-07"
HELD = "the control data are not part of the repository"
needs_data = pytest.mark.skipif(not WEEKLY.exists(), reason=f"{SHARED} is absent: {HELD}")


@pytest.fixture(scope="module")
def vertices() -> list[tuple[float, float]]:
    """Longitude and latitude of the line, north to south-west."""
    path = files("redan") / "bundled" / "scenarios" / "slavyansk-kramatorsk" / "line.geojson"
    feature: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert feature["properties"]["date"] == DATE
    return [(float(x), float(y)) for x, y in feature["geometry"]["coordinates"]]


@pytest.fixture(scope="module")
def check(vertices: list[tuple[float, float]]) -> Check:
    """The line, the theatre and the data of the line's date."""
    return Check(vertices, read_ground(DATE))


def test_line_is_coarse(vertices: list[tuple[float, float]]) -> None:
    """A few dozen vertices on a grid of 0.01 degree, about town to town."""
    assert 20 <= len(vertices) <= 50
    assert all(round(x, 2) == x and round(y, 2) == y for x, y in vertices)
    assert len(set(vertices)) == len(vertices)
    steps = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(vertices)]
    assert min(steps) >= 0.05  # nowhere finer than about 4 km


@needs_data
def test_mean_distance_is_within_1500_m(check: Check) -> None:
    """Mean distance line to edge of the occupied ground, and back, inside the theatre and the data's box."""
    found = check.distances_km()
    assert found["line_to_edge"] <= 1.5, found
    assert found["edge_to_line"] <= 1.5, found
    assert found["line_to_interval"] <= found["line_to_edge"], found


@needs_data
def test_cells_agree(check: Check) -> None:
    """99 % of cells agree, where a cell on the line or centred on unknown ground agrees either way."""
    share, wrong = check.cell_agreement()
    assert share >= 0.99, wrong


@needs_data
def test_measure_notices_a_wrong_line(check: Check, vertices: list[tuple[float, float]]) -> None:
    """Power of the check: the same line shifted 6 km west fails both measures."""
    shifted = Check([(x - 0.08, y) for x, y in vertices], check.ground)
    assert shifted.distances_km()["edge_to_line"] > 1.5
    assert shifted.cell_agreement()[0] < 0.99
