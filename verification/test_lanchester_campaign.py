"""The engine's own campaign on one edge against exact theory: aimed fire only, Poisson losses.

Two cells, one edge, a formation on each. Exponent 1, no noise, no works or ground, no drones, no guns, nobody
reinforced, relieved or routed, and speed next to nothing: what is left of the day is Lanchester's square law.
With the daily step both may lose on one day; at .04 expected losses a day that moves the chance to win by
less than .01 (README). 4,000 campaigns give the chance a standard error of .005.
"""

# ruff: noqa: D103 - a test is named by what it claims

from __future__ import annotations

import functools

import numpy as np
import pytest

from redan.engine.allocate import allocate_state
from redan.scenario.parameters import central
from redan.testing.assertions import mean_interval
from redan.testing.campaigns import play
from redan.testing.params import TOY_DATE
from redan.theatre.strips.build import build_strip
from redan.theatre.strips.parameters import strip_parameters
from redan.theatre.strips.plan import goal_east, plan_on
from redan.theatre.strips.shape import Group, Strip
from redan.vocabulary.codes import ATTACKER, DEFENDER, LEDGER_ARRIVED, LEDGER_KILLED, LEDGER_WOUNDED
from verification.test_lanchester import FIRST, P_SQUARE, RATE, SECOND, exact_survivors
from verification.worlds import report

CAMPAIGNS, DAYS = 4000, 3000
EDGE = Strip(
    rows=1, columns=2, front_column=1, spacing_km=60.0, attacker=(Group(0, (0,)),),
    defender=(Group(1, (0,)),), source_t_per_day=(1e4, 1e4), track_t_per_day=1e4,
)  # fmt: skip
AIMED_FIRE_ONLY = {
    "loss_exponent": 1.0, "loss_scale": 1.0, "loss_noise_campaign": 0.0, "loss_noise_daily": 0.0,
    "loss_dispersion": 0.0, "loss_attacker_won": RATE, "loss_attacker_failed": RATE,
    "loss_defender_lost": RATE, "loss_defender_held": RATE,
    # everybody is engaged, every day
    "assault_share": 1.0, "forward_share": 1.0, "attack_density_open": 20_000.0,
    "defence_density_most": 20_000.0, "attack_prepare_days": 0.1, "battalion_men": 50.0,
    "assault_men_per_battalion_day": 1000.0,
    # nothing but men counts
    "works_field": 0.0, "works_gain": 0.0, "works_protection": 0.0, "works_field_limit": 0.0,
    "relief_gain": 0.0, "built_gain": 0.0, "fire_support": 0.0,
    "cohesion_loss_weight": 0.0, "cohesion_attack_tire": 0.0, "cohesion_line_recovery": 0.0,
    # nobody comes or goes, and no ground is gained
    "relieve_strength": 0.0, "relieve_cohesion": 0.0, "rout_base_per_day": 0.0, "wounded_return_share": 0.0,
    "initial_strength": 1.0, "speed_open_km": 0.1, "speed_fortified_km": 0.1, "speed_full_density": 20_000.0,
    "speed_density_exponent": 1.0, "tempo": 0.05,
}  # fmt: skip


@functools.cache
def battles() -> tuple[np.ndarray, np.ndarray]:
    """Survivors [campaign, side], and men who joined [campaign]."""
    theatre = build_strip(EDGE)
    men = {"attacker_men": float(FIRST), "defender_men": float(SECOND)}
    row = central(strip_parameters(TOY_DATE, {**men, **AIMED_FIRE_ONLY}))
    plan = plan_on(goal_east(theatre))
    state = allocate_state(theatre, plan)
    left, joined = np.zeros((CAMPAIGNS, 2)), np.zeros(CAMPAIGNS)
    for k in range(CAMPAIGNS):
        book = play(theatre, plan, row, days=DAYS, replication=k, state=state).output.ledger
        left[k] = np.array([FIRST, SECOND]) - book[:, LEDGER_KILLED] - book[:, LEDGER_WOUNDED]
        joined[k] = book[:, LEDGER_ARRIVED].sum()
    return left, joined


def test_every_campaign_is_fought_to_the_end_by_those_who_began_it() -> None:
    left, joined = battles()
    assert (left.min(axis=1) == 0.0).mean() > 0.999
    assert joined.max() == 0.0


def test_the_attacker_wins_as_often_as_in_theory() -> None:
    left, _ = battles()
    found = mean_interval((left[:, ATTACKER] > 0) & (left[:, DEFENDER] == 0), confidence=0.99)
    report(f"engine on one edge, {FIRST} v {SECOND}: chance to win", found, f"{P_SQUARE} +- .02")
    assert found.mean == pytest.approx(P_SQUARE, abs=0.02)


def test_survivors_of_the_campaign_have_the_exact_mean_and_variance() -> None:
    law = exact_survivors(FIRST, SECOND)
    k = np.arange(FIRST + 1)
    mean = float((k * law).sum())
    variance = float((k**2 * law).sum()) - mean**2
    x = battles()[0][:, ATTACKER]
    found = mean_interval(x, confidence=0.99)
    report(f"engine on one edge, {FIRST} v {SECOND}: survivors, mean", found, f"{mean:.3f} +- .3")
    spread = mean_interval((x - x.mean()) ** 2, confidence=0.99)
    report(f"engine on one edge, {FIRST} v {SECOND}: survivors, variance", spread, f"{variance:.2f} +- 8 %")
    assert found.mean == pytest.approx(mean, abs=0.3)
    assert spread.mean == pytest.approx(variance, rel=0.08)
