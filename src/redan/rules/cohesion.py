"""Cohesion and breaking: hazards with covariates, never a casualty threshold."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def break_hazard(
    base: float,
    neck_weight: float,
    supply_weight: float,
    loss_weight: float,
    neck_km: float,
    supply: float,
    loss_10d: float,
    cap: float,
) -> float:
    """Probability per day that a formation routs or that a garrison's commander orders withdrawal.

    Equation: 1 - exp(-min(cap, h0 exp(b_g (1 - min(1, neck / 10)) + b_s (1 - S) + b_l loss / .10)))
    Arguments:
        base [1/day, >= 0]: h0, hazard with a wide corridor, full supply and no losses
        neck_weight [ratio, >= 0]: b_g, log-hazard of a corridor of no width
        supply_weight [ratio, >= 0]: b_s, log-hazard of no supply
        loss_weight [ratio, >= 0]: b_l, log-hazard of each 10 % lost in ten days
        neck_km [km, >= 0]: width of the corridor to safe ground; 10 km and more count alike
        supply [share, 0..1]: S, share of demand delivered, or effectiveness left
        loss_10d [share, 0..1]: share lost over about ten days
        cap [1/day, > 0]: most the hazard can be
    Result [share, 0..1]: chance of that day
    Source: judgement (C) for form and weights. A casualty threshold is rejected: Clark 1954, ORO-T-289 (about
        43 battalions) and Helmbold, RAND R-772, both second-hand (B). Dupuy Institute EPW study, second-hand
        (B): enveloped divisions lost 36 % a day, mostly prisoners.
    Limits: the covariates act proportionally; morale, orders from above and politics are not in it.
    """
    exponent = (
        neck_weight * (1.0 - min(1.0, neck_km / 10.0))
        + supply_weight * (1.0 - supply)
        + loss_weight * loss_10d / 0.10
    )
    return 1.0 - math.exp(-min(cap, base * math.exp(exponent)))


@kernel
def next_cohesion(
    cohesion: float, loss_share: float, attacking: float, loss_weight: float, tire: float, recovery: float
) -> float:
    """Cohesion after a day: losses and attacking wear it, rest restores it.

    Equation: c' = c - w loss - t attacking + r (1 - c), kept within .05..1
    Arguments:
        cohesion [share, 0..1]: c, cohesion this morning
        loss_share [share, 0..1]: share of its men lost today
        attacking [share, 0..1]: whether it attacked today
        loss_weight [ratio, >= 0]: w, cohesion lost per share of men lost
        tire [1/day, >= 0]: t, cohesion lost by a day's attacking
        recovery [1/day, >= 0]: r, share of what is missing that a day restores
    Result [share, 0.05..1]: cohesion this evening
    Source: judgement (C). Formations are rotated at about 30 % losses (public notes on RUSI and ISW reports
        of 2024, second-hand, B).
    Limits: no leadership, no training, no replacements: who joins is as good as who is there.
    """
    value = cohesion - loss_weight * loss_share - tire * attacking + recovery * (1.0 - cohesion)
    return min(1.0, max(0.05, value))
