"""Obstacles: mined ground, ditches and teeth that must be breached before an attack can move."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def breach_probability(
    lanes: float, rate_per_day: float, covering_fire: float, depth_m: float, reference_depth_m: float
) -> float:
    """Probability that today's attack opens lanes through the obstacle of an edge.

    Equation: 1 - exp(-n_lanes r (1 - s_fire) * reference / max(depth, 1 m)). Arguments: lanes [1/km of
    attacked line],
    rate r [1/day and lane], covering_fire s 0..1, depths [m]. Source: methods 4 (r about .15 a day; covered
    belts
    took days to weeks in 2023). Limits: a lane once open stays open.
    """
    if depth_m <= 0.0:
        return 1.0
    scale = reference_depth_m / max(1.0, depth_m)
    return 1.0 - math.exp(-lanes * rate_per_day * (1.0 - covering_fire) * scale)


@kernel
def covering_fire(
    defender_density: float, half_density: float, drone_pressure: float, half_pressure: float
) -> float:
    """Share of breaching effort suppressed by the men and drones that cover an obstacle, 0..1.

    Equation: 1 - 1 / ((1 + rho/rho_half)(1 + pressure/pressure_half)). Source: judgement; an obstacle not
    covered
    by fire is no obstacle (doctrine), 2023 belts were covered by both. Limits: no artillery term of its own.
    """
    return 1.0 - 1.0 / ((1.0 + defender_density / half_density) * (1.0 + drone_pressure / half_pressure))
