"""Obstacles: mined ground, ditches and teeth that must be breached before an attack can move."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def breach_probability(
    lanes: float, rate_per_day: float, covering_fire: float, depth_m: float, reference_depth_m: float
) -> float:
    """Probability that today's attack opens lanes through the obstacle of an edge.

    Equation: 1 - exp(-n r (1 - s) d_ref / max(d, 1 m)); 1 where there is no obstacle
    Arguments:
        lanes [lanes, >= 0]: n, lanes worked at once through the edge
        rate_per_day [1/day, >= 0]: r, chance a lane and day, uncovered, at the reference depth
        covering_fire [share, 0..1]: s, share of the effort that covering fire suppresses
        depth_m [m, >= 0]: d, depth of mined ground, ditch and teeth as metres of mined ground
        reference_depth_m [m, > 0]: d_ref, depth to which r refers
    Result [share, 0..1]: chance that the obstacle is open from today
    Source: judgement (C) for r of about .15 a day. Covered belts took days to weeks in 2023 (Watling and
        Reynolds, RUSI, reports of 2023, second-hand, B); two lanes took 2.5 to 9.5 hours under weak fire in
        1991 (DTIC ADA596549, B).
    Limits: a lane once open stays open; no engineers or vehicles are counted, only the men who attack.
    """
    if depth_m <= 0.0:
        return 1.0
    scale = reference_depth_m / max(1.0, depth_m)
    return 1.0 - math.exp(-lanes * rate_per_day * (1.0 - covering_fire) * scale)


@kernel
def covering_fire(
    defender_density: float, half_density: float, drone_pressure: float, half_pressure: float
) -> float:
    """Share of the breaching effort that the men and drones covering an obstacle suppress.

    Equation: 1 - 1 / ((1 + rho / rho_half) (1 + h / h_half))
    Arguments:
        defender_density [men/km, >= 0]: rho, defenders per km behind the obstacle
        half_density [men/km, > 0]: rho_half, the density that suppresses half
        drone_pressure [ratio, >= 0]: h, the defender's sorties per km over the reference
        half_pressure [ratio, > 0]: h_half, the pressure that suppresses half
    Result [share, 0..1]: share suppressed
    Source: judgement (C): doctrine holds that an obstacle not covered by fire is no obstacle, and the belts
        of 2023 were covered by both (RUSI 2023, second-hand).
    Limits: artillery has no term of its own.
    """
    return 1.0 - 1.0 / ((1.0 + defender_density / half_density) * (1.0 + drone_pressure / half_pressure))
