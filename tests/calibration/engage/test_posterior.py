"""A fit read from its file: what it sets, what it widens, and what is wrong with a file that is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import redan
from redan.calibration.battles.fit import Table, fit
from redan.calibration.battles.held_out import HeldOut, shipped
from redan.calibration.engage.free import FREE
from redan.calibration.engage.posterior import QUANTITIES, Discrepancy, read_fitted
from redan.calibration.engage.table import COLUMNS
from redan.calibration.engage.verdict import SHIPPED
from redan.vocabulary.errors import InputError
from tests.calibration.battles.invented import invented

BATTLE = "a,1944,20000,10000,100,20,150,80,0,0,10.5,prepared,rolling,mixed,0,3"
NOTHING = {name: {"sd": 0.0} for name in QUANTITIES}


def document(level: float = 0.5, **changed: Any) -> dict[str, Any]:
    """A fit with `loss_scale` at a share of its range and the others at a third of theirs."""
    shares = np.array([level if one.name == "loss_scale" else 0.33 for one in FREE])
    draws = [[float(one.value(u)) for one, u in zip(FREE, shares, strict=True)]] * 3
    return {"parameters": [one.name for one in FREE], "draws": draws, "discrepancy": NOTHING, **changed}


def write(folder: Path, content: object) -> Path:
    path = folder / "fitted.json"
    path.write_text(json.dumps(content))
    return path


@pytest.fixture
def battle(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{BATTLE}\n")
    return path


def predicted(battle: Path, posterior: Path | None) -> dict[str, float]:
    found: dict[str, float] = redan.engage(battle, replications=20, posterior=posterior)["battles"][0]
    return found


def test_a_fit_sets_the_parameters_and_its_discrepancy_the_width(battle: Path, tmp_path: Path) -> None:
    low = predicted(battle, write(tmp_path, document(0.1)))
    high = predicted(battle, write(tmp_path, document(0.9)))
    assert high["attacker_loss_p50"] > 2.0 * low["attacker_loss_p50"]
    wide = predicted(
        battle, write(tmp_path, document(0.1, discrepancy={**NOTHING, "lost_attacker": {"sd": 3.0}}))
    )
    assert wide["attacker_loss_p90"] > 5.0 * low["attacker_loss_p90"]
    assert wide["defender_loss_p90"] == low["defender_loss_p90"]


def test_a_fit_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    history = invented(6)
    rng = np.random.default_rng(1)
    values = np.column_stack([one.value(rng.random(60)) for one in FREE])
    outcomes = np.exp(rng.normal(5.0, 1.0, (3, 6, 60)))
    table = Table(FREE, values, outcomes[0], rng.standard_normal((6, 60)), outcomes[1], outcomes[2])
    whole = fit(table, history, SHIPPED, np.ones(6, dtype=np.bool_))
    made = shipped(HeldOut({}, whole, {}), history, replications=4, seed=1)
    found = read_fitted(write(tmp_path, made))
    np.testing.assert_allclose(found.values, whole.values, rtol=1e-3)
    assert set(found.discrepancy) == set(QUANTITIES)


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {},
        document(parameters=["x"]),
        document(draws=[]),
        document(draws=[[1.0]]),
        document(draws=[[-1.0] * len(FREE)]),
        document(draws=[["many"] * len(FREE)]),
        document(discrepancy={}),
    ],
)
def test_what_is_no_fit_is_told_in_one_line(wrong: object, battle: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        redan.engage(battle, replications=10, posterior=write(tmp_path, wrong))
    (fault,) = caught.value.faults
    assert "fitted.json:1: " in str(fault)


def test_a_discrepancy_of_nothing_changes_nothing() -> None:
    sample = np.array([0.0, 3.0, 700.0])
    np.testing.assert_allclose(Discrepancy().apply(sample, 1.0, seed=1), sample, atol=1e-9)
