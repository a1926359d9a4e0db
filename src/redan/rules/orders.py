"""Orders: how much effort the forces can make, which cells a course attacks, who is sent where."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def effort_capacity(
    line_men: float,
    battalion_men: float,
    readiness: float,
    prepare_days: float,
    prepare_days_drones: float,
    pressure: float,
    schedule: float,
) -> float:
    """Assault-battalion-days a day that the attacker can make.

    Equation: (men / battalion) R k / (t0 + t1 h)
    Arguments:
        line_men [men, >= 0]: men of the attacker's line formations
        battalion_men [men, > 0]: size of the unit that effort is counted in
        readiness [share, 0..1]: R, cohesion times supply, averaged over the line
        prepare_days [days, > 0]: t0, days between a battalion's attacks without drones overhead
        prepare_days_drones [days, >= 0]: t1, days more under the reference pressure
        pressure [ratio, >= 0]: h, the enemy's sorties per km over the reference
        schedule [ratio, >= 0]: k, multiplier of the month
    Result [1/day, >= 0]: battalions that can attack today
    Source: a coordinated attack takes five to ten days to prepare under drones (RUSI, Tactical Developments,
        February 2025, second-hand, B); the form is judgement (C).
    Limits: all battalions are alike; what a course does not use is not saved up.
    """
    return line_men / battalion_men * readiness * schedule / (prepare_days + prepare_days_drones * pressure)


@kernel
def sent_from_outside(
    start_men: float, front_km: float, start_front_km: float, men: float, share: float, days: float
) -> float:
    """Men a day whom the rest of the line sends to a theatre that is thinner held than on day 0.

    Equation: f max(0, M0 L / L0 - M) / T
    Arguments:
        start_men [men, >= 0]: M0, men of the side in the theatre on day 0
        front_km [km, >= 0]: L, length of its line of contact today
        start_front_km [km, > 0]: L0, the same on day 0
        men [men, >= 0]: M, men of the side there today
        share [share, 0..1]: f, part of what is missing that the rest of the line can spare
        days [days, > 0]: T, time in which the missing are sent
    Result [men/day, >= 0]: men sent
    Source: judgement (C). Both sides brought forces to Pokrovsk from elsewhere: the attacker's there were
        put at some 110,000 in 2025, three times that line's share by its length (second-hand).
    Limits: the rest of the line is never weakened by it, nor asked for more than its density by length of
        line; men come as replacements, not as formations, so that none stands above its establishment.
    """
    return share * max(0.0, start_men * front_km / start_front_km - men) / days


@kernel
def target_score(
    behind_km: float,
    length_km: float,
    built: float,
    flank: float,
    route: float,
    weak: float,
    w_progress: float,
    w_built: float,
    w_flank: float,
    w_route: float,
    w_weak: float,
    noise: float,
) -> float:
    """Attractiveness of a contact cell for an axis: a weighted sum of its features plus noise.

    Equation: -w_p behind / length + w_b built + w_f flank + w_r route + w_w weak + noise
    Arguments:
        behind_km [km, >= 0]: how much farther from the goal than the nearest contact cell
        length_km [km, > 0]: how far behind the spearhead a cell still serves its axis
        built [share, 0..1]: built-up area
        flank [share, 0..1]: share of the ground around that the attacker holds
        route [share, 0..1]: supply through the cell over the most through any
        weak [share, 0..1]: how thinly it is held
        w_progress [-, any]: w_p, the course's weight of nearness to the goal
        w_built [-, any]: w_b, its weight of built-up ground
        w_flank [-, any]: w_f, its weight of flanks
        w_route [-, any]: w_r, its weight of supply routes
        w_weak [-, any]: w_w, its weight of thinly held cells
        noise [-, any]: a commander's preferences and what every course does alike
    Result [-, any]: score; the highest are attacked
    Source: judgement (C): the weights are decisions of a course, not parameters of the model.
    Limits: no look-ahead: cells are scored one by one as they are today.
    """
    return (
        -w_progress * behind_km / length_km
        + w_built * built
        + w_flank * flank
        + w_route * route
        + w_weak * weak
        + noise
    )


@kernel
def reinforcement_need(
    density: float,
    wanted_density: float,
    attacked: float,
    progress: float,
    attack_weight: float,
    progress_weight: float,
) -> float:
    """How much a contact cell wants another formation: thinly held, attacked or giving way.

    Equation: (1 - rho / max(1, rho_w)) + w_a attacked + w_p progress
    Arguments:
        density [men/km, >= 0]: rho, men per km who hold it
        wanted_density [men/km, >= 0]: rho_w, men per km that are wanted
        attacked [share, 0..1]: whether it is attacked, or chosen for attack
        progress [share, 0..1]: ground lost in the cell or beside it
        attack_weight [ratio, >= 0]: w_a, weight of being attacked
        progress_weight [ratio, >= 0]: w_p, weight of ground lost
    Result [ratio, <= 1 + w_a + w_p]: need; the greatest is met first
    Source: judgement (C) after Biddle, Military Power (2004), second-hand: reserves go where the line gives
        way.
    Limits: the side's own plan does not enter; the enemy's is known once a cell is chosen for attack.
    """
    return 1.0 - density / max(1.0, wanted_density) + attack_weight * attacked + progress_weight * progress


@kernel
def march_days(distance_km: float, speed_km_per_day: float) -> int:
    """Whole days that a march takes, at least one.

    Equation: max(1, ceil(d / v))
    Arguments:
        distance_km [km, >= 0]: d, way in a straight line
        speed_km_per_day [km/day, > 0]: v, speed of a march behind the line
    Result [days, >= 1]: day of arrival counted from today
    Source: definition.
    Limits: no roads, no congestion; what drones do on the way is in `path_hazard`.
    """
    return max(1, int(math.ceil(distance_km / speed_km_per_day)))
