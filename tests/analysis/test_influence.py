"""Which parameters decide an outcome: known ones are found, and none where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from redan.analysis.influence import correlations, rank_parameters, standard_ranks, strongest_by_chance

NAMES = [f"p{i}" for i in range(40)]


def test_the_correlation_is_spearmans() -> None:
    rng = np.random.default_rng(1)
    drawn, outcome = rng.normal(size=(60, 3)), rng.integers(0, 3, 60) / 2.0
    expected = [stats.spearmanr(drawn[:, i], outcome).statistic for i in range(3)]
    assert correlations(drawn, outcome) == pytest.approx(expected)


def test_what_never_varies_goes_with_nothing() -> None:
    drawn = np.random.default_rng(1).normal(size=(10, 2))
    assert not standard_ranks(np.ones(10)).any()
    assert not correlations(drawn, np.full(10, 0.5)).any()
    found = rank_parameters(["a", "b"], drawn, np.full(10, 0.5), seed=1, permutations=19)
    assert [one.p_any for one in found] == [1.0, 1.0]


def test_the_parameter_that_matters_comes_first() -> None:
    rng = np.random.default_rng(2)
    drawn = rng.normal(size=(300, len(NAMES)))
    outcome = (rng.random(300) < np.where(drawn[:, 7] > 0.0, 0.35, 0.65)).astype(float)
    found = rank_parameters(NAMES, drawn, outcome, seed=1)
    assert found[0].parameter == "p7"
    assert found[0].correlation < 0.0
    assert found[0].p_any == 1 / 1000
    assert found[0].p_low == pytest.approx(0.65, abs=0.1)
    assert found[0].p_high == pytest.approx(0.35, abs=0.1)
    assert sorted(-abs(one.correlation) for one in found) == [-abs(one.correlation) for one in found]


def test_permutations_do_not_depend_on_how_they_are_batched() -> None:
    rng = np.random.default_rng(3)
    drawn, outcome = rng.normal(size=(30, 5)), rng.random(30)
    long, short = (strongest_by_chance(drawn, outcome, seed=4, permutations=n) for n in (250, 130))
    assert long[:100] == pytest.approx(short[:100])
    assert long.shape == (250,)


def test_some_parameter_looks_strong_by_chance_as_rarely_as_is_claimed() -> None:
    """400 nulls at 5 %: 33 or fewer with probability 0.999, were the chance 5 %."""
    rng = np.random.default_rng(5)
    alarms = 0
    for seed in range(400):
        drawn = rng.normal(size=(80, len(NAMES)))
        found = rank_parameters(NAMES, drawn, rng.integers(0, 3, 80) / 2.0, seed=seed, permutations=199)
        alarms += found[0].p_any <= 0.05
    assert alarms <= stats.binom.ppf(0.999, 400, 0.05)
    assert alarms > 0
