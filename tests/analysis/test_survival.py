"""Kaplan-Meier and Aalen-Johansen, against cases worked by hand and against each other."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redan.analysis.survival import (
    ENDINGS,
    aalen_johansen,
    endings,
    holding_by_cause,
    kaplan_meier,
    shares_left,
)

FOLLOWED = st.lists(st.tuples(st.integers(1, 20), st.integers(-1, 2)), min_size=1, max_size=40)


def test_kaplan_meier_by_hand() -> None:
    curve = kaplan_meier([10, 20, 30, 40], [True, True, False, True])
    assert curve.day.tolist() == [10.0, 20.0, 40.0]
    assert curve.share == pytest.approx([0.75, 0.5, 0.0])
    assert curve.at(9.9) == 1.0
    assert curve.at(20) == pytest.approx(0.5)
    assert curve.at(39) == pytest.approx(0.5)


def test_kaplan_meier_with_a_censoring_among_the_ends() -> None:
    # 5 at risk: one of 5 ends on day 1; one is lost on day 2; one of 3 ends on day 3.
    curve = kaplan_meier([1, 2, 3, 4, 4], [True, False, True, False, False])
    assert curve.share == pytest.approx([4 / 5, 4 / 5 * 2 / 3])
    assert (curve.low <= curve.share).all()
    assert (curve.share <= curve.high).all()


def test_nothing_ended() -> None:
    curve = kaplan_meier([7, 7], [False, False])
    assert curve.day.size == 0
    assert curve.at(7) == 1.0


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
def test_shares_left_are_kaplan_meiers_where_all_are_followed_to_the_horizon(ends: list[int]) -> None:
    horizon = 30
    days = np.array([end if end <= horizon else np.inf for end in ends])
    at = np.arange(horizon + 1)
    found = shares_left(days, at)
    estimate = kaplan_meier(np.minimum(days, horizon), days <= horizon)
    assert found.share == pytest.approx([estimate.at(day) for day in at.tolist()])
    assert (found.low <= found.share).all()
    assert (found.share <= found.high).all()


def test_an_event_that_never_came_has_an_interval() -> None:
    found = shares_left([np.inf] * 100, [10.0])
    assert found.share.tolist() == [1.0]
    assert 0.94 < found.low[0] < 0.98


def test_aalen_johansen_by_hand() -> None:
    # Day 1: cause 0, one of 4. Day 2: lost. Day 3: cause 1, one of 2, from 3/4. Day 4: cause 0, the last.
    steps, incidence = aalen_johansen([1, 2, 3, 4], [0, -1, 1, 0], 2)
    assert steps.tolist() == [1.0, 3.0, 4.0]
    assert incidence[0] == pytest.approx([0.25, 0.25, 0.25 + 0.375])
    assert incidence[1] == pytest.approx([0.0, 0.375, 0.375])


@given(FOLLOWED)
def test_causes_sum_to_what_no_longer_holds(followed: list[tuple[int, int]]) -> None:
    days, cause = (np.array(column) for column in zip(*followed, strict=True))
    steps, incidence = aalen_johansen(days, cause, 3)
    curve = kaplan_meier(days, cause >= 0)
    assert steps.tolist() == curve.day.tolist()
    assert incidence.sum(axis=0) == pytest.approx(1.0 - curve.share, abs=1e-12)


def test_the_first_ending_counts_and_taken_is_what_is_left() -> None:
    rows = pl.DataFrame(
        {
            "withdrawn:alpha": [20, None, None, None],
            "routed:alpha": [None, None, 15, None],
            "surrendered:alpha": [None, None, 15, None],
            "taken:alpha": [25, 30, 15, None],
        }
    )
    days, cause = endings(rows, "alpha", 100)
    assert days.tolist() == [20.0, 30.0, 15.0, 100.0]
    assert [ENDINGS[k] if k >= 0 else None for k in cause] == ["withdrawn", "taken", "surrendered", None]
    curve, _, by_cause = holding_by_cause(rows, "alpha", 100)
    assert curve.at(99) == pytest.approx(0.25)
    assert {name: float(share[-1]) for name, share in by_cause.items()} == pytest.approx(
        {"surrendered": 0.25, "routed": 0.0, "withdrawn": 0.25, "taken": 0.25}
    )
