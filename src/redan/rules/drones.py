"""The drone zone: a hazard over depth from the line of contact, from inventory, jamming and weather."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def sorties_per_km(
    drones_per_day: float, front_km: float, flying: float, jammed_share: float, schedule: float
) -> float:
    """Drone sorties that reach the target area, per km of line and day.

    Equation: n k w (1 - j) / L; 0 where there is no line
    Arguments:
        drones_per_day [1/day, >= 0]: n, strike drones flown in the theatre
        front_km [km, >= 0]: L, length of the line of contact
        flying [share, 0..1]: w, what weather and leaves let fly
        jammed_share [share, 0..1]: j, share that the enemy's jamming stops
        schedule [ratio, >= 0]: k, multiplier of the month
    Result [1/km/day, >= 0]: sorties in the target area
    Source: judgement (C) for the form. 60 to 80 % of FPV drones fail to reach their target (Watling and
        Reynolds, RUSI, Tactical Developments, February 2025, second-hand, B).
    Limits: evenly along the line; that crews follow the men is added in the engine. No kinds of drone, no
        operators lost.
    """
    if front_km <= 0.0:
        return 0.0
    return drones_per_day * schedule * flying * (1.0 - jammed_share) / front_km


@kernel
def depth_profile(depth_km: float, half_depth_km: float, scale_km: float) -> float:
    """Share of the hazard at the line that is left at a depth behind it.

    Equation: 1 / (1 + exp((d - D50) / s))
    Arguments:
        depth_km [km, >= 0]: d, distance behind the line of contact
        half_depth_km [km, >= 0]: D50, depth at which half of the hazard is left
        scale_km [km, > 0]: s, how sharply it falls
    Result [share, 0..1]: share of the hazard at the line
    Source: judgement (C) for the form. Depth of the zone: 10 to 15 km in early 2025 (RUSI, Tactical
        Developments, February 2025, second-hand, B); 20 km at the end of 2025 (the article).
    Limits: depth is measured over cells, not along a flight. The same curve serves for the reach of fires
        into towns and for the distance at which machines can dig.
    """
    return 1.0 / (1.0 + math.exp((depth_km - half_depth_km) / scale_km))


@kernel
def path_hazard(
    near_km: float, far_km: float, hazard_per_km: float, half_depth_km: float, scale_km: float
) -> float:
    """Expected hits on a march between two depths: the hazard integrated over depth.

    Equation: lambda s [ln(1 + exp((D50 - near) / s)) - ln(1 + exp((D50 - far) / s))]
    Arguments:
        near_km [km, >= 0]: near, depth of the end nearer to the line (the two may be exchanged)
        far_km [km, >= 0]: far, depth of the other end
        hazard_per_km [1/km, >= 0]: lambda, expected hits per km at the line
        half_depth_km [km, >= 0]: D50, as in `depth_profile`
        scale_km [km, > 0]: s, as in `depth_profile`
    Result [expected hits, >= 0]: a share exp(-hits) of marches is not hit
    Source: definition: the integral of `depth_profile` in closed form. Hazards per km from losses of robots
        on round trips of 24 km in 2025: .0032 quiet, .0053 middling, .0143 hot (public note on ground
        logistics, second-hand, B).
    Limits: a march straight towards the line or away from it.
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
    """Men hit per km of line and day: saturates in targets and is bounded by sorties.

    Equation: K = P c N / (N + N_half), Holling's disc with c = 1 / h and N_half = 1 / (a h)
    Arguments:
        sorties [1/km/day, >= 0]: P, sorties that reach the target area
        casualties_per_sortie [men, >= 0]: c, men hit by a sortie where targets abound
        exposed_per_km [men/km, >= 0]: N, forward men weighted by their vulnerability
        half_exposed_per_km [men/km, > 0]: N_half, exposed men at which half of the sorties find a target
    Result [men/km/day, >= 0]: expected men hit
    Source: Holling 1959, Canadian Entomologist 91:385 (the form; cited from memory, C); its use for drones is
        judgement (C). 10 to 15 % of sorties succeed under jamming (RUSI, Tactical Developments, February
        2025, second-hand, B).
    Limits: one class of target; no repeated strikes on one target.
    """
    if exposed_per_km <= 0.0:
        return 0.0
    return sorties * casualties_per_sortie * exposed_per_km / (exposed_per_km + half_exposed_per_km)


@kernel
def vulnerability(works: float, works_protection: float) -> float:
    """Vulnerability of men in works: how many of those hit in the open would be hit in them.

    Equation: 1 - q F
    Arguments:
        works [share, 0..1]: F, maturity of the works
        works_protection [share, 0..1]: q, protection of mature works
    Result [share, 0..1]: factor on losses to drones, fires and assault
    Source: Dupuy's QJM in a public transcription, second-hand (B): vulnerability .7 hasty, .6 prepared, .5
        fortified.
    Limits: the same for every weapon.
    """
    return 1.0 - works_protection * works
