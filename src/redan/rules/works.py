"""Works: grown by machine-hours over years, dug on outside the drone zone, worn by fires and assault."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def belt_maturity(
    months: float, effort_h_per_km_month: float, support: float, scale_h_per_km: float
) -> float:
    """Maturity of a belt of works on day 0.

    Equation: 1 - exp(-m e (1 + k) / H)
    Arguments:
        months [months, >= 0]: m, months since it was begun
        effort_h_per_km_month [machine-h/km/month, >= 0]: e, the defender's own engineer effort
        support [ratio, >= 0]: k, outside support as a multiple of own effort
        scale_h_per_km [machine-h/km, > 0]: H, machine-hours that make a km about two thirds mature
    Result [share, 0..1]: maturity
    Source: judgement (C): volumes over the output of machines give 200 to 800 machine-hours a km for a ditch
        alone; a decade of building is taken as mature.
    Limits: an hour counts alike whatever it digs; no shortage of concrete or timber.
    """
    return 1.0 - math.exp(-months * effort_h_per_km_month * (1.0 + support) / scale_h_per_km)


@kernel
def dig(works: float, rate_per_day: float, quiet: float, weather: float) -> float:
    """Works after some digging.

    Equation: F' = F + r q w (1 - F)
    Arguments:
        works [share, 0..1]: F, maturity this morning
        rate_per_day [1/day, >= 0]: r, share of what is missing that is dug
        quiet [share, 0..1]: q, how far digging is left undisturbed
        weather [share, 0..1]: w, what mud leaves of digging
    Result [share, 0..1]: maturity after it
    Source: judgement (C) for the form. Excavators rarely work within 7 km of the line (RUSI 2023,
        second-hand, B), so near it digging is by hand.
    Limits: no shortage of materials; maturity grows alike wherever it starts.
    """
    return works + rate_per_day * quiet * weather * (1.0 - works)


@kernel
def wear(works: float, fires: float, assaulted: float, fire_wear: float, assault_wear: float) -> float:
    """Works after fires and assaults have worn them.

    Equation: F' = F exp(-k_f fires - k_a assaulted)
    Arguments:
        works [share, 0..1]: F, maturity before
        fires [days, >= 0]: fires over the reference, summed over days
        assaulted [days, >= 0]: days under attack
        fire_wear [1/day, >= 0]: k_f, wear in a day at the reference fires
        assault_wear [1/day, >= 0]: k_a, wear in a day under attack
    Result [share, 0..1]: maturity after
    Source: judgement (C): nothing public gives a rate.
    Limits: no kinds of works: a dugout and a trench wear alike.
    """
    return works * math.exp(-fire_wear * fires - assault_wear * assaulted)


@kernel
def occupation(occupied: float, stands_there: float, days: float) -> float:
    """How far works that the line has come to are occupied: at once by who stood ready, else day by day.

    Equation: 1 where a formation stands in them, else min(1, o + 1 / tau)
    Arguments:
        occupied [share, 0..1]: o, this morning
        stands_there [0 or 1]: whether a formation stands in the cell
        days [days, > 0]: tau, days in which men who fall back settle in
    Result [share, 0..1]: occupied today; works count in proportion
    Source: judgement (C): prepared lines that were not manned in time did not hold (press on the lines of
        2024 and 2025, second-hand).
    Limits: the same for every kind of works.
    """
    if stands_there > 0.0:
        return 1.0
    return min(1.0, occupied + 1.0 / days)


@kernel
def relay(obstacle_m: float, full_m: float, rate_m_per_day: float, quiet: float, days: float) -> float:
    """Depth of an obstacle after mines are laid again where nobody watches.

    Equation: min(d_full, d + r q t)
    Arguments:
        obstacle_m [m, >= 0]: d, depth before
        full_m [m, >= 0]: d_full, depth that the belt had
        rate_m_per_day [m/day, >= 0]: r, depth laid in a quiet day
        quiet [share, 0..1]: q, how far work is left undisturbed
        days [days, >= 0]: t, days of work
    Result [m, >= 0]: depth after
    Source: judgement (C): remotely laid and replaced mines are reported, without a rate.
    Limits: never beyond what the belt had.
    """
    return max(obstacle_m, min(full_m, obstacle_m + rate_m_per_day * quiet * days))
