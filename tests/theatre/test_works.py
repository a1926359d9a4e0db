"""Belts and strongholds on the cells."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from redan.theatre.cells import Cells, build_cells
from redan.theatre.works import Belt, Site, lay_belts, lay_sites, months_between, offset_point

CENTRE = (37.5, 48.7)
AS_OF = date(2025, 12, 12)
LINE = [(37.36, 48.6), (37.42, 48.7), (37.38, 48.8)]


def belt(name: str = "first", *, width_km: float = 2.0, effort: float = 20.0, begun: int = 2014) -> Belt:
    return Belt(name, LINE, width_km, date(begun, 9, 1), effort, 0.5, 200.0, 10.0, 2.0)


@pytest.fixture(scope="module")
def both() -> dict[int, Cells]:
    return {r: build_cells([CENTRE], buffer_km=25.0, resolution=r) for r in (7, 8)}


def test_months_of_digging() -> None:
    assert months_between(date(2014, 9, 1), AS_OF) == pytest.approx(135.4, abs=0.1)
    assert months_between(date(2026, 1, 1), AS_OF) == 0.0


@pytest.mark.parametrize("resolution", [7, 8])
@pytest.mark.parametrize("width_km", [0.5, 2.0, 4.0])
def test_shares_add_up_to_the_length_of_the_belt(
    both: dict[int, Cells], resolution: int, width_km: float
) -> None:
    cells = both[resolution]
    laid = lay_belts(cells, [belt(width_km=width_km)], AS_OF)
    length = 11.98 + 11.5  # km, the two legs of LINE
    depth = np.minimum(1.0, cells.area_km2 / cells.spacing_km / width_km)
    assert (laid.share * depth).sum() * cells.spacing_km == pytest.approx(length, rel=0.06)
    assert ((laid.cell >= 0) == (laid.share > 0.0)).all()


@pytest.mark.parametrize("resolution", [7, 8])
def test_ground_in_the_middle_of_a_deep_belt_is_covered(both: dict[int, Cells], resolution: int) -> None:
    laid = lay_belts(both[resolution], [belt(width_km=7.0)], AS_OF)
    assert laid.share[both[resolution].find((37.42, 48.7))] == pytest.approx(1.0)


def test_the_belt_with_more_work_stands(both: dict[int, Cells]) -> None:
    laid = lay_belts(both[7], [belt("weak", effort=5.0), belt("strong"), belt("late", begun=2025)], AS_OF)
    assert set(laid.cell.tolist()) == {-1, 1}


def test_no_belts(both: dict[int, Cells]) -> None:
    laid = lay_belts(both[7], [], AS_OF)
    assert (laid.cell == -1).all()
    assert laid.share.sum() == 0.0
    assert len(laid.months) == 0


@pytest.mark.parametrize("resolution", [7, 8])
def test_floor_area_becomes_industry(both: dict[int, Cells], resolution: int) -> None:
    cells = both[resolution]
    sites = [Site("a", CENTRE, 0, 2e6, 3.0, 500.0, 30.0), Site("b", (40.0, 48.7), -1, 0.0, 1.0, 10.0, 5.0)]
    laid = lay_sites(cells, sites)
    assert laid.industry @ cells.area_km2 == pytest.approx(2.0, rel=2e-3)
    assert laid.cell.tolist() == [cells.find(CENTRE), -1]
    assert len(np.unique(laid.identity)) == 2


def test_an_offset_is_east_and_north(both: dict[int, Cells]) -> None:
    lon, lat = offset_point(both[7], CENTRE, (7.363, 11.12))
    assert (lon, lat) == pytest.approx((37.6, 48.8), abs=1e-3)
