"""The layout of formations: numbers, shares, places."""

from __future__ import annotations

import numpy as np
import pytest

from redan.theatre.cells import Cells, Lonlat, build_cells
from redan.theatre.control import Control, control_from_line
from redan.theatre.formations import Force, Formations, lay_out
from redan.vocabulary.codes import ATTACKER, DEFENDER, LINE, RESERVE

FRONT: list[Lonlat] = [(37.5, 48.3), (37.55, 48.7), (37.45, 49.1)]
FORCES = [Force(ATTACKER, 90_000.0, 450.0, 0.25), Force(DEFENDER, 45_100.0, 450.0, 0.3)]
TOWNS = np.array([[-10.0, -15.0], [-9.0, 12.0], [8.0, 0.0], [40.0, 0.0]])  # km from the centre


@pytest.fixture(scope="module")
def both() -> dict[int, tuple[Cells, Control, Formations]]:
    made = {}
    for resolution in (7, 8):
        cells = build_cells([(37.5, 48.7)], buffer_km=30.0, resolution=resolution)
        control = control_from_line(cells, FRONT, "right")
        made[resolution] = (cells, control, lay_out(cells, control, FORCES, TOWNS))
    return made


def test_numbers_follow_from_men(both: dict[int, tuple[Cells, Control, Formations]]) -> None:
    for _, _, laid in both.values():
        assert (laid.side == ATTACKER).sum() == 200
        assert ((laid.side == ATTACKER) & (laid.duty == RESERVE)).sum() == 50
        assert ((laid.side == DEFENDER) & (laid.duty == LINE)).sum() == 70


def test_ids_are_stable_and_unique(both: dict[int, tuple[Cells, Control, Formations]]) -> None:
    assert (both[7][2].identity == both[8][2].identity).all()
    assert len(set(both[7][2].identity.tolist())) == 300


def test_shares_sum_to_1_by_side(both: dict[int, tuple[Cells, Control, Formations]]) -> None:
    for _, _, laid in both.values():
        for side in (ATTACKER, DEFENDER):
            assert laid.share[laid.side == side].sum() == pytest.approx(1.0)


def test_everybody_stands_on_his_own_ground(both: dict[int, tuple[Cells, Control, Formations]]) -> None:
    for cells, control, laid in both.values():
        assert (control.side[laid.cell] == laid.side).all()
        assert control.contact(cells)[laid.cell[laid.duty == LINE]].all()


def test_every_contact_cell_is_held_in_proportion(both: dict[int, tuple[Cells, Control, Formations]]) -> None:
    cells, control, laid = both[7]
    for side in (ATTACKER, DEFENDER):
        held = np.bincount(laid.cell[(laid.side == side) & (laid.duty == LINE)], minlength=cells.n)
        contact = control.contact(cells) & (control.side == side)
        assert (held[contact] > 0).all()
        across = cells.neighbour[contact]
        edges = ((across >= 0) & (control.side[across] != side)).sum(axis=1)
        density = held[contact] / edges
        assert density.max() - density.min() <= 2.0


def test_reserves_stand_5_to_15_km_behind(both: dict[int, tuple[Cells, Control, Formations]]) -> None:
    for cells, control, laid in both.values():
        reserve = laid.cell[laid.duty == RESERVE]
        depth = control.distance_km(cells, np.column_stack([cells.lon[reserve], cells.lat[reserve]]))
        assert depth.min() > 5.0 - cells.spacing_km
        assert depth.max() < 15.0 + cells.spacing_km


def test_places_agree_at_both_resolutions(both: dict[int, tuple[Cells, Control, Formations]]) -> None:
    (coarse, _, a), (fine, _, b) = both[7], both[8]
    apart = np.hypot(coarse.x_km[a.cell] - fine.x_km[b.cell], coarse.y_km[a.cell] - fine.y_km[b.cell])
    assert np.median(apart) < coarse.spacing_km
    assert apart.max() < 2.5 * coarse.spacing_km


def test_without_towns_reserves_stand_in_the_open(both: dict[int, tuple[Cells, Control, Formations]]) -> None:
    cells, control, _ = both[7]
    laid = lay_out(cells, control, FORCES, np.zeros((0, 2)))
    assert len(np.unique(laid.cell[(laid.side == DEFENDER) & (laid.duty == RESERVE)])) > 5


def test_a_side_without_ground_is_refused(both: dict[int, tuple[Cells, Control, Formations]]) -> None:
    cells, _, _ = both[7]
    nowhere = control_from_line(cells, [(39.5, 48.3), (39.5, 49.1)], "right")
    with pytest.raises(ValueError, match="attacker holds no cell"):
        lay_out(cells, nowhere, FORCES, TOWNS)
