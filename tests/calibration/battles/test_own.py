"""Battles of one's own: a fit that engage and forecast take, and what is wrong with a table told by line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from redan.calibration.battles.fit import Posterior
from redan.calibration.battles.own import for_forecasts, read_own
from redan.calibration.calibrate import run_calibration
from redan.calibration.engage.free import FREE
from redan.calibration.engage.posterior import read_fitted
from redan.scenario.posterior import find_posterior
from redan.vocabulary.errors import InputError
from redan.vocabulary.parameters import load_register
from tests.calibration.battles.invented import invented_text


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(invented_text(24), encoding="utf-8")
    return path


def test_one_file_serves_single_battles_and_forecasts(table: Path, tmp_path: Path) -> None:
    stage = run_calibration(draws=64, csv=table, out=tmp_path / "fit")["stages"]["battles"]
    posterior = tmp_path / "fit" / "posterior.json"
    assert read_fitted(posterior).values.shape[1] == len(FREE)
    found = find_posterior(posterior, dt.date(1944, 8, 25))
    assert found is not None
    assert list(found.columns) == stage["forecasts"]["columns"]
    with pytest.raises(InputError, match="is of a time that ended on 1945-12-31"):
        find_posterior(posterior, dt.date(2025, 6, 1))
    with pytest.raises(InputError, match="rests on facts up to 1933-12-31"):
        find_posterior(posterior, dt.date(1930, 1, 1))


def test_what_was_not_told_keeps_its_prior_in_forecasts(table: Path) -> None:
    rng = np.random.default_rng(1)
    draws = np.column_stack([one.value(rng.random(200)) for one in FREE])  # as wide as the prior
    history = read_own(table)
    assert for_forecasts(Posterior(FREE, draws), history, name="x")["columns"] == []
    (k,) = (k for k, one in enumerate(FREE) if one.name == "loss_defender")
    draws[:, k] = rng.uniform(0.9, 1.1, 200)
    found = for_forecasts(Posterior(FREE, draws), history, name="x")
    assert found["columns"] == ["loss_defender_lost", "loss_defender_held"]
    then = load_register().at(dt.date.fromisoformat(found["known"]))
    for name, values in zip(found["columns"], np.array(found["rows"]).T, strict=True):
        assert then[name].low <= values.min() < values.max() <= then[name].high


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"attacker","', '"red","', "winner: 'red' is not a winner"),
        ('"defender","', '"defender","-', "is not a number in range"),
        ("winner", "who", "winner: the column is missing"),
        ("advance_km", "km", "advance_km: the column is missing"),
    ],
)
def test_a_fault_of_an_outcome_has_its_line(table: Path, old: str, new: str, said: str) -> None:
    text = table.read_text()
    line = text.count("\n", 0, text.index(old)) + 1
    table.write_text(text.replace(old, new))
    with pytest.raises(InputError) as caught:
        read_own(table)
    assert any(f"own.csv:{line}: " in str(fault) and said in str(fault) for fault in caught.value.faults)


def test_too_few_battles_are_refused(table: Path) -> None:
    table.write_text("".join(table.read_text().splitlines(keepends=True)[:12]))
    with pytest.raises(InputError, match="is known of 11 battles; give at least 20"):
        read_own(table)


def test_battles_and_the_front_are_not_fitted_to_one_table(table: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is of battles, not of the front"):
        run_calibration(["front"], csv=table, out=tmp_path / "fit")
