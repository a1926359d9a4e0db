"""Single phases of the day on hand-made states: what each may and may not do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from redan.engine.assaulting import assault_phase
from redan.engine.attrition import loss_phase
from redan.engine.countering import counter_phase
from redan.engine.ground import nearest_safe
from redan.engine.reserves import form_reserves, relieve
from redan.engine.sieging import relieve_site
from redan.engine.supplying import survey_garrisons
from redan.testing.campaigns import play
from redan.testing.params import toy_params
from redan.testing.toys import Toy, toy_plan, toy_theatre
from redan.vocabulary.codes import (
    ATTACKER,
    CAUSE_ASSAULT,
    DEFENDER,
    GONE,
    LINE,
    RESERVE,
    SITE_ACTIVE,
)
from tests.engine.plain.days import Evening
from tests.engine.worlds import SMALL, changed

pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")
QUIET = {"loss_dispersion": 0.0, "loss_noise_campaign": 0.0, "loss_noise_daily": 0.0}
KEY = np.uint64(77)


def evening(
    toy: Toy = SMALL, *, off: tuple[str, ...] = (), changes: Mapping[str, float] | None = None
) -> Evening:
    theatre = toy_theatre(toy, layers_off=off)
    return Evening(theatre, toy_plan(theatre), toy_params(changes))


def journal() -> SimpleNamespace:
    columns = {name: np.zeros(50, dtype=np.int32) for name in ("day", "kind", "entity")}
    return SimpleNamespace(**columns, value=np.zeros(50), count=np.zeros(1, dtype=np.int64))


def test_more_formations_than_cells_stay_within_memory() -> None:
    """Worn-out formations of 0 men stand in the same cells: the list of stacks must not run over.

    Compiled code would write beyond the array: this test aborted the process.
    """
    crowded = Toy(
        columns=8, rows=4, front_column=4, town_column=6, attacker_formations=60, defender_formations=60,
        attacker_reserves=0, defender_reserves=0,
    )  # fmt: skip
    theatre = toy_theatre(crowded)
    play(theatre, toy_plan(theatre), toy_params({"attacker_men": 0.0, "defender_men": 0.0}), days=2)


def test_a_formation_that_is_gone_stays_gone() -> None:
    e = evening()
    lost = int(np.flatnonzero(e.state.formations.side == DEFENDER)[0])
    unit = e.state.formations[lost]
    unit.men, unit.duty = 0.0, GONE
    unit.cell = int(np.flatnonzero((e.state.ring == 0) & (e.state.control == ATTACKER))[0])
    e.call(relieve, key=KEY)
    assert e.state.formations.duty[lost] == GONE


def test_a_stack_loses_what_was_expected_of_it_whoever_joined_since() -> None:
    """A formation that arrives in the afternoon shares the stack's losses; it does not multiply them."""
    e = evening(changes=QUIET | {"depth_loss_per_day": 0.0})
    st = e.state
    first = int(np.flatnonzero((st.formations.side == DEFENDER) & (st.formations.duty == LINE))[0])
    other = int(np.flatnonzero((st.formations.side == DEFENDER) & (st.formations.duty == RESERVE))[0])
    c = int(st.formations.cell[first])
    st.expected_loss[:] = 0.0
    st.expected_loss[c, CAUSE_ASSAULT] = 200.0
    st.formations.cell[other], st.formations.duty[other] = c, LINE  # arrived after the muster
    st.formations.arrival_day[other] = 7
    before = st.formations.men.sum()
    e.call(loss_phase, key=KEY, day=7)
    lost = before - st.formations.men.sum()
    # Poisson: six deviations
    assert abs(lost - 200.0) < 6.0 * np.sqrt(200.0), f"{lost:.0f} men lost of 200 expected"


def test_nobody_counter_attacks_on_the_day_of_arrival() -> None:
    """Losses are booked to the morning's stacks: who arrives later fights from the next day on."""
    e = evening(changes=QUIET)
    st = e.state
    other = int(np.flatnonzero((st.formations.side == DEFENDER) & (st.formations.duty == RESERVE))[0])
    c = int(np.flatnonzero((st.control == DEFENDER) & (st.ring == 0))[0])
    st.cells.share[c] = 0.4
    st.formations.cell[other], st.formations.duty[other], st.formations.counter_days[other] = c, LINE, 3
    for arrival, days_left in ((7, 3), (6, 2)):
        st.formations.arrival_day[other] = arrival
        e.call(counter_phase, key=KEY, day=7)
        assert int(st.formations.counter_days[other]) == days_left


def attack_once(works: float, **changes: float) -> tuple[float, float]:
    """Expected losses of attacker and defender of one attack on a cell whose works are set."""
    steady = {
        "works_gain": 1.5, "works_protection": 0.5, "success_even_ratio": 1e-9, "approach_hazard": 0.0,
        "infiltration_half_pressure": 1e9, "harass_half_men": 1e9, "fire_support": 0.0, **QUIET, **changes,
    }  # fmt: skip
    e = evening(changes=steady)
    st = e.state
    c = int(
        st.formations.cell[np.flatnonzero((st.formations.side == DEFENDER) & (st.formations.duty == LINE))[2]]
    )
    st.cells.works[c] = works
    st.target_axis[:] = -1
    st.target_axis[c] = 0
    st.expected_loss[:] = 0.0
    e.call(
        assault_phase, clears=1, day=1, key=KEY, rep_key=KEY, edge_river=e.theatre.edge_river, log=journal()
    )
    sides = e.state.control
    total = st.expected_loss[:, CAUSE_ASSAULT]
    return float(total[sides == ATTACKER].sum()), float(total[sides == DEFENDER].sum())


