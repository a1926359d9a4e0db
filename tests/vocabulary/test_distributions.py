"""Inverse distributions agree with scipy's, and with what the numbers promise."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from redan.vocabulary.distributions import KINDS, Distribution

U = np.array([1e-12, 0.001, 0.05, 0.3, 0.5, 0.8, 0.95, 0.999, 1 - 1e-12])
EXAMPLES: Mapping[str, Distribution] = {
    "fixed": Distribution("fixed"),
    "triangular": Distribution("triangular", {"low": 15, "mode": 20, "high": 40}),
    "uniform": Distribution("uniform", {"low": -2, "high": 3}),
    "normal": Distribution("normal", {"mean": 3, "sd": 2}),
    "lognormal": Distribution("lognormal", {"p05": 0.5, "p95": 2}),
    "beta": Distribution("beta", {"a": 2, "b": 8}),
}
REFERENCES = {
    "triangular": stats.triang(c=0.2, loc=15, scale=25),
    "uniform": stats.uniform(-2, 5),
    "normal": stats.norm(3, 2),
    "lognormal": stats.lognorm(s=np.log(4) / (2 * stats.norm.ppf(0.95)), scale=1.0),
    "beta": stats.beta(2, 8),
}


def test_every_kind_has_an_example() -> None:
    assert set(EXAMPLES) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(REFERENCES))
def test_the_inverse_agrees_with_scipy(kind: str) -> None:
    assert_allclose(EXAMPLES[kind].ppf(U, 0.0), REFERENCES[kind].ppf(U), rtol=1e-9, atol=1e-9)


def test_a_lognormal_meets_its_percentiles() -> None:
    assert_allclose(EXAMPLES["lognormal"].ppf([0.05, 0.95], 0.0), [0.5, 2.0], rtol=1e-12)


def test_fixed_gives_the_value() -> None:
    assert_allclose(EXAMPLES["fixed"].ppf(U, 7.0), 7.0)


@pytest.mark.parametrize("mode", [15.0, 40.0])
def test_a_triangle_may_stand_at_an_end(mode: float) -> None:
    values = Distribution("triangular", {"low": 15, "mode": mode, "high": 40}).ppf(U, 0.0)
    assert np.all(np.diff(values) > 0)
    assert values.min() >= 15
    assert values.max() <= 40


@given(st.lists(st.floats(1e-15, 1 - 1e-15), min_size=2, max_size=20))
def test_every_inverse_rises_and_is_finite(points: list[float]) -> None:
    u = np.sort(np.array(points))
    for distribution in EXAMPLES.values():
        values = distribution.ppf(u, 1.0)
        assert np.isfinite(values).all()
        assert (np.diff(values) >= 0).all()


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("triangular", {"low": 2, "mode": 1, "high": 3}),
        ("triangular", {"low": 2, "mode": 2, "high": 2}),
        ("uniform", {"low": 2, "high": 2}),
        ("normal", {"mean": 0, "sd": 0}),
        ("lognormal", {"p05": 0, "p95": 2}),
        ("lognormal", {"p05": 3, "p95": 2}),
        ("beta", {"a": 0, "b": 2}),
    ],
)
def test_impossible_numbers_are_reported(kind: str, numbers: Mapping[str, float]) -> None:
    assert len(Distribution(kind, numbers).problems()) == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_possible_numbers_are_not(kind: str) -> None:
    assert EXAMPLES[kind].problems() == []
