"""Works: grown by machine-hours over years, dug on outside the drone zone, worn by fires and assault."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def belt_maturity(
    months: float, effort_h_per_km_month: float, support: float, scale_h_per_km: float
) -> float:
    """Maturity 0..1 of a belt on day 0.

    Equation: 1 - exp(-months * effort * (1 + support) / H). Arguments: effort [machine-h/km/month], support
    as a
    multiple of own effort, H [machine-h/km]. Source: methods 4 (200 to 800 machine-hours a km for a ditch
    alone;
    a decade built is taken as mature). Limits: hours count alike whatever they dig.
    """
    return 1.0 - math.exp(-months * effort_h_per_km_month * (1.0 + support) / scale_h_per_km)


@kernel
def dig(works: float, rate_per_day: float, quiet: float, weather: float) -> float:
    """Works after a day's digging: F + rate * quiet * weather * (1 - F).

    Arguments: rate [1/day] by hand under fire, quiet 0..1 how far machines can work (excavators rarely work
    within
    7 km of the line, methods 4), weather 0..1. Limits: no shortage of materials.
    """
    return works + rate_per_day * quiet * weather * (1.0 - works)


@kernel
def wear(works: float, fires: float, assaulted: float, fire_wear: float, assault_wear: float) -> float:
    """Works after a day's wear: F * exp(-k_f fires - k_a assaulted) (methods 4, dF = -kappa E)."""
    return works * math.exp(-fire_wear * fires - assault_wear * assaulted)
