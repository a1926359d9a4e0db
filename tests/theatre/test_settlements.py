"""Built-up land and residents: totals do not depend on the resolution."""

from __future__ import annotations

import numpy as np
import pytest

from redan.theatre.cells import Cells, build_cells
from redan.theatre.objectives import build_objectives, footprint
from redan.theatre.settlements import Town, settle, without_districts

DENSITY = 2500.0
CITY = Town("City", (37.5, 48.7), 100_000.0, 40_000.0, 0.2, True)
DISTRICT = Town("District", (37.52, 48.71), 30_000.0, 20_000.0, 0.2, False)
VILLAGE = Town("Village", (37.7, 48.75), 2_000.0, 500.0, 0.5, False)


@pytest.fixture(scope="module")
def both() -> dict[int, Cells]:
    return {r: build_cells([(37.55, 48.72)], buffer_km=25.0, resolution=r) for r in (7, 8)}


def test_districts_of_a_larger_town_are_not_counted_twice() -> None:
    assert [t.name for t in without_districts([DISTRICT, VILLAGE, CITY], DENSITY)] == ["City", "Village"]


def test_a_declared_place_is_never_a_district() -> None:
    declared = Town("District", DISTRICT.at, 30_000.0, 20_000.0, 0.2, True)
    assert len(without_districts([declared, CITY], DENSITY)) == 2


@pytest.mark.parametrize("resolution", [7, 8])
def test_totals_are_those_of_the_towns(both: dict[int, Cells], resolution: int) -> None:
    cells = both[resolution]
    settled = settle(cells, [CITY, VILLAGE], DENSITY)
    assert settled.residents.sum() == pytest.approx(40_500.0, rel=1e-9)
    assert settled.built @ cells.area_km2 == pytest.approx(102_000.0 / DENSITY, rel=2e-3)
    assert settled.destroyed[cells.find(CITY.at)] == pytest.approx(0.2)
    assert (settled.destroyed[settled.built == 0.0] == 0.0).all()


def test_overlapping_discs_count_land_once_and_everybody(both: dict[int, Cells]) -> None:
    settled = settle(both[7], [CITY, DISTRICT], DENSITY)
    assert settled.built @ both[7].area_km2 < 130_000.0 / DENSITY
    assert settled.residents.sum() == pytest.approx(60_000.0)


@pytest.mark.parametrize("town", [CITY, VILLAGE])
@pytest.mark.parametrize("resolution", [7, 8])
def test_a_footprint_is_the_built_land_near_the_point(
    both: dict[int, Cells], resolution: int, town: Town
) -> None:
    cells = both[resolution]
    settled = settle(cells, [CITY, VILLAGE], DENSITY)
    cell, weight = footprint(cells, town, settled.built_land)
    assert weight.sum() == pytest.approx(1.0)
    assert (np.diff(cell) > 0).all()
    assert cells.geodesic_km(town.at)[cell].max() < 2.0 + cells.spacing_km
    centre = (weight @ cells.x_km[cell], weight @ cells.y_km[cell])
    assert centre == pytest.approx(cells.plane.point(town.at), abs=1.0)


def test_a_place_without_people_has_a_footprint_all_the_same(both: dict[int, Cells]) -> None:
    empty = Town("Ford", (37.4, 48.8), 0.0, 0.0, 0.0, True)
    cell, weight = footprint(both[7], empty, settle(both[7], [CITY], DENSITY).built_land)
    assert weight.sum() == pytest.approx(1.0)
    assert both[7].find(empty.at) in cell


def test_the_edge_of_a_town_is_its_radius_from_the_point(both: dict[int, Cells]) -> None:
    cells = both[8]
    settled = settle(cells, [CITY], DENSITY)
    objectives = build_objectives(cells, [CITY], ["city"], settled, everyone=[CITY], people_per_km2=DENSITY)
    radius = CITY.radius_km(DENSITY)
    assert objectives.edge_km[0, cells.find(CITY.at)] == 0.0
    far = objectives.distance_km[0] > radius
    assert objectives.edge_km[0, far] == pytest.approx(objectives.distance_km[0, far] - radius)


@pytest.mark.parametrize("resolution", [7, 8])
def test_those_within_2_km_live_in_the_footprint(both: dict[int, Cells], resolution: int) -> None:
    cells, towns = both[resolution], [CITY, DISTRICT, VILLAGE]
    settled = settle(cells, towns, DENSITY)
    made = build_objectives(
        cells, [CITY, VILLAGE], ["city", "village"], settled, everyone=towns, people_per_km2=DENSITY
    )
    people = made.footprint_people * settled.residents[made.footprint_cell]
    in_city, in_village = np.add.reduceat(people, made.footprint_start[:-1])
    # of the city a circle of 12.57 km2 out of 40; the district's disc of 12 km2 is cut by it as well
    assert 0.3142 * 40_000.0 < in_city < 0.3142 * 40_000.0 + 20_000.0
    assert in_village == pytest.approx(500.0, rel=1e-6)


def test_outside_the_theatre_there_is_no_footprint(both: dict[int, Cells]) -> None:
    with pytest.raises(ValueError, match="outside"):
        footprint(both[7], Town("Far", (39.0, 48.7), 10.0, 10.0, 0.0, True), CITY_LAND)


CITY_LAND = build_cells([(37.5, 48.7)], buffer_km=3.0, resolution=7).outline
