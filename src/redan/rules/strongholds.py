"""Strongholds: floors and tunnels that slow a storm, tie down a containing force, starve or surrender."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def stronghold_slowdown(
    floor_area_m2: float, tunnel_km: float, floor_reference_m2: float, tunnel_weight: float
) -> float:
    """Factor on the speed of an attack through a cell with strongholds still held, 0..1.

    Equation: 1 / (1 + A/A_ref + w tunnels). Arguments: m2, km. Source: judgement from the pace of clearing
    large works
    (Azovstal, methods 5). Limits: sites of a cell add up.
    """
    return 1.0 / (1.0 + floor_area_m2 / floor_reference_m2 + tunnel_weight * tunnel_km)


@kernel
def clearing_days(floor_area_m2: float, tunnel_km: float, floor_rate: float, tunnel_rate: float) -> float:
    """Days one assault battalion needs to clear a site: A / r_floor + T / r_tunnel (methods 5, T = sum A /
    rate).

    Arguments: r_floor [m2/day], r_tunnel [km/day] (.2 km a day in the last pocket on Iwo Jima).
    """
    return floor_area_m2 / floor_rate + tunnel_km / tunnel_rate


@kernel
def stay_behind(shelter_men: float, stack_men: float, share: float, assault_clears: float) -> float:
    """Men who go to ground when their cell is lost.

    Equation: floor(min(shelter, share * men) * (1 - cleared by the assault)). Arguments: men, shares [-].
    Source: judgement (Azovstal, methods 5). Limits: the same share everywhere.
    """
    return math.floor(min(shelter_men, share * stack_men) * (1.0 - assault_clears))


@kernel
def stock_after(stock_days: float, garrison: float, shelter_men: float, delivered: float) -> float:
    """Days of stocks left after a day.

    Equation: max(0, s - (1 - delivered) * garrison / shelter). Arguments: days at full garrison, men, share.
    Source: methods 5 (sealed, then starved). Limits: one stock for all goods.
    """
    use = (1.0 - delivered) * garrison / max(1.0, shelter_men)
    return max(0.0, stock_days - use)


@kernel
def surrender_hazard(base: float, hungry_days: float, growth_days: float) -> float:
    """Probability of surrender per day with no way out: 1 - exp(-h0 exp(hungry/growth)), hungry days since
    stocks ended.

    Source: judgement anchored on Azovstal (33 days from isolation of the works, methods 5).
    """
    return 1.0 - math.exp(-min(0.5, base * math.exp(min(6.0, hungry_days / growth_days))))
