"""Scores against values worked out by hand and against scoringrules."""

from __future__ import annotations

import numpy as np
import pytest

from redan.forecast import scores


def test_scores_by_hand() -> None:
    five = np.arange(1.0, 6.0)[None, :]
    assert scores.crps(five, np.array([3.5]), fair=False)[0] == pytest.approx(0.5)
    assert scores.crps(five, np.array([3.5]))[0] == pytest.approx(0.3)
    assert scores.crps_normal(0.0, 1.0, 0.0) == pytest.approx(0.233695, abs=1e-6)
    assert scores.brier([0.9, 0.4], [1.0, 0.0]) == pytest.approx((0.01 + 0.16) / 2.0)
    assert scores.log_score_of_intervals(np.array([0.1, 0.2, 0.7]), 1, 2) == pytest.approx(-np.log(0.9))
    # three days, come by the end of day 2: (0.5 - 0)^2 + (0.5 - 1)^2 + (1 - 1)^2
    assert scores.crps_of_days(np.array([0.0, 0.5, 0.5, 1.0]), 2.0) == pytest.approx(0.5)
    assert scores.crps_of_days(np.array([0.0, 0.5, 0.5, 1.0]), np.inf) == pytest.approx(1.5)


def test_scores_agree_with_scoringrules() -> None:
    import scoringrules  # here: it compiles for ten seconds, which every worker that collects would wait for

    rng = np.random.default_rng(3)
    sample, truth = rng.normal(2.0, 3.0, (40, 25)), rng.normal(2.0, 3.0, 40)
    for fair, name in ((True, "fair"), (False, "nrg")):
        theirs = scoringrules.crps_ensemble(truth, sample, estimator=name)
        np.testing.assert_allclose(scores.crps(sample, truth, fair=fair), theirs, rtol=1e-10)
    means, sds = rng.normal(size=40), rng.uniform(0.5, 2.0, 40)
    theirs = scoringrules.crps_normal(truth, means, sds)
    np.testing.assert_allclose(scores.crps_normal(means, sds, truth), theirs, rtol=1e-10)
    theirs = scoringrules.logs_normal(truth, sample.mean(axis=1), sample.std(axis=1, ddof=1))
    np.testing.assert_allclose(scores.log_score(sample, truth), theirs, rtol=1e-10)
    levels = np.array([0.1, 0.5, 0.9])
    quantiles = np.quantile(sample[0], levels)
    theirs = 2.0 * np.mean(scoringrules.quantile_score(truth[0], quantiles, levels))
    assert scores.quantile_score(levels.tolist(), quantiles, truth[0]) == pytest.approx(theirs)


def test_pit_is_uniform_and_coverage_as_said_where_the_forecast_is_right() -> None:
    """4,000 rows of 19 members: a mean off by .02 or a coverage off by .03 is seen (4 standard errors)."""
    rng = np.random.default_rng(5)
    drawn = rng.exponential(size=(4000, 20))
    found = scores.pit(drawn[:, 1:], drawn[:, 0])
    assert found.mean() == pytest.approx(0.5, abs=0.02)
    assert np.histogram(found, 4, (0.0, 1.0))[0] == pytest.approx(1000, abs=110)
    low, high = np.quantile(rng.exponential(size=100_000), [0.1, 0.9])
    assert scores.covered(low, high, drawn[:, 0]).mean() == pytest.approx(0.8, abs=0.03)
