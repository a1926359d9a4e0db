"""The drone zone: a hazard over depth from the line of contact, from deliveries, crews, jamming, weather and
light.
"""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def drones_flown(stock: float, delivered: float, crews: float, margin: float, flying: float) -> float:
    """Drones flown in a day: what crews can fly in this weather and light, or what there is.

    Equation: min(s + d, c g w)
    Arguments:
        stock [drones, >= 0]: s, drones in store this morning
        delivered [drones/day, >= 0]: d, deliveries of the day
        crews [drones/day, >= 0]: c, drones a day that the trained crews were set up for
        margin [ratio, >= 0]: g, how many times that they can fly on a good day
        flying [share, 0..1]: w, what weather and light let fly
    Result [drones/day, >= 0]: drones flown; the rest stays in store
    Source: judgement (C): production, crews and weather each limit the number flown (Watling and Reynolds,
        RUSI, Tactical Developments, February 2025, second-hand).
    Limits: one kind of drone; crews are not lost.
    """
    return min(stock + delivered, crews * margin * flying)


@kernel
def next_crews(crews: float, delivered: float, training_days: float) -> float:
    """Crews after a day: they follow deliveries as new ones are trained, or are let go.

    Equation: c' = c + (d - c) / tau
    Arguments:
        crews [drones/day, >= 0]: c, what the crews of this morning were set up for
        delivered [drones/day, >= 0]: d, deliveries of the day
        training_days [days, >= 1]: tau, time in which crews follow deliveries
    Result [drones/day, >= 0]: what those of tomorrow are
    Source: judgement (C): schools of the war trained operators in one to two months (press, from memory).
    Limits: no shortage of people who can be trained.
    """
    return crews + (delivered - crews) / training_days


@kernel
def sorties_per_km(flown: float, front_km: float, jammed_share: float) -> float:
    """Drone sorties that reach the target area, per km of line and day.

    Equation: n (1 - j) / L; 0 where there is no line
    Arguments:
        flown [1/day, >= 0]: n, strike drones flown in the theatre
        front_km [km, >= 0]: L, length of the line of contact
        jammed_share [share, 0..1]: j, share that the enemy's jamming stops
    Result [1/km/day, >= 0]: sorties in the target area
    Source: judgement (C) for the form. 60 to 80 % of FPV drones fail to reach their target (Watling and
        Reynolds, RUSI, Tactical Developments, February 2025, second-hand, B).
    Limits: evenly along the line; that crews follow the men is added in the engine.
    """
    if front_km <= 0.0:
        return 0.0
    return flown * (1.0 - jammed_share) / front_km


@kernel
def hidden_share(cover: float, leaf: float, leafless_share: float, hiding: float) -> float:
    """Share of sorties that trees hide their targets from.

    Equation: q z [b + (1 - b) l]
    Arguments:
        cover [share, 0..1]: z, ground under trees
        leaf [share, 0..1]: l, leaves on the trees
        leafless_share [share, 0..1]: b, what bare trees hide of what leaves hide
        hiding [share, 0..1]: q, share of sorties that full cover in leaf hides from
    Result [share, 0..1]: share that finds nothing
    Source: judgement (C): lines of trees were the usual way of small groups and lost it in winter.
    Limits: no tree lines below the size of a cell; thermal sights see through little of it.
    """
    return hiding * cover * (leafless_share + (1.0 - leafless_share) * leaf)


@kernel
def thin_hours(night: float, gain: float) -> float:
    """Share of the day's hazard met by those who choose their hours: dusk, dawn and the dark are thin.

    Equation: 1 - g n
    Arguments:
        night [share, 0..1]: n, share of the day that is dark
        gain [share, 0..1]: g, share of the hazard that a day all dark would take away
    Result [share, 0..1]: factor on the hazard of supply, small groups and marches
    Source: judgement (C): movement is at night and at the change of drones at dusk and dawn (RUSI, Tactical
        Developments, February 2025, second-hand).
    Limits: formed attacks do not choose their hours.
    """
    return 1.0 - gain * night


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
