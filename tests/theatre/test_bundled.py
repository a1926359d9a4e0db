"""The bundled scenario on its cells: known distances and sides, and the same totals at both resolutions."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from redan.scenario.load import load_scenario
from redan.theatre.compile import Compiled, compile_theatre
from redan.theatre.summary import front_km, summarise
from redan.vocabulary.codes import ATTACKER, DEFENDER, LINE

TODAY = dt.date(2026, 6, 1)
NAME = "slavyansk-kramatorsk"


@pytest.fixture(scope="module")
def both() -> dict[int, Compiled]:
    scenarios = {r: load_scenario(NAME, sets=[f"place.resolution={r}"], today=TODAY) for r in (7, 8)}
    return {r: compile_theatre(scenario) for r, scenario in scenarios.items()}


def test_it_has_the_size_that_the_design_foresees(both: dict[int, Compiled]) -> None:
    assert len(both[7].theatre.cell_id) == pytest.approx(1_400, rel=0.02)
    assert len(both[8].theatre.cell_id) == pytest.approx(9_500, rel=0.05)
    assert both[7].theatre.spacing_km[0] == pytest.approx(2.4, abs=0.05)


@pytest.mark.parametrize("resolution", [7, 8])
def test_seversk_is_about_36_km_from_slavyansk(both: dict[int, Compiled], resolution: int) -> None:
    compiled = both[resolution]
    seversk = compiled.theatre.objective_cell[compiled.objectives.index("seversk")]
    distance = compiled.theatre.objective_distance_km[compiled.objectives.index("slavyansk"), seversk]
    assert distance == pytest.approx(36.5, abs=compiled.theatre.spacing_km[0] / 2.0 + 0.5)


@pytest.mark.parametrize("resolution", [7, 8])
def test_sides_are_where_they_were(both: dict[int, Compiled], resolution: int) -> None:
    compiled = both[resolution]
    for place, side in (((38.0, 48.6), ATTACKER), ((38.2, 49.05), ATTACKER), ((37.3, 48.9), DEFENDER)):
        assert compiled.theatre.cell_control0[compiled.cells.find(place)] == side
    for cell in compiled.theatre.objective_cell:
        assert compiled.theatre.cell_control0[cell] == DEFENDER


def test_totals_agree(both: dict[int, Compiled]) -> None:
    totals = [
        summarise(both[r], load_scenario(NAME, sets=[f"place.resolution={r}"], today=TODAY)) for r in (7, 8)
    ]
    for section, name in (
        ("ground", "residents"),
        ("ground", "built_km2"),
        ("ground", "destroyed_km2"),
        ("ground", "industry_km2"),
        ("cells", "area_km2"),
    ):
        assert totals[0][section][name] == pytest.approx(totals[1][section][name], rel=0.03), name
    for coarse, fine in zip(totals[0]["objectives"], totals[1]["objectives"], strict=True):
        assert coarse["residents"] == pytest.approx(fine["residents"], rel=0.01)
        assert coarse["occupied"] == pytest.approx(fine["occupied"], abs=0.03)
        assert coarse["destroyed"] == pytest.approx(fine["destroyed"], abs=0.02)
    for coarse, fine in zip(totals[0]["belts"], totals[1]["belts"], strict=True):
        assert coarse["km"] == pytest.approx(fine["km"], rel=0.1)
    assert totals[0]["sources"]["attacker"]["t_per_day"] == totals[1]["sources"]["attacker"]["t_per_day"]
    assert front_km(both[7].theatre) == pytest.approx(front_km(both[8].theatre), rel=0.15)


def test_formations_stand_in_the_same_places(both: dict[int, Compiled]) -> None:
    a, b = both[7].theatre, both[8].theatre
    apart = np.hypot(
        a.cell_x_km[a.formation_cell0] - b.cell_x_km[b.formation_cell0],
        a.cell_y_km[a.formation_cell0] - b.cell_y_km[b.formation_cell0],
    )
    assert np.median(apart) < a.spacing_km[0]
    assert np.quantile(apart, 0.95) < 3.0 * a.spacing_km[0]
    line = a.formation_duty0 == LINE
    assert line.any()
    assert not line.all()


def test_nothing_needs_a_remark(both: dict[int, Compiled]) -> None:
    assert both[7].warnings == []
    assert both[8].warnings == []