@pytest.mark.parametrize("exponent", [0.0, 0.3, 1.0])
def test_works_protect_the_defender_once(exponent: float) -> None:
    """His losses fall by `vulnerability` alone; posture raises what the attacker loses and nothing else.

    Methods 0: apply each protection effect once (posture factor or fort vulnerability, not both).
    """
    bare_attacker, bare_defender = attack_once(0.0, loss_exponent=exponent)
    dug_attacker, dug_defender = attack_once(1.0, loss_exponent=exponent)
    assert bare_defender > 0.0
    assert dug_defender / bare_defender == pytest.approx(0.5, rel=1e-6)
    assert dug_attacker / bare_attacker == pytest.approx(2.5**exponent, rel=1e-6)


def test_the_engine_calls_the_square_law() -> None:
    """p = 1, one quality, no noise: each side loses the other's engaged men times its rate (methods 1.3)."""
    equal = dict.fromkeys(("loss_attacker_won", "loss_defender_lost"), 0.02)
    attacker, defender = attack_once(0.0, loss_exponent=1.0, loss_scale=1.0, works_protection=0.0, **equal)
    again = attack_once(0.0, loss_exponent=1.0, loss_scale=2.0, works_protection=0.0, **equal)
    assert again == pytest.approx((2.0 * attacker, 2.0 * defender))
    assert attacker > 0.0
    assert defender > 0.0


def test_men_relieved_from_a_stronghold_join_a_formation_that_is_near() -> None:
    for reach, joined in ((1.0, 0.0), (1e3, 60.0)):
        e = evening(replace(SMALL, site_floor_m2=2e5))
        st = e.state
        st.sites.garrison_men[0], st.sites.state[0] = 60.0, SITE_ACTIVE
        c = int(e.theatre.site_cell[0])
        mine = (st.formations.side == DEFENDER) & (st.formations.duty <= RESERVE)
        away = np.hypot(
            *(axis[st.formations.cell] - axis[c] for axis in (e.theatre.cell_x_km, e.theatre.cell_y_km))
        )
        before = st.formations.men.copy()
        e.call(relieve_site, g=0, c=c, reach_km=reach)
        grown = st.formations.men - before
        assert grown.sum() == joined
        assert st.sites.garrison_men[0] == 60.0 - joined
        if joined:
            assert away[np.argmax(grown)] == away[mine].min()


def test_supply_of_a_garrison_is_measured_against_full_strength() -> None:
    """DESIGN 8: the share of its demand at full strength: a garrison at half strength is no better fed."""
    e = evening(replace(SMALL, town_column=5))
    st = e.state
    st.cells.supply_share[:] = 0.12

    def supply() -> float:
        e.call(survey_garrisons, objective_edge_km=e.theatre.objective_edge_km)
        return float(st.objectives.supply[0])

    st.formations.men[:] = st.formations.full_men
    full = supply()
    assert full == pytest.approx(0.12)
    st.formations.men[:] = np.floor(0.5 * st.formations.full_men)
    assert supply() == pytest.approx(0.06, rel=0.05)


def test_the_way_out_of_a_pocket_is_the_nearest_ground_with_supply() -> None:
    """Three cells east and no nearer: found within reach, not beyond it."""
    theatre = toy_theatre(SMALL)
    column = np.arange(theatre.cell_id.shape[0]) % SMALL.columns
    control = np.where(column >= 7, DEFENDER, ATTACKER).astype(np.int8)
    distance = np.zeros(column.size, dtype=np.int32)
    pocket = int(np.flatnonzero((column == 4) & (np.arange(column.size) // SMALL.columns == 4))[0])
    control[pocket] = DEFENDER
    distance[pocket] = 1 << 28
    x, y = theatre.cell_x_km, theatre.cell_y_km
    found = nearest_safe(pocket, DEFENDER, 3.5 * SMALL.spacing_km, x, y, control, distance)
    assert column[found] == 7
    assert nearest_safe(pocket, DEFENDER, 1.5 * SMALL.spacing_km, x, y, control, distance) == -1


def test_with_the_layer_of_reserves_off_none_are_formed() -> None:
    """Without reserves every man is in the line: nobody is pulled out of it who can never be sent back."""
    e = evening(
        replace(SMALL, defender_formations=26), off=("reserves",), changes={"reserve_from_density": 0.0}
    )
    before = int((e.state.formations.duty == LINE).sum())
    e.call(form_reserves, key=KEY, side=DEFENDER, wanted_share=0.9)
    assert int((e.state.formations.duty == LINE).sum()) == before


def test_a_daily_plan_is_a_plan() -> None:
    """plan_interval_days = 1 plans every day, as 5 does every fifth: 1 % 1 is never 1."""
    theatre = toy_theatre(SMALL)
    plan = toy_plan(theatre)
    chosen = {}
    for interval in (1.0, 5.0):
        params = toy_params({"plan_interval_days": interval, "choice_hold_days": 1.0, "choice_hold": 0.0})
        played: list[Any] = [
            np.flatnonzero(play(theatre, plan, params, days=d).state.target_axis >= 0).tolist()
            for d in range(2, 12)
        ]
        chosen[interval] = sum(a != b for a, b in pairwise(played))
    assert chosen[1.0] >= chosen[5.0] > 0


def test_no_line_of_contact_gives_no_absurd_distance() -> None:
    theatre = toy_theatre(SMALL)
    everywhere = changed(
        theatre,
        cell_control0=np.full(theatre.cell_id.shape[0], DEFENDER, dtype=np.int8),
        cell_share0=np.zeros(theatre.cell_id.shape[0]),
    )
    played = play(everywhere, toy_plan(everywhere), toy_params({"attacker_men": 0.0}), days=1)
    assert abs(played.state.objectives.front_km[0]) < 1e6
