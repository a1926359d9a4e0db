"""Alternatives as they are written, and as they are compared with the real engine."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from redan.analysis.ensemble import play
from redan.analysis.versus.specs import read_specs
from redan.scenario.load import load_scenario
from redan.views.cli.main import run
from redan.vocabulary.errors import InputError

CITY = Path(__file__).parents[3] / "verification" / "city-fight"
MORE = "forces.attacker.drones_per_day=2800"
SIZE = ["--replications", "90", "--horizon-days", "12", "--seed", "3"]


def test_alternatives_go_on_from_the_one_before() -> None:
    listed = read_specs(["two-belts:storm+a.b=1e+5", ":bypass", f"+{MORE}+dig.yaml"], ["seed=1"])
    assert [(one.scenario, one.course, one.changes) for one in listed] == [
        ("two-belts", "storm", ("a.b=1e+5",)),
        ("two-belts", "bypass", ("a.b=1e+5",)),
        ("two-belts", "bypass", ("a.b=1e+5", MORE, "dig.yaml")),
    ]
    assert listed[2].sets == ("seed=1", "a.b=1e+5", MORE)
    assert listed[2].overlays == (Path("dig.yaml"),)
    assert read_specs([str(CITY)])[0].course is None
    assert read_specs([f"{CITY}:storm"])[0].scenario == str(CITY)
    with pytest.raises(InputError, match="no scenario before it"):
        read_specs([":storm"])


def test_variants_pair_and_a_run_says_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["compare", f"{CITY}:storm", f"+{MORE}", *SIZE, "--json", "--measure", "losses:attacker"]) == 0
    told = json.loads(capsys.readouterr().out)
    (pair,) = told["comparison"]
    scenarios = [load_scenario(CITY, sets=sets) for sets in ([], [MORE])]
    rows = [
        play(one, replications=90, horizon_days=12, seed=3, threads=2)
        .of("storm")["losses:attacker"]
        .to_numpy()
        for one in scenarios
    ]
    assert pair["mean_difference"] == pytest.approx(np.mean(rows[0] - rows[1]))
    assert pair["p_a_better"] == np.mean((rows[0] < rows[1]) + 0.5 * (rows[0] == rows[1]))
    assert set(pair["gain"]) == {"parameters", "chance", "chance_on_top", "both"}
    # What one alternative decides is no unknown that both share.
    assert "attacker_drones_per_day" not in [one["parameter"] for one in pair["turns"]["influences"]]
    assert pair["turns"]["for"] in (pair["a"], pair["b"])

    assert run(["forecast", str(CITY), *SIZE, "--out", "run"]) == 0
    capsys.readouterr()
    assert run(["compare", "run", f"{CITY}:storm+{MORE}", *SIZE, "--no-gain", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    same = next(row for row in again["comparison"] if row["measure"] == "losses:attacker")
    assert same["mean_difference"] == pytest.approx(pair["mean_difference"])
    assert same["gain"] is None
    assert run(["compare", "run", f"{CITY}:storm+{MORE}", *SIZE, "--no-gain"]) == 0
    out = capsys.readouterr().out
    assert "A against B" in out
    assert max(map(len, out.splitlines())) <= 140


def test_a_run_of_another_seed_does_not_pair(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(["forecast", str(CITY), "--replications", "2", "--horizon-days", "2", "--out", str(tmp_path)])
        == 0
    )
    capsys.readouterr()
    assert run(["compare", str(tmp_path), f"{CITY}:storm", "--seed", "2", "--horizon-days", "2"]) == 2
    assert "give --seed 1 --horizon-days 2" in capsys.readouterr().err
