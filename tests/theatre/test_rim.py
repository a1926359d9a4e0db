"""Supply sources and open flanks on the rim."""

from __future__ import annotations

import numpy as np
import pytest

from redan.theatre.cells import Cells, build_cells
from redan.theatre.control import Control, control_from_line
from redan.theatre.lines import Road, road_capacity
from redan.theatre.rim import OpenFlank, Source, rim_codes, rim_distance_km, supply_sources
from redan.vocabulary.arrays import F64
from redan.vocabulary.codes import ATTACKER, DEFENDER, RIM_CLOSED, RIM_FLANK, RIM_INNER, RIM_SOURCE

CENTRE = (37.5, 48.7)
SOURCES = [Source(DEFENDER, (37.0, 48.7), 2500.0), Source(ATTACKER, (38.0, 48.7), 4000.0)]


@pytest.fixture(scope="module", params=[7, 8])
def place(request: pytest.FixtureRequest) -> tuple[Cells, Control, F64]:
    cells = build_cells([CENTRE], buffer_km=20.0, resolution=request.param)
    control = control_from_line(cells, [(37.5, 48.3), (37.5, 49.1)], "right")
    road = Road("through", [(36.9, 48.7), (38.1, 48.7)], 3000.0)
    return cells, control, road_capacity(cells, [road], track_t_per_day_per_km=60.0)


def test_every_tonne_enters_on_the_rim_of_its_side(place: tuple[Cells, Control, F64]) -> None:
    cells, control, roads = place
    tonnes = supply_sources(cells, control, SOURCES, roads)
    for source in SOURCES:
        entry = np.flatnonzero(tonnes[source.side])
        assert tonnes[source.side].sum() == pytest.approx(source.t_per_day)
        depth = 20.0 - np.hypot(cells.x_km[entry], cells.y_km[entry])
        assert depth.max() < 2.5 + cells.spacing_km / 2.0
        assert (control.side[entry] == source.side).all()
        assert cells.geodesic_km(source.at)[entry].max() < 22.0


def test_most_of_it_enters_by_the_road(place: tuple[Cells, Control, F64]) -> None:
    cells, control, roads = place
    tonnes = supply_sources(cells, control, SOURCES[:1], roads)[DEFENDER]
    on_road = roads.max(axis=1) > 3000.0
    assert tonnes[on_road].sum() > 0.9 * tonnes.sum()


def test_codes_of_the_rim(place: tuple[Cells, Control, F64]) -> None:
    cells, control, roads = place
    tonnes = supply_sources(cells, control, SOURCES, roads)
    rim = rim_codes(cells, tonnes, [OpenFlank((37.45, 48.9), (37.6, 48.9))])
    assert (rim[cells.on_rim] != RIM_INNER).all()
    assert np.isin(rim[~cells.on_rim], [RIM_INNER, RIM_SOURCE]).all()
    assert (rim[tonnes.sum(axis=0) > 0] == RIM_SOURCE).all()
    flank = rim == RIM_FLANK
    assert 0 < flank.sum() < (rim == RIM_CLOSED).sum()
    assert cells.y_km[flank].min() > 10.0


def test_the_shorter_way_round_whichever_end_comes_first(place: tuple[Cells, Control, F64]) -> None:
    cells, _, _ = place
    none = np.zeros((2, cells.n))
    ends = ((37.2, 48.68), (37.2, 48.72))  # either side of the bearing where angles wrap
    there, back = (rim_codes(cells, none, [OpenFlank(*pair)]) for pair in (ends, ends[::-1]))
    assert (there == back).all()
    assert cells.x_km[there == RIM_FLANK].max() < -15.0


def test_a_side_without_rim_has_no_source(place: tuple[Cells, Control, F64]) -> None:
    cells, _, roads = place
    ring = [(37.45, 48.67), (37.55, 48.67), (37.55, 48.73), (37.45, 48.73), (37.45, 48.67)]
    encircled = control_from_line(cells, ring, "right")
    with pytest.raises(ValueError, match="defender holds no cell on the rim"):
        supply_sources(cells, encircled, SOURCES, roads)


def test_distance_to_the_rim(place: tuple[Cells, Control, F64]) -> None:
    cells, _, _ = place
    assert rim_distance_km(cells, CENTRE) == pytest.approx(19.0, abs=1.5)
