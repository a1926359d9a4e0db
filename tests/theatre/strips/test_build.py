"""Strips: sizes, ground, belts, towns, forces and plans become the arrays they should."""

from __future__ import annotations

from dataclasses import replace
from typing import get_type_hints

import numpy as np
import pytest

from redan.scenario.parameters import central
from redan.testing.campaigns import play
from redan.testing.params import TOY_DATE
from redan.theatre.strips.build import build_strip
from redan.theatre.strips.parameters import strip_parameters
from redan.theatre.strips.plan import goal_east, plan_on, within_sector
from redan.theatre.strips.shape import (
    Belt,
    Ground,
    Patch,
    Strip,
    Stronghold,
    Town,
    size_rows,
    spread_rows,
    stand,
    stand_in_depth,
)
from redan.vocabulary.arrays import Theatre
from redan.vocabulary.codes import ATTACKER, DEFENDER, LINE, LOG_CONTROL, RESERVE

ROWS, COLUMNS, FRONT = 8, 14, 5
BARE = Strip(
    rows=ROWS, columns=COLUMNS, front_column=FRONT,
    attacker=stand(16, FRONT - 1, (0, ROWS)), defender=stand(4, FRONT, (0, ROWS)),
)  # fmt: skip
MEN = {"attacker_men": 12_000.0, "defender_men": 1_500.0}


def column_of(theatre: Theatre) -> np.ndarray:
    return np.arange(theatre.cell_id.shape[0]) % COLUMNS


@pytest.mark.parametrize("front_km", [3.0, 7.4, 20.0, 100.0])
def test_a_strip_is_exactly_as_wide_as_its_front(front_km: float) -> None:
    rows, spacing = size_rows(front_km, 2.4)
    strip = replace(
        BARE, rows=rows, spacing_km=spacing, attacker=stand(2, 4, (0, rows)), defender=stand(2, 5, (0, rows))
    )
    theatre = build_strip(strip)
    side = theatre.cell_control0
    across = side[np.maximum(theatre.cell_neighbour, 0)]
    facing = (theatre.cell_neighbour >= 0) & (across == ATTACKER) & (side[:, None] == DEFENDER)
    assert facing.sum() * 0.5 * spacing == pytest.approx(front_km)
    assert strip.front_km == pytest.approx(front_km)


def test_the_width_of_a_strip_turns_area_into_depth() -> None:
    theatre = build_strip(BARE)
    a_column = theatre.cell_area_km2[column_of(theatre) == FRONT].sum()
    assert a_column / BARE.width_km == pytest.approx(BARE.spacing_km)


def test_ground_patches_rivers_and_belts_lie_where_they_are_put() -> None:
    steep = Ground(relief_m=150.0, cover=0.6)
    theatre = build_strip(
        replace(
            BARE,
            patches=(Patch((7, 9), steep, rows=(2, 4)),),
            rivers=((6, 0.7),),
            belts=(Belt(6, columns=2, share=0.5, mine_depth_m=300.0), Belt(9)),
        )
    )
    column, row = column_of(theatre), np.arange(theatre.cell_id.shape[0]) // COLUMNS
    inside = (column >= 7) & (column < 9) & (row >= 2) & (row < 4)
    assert (theatre.cell_relief_m == np.where(inside, 150.0, Ground().relief_m)).all()
    assert (theatre.cell_cover == np.where(inside, 0.6, Ground().cover)).all()
    assert set(column[theatre.edge_river.max(axis=1) > 0.0]) == {5, 6}
    assert (theatre.cell_belt == np.select([(column == 6) | (column == 7), column == 9], [0, 1], -1)).all()
    assert theatre.belt_width_km.tolist() == pytest.approx([4.8, 2.4])
    assert theatre.cell_belt_share[column == 6].max() == 0.5


def test_every_town_is_an_objective_with_its_footprint() -> None:
    towns = (Town(8, 3, "first", radius_km=2.5, residents=7000.0), Town(11, 5, "second"))
    theatre = build_strip(replace(BARE, towns=towns, strongholds=(Stronghold(1, 5e4),)))
    assert theatre.footprint_start.tolist() == [0, 7, 8]
    assert theatre.objective_cell.tolist() == [3 * COLUMNS + 8, 5 * COLUMNS + 11]
    np.testing.assert_allclose(np.add.reduceat(theatre.footprint_weight, [0, 7]), 1.0)
    assert theatre.cell_residents.sum() == pytest.approx(27_000.0)
    assert (theatre.cell_built > 0.0).sum() == 8
    assert theatre.site_cell.tolist() == [5 * COLUMNS + 11]
    assert theatre.objective_edge_km[0, theatre.footprint_cell[:7]].max() == 0.0


def test_men_stand_in_the_line_and_in_reserve() -> None:
    groups = stand_in_depth(10, 0.3, line_column=5, reserve_column=9, rows=(2, 6))
    theatre = build_strip(replace(BARE, defender=groups))
    ours = theatre.formation_side == DEFENDER
    assert theatre.formation_share[ours].sum() == pytest.approx(1.0)
    assert (theatre.formation_duty0[ours] == RESERVE).sum() == 3
    assert (theatre.formation_cell0[ours] % COLUMNS).tolist() == [5] * 7 + [9] * 3
    assert spread_rows(4, (2, 6)) == (2, 3, 4, 5)
    heavy = build_strip(replace(BARE, defender=(*stand(3, 5, (0, 8)), *stand(1, 6, (0, 8), weight=3.0))))
    assert heavy.formation_share[-1] == pytest.approx(0.5)


@pytest.mark.parametrize(
    "wrong", [{"front_column": 0}, {"attacker": ()}, {"defender": stand(1, 99, (0, 8))}, {"spacing_km": 0.0}]
)
def test_what_cannot_be_played_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"strip|formation|outside"):
        replace(BARE, **wrong)  # type: ignore[arg-type]


def test_every_array_has_the_type_of_a_real_theatre() -> None:
    theatre = build_strip(BARE)
    for name in get_type_hints(Theatre):
        assert not getattr(theatre, name).flags.writeable


def test_a_strip_without_a_town_is_played_and_only_its_sector_is_attacked() -> None:
    """An axis that bars the northern half attacks none of it; the engine needs no objective."""
    theatre = build_strip(BARE)
    half = 0.5 * theatre.cell_y_km.max()
    params = central(strip_parameters(TOY_DATE, MEN))
    plan = plan_on(within_sector(theatre, goal_east(theatre), (0.0, half)))
    played = play(theatre, plan, params, days=3)
    assert played.output.measure.shape[0] > 0
    assert played.output.audit.max() < 1e-6
    taken = [c for _, c, side in played.log(LOG_CONTROL) if side == ATTACKER]
    assert taken
    assert theatre.cell_y_km[taken].max() <= half


def test_duties_are_what_they_were_declared() -> None:
    theatre = build_strip(BARE)
    assert (theatre.formation_duty0 == LINE).all()
