"""`check --strict`: what runs, and still has no grounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from redan.scenario.authoring.new import new_scenario
from redan.scenario.bundled import bundled_names
from redan.scenario.checks.strict import strict_faults
from redan.scenario.load import load_scenario
from tests.scenario.conftest import ISLAND, Load

ROADS = "roads.0.source="


@pytest.mark.parametrize("name", bundled_names())
def test_a_bundled_scenario_states_its_grounds(name: str) -> None:
    assert [str(fault) for fault in strict_faults(load_scenario(name))] == []


def test_every_placeholder_of_a_new_scenario_is_listed_with_its_line(tmp_path: Path) -> None:
    made = new_scenario("gull-island", out=tmp_path / "gull-island")
    faults = strict_faults(load_scenario(made.folder))
    assert len({(fault.line, fault.field) for fault in faults}) == len(faults) >= made.placeholders
    text = (made.folder / "scenario.yaml").read_text(encoding="utf-8").splitlines()
    for fault in faults:
        assert "placeholder" in text[fault.line - 1], fault


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("placeholder: replace", "is still a placeholder"),
        ("judgement", "is a judgement without a reason"),
        ("judgement: ?", "is a judgement without a reason"),
        ("judgement: as the road beside it", None),
        ("Smith 2024, page 12", None),
    ],
)
def test_what_counts_as_grounds(load: Load, source: str, problem: str | None) -> None:
    found = [
        fault
        for fault in strict_faults(load(ISLAND, sets=[f'{ROADS}"{source}"']))
        if fault.field == "roads[0].source"
    ]
    assert [fault.problem for fault in found] == ([] if problem is None else [problem])
