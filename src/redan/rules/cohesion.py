"""Cohesion and breaking: hazards with covariates, never a casualty threshold (methods 3)."""

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
    """Probability per day that a formation routs or a garrison's commander orders withdrawal.

    Equation: 1 - exp(-min(cap, h0 exp(b_g (1 - min(1, neck/10)) + b_s (1 - S) + b_l loss/.10))).
    Arguments: neck [km], S delivered share [-], loss over ten days [-], h0 and cap [1/day]. Source: methods 3
    (fixed thresholds rejected: Clark 1954, Helmbold R-772). Limits: covariates are assumed to act
    proportionally.
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
    """Cohesion after a day: losses and attacking wear it, rest restores it, 0..1.

    Equation: c' = clip(c - w loss - tire * attacking + recovery (1 - c)). Source: judgement; formations
    rotate at about
    30 % loss (methods 3). Limits: no leadership or training.
    """
    value = cohesion - loss_weight * loss_share - tire * attacking + recovery * (1.0 - cohesion)
    return min(1.0, max(0.05, value))
