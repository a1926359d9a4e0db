"""The discrepancy: a spread is found, and put where it belongs."""

from __future__ import annotations

import numpy as np
import pytest

from redan.calibration.battles.discrepancy import learn, widen
from redan.calibration.battles.scores import Prediction
from tests.calibration.battles.invented import invented


def test_spread_is_found_and_mended() -> None:
    """400 battles simulated with half the spread of what happened: 80 % intervals hold .80 +- .07."""
    rng = np.random.default_rng(1)
    centre = rng.normal(8.0, 1.0, 400)
    truth = np.exp(centre + 0.8 * rng.standard_normal(400))
    sample = np.exp(centre[:, None] + 0.4 * rng.standard_normal((400, 200)))
    found = learn(sample, truth, 1.0)
    assert found.sd == pytest.approx(np.sqrt(0.8**2 - 0.4**2), abs=0.1)
    made = found.apply(sample, 1.0, seed=1)
    low, high = np.quantile(made, [0.1, 0.9], axis=1)
    assert ((low <= truth) & (truth <= high)).mean() == pytest.approx(0.80, abs=0.07)


def test_a_wrong_level_is_met_by_spread_alone() -> None:
    """Simulated a factor of 3 too low: the level of the simulation stands, the interval reaches out."""
    rng = np.random.default_rng(3)
    centre = rng.normal(8.0, 1.0, 400)
    sample = np.exp(centre[:, None] + 0.1 * rng.standard_normal((400, 50)))
    found = learn(sample, 3.0 * np.exp(centre), 1.0)
    assert found.sd == pytest.approx(np.log(3.0), abs=0.05)
    made = np.median(np.log(found.apply(sample, 1.0, seed=1)), axis=1)
    assert float(np.mean(made - centre)) == pytest.approx(0.0, abs=0.05)


def test_nothing_is_added_where_the_simulation_is_wide_enough() -> None:
    rng = np.random.default_rng(2)
    sample = np.exp(8.0 + rng.standard_normal((300, 100)))
    assert learn(sample, np.exp(8.0 + 0.5 * rng.standard_normal(300)), 1.0).sd == 0.0


def test_a_war_is_not_mended_by_itself() -> None:
    history = invented()
    sample = np.ones((len(history.rows), 10)) * 500.0
    before = widen(Prediction(None, sample, sample, sample), history, seed=1)
    one = history.of_fold("other")
    history.lost_attacker[one] *= 100.0
    after = widen(Prediction(None, sample, sample, sample), history, seed=1)
    assert before.lost_attacker is not None
    assert after.lost_attacker is not None
    np.testing.assert_array_equal(before.lost_attacker[one], after.lost_attacker[one])
    assert (before.lost_attacker[~one] != after.lost_attacker[~one]).any()
