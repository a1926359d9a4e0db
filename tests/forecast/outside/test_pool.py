"""Pooling: what the pools do to two forecasts, and what past cases say of the weight."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from redan.forecast.outside import pool
from redan.forecast.outside.cases import TownCase, learned_weight, load_cases, pool_case
from redan.forecast.outside.pool import PoolCase, learn_weight, past_scores
from redan.forecast.outside.settings import load_settings

SHARP, FLAT = np.array([0.1, 0.8, 0.1]), np.array([1.0, 1.0, 1.0]) / 3.0


def test_the_pools_by_hand() -> None:
    np.testing.assert_allclose(pool.pool(SHARP, FLAT, 0.25, "linear"), 0.25 * SHARP + 0.75 * FLAT)
    roots = np.sqrt(SHARP)
    np.testing.assert_allclose(pool.pool(SHARP, FLAT, 0.5, "log"), roots / roots.sum())
    for kind in pool.KINDS:
        np.testing.assert_allclose(pool.pool(SHARP, FLAT, 1.0, kind), SHARP)
        np.testing.assert_allclose(pool.pool(SHARP, FLAT, 0.0, kind), FLAT)


def test_intervals_of_a_sample_and_of_a_curve_agree() -> None:
    days = np.concatenate([np.full(400, 20.0), np.full(300, 90.0), np.full(300, np.inf)])
    edges = [30, 60, 100]
    found = pool.of_sample(days, edges)
    curve = np.searchsorted(np.sort(days), np.arange(101.0), side="right") / days.size
    np.testing.assert_allclose(found, pool.of_cdf(curve, edges), atol=0.001)
    assert (found > 0.0).all()
    assert pool.cdf_of(found, edges)[[30, 60, 100]] == pytest.approx(np.cumsum(found)[:3])
    assert pool.edges_within((30, 60, 90), 75) == [30, 60, 75]


def test_no_case_leaves_the_prior() -> None:
    found = learn_weight([], 0.5, 4.0)
    assert (found.kind, found.cases) == ("log", 0)
    assert found.value == pytest.approx(0.5, abs=1e-3)
    assert found.high - found.low > 0.6


def test_the_weight_goes_to_whoever_was_right_and_few_cases_move_it_little() -> None:
    right = PoolCase(SHARP, FLAT, 1, 1)
    wrong = PoolCase(np.array([0.9, 0.05, 0.05]), FLAT, 2, 2)
    one, many = learn_weight([right], 0.5, 4.0), learn_weight([right] * 30, 0.5, 4.0)
    assert 0.5 < one.value < 0.65
    assert many.value > 0.85
    assert many.high - many.low < one.high - one.low
    assert learn_weight([wrong] * 30, 0.5, 4.0).value < 0.15


def test_past_cases_are_scored_by_a_weight_that_did_not_see_them() -> None:
    right, wrong = PoolCase(SHARP, FLAT, 1, 1), PoolCase(np.array([0.9, 0.05, 0.05]), FLAT, 2, 2, 0.5)
    found = past_scores([right, wrong], 0.5, 4.0)
    assert found is not None
    assert found.simulator == pytest.approx(-(np.log(0.8) + 0.5 * np.log(0.05)) / 1.5)
    assert found.base == pytest.approx(np.log(3.0))
    # each is pooled by what the other says, and the other says the wrong thing
    alone = [pool.case_score(one, learn_weight([one], 0.5, 4.0).value, "log") for one in (right, wrong)]
    assert found.pooled > (alone[0] + 0.5 * alone[1]) / 1.5
    assert past_scores([], 0.5, 4.0) is None


def test_a_town_that_still_stands_counts_for_every_later_interval() -> None:
    found = PoolCase(SHARP, FLAT, 1, 2)
    assert pool.case_score(found, 1.0, "log") == pytest.approx(-np.log(0.9))


def test_a_town_case_is_set_beside_what_was_known_on_its_day() -> None:
    edges = (30, 60, 90, 120, 180, 270, 365)
    common = {
        "operation": "invented", "objective": "selydove", "geonameid": 694677, "front_km": 12.0,
        "as_of": datetime.date(2024, 8, 14), "replications": 100, "edges_days": edges,
        "came_by": (0, 10, 40, 60, 80, 90, 95), "command": "invented",
    }  # fmt: skip
    taken = TownCase(**common, taken_day=77, followed_days=365)  # type: ignore[arg-type]
    found = pool_case(taken)
    assert found is not None
    assert (found.first, found.last) == (2, 2)
    assert found.simulator[2] == pytest.approx(30.5 / 104.0)
    assert found.base.sum() == pytest.approx(1.0)
    standing = TownCase(**common, taken_day=None, followed_days=100)  # type: ignore[arg-type]
    found = pool_case(standing)
    assert found is not None
    assert (found.first, found.last) == (3, 7)
    with pytest.raises(ValueError, match="came_by does not rise"):
        TownCase(**{**common, "came_by": (9, 3, 40, 60, 80, 90, 95)}, taken_day=None, followed_days=9)  # type: ignore[arg-type]


def test_the_bundled_weight_says_from_how_many_cases_it_is() -> None:
    found = learned_weight()
    assert found.cases <= len(load_cases())
    assert found.low < found.value < found.high
    if found.cases == 0:
        assert found.value == pytest.approx(load_settings().weight_prior_mean, abs=1e-3)
