"""Duration laws: they recover what they are given, count what was still running, and know their limits."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from redan.analysis.survival import aalen_johansen
from redan.forecast.outside.base_rate import OTHER, WANTED, ended_how, fight_cases, fight_share
from redan.forecast.outside.durations import Grid, incidence, learn
from redan.forecast.outside.settings import load_settings
from redan.sources.reference import LAST_DAY, TAKEN, load_reference_class

GRID = Grid((1.0, 20_000.0), (0.3, 5.0), (60, 30))


@pytest.mark.parametrize("family", ["log-normal", "Weibull"])
def test_a_law_is_recovered_from_censored_durations(family: str) -> None:
    """300 durations, a third cut off at 150 days: the survival at 100 days is found within .08 (3 errors)."""
    rng = np.random.default_rng(7)
    law = stats.lognorm(1.2, scale=80.0) if family == "log-normal" else stats.weibull_min(0.8, scale=120.0)
    days = law.rvs(300, random_state=rng)
    ended = days < 150.0
    found = learn(np.minimum(days, 150.0).tolist(), ended.tolist(), GRID)
    assert found.shares[family] > 0.5  # type: ignore[index]
    assert found.survival(np.array([100.0]))[0] == pytest.approx(law.sf(100.0), abs=0.08)
    assert found.survival(np.array([400.0]))[0] == pytest.approx(law.sf(400.0), abs=0.12)


def test_what_has_lasted_lasts_longer_under_a_long_tailed_law() -> None:
    rng = np.random.default_rng(8)
    days = stats.lognorm(1.5, scale=40.0).rvs(200, random_state=rng)
    found = learn(days.tolist(), [True] * 200, GRID)
    at = np.array([0.0, 30.0, 90.0])
    fresh, old = found.survival(at), found.survival(at, elapsed=120.0)
    assert [fresh[0], old[0]] == pytest.approx([1.0, 1.0])
    assert (old[1:] > fresh[1:]).all()


def test_few_cases_make_a_wide_law_and_counts_count() -> None:
    few = learn([30.0, 60.0, 120.0], [True] * 3, GRID)
    many = learn([30.0, 60.0, 120.0] * 20, [True] * 60, GRID)
    counted = learn([30.0, 60.0, 120.0], [True] * 3, GRID, [20.0] * 3)
    at = np.array([1000.0])
    assert few.survival(at)[0] > 5.0 * many.survival(at)[0]
    assert counted.survival(at)[0] == pytest.approx(many.survival(at)[0])


def test_incidence_of_two_causes_adds_up() -> None:
    days = np.arange(400.0)
    one, other = np.exp(-days / 50.0), np.exp(-days / 150.0)
    first, second = incidence(one, other), incidence(other, one)
    assert first[-1] + second[-1] == pytest.approx(1.0 - one[-1] * other[-1], abs=1e-4)
    assert first[-1] == pytest.approx(0.75, abs=0.01)  # rates 3 to 1


def test_the_laws_of_the_class_follow_its_own_curve() -> None:
    """Aalen-Johansen makes no assumption of form: the laws stay within .07 of it, at every age."""
    battles = load_reference_class().known_on(LAST_DAY).battles
    cases = fight_cases(battles)
    assert [c for _, c, _ in cases].count(WANTED) == sum(b.end_state in TAKEN for b in battles)
    assert [c for _, c, _ in cases].count(OTHER) == sum(b.end_state == "held" for b in battles)
    steps, share = aalen_johansen([d for d, _, _ in cases], [c for _, c, _ in cases], 2)
    law = fight_share(cases, 730)
    for day in (7, 30, 90, 180, 365, 730):
        own = share[WANTED][np.searchsorted(steps, day, side="right") - 1]
        assert law[day] == pytest.approx(own, abs=0.07)


def test_the_ways_to_end_add_up_to_what_has_ended() -> None:
    battles = load_reference_class().battles
    shares = ended_how(battles, [0, 90, 5000])
    assert [sum(of_end[k] for of_end in shares.values()) for k in (0, 2)] == pytest.approx([0.0, 1.0])
    taken = sum(shares[end][1] for end in TAKEN)
    cases = fight_cases(battles)
    steps, share = aalen_johansen([days for days, _, _ in cases], [cause for _, cause, _ in cases], 2)
    assert taken == pytest.approx(share[WANTED][np.searchsorted(steps, 90, side="right") - 1])


def test_one_vote_gives_every_war_the_same_say() -> None:
    battles = load_reference_class().battles
    counts: dict[str, float] = {}
    for battle, (_, _, count) in zip(battles, fight_cases(battles, one_vote=True), strict=True):
        counts[battle.war] = counts.get(battle.war, 0.0) + count
    assert max(counts.values()) == pytest.approx(min(counts.values()))
    assert sum(counts.values()) == pytest.approx(len(battles))
    names = [selection.name for selection in load_settings().selections]
    assert {"all", "since-1991", "medium-towns", "war-one-vote"} <= set(names)
