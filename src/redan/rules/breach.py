"""Obstacles: mined ground, ditches and teeth that must be breached before an attack can move."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def breach_required(
    z: float, median_lane_days: float, log_sd: float, depth_m: float, reference_depth_m: float
) -> float:
    """Lane-days of work that an obstacle takes to breach: log-normal from one stretch of a belt to another.

    Equation: w exp(s z) d / d_ref
    Arguments:
        z [standard normal]: z, how hard this stretch is
        median_lane_days [lane-days, > 0]: w, work on an obstacle of the reference depth, uncovered by fire
        log_sd [ratio, >= 0]: s, spread of its logarithm
        depth_m [m, >= 0]: d, depth of mined ground, ditch and teeth as metres of mined ground
        reference_depth_m [m, > 0]: d_ref, depth to which w refers
    Result [lane-days, >= 0]: work until lanes are open
    Source: judgement (C) between two lanes in 2.5 to 9.5 hours under weak fire in 1991 (DTIC ADA596549, B)
        and days to weeks for the covered belts of 2023 (Watling and Reynolds, RUSI, reports of 2023,
        second-hand, B).
    Limits: a lane once open stays open until the ground changes hands.
    """
    return median_lane_days * math.exp(log_sd * z) * depth_m / reference_depth_m


@kernel
def breach_work(
    men_per_km: float, vehicles_per_km: float, men_per_lane: float, vehicles_per_lane: float, covered: float
) -> float:
    """Lane-days done in a day of attack on an edge.

    Equation: (rho / rho_1 + v / v_1) (1 - s)
    Arguments:
        men_per_km [men/km, >= 0]: rho, attackers per km of attacked edge
        vehicles_per_km [vehicles/km, >= 0]: v, armour per km
        men_per_lane [men/km, > 0]: rho_1, men who work one lane
        vehicles_per_lane [vehicles/km, > 0]: v_1, vehicles that do
        covered [share, 0..1]: s, share of the work that covering fire suppresses
    Result [lane-days, >= 0]: work done
    Source: judgement (C): a corps of 2023 had ten clearing vehicles (RUSI 2023, second-hand, B).
    Limits: engineers and ploughs are not told from the rest.
    """
    return (men_per_km / men_per_lane + vehicles_per_km / vehicles_per_lane) * (1.0 - covered)


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
