"""Fixed-edge bins: every value finds the bin that holds it, and quantiles come back within a bin's width."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from redan.runs.histogram import LEVELS, Binner, Bins, bins_for, linear_bins, log_bins, quantiles
from redan.vocabulary.outcomes import measures

Draw = Callable[[np.random.Generator, int], NDArray[np.float64]]
LISTED = [(m.name, m.unit) for m in measures(["alpha"])]
BINNER = Binner(LISTED)


@given(st.floats(-1e3, 5e6, width=32), st.integers(0, len(LISTED) - 1))
def test_a_value_lies_between_the_edges_of_its_bin(value: float, m: int) -> None:
    series = np.zeros((1, len(LISTED)), np.float32)
    series[0, m] = value
    bins = BINNER.bins[m]
    edges = bins.edges()
    found = int(BINNER.index(series)[0, m])
    bottom = 0.0 if bins.kind == "log" else bins.low
    slack = 1e-5 * (bins.high - bins.low) if bins.kind == "linear" else 0.0  # float32 steps of a linear bin
    assert edges[found] - slack <= np.clip(value, bottom, bins.high) <= edges[found + 1] + slack


@pytest.mark.parametrize("bins", [log_bins(1.0, 1024.0), linear_bins(0.0, 1.0, 16)])
def test_edges_rise_and_outer_bins_hold_one_value(bins: Bins) -> None:
    edges = bins.edges()
    assert edges.size == bins.count + 1
    assert (np.diff(edges) >= 0).all()
    assert edges[0] == edges[1] == 0.0
    assert edges[-1] == edges[-2] == bins.high


def test_log_bins_are_narrow() -> None:
    edges = bins_for("losses:attacker", "men").edges()[2:-1]
    assert (edges[1:] / edges[:-1]).max() <= 1.0 + 1.0 / 32 + 1e-12


@pytest.mark.parametrize(
    ("name", "unit", "draw"),
    [
        ("losses:attacker", "men", lambda rng, n: rng.lognormal(10.0, 0.6, n)),
        ("exchange_ratio", "-", lambda rng, n: rng.lognormal(0.0, 0.5, n)),
        ("occupied:alpha", "-", lambda rng, n: rng.beta(2.0, 3.0, n)),
        ("front_distance_km:alpha", "km", lambda rng, n: rng.normal(5.0, 12.0, n)),
    ],
)
def test_quantiles_agree_with_numpy_within_a_bin(name: str, unit: str, draw: Draw) -> None:
    rng = np.random.default_rng(5)
    values = draw(rng, 999).astype(np.float32)
    binner = Binner([(name, unit)])
    index = binner.index(values[:, None])[:, 0]
    counts = np.bincount(index, minlength=binner.total)[None, :]
    found = quantiles(counts, binner.bins[0], values.min(keepdims=True), values.max(keepdims=True))[0]
    true = np.quantile(values.astype(np.float64), LEVELS)
    edges = binner.bins[0].edges()
    width = np.diff(edges)[binner.index(true.astype(np.float32)[:, None])[:, 0]]
    assert (np.abs(found - true) <= width).all()


def test_a_day_on_which_all_agree_is_exact() -> None:
    binner = Binner([("residents_left", "people")])
    values = np.full(7, 53_217.0, np.float32)
    counts = np.bincount(binner.index(values[:, None])[:, 0], minlength=binner.total)[None, :]
    found = quantiles(counts, binner.bins[0], values[:1], values[:1])
    assert (found == 53_217.0).all()


def test_shares_of_exactly_nought_and_one_stay_so() -> None:
    binner = Binner([("occupied:alpha", "-")])
    values = np.array([0, 0, 0, 0, 0, 0, 0.5, 1, 1, 1], np.float32)
    counts = np.bincount(binner.index(values[:, None])[:, 0], minlength=binner.total)[None, :]
    found = quantiles(counts, binner.bins[0], values[:1], values[-1:], (0.1, 0.5, 0.9))[0]
    assert found.tolist() == [0.0, 0.0, 1.0]
