"""The teaching scenarios are whole, small, invented or sourced throughout, and do what their pages say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from ruamel.yaml import YAML

import redan
from redan.scenario.checks.strict import strict_faults
from redan.scenario.load import load_scenario
from redan.theatre.compile import compile_theatre
from tools import derive_gothic_ground, derive_teaching_ground

NAMES = ("two-belts", "mountain-pass")
HISTORICAL = ("gothic-line",)
HORIZON_DAYS = 365
HORIZONS = {"gothic-line": 60}
REPLICATIONS = 60
ROW = re.compile(
    r"^\| (p|mean) ([\w:-]+) \| ([\w-]+) \| ([\d.,]+) \| ([\d.,]+) \| ([\d.,]+) \|$", re.MULTILINE
)


def text(name: str, file: str) -> str:
    return (files("redan") / "bundled" / "scenarios" / name / file).read_text(encoding="utf-8")


def expected(name: str) -> list[tuple[str, str, str, float, float, float]]:
    """Rows of the page's last table: kind, id, course, seen, least, most."""
    rows = ROW.findall(text(name, "README.md"))
    return [
        (kind, key, course, *(float(n.replace(",", "")) for n in rest)) for kind, key, course, *rest in rows
    ]


@pytest.fixture(scope="module", params=NAMES + HISTORICAL)
def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, Any]]:
    """The forecast of a scenario as a document."""
    name: str = request.param
    out = tmp_path_factory.mktemp(name) / "run"
    case = redan.load(name)
    horizon = HORIZONS.get(name, HORIZON_DAYS)
    forecast = case.forecast(replications=REPLICATIONS, horizon_days=horizon, seed=1, out=out)
    return name, forecast.to_dict()


def test_it_does_what_its_page_says(played: tuple[str, dict[str, Any]]) -> None:
    name, document = played
    rows = expected(name)
    assert len(rows) == 8
    for kind, key, course, seen, least, most in rows:
        told = document["courses"][course]
        value = told["events"][key]["p_by_horizon"] if kind == "p" else told["measures"][key]["mean"]
        assert least <= seen <= most
        assert least <= value <= most, (kind, key, course)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_small_and_nothing_in_it_is_real(name: str) -> None:
    scenario = load_scenario(name)
    assert not scenario.real_place
    assert all(place.geonameid is None for place in scenario.places)
    assert scenario.place.settlements == "declared"
    compiled = compile_theatre(scenario)
    assert len(compiled.theatre.cell_id) < 500
    assert len(compiled.theatre.formation_id) < 60
    assert set(compiled.warnings) <= {"no ground file: the theatre is flat and bare"}


def sourced(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping that has a source."""
    if isinstance(value, dict):
        if "source" in value:
            yield value
        for inner in value.values():
            yield from sourced(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from sourced(inner)


@pytest.mark.parametrize("name", NAMES)
def test_every_statement_says_that_it_is_invented(name: str) -> None:
    found = list(sourced(YAML(typ="safe").load(text(name, "scenario.yaml"))))
    assert len(found) > 20
    assert all(item["source"].startswith("invented") and item["grade"] == "C" for item in found)


@pytest.mark.parametrize("name", HISTORICAL)
def test_every_statement_of_a_historical_one_has_its_grounds(name: str) -> None:
    assert strict_faults(load_scenario(name)) == []
    assert set(compile_theatre(load_scenario(name)).warnings) == set()


@pytest.mark.parametrize("name", NAMES + HISTORICAL)
def test_the_commands_of_its_page_are_accepted(name: str) -> None:
    """Settings and layers that a page quotes exist."""
    commands = re.findall(r"^redan .+$", text(name, "README.md"), re.MULTILINE)
    assert len(commands) >= 4
    for command in commands:
        assert f" {name}" in command
        load_scenario(name, sets=re.findall(r"--set (\S+)", command))


def test_the_ground_is_the_formula() -> None:
    assert text("mountain-pass", "ground.csv") == derive_teaching_ground.table()
    assert text("gothic-line", "ground.csv") == derive_gothic_ground.table()


def test_without_its_ridge_the_pass_is_taken_sooner() -> None:
    """What the scenario is for. The mean difference is 40 days, its error 12 at 60 pairs: power over 99 %."""
    found = redan.load("mountain-pass").ablate(
        replications=60, horizon_days=HORIZON_DAYS, courses=["storm"], layers=["relief"]
    )
    (days,) = [
        row
        for row in found.document()["layers"]
        if row["layer"] == "relief" and row["measure"] == "restricted_mean_days:ended"
    ]
    assert days["mean_difference"] < 0.0
