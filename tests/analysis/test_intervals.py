"""Intervals of means and shares, against published values and against what they claim to hold."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from redan.analysis.intervals import mean_interval, wilson


@pytest.mark.parametrize(
    ("won", "n", "low", "high"),
    [(81, 263, 0.2535, 0.3682), (15, 148, 0.0598, 0.1644), (0, 20, 0.0, 0.2005), (1, 29, 0.0018, 0.1963)],
)
def test_wilson_as_published(won: int, n: int, low: float, high: float) -> None:
    """Newcombe 1998, table I, method 4, 95 %."""
    found = wilson(won, n, confidence=0.95)
    assert found[0] == pytest.approx(low, abs=5e-5)
    assert found[1] == pytest.approx(high, abs=5e-5)


def test_wilson_of_many_mirrors_and_takes_halves() -> None:
    won, n = np.array([0.0, 3.5, 10.0]), np.array([10.0, 10.0, 10.0])
    low, high = wilson(won, n)
    turned = wilson(n - won, n)
    assert low == pytest.approx(1.0 - turned[1])
    assert high == pytest.approx(1.0 - turned[0])
    assert low[1] < 0.35 < high[1]
    assert (low[0], high[2]) == (0.0, 1.0)


@pytest.mark.parametrize("confidence", [0.90, 0.99])
def test_the_lower_end_is_above_one_half_no_more_often_than_it_says(confidence: float) -> None:
    """Exactly, from the binomial law: for a fair coin of any number of throws."""
    for n in range(20, 400):
        low, _ = wilson(np.arange(n + 1), np.full(n + 1, n), confidence=confidence)
        assert stats.binom.pmf(np.arange(n + 1), n, 0.5)[low > 0.5].sum() <= (1.0 - confidence) / 2.0 + 1e-4


def test_mean_interval_refuses_what_has_none() -> None:
    for values in ([1.0], [1.0, np.inf]):
        with pytest.raises(ValueError, match="two or more finite values"):
            mean_interval(values)
    assert str(mean_interval([1.0, 2.0, 3.0])).startswith("2 [")
