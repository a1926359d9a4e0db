"""Men, ground and places are accounted for on every evening, on any theatre and any parameters."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from redan.engine import recorder
from redan.engine.allocate import allocate_output, allocate_state
from redan.numerics.graph import UNREACHED
from redan.testing.campaigns import evenings, play
from redan.testing.invariants import broken
from redan.testing.params import toy_params
from redan.testing.toys import Toy, toy_plan, toy_theatre
from redan.vocabulary.codes import ATTACKER, DEFENDER, SITE_ACTIVE
from tests.engine.worlds import PUSH, SMALL, prior_params, random_toy

EVENINGS = (1, 2, 3, 6, 11, 20, 35, 60, 100, 150)


@pytest.mark.parametrize("case", range(60))
def test_the_books_balance_on_random_theatres(case: int) -> None:
    rng = np.random.default_rng(case)
    theatre, plan = random_toy(rng)
    params = prior_params(rng)
    for day, played in evenings(theatre, plan, params, days=EVENINGS, replication=case):
        assert broken(theatre, played.state, played.output) == [], f"evening of day {day}"


@pytest.mark.parametrize("replication", range(12))
def test_the_books_balance_when_the_front_is_fluid(replication: int) -> None:
    # Encirclements, break-outs and surrenders: formations that are gone must not come back.
    theatre = toy_theatre(SMALL)
    plan = toy_plan(theatre)
    params = toy_params(PUSH | {"defender_men": 4000.0, "defender_replacements_per_day": 60.0})
    for day, played in evenings(theatre, plan, params, days=range(10, 200, 15), replication=replication):
        assert broken(theatre, played.state, played.output) == [], f"evening of day {day}"


@pytest.mark.parametrize("replication", range(8))
def test_ground_the_line_has_left_becomes_its_holders(replication: int) -> None:
    """A cell behind the line on two evenings a month apart is wholly its holder's by the second.

    Otherwise a town cell that was half retaken when the line moved on is never counted as taken.
    """
    theatre = toy_theatre(Toy(belt_column=8, site_floor_m2=3e5))
    params = toy_params({"attacker_men": 30_000.0, "defender_men": 2500.0, "defender_drones_per_day": 30.0})
    before: np.ndarray | None = None
    for day, played in evenings(
        theatre, toy_plan(theatre), params, days=range(20, 200, 30), replication=replication
    ):
        state = played.state
        rear = (state.ring >= 1) & (state.ring < UNREACHED)
        partial = rear & (np.abs(state.cells.share - (state.control == ATTACKER)) > 0.05)
        if before is not None:
            stuck = np.flatnonzero(partial & before)
            assert stuck.size == 0, f"day {day}: cells {stuck} hold {state.cells.share[stuck]} for a month"
        before = partial


def audit_of(spoil: Any) -> np.ndarray:
    theatre = toy_theatre(SMALL)
    plan = toy_plan(theatre)
    state, output = allocate_state(theatre, plan), allocate_output(theatre, plan, 3)
    played = play(theatre, plan, toy_params(), days=3, state=state)
    assert broken(theatre, played.state, played.output) == []
    measure = played.output.measure.copy()
    spoil(state, measure)
    # numba's view of the arrays is the records themselves, so the state is spoilt in place
    recorder.audit_day(
        state.cells, state.control, state.formations, state.sites, state.ledger, measure, output.audit
    )
    return np.asarray(output.audit)


def set_cell(state: Any, side: int, name: str, value: float) -> None:
    state.cells[name][np.flatnonzero(state.control == side)[0]] = value


SPOILT: dict[str, tuple[int, Any]] = {
    "a man too many": (0, lambda s, m: s.formations.men.__setitem__(0, s.formations.men[0] + 1)),
    "a man too few": (0, lambda s, m: s.formations.men.__setitem__(0, s.formations.men[0] - 1)),
    "a negative formation": (0, lambda s, m: s.formations.men.__setitem__(0, -5.0)),
    "men from nowhere in the ledger": (0, lambda s, m: s.ledger.__setitem__((1, 3), s.ledger[1, 3] + 2)),
    "men that are not a number": (3, lambda s, m: s.formations.men.__setitem__(0, math.nan)),
    "share above 1": (1, lambda s, m: set_cell(s, ATTACKER, "share", 1.2)),
    "share below 0": (1, lambda s, m: set_cell(s, DEFENDER, "share", -0.2)),
    "share that is not a number": (3, lambda s, m: set_cell(s, DEFENDER, "share", math.nan)),
    "control without ground": (2, lambda s, m: set_cell(s, ATTACKER, "share", 0.0)),
    "ground without control": (2, lambda s, m: set_cell(s, DEFENDER, "share", 1.0)),
    "a measure that is not a number": (3, lambda s, m: m.__setitem__(4, math.nan)),
    "an infinite measure": (3, lambda s, m: m.__setitem__(2, math.inf)),
}


@pytest.mark.parametrize("what", list(SPOILT))
def test_the_audit_sees_what_is_wrong(what: str) -> None:
    place, spoil = SPOILT[what]
    audit = audit_of(spoil)
    assert not audit[place] <= 1e-6, f"audit {audit}"  # also true of NaN, as in `runs.world`


def test_a_garrison_underground_is_on_the_books() -> None:
    def spoil(state: Any, _: Any) -> None:
        state.sites.garrison_men[0] = 50.0
        state.sites.state[0] = SITE_ACTIVE

    theatre = toy_theatre(replace(SMALL, site_floor_m2=1e5))
    played = play(theatre, toy_plan(theatre), toy_params(), days=2)
    spoil(played.state, None)
    assert any("unaccounted" in fault for fault in broken(theatre, played.state, played.output))
