"""The drone zone: a hazard over depth from the line of contact, from inventory, jamming, weather and
light.
"""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def sorties_per_km(
    drones_per_day: float, front_km: float, flying: float, jammed_share: float, schedule: float
) -> float:
    """Drone sorties that reach the target area, per km of line and day.

    Equation: drones * schedule * flying * (1 - jammed) / front. Arguments: drones_per_day [1/day],
    front_km [km], the rest [-]. Source: methods 6, lambda ~ n_uav (1 - EW) w_weather. Limits: evenly along
    the line; concentration is added by the crews of the stack behind it.
    """
    if front_km <= 0.0:
        return 0.0
    return drones_per_day * schedule * flying * (1.0 - jammed_share) / front_km


@kernel
def depth_profile(depth_km: float, half_depth_km: float, scale_km: float) -> float:
    """Share of the hazard at the line that is left at a depth.

    Equation: 1 / (1 + exp((d - D50)/s)). Arguments: km. Source: methods 6 (check: D50 15, s 3 gives .9656 at
    5 km, .5 at 15, .0344 at 25). Limits: depth is measured over cells, not along the flight.
    """
    return 1.0 / (1.0 + math.exp((depth_km - half_depth_km) / scale_km))


@kernel
def path_hazard(
    near_km: float, far_km: float, hazard_per_km: float, half_depth_km: float, scale_km: float
) -> float:
    """Expected hits on a march between two depths: the hazard integrated over depth.

    Equation: lambda * s * [ln(1 + exp((D50 - near)/s)) - ln(1 + exp((D50 - far)/s))]. Arguments: km and 1/km.
    Source: methods 6, survival exp(-integral). Limits: a march straight towards the line.
    """
    low = min(near_km, far_km)
    high = max(near_km, far_km)
    a = (half_depth_km - low) / scale_km
    b = (half_depth_km - high) / scale_km
    upper = a if a > 40.0 else math.log1p(math.exp(a))  # beyond 40 the two are equal in double precision
    lower = b if b > 40.0 else math.log1p(math.exp(b))
    return hazard_per_km * scale_km * (upper - lower)


@kernel
def kills_per_km(
    sorties: float, casualties_per_sortie: float, exposed_per_km: float, half_exposed_per_km: float
) -> float:
    """Men hit per km of line and day, saturating in targets and bounded by sorties.

    Equation: K = P c N / (N + N_half) (Holling's disc, methods 6: K = a N P/(1 + a h N)). Arguments: sorties
    P
    [1/km/day], c [men], N exposure-weighted men [1/km]. Limits: one target class; no re-strikes.
    """
    if exposed_per_km <= 0.0:
        return 0.0
    return sorties * casualties_per_sortie * exposed_per_km / (exposed_per_km + half_exposed_per_km)


@kernel
def vulnerability(works: float, works_protection: float) -> float:
    """Vulnerability of men in works of maturity 0..1: 1 - protection * works. Source: methods 4 (1 - 0.5
    F).
    """
    return 1.0 - works_protection * works
