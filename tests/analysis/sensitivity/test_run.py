"""A sensitivity study of the city fight: what it is made of, its folder, and its words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from redan.analysis.ensemble import play
from redan.analysis.points import drawn, play_points
from redan.analysis.sensitivity import store
from redan.analysis.sensitivity.run import Budget, sensitivity
from redan.runs.prepare import prepare
from redan.scenario.load import load_scenario
from redan.scenario.parameters import resolve
from redan.scenario.scenario import Scenario
from redan.theatre.compile import compile_theatre
from redan.views.cli.main import run
from redan.vocabulary.errors import InputError

CITY = Path(__file__).parents[3] / "verification" / "city-fight"
DAYS = 25


@pytest.fixture(scope="module")
def city() -> Scenario:
    return load_scenario(CITY)


@pytest.fixture(scope="module")
def told(city: Scenario, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    found = sensitivity(
        city, budget=Budget(trajectories=4, samples=32, keep=2), horizon_days=DAYS, seed=3, threads=2
    )
    folder = tmp_path_factory.mktemp("study") / "found"
    store.write(found, city, folder)
    return folder, store.read(folder)


def test_a_point_with_its_own_luck_is_the_replication(city: Scenario) -> None:
    job = prepare(city, compile_theatre(city), replications=6, horizon_days=DAYS, seed=3)
    points = drawn(resolve(city), 3, [5, 2])
    rows = play_points(job.world, points, threads=1)["storm"]
    whole = play(city, replications=6, horizon_days=DAYS, seed=3, threads=1).of("storm")
    for name in ("losses:attacker", "parameter:tempo"):
        assert rows[name].to_list() == [whole[name][5], whole[name][2]]


def test_the_study_says_what_it_rests_on(told: tuple[Path, dict[str, Any]]) -> None:
    folder, document = told
    assert len(document["kept"]) == 2
    names = [one["factor"] for one in document["measures"][1]["factors"]]
    assert names[-2:] == ["the rest", "chance"]
    assert set(names[:-2]) == set(document["kept"])
    split = document["measures"][1]["split"]
    assert sum(split[part]["share"] for part in split) == pytest.approx(1.0)
    grouped = [name for group in document["groups"] for name in group["parameters"]]
    assert len(grouped) == len(set(grouped)) == sum(document["uncertain_by_grade"].values())
    table = pl.read_parquet(folder / "sensitivity.parquet")
    own = table.filter((pl.col("measure") == "losses:attacker") & (pl.col("factor") == "chance"))
    assert own.filter(kind="split")["share"][0] == split["chance"]["share"]


def test_the_command_repeats_it_to_the_byte(
    told: tuple[Path, dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, document = told
    small = ["--trajectories", "4", "--samples", "32", "--keep", "2", "--horizon-days", str(DAYS)]
    asked = ["sensitivity", str(CITY), *small, "--seed", "3", "--threads", "1", "--out", str(tmp_path / "s")]
    assert run([*asked, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said.pop("folder") == str(tmp_path / "s")
    assert said == document
    for file in sorted(folder.iterdir()):
        assert file.read_bytes() == (tmp_path / "s" / file.name).read_bytes()


@pytest.mark.parametrize(
    ("option", "value"),
    [("--samples", "3"), ("--split", "drone"), ("--measure", "losses"), ("--course", "strom")],
)
def test_a_fault_names_its_option(option: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sensitivity", str(CITY), option, value]) == 2
    assert capsys.readouterr().err.startswith(f"{option} {value}: ")


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="holds no sensitivity study"):
        store.read(tmp_path)
