"""Luck is looked up: the same question has the same answer, whatever else was asked before or beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from redan.engine.allocate import allocate_state
from redan.testing.campaigns import play, same_bytes
from redan.testing.params import toy_params
from redan.testing.toys import toy_plan, toy_theatre
from redan.vocabulary.codes import CLEAR, SEAL, TRIGGER_DAY
from tests.engine.worlds import PUSH, SMALL, prior_params, random_toy, two_phases

DAYS = 120
TOWN = replace(SMALL, site_floor_m2=3e5, belt_column=7)


def test_the_same_seed_gives_the_same_bytes() -> None:
    theatre = toy_theatre(TOWN)
    plan, params = toy_plan(theatre), toy_params()
    one, other = (play(theatre, plan, params, days=DAYS, replication=4) for _ in range(2))
    assert same_bytes(one.output, other.output) == []


def test_another_seed_or_replication_gives_another_campaign() -> None:
    theatre = toy_theatre(TOWN)
    plan, params = toy_plan(theatre), toy_params()
    base = play(theatre, plan, params, days=DAYS, replication=4, seed=1)
    for replication, seed in ((5, 1), (4, 2), (1, 4)):
        other = play(theatre, plan, params, days=DAYS, replication=replication, seed=seed)
        assert {"series", "log_day"} & set(same_bytes(base.output, other.output))


@pytest.mark.parametrize("case", range(8))
def test_a_campaign_does_not_depend_on_those_played_before(case: int) -> None:
    """A, then others on the same memory, then A again: a reset that forgets anything shows here."""
    rng = np.random.default_rng(1000 + case)
    theatre, plan = random_toy(rng)
    params, others = prior_params(rng), prior_params(rng)
    state = allocate_state(theatre, plan)
    first = play(theatre, plan, params, days=90, replication=case, state=state)
    play(theatre, plan, toy_params(PUSH), days=150, replication=99, state=state)
    play(theatre, plan, others, days=37, replication=7, state=state)
    again = play(theatre, plan, params, days=90, replication=case, state=state)
    assert same_bytes(first.output, again.output) == []


def test_spoilt_memory_does_not_reach_the_next_campaign() -> None:
    """Every array of the state filled with rubbish that types allow: the reset must not read any of it."""
    theatre = toy_theatre(TOWN)
    plan, params = toy_plan(theatre), toy_params(PUSH)
    clean = play(theatre, plan, params, days=60)
    for rubbish in (3, 11):
        state = allocate_state(theatre, plan)
        memory: list[Any] = list(state)
        for array in memory:
            names = array.dtype.names
            for column in [array[name] for name in names] if names else [array]:
                column[...] = rubbish
        state.world.n_stacks[0] = 0  # a count that the first muster walks over; the allocator gives 0
        again = play(theatre, plan, params, days=60, state=state)
        assert same_bytes(clean.output, again.output) == []


def test_a_longer_campaign_begins_as_the_shorter_one() -> None:
    theatre = toy_theatre(TOWN)
    plan, params = toy_plan(theatre), toy_params()
    short, long = (play(theatre, plan, params, days=days) for days in (60, DAYS))
    np.testing.assert_array_equal(short.output.series, long.output.series[:61])


@pytest.mark.parametrize("replication", range(4))
def test_an_order_changes_nothing_before_it_is_given(replication: int) -> None:
    # One course goes quiet on day 50. Until then both are the same to the last bit; after it they part.
    theatre = toy_theatre(TOWN)
    params = toy_params(PUSH | {"defender_men": 6000.0})
    steady, stops = (two_phases(theatre, TRIGGER_DAY, day) for day in (1e9, 50.0))
    one, other = (
        play(theatre, plan, params, days=DAYS, replication=replication).output for plan in (steady, stops)
    )
    np.testing.assert_array_equal(one.series[:50], other.series[:50])
    np.testing.assert_array_equal(one.control[:8], other.control[:8])
    assert not np.array_equal(one.series[50:], other.series[50:])


def test_two_courses_share_the_luck_of_what_neither_touches() -> None:
    # How a stronghold is dealt with cannot matter before one is behind the front.
    theatre = toy_theatre(TOWN)
    plans = {name: toy_plan(theatre, choice=choice) for name, choice in (("clear", CLEAR), ("seal", SEAL))}
    quiet: Mapping[str, float] = {"attacker_men": 2000.0}  # too few to reach the town
    played = {name: play(theatre, plan, toy_params(quiet), days=60) for name, plan in plans.items()}
    assert not {"sealed", "cleared"} & played["clear"].log_names()
    assert same_bytes(played["clear"].output, played["seal"].output) == []


def test_doubling_the_seeds_of_one_replication_does_not_shift_another() -> None:
    # Replication r is the same whether 1 or 1,000 are asked for: nothing but its number is in the key.
    theatre = toy_theatre(SMALL)
    plan, params = toy_plan(theatre), toy_params()
    state = allocate_state(theatre, plan)
    forward = [play(theatre, plan, params, days=40, replication=r, state=state).output for r in range(6)]
    backward = [
        play(theatre, plan, params, days=40, replication=r, state=state).output for r in range(5, -1, -1)
    ]
    for one, other in zip(forward, reversed(backward), strict=True):
        assert same_bytes(one, other) == []
