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
    """Assault-battalion-days a day the attacker can make.

    Equation: (men / battalion) * readiness * schedule / (t0 + t1 * pressure). Arguments: men, readiness 0..1
    (cohesion times supply), t0 days between attacks without drones, t1 more under the reference drone
    pressure.
    Source: methods 6 (a coordinated attack takes 5 to 10 days to prepare under drones). Limits: battalions
    alike.
    """
    return line_men / battalion_men * readiness * schedule / (prepare_days + prepare_days_drones * pressure)


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
    """Attractiveness of a contact cell for an axis: a weighted sum of features plus noise.

    Equation: -w_p behind/length + w_b built + w_f flank + w_r route + w_w weak + noise. Arguments: behind_km
    how
    much farther from the goal than the nearest contact cell [km], features 0..1. Source: a course's own
    preferences; the weights are its decisions, not parameters. Limits: no look-ahead.
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
    """How much a contact cell wants another formation: shortfall of density, raised where it is attacked or
    giving way.

    Equation: (1 - density/wanted) + w_a attacked + w_p progress. Arguments: densities [men/km], attacked 0/1,
    progress 0..1 ground lost in the cell. Source: judgement (Biddle: reserves go where the line gives way).
    """
    return 1.0 - density / max(1.0, wanted_density) + attack_weight * attacked + progress_weight * progress


@kernel
def march_days(distance_km: float, speed_km_per_day: float) -> int:
    """Whole days a march takes, at least one.

    Equation: ceil(distance / speed). Arguments: km, km/day. Source: arithmetic. Limits: no roads.
    """
    return max(1, int(math.ceil(distance_km / speed_km_per_day)))
