"""Operations of the past: whole, by one rule, and what they state of the control data is in the data."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from redan.calibration.operations.front import occupied_shares, start_front
from redan.calibration.operations.gains import grid_lonlat, row_of
from redan.scenario.bundled import history_names
from redan.scenario.load import load_scenario
from redan.scenario.observed import read_observed
from redan.scenario.parameters import resolve
from redan.sources.control_maps import ControlGrid
from redan.theatre.cells import build_cells
from redan.theatre.compile import compile_theatre
from redan.theatre.control import control_from_line
from redan.theatre.rim import rim_distance_km
from tools import observe_operations, write_history

OPERATIONS = ["history/bakhmut", "history/pokrovsk-mirnograd", "history/selydove", "history/toretsk"]
RIM_KM = 7.0  # 5 km beyond the 2 km of a footprint
SURE = (0.2, 0.8)  # shares of a cell by which the grid says whose it is
BOX = (36.87, 38.53, 47.97, 49.07)


@pytest.fixture(scope="module")
def grid() -> ControlGrid:
    """The control grid, where it is at hand."""
    found = observe_operations.read_grid()
    if found is None:
        pytest.skip("the control data are not part of the repository")
    return found


def test_the_operations_ship() -> None:
    assert history_names() == sorted([*OPERATIONS, "history/front"])


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_whole(name: str) -> None:
    """It compiles, its subject lies off the rim, and its observations agree with its places."""
    scenario = load_scenario(name)
    compiled = compile_theatre(scenario)
    assert rim_distance_km(compiled.cells, scenario.lonlat(scenario.objectives[0])) > RIM_KM
    assert scenario.observed is not None
    observed = read_observed(scenario.file_text(scenario.observed), name)
    assert observed.milestones
    assert observed.reported
    assert observed.until == dt.date(2025, 12, 12)
    assert list(scenario.courses) == ["as_is"]


@pytest.mark.parametrize("name", OPERATIONS)
def test_nothing_is_set_for_one_operation_alone(name: str) -> None:
    """No policy and no parameter of its own: the register as of its date, the forces by the rule."""
    scenario = load_scenario(name)
    assert not scenario.policy
    assert not scenario.parameters
    given = {p.name for p in resolve(scenario).values() if p.origin == "scenario"}
    assert all(name.startswith(("attacker_", "defender_")) for name in given)


def test_what_the_rule_writes_is_what_stands_there() -> None:
    """Without the grid the shares of effort are kept, all else is written anew."""
    _, front, _ = write_history.read(write_history.HISTORY / "front")
    for file in write_history.HISTORY.glob("*/scenario.yaml"):
        assert write_history.generated(file.parent, front, None) == file.read_text(encoding="utf-8"), file


def test_the_shares_of_effort_are_those_of_the_grid(grid: ControlGrid) -> None:
    _, front, _ = write_history.read(write_history.HISTORY / "front")
    for file in write_history.HISTORY.glob("*/scenario.yaml"):
        assert write_history.generated(file.parent, front, grid) == file.read_text(encoding="utf-8"), file


def test_the_facts_are_those_of_the_grid(grid: ControlGrid) -> None:
    """Milestones, distances, area and the table of town falls, recomputed."""
    for file, text in observe_operations.expected(grid).items():
        assert file.read_text(encoding="utf-8") == text, file


@pytest.mark.parametrize("name", history_names())
def test_the_line_is_that_of_the_grid(grid: ControlGrid, name: str) -> None:
    """No cell that is surely one side's lies on the other side of our line; shifted 5 km, some do."""
    scenario = load_scenario(name)
    around = [scenario.lonlat(at) for at in scenario.place.around]
    cells = build_cells(around, buffer_km=scenario.place.buffer_km, resolution=7)
    share = occupied_shares(grid, scenario.as_of, cells)
    west, east, south, north = BOX
    box = (cells.lon > west) & (cells.lon < east) & (cells.lat > south) & (cells.lat < north)
    sure = box & ((share < SURE[0]) | (share > SURE[1]))
    line = scenario.control_line()
    assert line is not None

    def wrong(shift: float) -> int:
        moved = [(float(x) + shift, float(y)) for x, y in line]
        ours = control_from_line(cells, moved, "left").side == 0
        return int((sure & (ours != (share > 0.5))).sum())

    assert (np.round(line, 2) == line).all()
    assert wrong(0.0) == 0
    assert wrong(0.07) > 0


def test_the_front_starts_on_a_day(grid: ControlGrid) -> None:
    """Area is that of the grid, objectives are ahead, nothing later enters."""
    day = dt.date(2023, 6, 1)
    start = start_front(grid, day)
    theatre = start.compiled.theatre
    lon, lat = grid_lonlat(grid)
    box = grid.inside & (lon > BOX[0]) & (lon < BOX[1]) & (lat > BOX[2]) & (lat < BOX[3])
    at = start.compiled.cell_lonlat
    west, east, south, north = BOX
    inside = (at[:, 0] > west) & (at[:, 0] < east) & (at[:, 1] > south) & (at[:, 1] < north)
    seen = float(np.nan_to_num(grid.occupied[row_of(grid, day)])[box].sum()) * 6.25
    ours = float((theatre.cell_share0 * theatre.cell_area_km2)[inside].sum())
    assert ours == pytest.approx(seen, rel=0.02)
    assert start.scenario.as_of == day
    assert all(belt.begun_date <= day for belt in start.scenario.belts)
    assert len(start.scenario.objectives) >= 8
    assert not start.compiled.warnings
