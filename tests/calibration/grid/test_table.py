"""The table is played once, chunk by chunk, and gone on with; a campaign from a start is seen on the grid."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from redan.calibration.grid import table as tables
from redan.calibration.grid.carried import shared
from redan.calibration.grid.front import make_start
from redan.calibration.grid.observe import Reports
from redan.calibration.grid.play import numbers, play_start
from redan.calibration.grid.settings import load_settings
from redan.calibration.grid.table import Design, make_table, read_table
from redan.runs.world import allocate
from redan.scenario.load import load_scenario
from redan.scenario.parameters import resolve
from redan.theatre.compile import compile_theatre
from redan.vocabulary.errors import InputError
from redan.vocabulary.outcomes import MEASURE_AREA

SETTINGS = load_settings()
CARRIED = np.arange(12.0).reshape(4, 3)
NAMES = ("success_slope", "success_even_ratio", "loss_exponent")
DESIGN = Design(SETTINGS, NAMES, CARRIED, Reports(2, 0.28), 7)
REQUEST = {"seed": 7, "data": {"grid": "a"}}


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[range]:
    """Chunks played, by something that plays at once."""
    done: list[range] = []

    def play(design: Design, starts: Any, rows: range, memory: Any, stopped: Any) -> dict[str, Any]:
        u, carried = (part[rows.start : rows.stop] for part in design.shares(rows.stop))
        done.append(rows)
        return {"u": u, "carried": carried, "values": u[:, None, :1], "names": np.array(["first"])}

    monkeypatch.setattr(tables, "play_rows", play)
    return done


def test_a_table_is_gone_on_with(played: list[range], tmp_path: Path) -> None:
    first = make_table(tmp_path, REQUEST, DESIGN, [], 40, threads=1)
    assert [rows.start for rows in played] == [0, 20]
    (tmp_path / "chunks" / "000020").write_bytes(b"cut off")
    longer = make_table(tmp_path, REQUEST, DESIGN, [], 60, threads=2)
    assert sorted(rows.start for rows in played) == [0, 20, 20, 40]
    assert np.array_equal(longer.u[:40], first.u)
    assert np.array_equal(longer.of("first")[:, 0], longer.u[:, 0])
    assert len(read_table(tmp_path, 25).u) == 25


def test_another_table_is_refused(played: list[range], tmp_path: Path) -> None:
    make_table(tmp_path, REQUEST, DESIGN, [], 20, threads=1)
    with pytest.raises(InputError, match="holds a table of another data"):
        make_table(tmp_path, {"seed": 7, "data": {"grid": "b"}}, DESIGN, [], 20, threads=1)
    with pytest.raises(InputError, match="holds no table"):
        read_table(tmp_path / "none")


def test_rows_do_not_depend_on_their_number() -> None:
    few, many = DESIGN.shares(33), DESIGN.shares(500)
    assert np.array_equal(few[0], many[0][:33])
    assert np.array_equal(few[1], many[1][:33])
    assert (np.unique(many[1][:, 0], return_counts=True)[1] > 100).all()  # every draw carried has its share


def test_settings_are_of_the_register() -> None:
    assert len(SETTINGS.free) <= 8
    u = np.full((1, len(SETTINGS.free)), 0.5)
    values = SETTINGS.values(u, resolve(load_scenario("two-belts")))
    assert set(values) == set(SETTINGS.names)
    assert values["choice_hold_days"][0] == pytest.approx(
        (10.0 * 180.0) ** 0.5
    )  # the median of its own prior


def test_a_campaign_is_seen_on_the_grid() -> None:
    scenario = load_scenario("slavyansk-kramatorsk")
    compiled = compile_theatre(scenario)
    grid = SimpleNamespace(
        x_m=336_250.0 + 2_500.0 * np.arange(54),
        y_m=5_306_250.0 + 2_500.0 * np.arange(54),
        inside=np.ones((54, 54), np.bool_),
    )
    start = make_start(scenario, compiled, grid, days=42, seed=3)  # type: ignore[arg-type]
    assert "Kramatorsk" in start.towns
    rows = start.world.draw(range(1))
    rows["tempo"] = 2.0
    memory = allocate(start.world, start.course)
    seen = play_start(start, rows[0], 0, DESIGN.reports, memory)
    assert len(seen.area_km2) == 43
    assert seen.area_km2[0] == 0.0
    found = numbers(seen, start.towns, (14, 42))
    whole = memory[1].series[:, MEASURE_AREA]  # nearly all of this theatre lies on the grid
    assert 0.0 < found["area_42"] <= whole.max()
    assert found["area_42"] >= 0.7 * whole[-5]
    assert seen.front.area_km2()[-1] >= seen.front.area_km2()[0]


def test_nothing_may_be_carried(played: list[range], tmp_path: Path) -> None:
    alone = Design(SETTINGS, (), np.zeros((4, 0)), Reports(2, 0.28), 7)
    table = make_table(tmp_path, REQUEST, alone, [], 20, threads=1)
    assert table.carried.shape == (20, 0)
    assert np.array_equal(table.u, DESIGN.shares(20)[0])


def test_what_the_register_dates_apart_is_not_carried() -> None:
    battles, front = dt.date(1970, 1, 1), dt.date(2025, 12, 12)
    assert shared(["loss_exponent", "attack_density_open"], battles, front) == ("loss_exponent",)
