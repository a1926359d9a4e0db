"""Paired comparison, against cases worked by hand and against every completion of the censored days."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redan.analysis.censored import F64
from redan.analysis.compare import (
    compare_courses,
    compare_values,
    difference_quantile,
    p_a_better,
    pairing_gain,
)
from redan.vocabulary.outcomes import HIGHER, LOWER, Measure

NEVER = math.inf
HORIZON = 100
DAY = st.one_of(st.integers(0, HORIZON).map(float), st.just(NEVER))
PAIRS = st.lists(st.tuples(DAY, DAY), min_size=1, max_size=15)


def arrays(pairs: list[tuple[float, float]]) -> tuple[F64, F64]:
    return np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])


def test_better_is_lower_or_higher_and_ties_count_half() -> None:
    a, b = np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 2.0, 2.0, 2.0])
    assert p_a_better(a, b, LOWER) == (1 + 0.5) / 4
    assert p_a_better(a, b, HIGHER) == (2 + 0.5) / 4


def test_a_censored_day_is_later_than_any_and_two_tie() -> None:
    a, b = np.array([90.0, NEVER, NEVER]), np.array([NEVER, 90.0, NEVER])
    assert p_a_better(a, b) == 0.5


def test_the_median_of_uncensored_pairs() -> None:
    a, b = np.array([10.0, 20.0, 30.0, 60.0]), np.array([20.0, 25.0, 20.0, 10.0])
    assert difference_quantile(a, b, 0.5, HORIZON) == np.median(a - b) == 2.5


def test_a_median_is_null_where_the_median_pair_is_censored() -> None:
    a = np.array([10.0, 20.0, NEVER])
    assert difference_quantile(a, np.array([30.0, 25.0, NEVER]), 0.5, HORIZON) is None
    # The unknown difference of the third pair is at least 100 - 50 = 50: the median is -5 whatever it is.
    assert difference_quantile(a, np.array([30.0, 25.0, 50.0]), 0.5, HORIZON) == -5.0


@given(PAIRS, st.sampled_from([0.05, 0.5, 0.95]), st.randoms(use_true_random=False))
def test_what_is_identified_holds_for_every_completion(
    pairs: list[tuple[float, float]], level: float, random: Random
) -> None:
    a, b = arrays(pairs)
    found = difference_quantile(a, b, level, HORIZON)
    if found is None:
        return
    for _ in range(5):
        later = [HORIZON + random.choice([1.0, 30.0, 1000.0]) for _ in range(2 * len(a))]
        whole = [
            np.where(np.isfinite(days), days, later[k * len(a) : (k + 1) * len(a)])
            for k, days in enumerate((a, b))
        ]
        assert np.quantile(whole[0] - whole[1], level) == pytest.approx(found)


@given(PAIRS)
def test_the_two_sides_of_a_comparison_mirror_each_other(pairs: list[tuple[float, float]]) -> None:
    a, b = arrays(pairs)
    assert p_a_better(a, b) + p_a_better(b, a) == pytest.approx(1.0)
    there = difference_quantile(a, b, 0.5, HORIZON)
    back = difference_quantile(b, a, 0.5, HORIZON)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there == pytest.approx(-back)


def test_interval_and_gain() -> None:
    rng = np.random.default_rng(3)
    luck = rng.normal(0.0, 10.0, 4000)
    a, b = luck + rng.normal(0.0, 1.0, 4000), luck + rng.normal(2.0, 1.0, 4000)
    found = compare_values(("a", a), ("b", b), "m", LOWER, HORIZON)
    assert found.interval90 == pytest.approx(tuple(np.quantile(a - b, [0.05, 0.95])))
    assert found.gain == pytest.approx(101.0, rel=0.1)
    assert pairing_gain(a, a) is None
    censored = compare_values(
        ("a", np.array([1.0, NEVER])), ("b", np.array([1.0, NEVER])), "e", LOWER, HORIZON
    )
    assert (censored.interval90, censored.gain) == (None, None)


def test_every_pair_of_courses_on_what_both_can_bring() -> None:
    table = pl.DataFrame(
        {
            "course": ["s", "s", "b", "b", "i", "i"],
            "replication": [0, 1] * 3,
            "ended": [5, None, 7, None, None, None],
            "breakthrough:east": [1, 2, 3, 4, None, None],
            "loss": [1.0, 2.0, 3.0, 1.0, 0.0, 0.0],
        }
    )
    events = {"s": ["ended", "breakthrough:east"], "b": ["ended", "breakthrough:east"], "i": ["ended"]}
    found = compare_courses(table, ["s", "b", "i"], events, [Measure("loss", "men", LOWER, "")], HORIZON)
    listed = [(c.a, c.b, c.measure) for c in found]
    assert listed[:5] == [
        ("s", "b", "ended"),
        ("s", "b", "restricted_mean_days:ended"),
        ("s", "b", "breakthrough:east"),
        ("s", "b", "restricted_mean_days:breakthrough:east"),
        ("s", "b", "loss"),
    ]
    assert len(found) == 5 + 3 + 3
    first = found[0].document()
    assert first == {
        "a": "s",
        "b": "b",
        "measure": "ended",
        "p_a_better": 0.75,
        "median_difference": None,
        "interval90": None,
    }
    assert found[1].median_difference == -1.0
