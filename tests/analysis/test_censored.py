"""Days with censoring, against cases worked by hand."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redan.analysis.censored import (
    day_quantile,
    day_quantiles,
    event_days,
    of_course,
    probability,
    probability_by,
    quantile_with_infinities,
    restricted_mean_days,
)

NEVER = math.inf
DAYS = st.lists(st.one_of(st.integers(0, 100).map(float), st.just(NEVER)), min_size=1, max_size=40)


def test_rows_come_in_the_order_of_replications() -> None:
    table = pl.DataFrame({"course": ["a", "b", "a"], "replication": [1, 0, 0], "ended": [5, 6, None]})
    assert event_days(of_course(table, "a"), "ended").tolist() == [NEVER, 5.0]


def test_quantiles_by_hand() -> None:
    days = [30.0, NEVER, 10.0, 20.0, NEVER]
    # Ordered: 10, 20, 30, never, never. A fifth has it by 10, two fifths by 20, three fifths by 30.
    assert day_quantile(days, 0.2) == 10.0
    assert day_quantile(days, 0.21) == 20.0
    assert day_quantiles(days, (0.1, 0.5, 0.9)) == {"p10": 10.0, "p50": 30.0, "p90": None}


def test_a_level_that_is_met_exactly_is_met() -> None:
    days = [*range(1, 4), *[NEVER] * 27]
    assert day_quantile(np.array(days, dtype=float), 0.1) == 3.0


@given(DAYS, st.floats(0.01, 0.99))
def test_a_quantile_is_null_exactly_where_too_few_came(days: list[float], level: float) -> None:
    share = np.isfinite(days).mean()
    found = day_quantile(days, level)
    if abs(share - level) > 1e-6:
        assert (found is None) == (share < level)
    if found is not None:
        assert probability_by(days, found) >= level - 1e-9
        assert np.mean(np.asarray(days) < found) < level + 1e-9


def test_probability_and_its_error() -> None:
    p, se = probability([1.0, 2.0, NEVER, 4.0])
    assert p == 0.75
    assert se == pytest.approx(math.sqrt(0.75 * 0.25 / 4))
    assert probability([NEVER, NEVER]) == (0.0, 0.0)
    assert probability_by([10.0, 11.0, NEVER, NEVER], 10) == 0.25


def test_restricted_mean() -> None:
    assert restricted_mean_days([10.0, NEVER], 100) == 55.0


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=30), st.floats(0, 1))
def test_finite_quantiles_are_numpys(values: list[float], level: float) -> None:
    found = quantile_with_infinities(np.array(values), level)
    assert found == pytest.approx(float(np.quantile(values, level)), abs=1e-9)


def test_infinite_neighbours_make_an_infinite_quantile() -> None:
    assert quantile_with_infinities(np.array([1.0, 2.0, math.inf, math.inf]), 0.5) == math.inf
    assert quantile_with_infinities(np.array([-math.inf, 2.0, 3.0]), 0.5) == 2.0
