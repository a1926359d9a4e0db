"""What more of it does: the changes are what they say, and pair with the scenario as it is."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from redan.analysis.augment.changes import CHANGES
from redan.analysis.ensemble import play
from redan.analysis.points import drawn
from redan.scenario.load import load_scenario
from redan.scenario.parameters import resolve
from redan.theatre.compile import compile_theatre
from redan.views.cli.main import run

CITY = Path(__file__).parents[2] / "verification" / "city-fight"
BY_NAME = {change.name: change for change in CHANGES}


def test_digging_moves_every_belt_and_nothing_else() -> None:
    before = load_scenario("two-belts")
    more, less = (BY_NAME[name].scenario(before) for name in ("digging_more", "digging_less"))
    assert [belt.begun for belt in more.belts] == ["2023-01", "2020-06"]
    # Not begun after day 0.
    latest = f"{before.as_of:%Y-%m}"
    assert [belt.begun for belt in less.belts] == [min("2027-01", latest), min("2024-06", latest)]
    months = [compile_theatre(one).theatre.belt_months for one in (before, more)]
    assert np.allclose(months[1] - months[0], 24.0, atol=0.1)
    assert resolve(more).keys() == resolve(before).keys()
    assert more.forces == before.forces


def test_drones_are_multiplied_where_they_are_drawn() -> None:
    parameters = resolve(load_scenario("slavyansk-kramatorsk"))
    before = drawn(parameters, 3, range(4))
    after = BY_NAME["defender_drones_50"].points(before, parameters)
    column = list(parameters).index("defender_drones_per_day")
    assert after.values[:, column] == pytest.approx(1.5 * before.values[:, column])
    others = np.delete(np.arange(len(parameters)), column)
    assert np.array_equal(after.values[:, others], before.values[:, others])
    assert np.array_equal(after.luck, before.luck)


def test_the_command_pairs_it_with_the_scenario_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    size = ["--replications", "6", "--horizon-days", "30", "--seed", "3", "--change", "attacker_drones_100"]
    assert run(["augment", str(CITY), *size, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    row = next(one for one in told["additions"] if one["measure"] == "losses:defender")
    own = resolve(load_scenario(CITY))["attacker_drones_per_day"]
    assert own.distribution.kind == "fixed", "else the two below are not the same thing"
    sets = [f"forces.attacker.drones_per_day={2 * own.value}"]
    men = [
        play(load_scenario(CITY, sets=s), replications=6, horizon_days=30, seed=3)
        .of("storm")["losses:defender"]
        .to_numpy()
        for s in ([], sets)
    ]
    assert row["mean_difference"] == pytest.approx(np.mean(men[1] - men[0]))
    assert row["mean_difference"] != 0.0
    assert row["p_better_with"] == np.mean((men[1] > men[0]) + 0.5 * (men[1] == men[0]))
    assert run(["augment", str(CITY), *size]) == 0
    assert "100 % more drones for the attacker" in " ".join(capsys.readouterr().out.split())
