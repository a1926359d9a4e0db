"""The ten stylised facts in full: what held when last looked at must hold still; the rest is reported.

`redan validate --stylised` prints the same numbers. A statistic holds when its whole 90 % interval lies in
its band. One that does not hold is a finding about the model; it goes into HELD once the model shows it, and
never leaves without a reason in the changelog. Numbers: `docs/background/stylised-facts.md`.
"""

# ruff: noqa: D103 - a test is named by what it claims

from __future__ import annotations

import functools
from typing import Any

import pytest

from redan.calibration.stylised.facts import load_facts
from redan.calibration.stylised.run import DEFAULT_REPLICATIONS, run_stylised
from redan.testing.assertions import Interval
from redan.views.cli.show_stylised import band
from verification.worlds import report

HELD = {
    "fortified": {"without_drones", "zone_2025"},
    "depth": {"more_reserves", "immobile"},
    "concentration": {"25_over_10", "50_over_25", "100_over_50"},
    "square-law": {"slope"},
    "force-ratio": {"below_1", "gradient"},
    "isolation": {"ratio_1944", "ratio_2025"},
    "towns": {"urban_over_open", "attacker_losses"},
    "duration": {"slope_1944", "slope_2025"},
    "drones": {
        "advance_2023",
        "advance_2025",
        "moving_units_2023",
        "moving_units_2025",
        "forward_supply_2023",
        "forward_supply_2025",
        "counter_attacks_2023",
        "counter_attacks_2025",
    },
}


@functools.cache
def facts() -> dict[str, Any]:
    document = run_stylised(replications=DEFAULT_REPLICATIONS, seed=1)
    return {fact["id"]: fact for fact in document["facts"]}


@pytest.mark.parametrize("fact", list(load_facts()))
def test_a_fact_holds_as_far_as_it_did(fact: str) -> None:
    lost = []
    for part in facts()[fact]["parts"]:
        value = part["statistic"]
        low, high = part["interval90"] if value is not None else (float("nan"),) * 2
        shown = Interval(float("nan") if value is None else value, low, high, float("nan"), part["n"])
        said = f"{band(part['band'])}: {part['verdict']}"
        report(f"stylised fact {fact}: {part['statistic_name']}", shown, said)
        if part["id"] in HELD.get(fact, ()) and not part["holds"]:
            lost.append(f"{part['id']}: {shown}, band {part['band']}")
    assert lost == []


def test_what_is_said_to_hold_is_measured() -> None:
    known = {fact.id: {part.id for part in fact.parts} for fact in load_facts().values()}
    assert all(parts <= known[fact] for fact, parts in HELD.items())
