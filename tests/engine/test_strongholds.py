"""Strongholds behind the front: cleared, sealed, starved out, bypassed; their men and besiegers counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from redan.testing.campaigns import Played, evenings, play
from redan.testing.invariants import broken
from redan.testing.params import toy_params
from redan.testing.toys import toy_plan, toy_theatre
from redan.vocabulary.arrays import Plan, Theatre
from redan.vocabulary.codes import (
    BYPASS,
    CLEAR,
    DEFENDER,
    LOG_CLEARED,
    LOG_RE_EMERGED,
    LOG_SEALED,
    LOG_SURRENDER,
    SEAL,
    SITE_ACTIVE,
    SITE_CLEARED,
    SITE_EMPTY,
    SITE_SEALED,
    SITE_STARVED,
    SITE_SURRENDERED,
)
from redan.vocabulary.outcomes import MEASURE_STRONGHOLDS
from tests.engine.worlds import PUSH, SMALL

# A town on the line, held by enough men to leave a garrison underground; it falls within weeks.
SIEGE = replace(SMALL, town_column=5, site_floor_m2=4e5, defender_formations=24, defender_reserves=2)
SIEGE_FORCES = PUSH | {
    "attacker_men": 40_000.0,
    "defender_men": 5_000.0,
    "assault_clears": 0.0,
    "seal_clears": 0.0,
    "stay_behind_share": 0.4,
    "seal_slow_share": 0.05,
}
DAYS = 150
REPLICATIONS = range(10)


def siege(choice: int) -> tuple[Theatre, Plan]:
    theatre = toy_theatre(SIEGE)
    return theatre, toy_plan(theatre, choice=choice, weights=(1.0, 3.0, 0.3, 0.0, 0.0))


def sieges(choice: int, *, days: int = DAYS, **changes: float) -> list[Played]:
    theatre, plan = siege(choice)
    params = toy_params(SIEGE_FORCES | changes)
    return [play(theatre, plan, params, days=days, replication=r) for r in REPLICATIONS]


def test_a_course_that_clears_clears() -> None:
    played = [p for p in sieges(CLEAR, stronghold_floor_reference_m2=1e7) if p.log(LOG_CLEARED)]
    assert len(played) >= 5, "few strongholds were ever entered: the siege is no siege"
    for one in played:
        assert one.state.sites.state[0] == SITE_CLEARED
        assert one.state.sites.garrison_men[0] == 0.0
        assert not one.log(LOG_SEALED)
        assert one.measure(MEASURE_STRONGHOLDS) == 0.0


def test_a_course_that_seals_waits_for_surrender() -> None:
    played = [p for p in sieges(SEAL, days=300) if p.log(LOG_SEALED)]
    assert len(played) >= 5
    assert {int(p.state.sites.state[0]) for p in played} <= {
        SITE_SEALED, SITE_SURRENDERED, SITE_ACTIVE, SITE_STARVED, SITE_EMPTY, 0
    }  # fmt: skip
    gave_up = [p for p in played if p.log(LOG_SURRENDER)]
    assert gave_up
    for one in gave_up:
        sealed, surrendered = one.log(LOG_SEALED)[0], one.log(LOG_SURRENDER)[0]
        # not before the stocks of 20 days are gone, and those who come out are prisoners
        assert surrendered[0] - sealed[0] >= 20 * sealed[2] / 500.0 - 1
        assert one.state.ledger[DEFENDER, 5] >= surrendered[2] > 0.0
        assert one.state.sites.state[0] == SITE_SURRENDERED


def test_a_bypassed_stronghold_comes_out_again() -> None:
    played = sieges(BYPASS, re_emerge_per_day=0.3)
    assert any(p.log(LOG_RE_EMERGED) for p in played)
    assert not any(p.log(LOG_SEALED) or p.log(LOG_CLEARED) for p in played)


@pytest.mark.parametrize("choice", [CLEAR, SEAL, BYPASS])
def test_garrisons_underground_stay_on_the_books(choice: int) -> None:
    theatre, plan = siege(choice)
    params = toy_params(SIEGE_FORCES | {"stronghold_floor_reference_m2": 1e7})
    seen = 0.0
    for _, played in evenings(theatre, plan, params, days=range(5, 150, 9)):
        assert broken(theatre, played.state, played.output) == []
        seen = max(seen, float(played.state.sites.garrison_men.max()))
    assert seen > 0.0, "nobody ever went to ground"


def test_besiegers_are_tied_down_and_no_others() -> None:
    theatre, plan = siege(SEAL)
    params = toy_params(SIEGE_FORCES)
    checked = 0
    for _, played in evenings(theatre, plan, params, days=range(5, 150, 5)):
        site, cells = played.state.sites[0], played.state.cells
        tied = float(cells.committed_men.sum())
        if site.state == SITE_SEALED and site.containing_cell >= 0:
            wanted = float(params["containing_ratio"][0]) * site.garrison_men
            assert site.containing_men == pytest.approx(wanted)
            assert tied == pytest.approx(wanted)
            assert cells.committed_men[site.containing_cell] == pytest.approx(wanted)
            assert played.state.control[site.containing_cell] == 0
            checked += 1
        elif site.state != SITE_ACTIVE:
            assert tied == 0.0
    assert checked > 0


def test_with_the_layer_off_nobody_goes_to_ground() -> None:
    theatre = toy_theatre(SIEGE, layers_off=("strongholds",))
    played = play(theatre, toy_plan(theatre, choice=CLEAR), toy_params(SIEGE_FORCES), days=DAYS)
    assert played.state.sites.garrison_men[0] == 0.0
    assert not {"sealed", "cleared", "surrender", "re_emerged"} & played.log_names()
    assert (played.output.series[:, MEASURE_STRONGHOLDS] == 0.0).all()


def test_strongholds_hold_the_town_longer() -> None:
    """Days until the town's cell is taken, storm course, with the layer and without; 40 pairs."""
    from redan.testing.assertions import assert_paired_higher

    days = {}
    for name, off in (("with", ()), ("without", ("strongholds",))):
        theatre = toy_theatre(replace(SIEGE, site_floor_m2=2e6), layers_off=off)
        plan, params = toy_plan(theatre, choice=CLEAR), toy_params(SIEGE_FORCES)
        town = int(theatre.objective_cell[0])
        found = []
        for r in range(40):
            control = play(theatre, plan, params, days=DAYS, replication=r).output.control[:, town]
            weeks = np.flatnonzero(control)
            found.append(7.0 * weeks[0] if weeks.size else float(DAYS))
        days[name] = np.array(found)
    assert_paired_higher(days["with"], days["without"], effect=10.0, what="days to take the town's cell")
