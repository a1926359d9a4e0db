"""Inverse distribution functions against scipy, and the moments their users count on."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from redan.numerics import inverse

UNIT = st.floats(1e-12, 1.0 - 1e-12)
GRID = (np.arange(20_000) + 0.5) / 20_000  # midpoints: moments by quadrature, not by chance


def counts(mean: float, dispersion: float) -> NDArray[np.float64]:
    return np.array([inverse.count_quantile(float(u), mean, dispersion) for u in GRID])


@given(UNIT)
def test_normal_quantile_is_the_normal_quantile(u: float) -> None:
    # Acklam's stated relative error, with the rounding of u near 1 beside it
    assert inverse.normal_quantile(u) == pytest.approx(stats.norm.ppf(u), rel=2e-9, abs=2e-9)


@given(UNIT, UNIT)
def test_normal_quantile_rises(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert inverse.normal_quantile(low) <= inverse.normal_quantile(high) + 1e-8


def test_normal_quantile_is_odd_and_finite_at_the_ends() -> None:
    assert inverse.normal_quantile(0.3) == pytest.approx(-inverse.normal_quantile(0.7), abs=1e-12)
    for u in (0.0, 1.0, 2.0**-54):
        assert math.isfinite(inverse.normal_quantile(u))


@given(st.floats(1e-9, 1.0 - 1e-9), st.floats(0.001, 39.9))
def test_small_poisson_counts_are_exact(u: float, mean: float) -> None:
    found = inverse.count_quantile(u, mean, 0.0)
    law = stats.poisson(mean)
    assert law.cdf(found) >= u - 1e-12
    assert found == 0.0 or law.cdf(found - 1.0) < u + 1e-12


@given(st.floats(1e-9, 1.0 - 1e-9), st.floats(0.001, 39.9), st.floats(0.01, 3.0))
def test_small_negative_binomial_counts_are_exact(u: float, mean: float, dispersion: float) -> None:
    found = inverse.count_quantile(u, mean, dispersion)
    law = stats.nbinom(1.0 / dispersion, 1.0 / (1.0 + dispersion * mean))
    assert law.cdf(found) >= u - 1e-10
    assert found == 0.0 or law.cdf(found - 1.0) < u + 1e-10


@pytest.mark.parametrize("mean", [0.01, 0.5, 3.0, 20.0, 39.0, 41.0, 60.0, 200.0, 1500.0])
@pytest.mark.parametrize("dispersion", [0.0, 0.3])
def test_counts_have_the_mean_and_variance_they_say(mean: float, dispersion: float) -> None:
    # 2 % of the mean and 4 % of the variance: what the rounded normal costs just above LARGE_MEAN
    found = counts(mean, dispersion)
    assert found.mean() == pytest.approx(mean, rel=0.02)
    assert found.var() == pytest.approx(mean + dispersion * mean**2, rel=0.04, abs=0.001)


@given(UNIT, UNIT, st.floats(0.01, 500.0), st.floats(0.0, 2.0))
def test_counts_rise_with_u_and_are_whole(a: float, b: float, mean: float, dispersion: float) -> None:
    low, high = sorted((a, b))
    few, many = (inverse.count_quantile(u, mean, dispersion) for u in (low, high))
    assert 0.0 <= few <= many
    assert many == math.floor(many)


def test_nothing_expected_gives_nothing() -> None:
    assert inverse.count_quantile(0.999, 0.0, 0.3) == 0.0
    assert inverse.count_quantile(0.999, -1.0, 0.3) == 0.0


@pytest.mark.parametrize("dispersion", [0.0, 1e-12, 0.001, 0.3, 10.0])
def test_many_counts_at_once_are_those_one_by_one(dispersion: float) -> None:
    # means of a day's losses and beyond: nothing, few, many, and above LARGE_MEAN
    draw = np.random.default_rng(20251212)
    mean = draw.gamma(0.5, 4.0, 3000)
    mean[:3] = -1.0, 0.0, 1e-12
    mean[3:6] = inverse.LARGE_MEAN, inverse.LARGE_MEAN + 1e-9, 500.0
    u, found = draw.random(3000), np.full(3000, -1.0)
    inverse.count_quantiles(u, mean, dispersion, 2999, found)
    one_by_one = [inverse.count_quantile(*pair, dispersion) for pair in zip(u, mean, strict=True)]
    assert found[:2999].tolist() == one_by_one[:2999]
    assert found[2999] == -1.0
    assert (found > inverse.FEW).sum() > 100


@given(st.floats(0.0, 65_000.0), st.floats(0.0, 40.0))
def test_own_logarithm_and_exponential_keep_their_word(x: float, t: float) -> None:
    assert inverse.log_one_plus(x) == pytest.approx(math.log1p(x), rel=1e-14, abs=0.0)
    assert inverse.exp_minus(t) == pytest.approx(math.exp(-t), rel=5e-13, abs=0.0)


@pytest.mark.parametrize("x", [0.0, 0.2, 3.75, 17.0])
def test_random_rounding_keeps_the_mean(x: float) -> None:
    assert np.mean([inverse.round_random(x, float(u)) for u in GRID]) == pytest.approx(x, abs=1e-4)


@given(UNIT)
def test_gumbel_quantile_is_gumbels(u: float) -> None:
    assert inverse.gumbel_quantile(u) == pytest.approx(stats.gumbel_r.ppf(u), rel=1e-9, abs=1e-9)


def test_gumbel_noise_makes_a_logit_choice() -> None:
    # P(first wins) = 1 / (1 + exp(s2 - s1)): integrate over the other's noise by quadrature
    u = GRID[::40]
    g = np.array([inverse.gumbel_quantile(float(x)) for x in u])
    share = float(np.mean(g[:, None] + 1.0 > g[None, :]))
    assert share == pytest.approx(1.0 / (1.0 + math.exp(-1.0)), abs=0.003)
