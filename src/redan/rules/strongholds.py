"""Strongholds: floors and tunnels that slow a storm, tie down a containing force, starve or surrender."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def stronghold_slowdown(
    floor_area_m2: float, tunnel_km: float, floor_reference_m2: float, tunnel_weight: float
) -> float:
    """Factor on the speed of an attack through a cell whose strongholds are still held.

    Equation: 1 / (1 + A / A_ref + w T)
    Arguments:
        floor_area_m2 [m2, >= 0]: A, floor area not yet cleared
        tunnel_km [km, >= 0]: T, tunnels not yet cleared
        floor_reference_m2 [m2, > 0]: A_ref, floor area that halves the speed
        tunnel_weight [1/km, >= 0]: w, tunnels in the same measure
    Result [share, 0..1]: factor on speed
    Source: judgement (C) from the pace at which large works were cleared: Azovstal 2022, 11 km2 of works and
        24 km of tunnels, about 33 days from their isolation to the end (public press, second-hand, B).
    Limits: the sites of a cell add up; a site's plan, strength of walls and entrances are not modelled.
    """
    return 1.0 / (1.0 + floor_area_m2 / floor_reference_m2 + tunnel_weight * tunnel_km)


@kernel
def clearing_days(floor_area_m2: float, tunnel_km: float, floor_rate: float, tunnel_rate: float) -> float:
    """Days that one assault battalion needs to clear a site.

    Equation: A / r_A + T / r_T
    Arguments:
        floor_area_m2 [m2, >= 0]: A, floor area of the site
        tunnel_km [km, >= 0]: T, its tunnels
        floor_rate [m2/day, > 0]: r_A, floor cleared in a day
        tunnel_rate [km/day, > 0]: r_T, tunnel cleared in a day
    Result [days, >= 0]: days of clearing
    Source: Iwo Jima, last pocket, .2 km a day (CDB90, B). Rates of clearing floors are judgement (C); no
        public series of underground clearing was found.
    Limits: one battalion at a time; the garrison's strength acts on losses, not on time.
    """
    return floor_area_m2 / floor_rate + tunnel_km / tunnel_rate


@kernel
def stay_behind(shelter_men: float, stack_men: float, share: float, assault_clears: float) -> float:
    """Men who go to ground in a stronghold when their cell is lost.

    Equation: floor(min(shelter, q men) (1 - k))
    Arguments:
        shelter_men [men, >= 0]: men that the site can shelter
        stack_men [men, >= 0]: men who held the cell
        share [share, 0..1]: q, share of them who go to ground
        assault_clears [share, 0..1]: k, share of those whom the assault deals with at once
    Result [men, 0..shelter]: garrison left behind the front
    Source: judgement (C) after Azovstal 2022, where about 2,400 surrendered (public press, second-hand, B).
    Limits: the same share everywhere; nobody is ordered to stay.
    """
    return math.floor(min(shelter_men, share * stack_men) * (1.0 - assault_clears))


@kernel
def stock_after(stock_days: float, garrison: float, shelter_men: float, delivered: float) -> float:
    """Days of stocks left in a stronghold after a day.

    Equation: max(0, s - (1 - S) garrison / max(1, shelter))
    Arguments:
        stock_days [days, >= 0]: s, stocks in days of a full garrison
        garrison [men, >= 0]: men in the site
        shelter_men [men, >= 0]: men that the site can shelter
        delivered [share, 0..1]: S, share of needs that is still brought in
    Result [days, >= 0]: stocks this evening
    Source: definition: stocks last longer for a small garrison.
    Limits: one stock for water, food and ammunition.
    """
    use = (1.0 - delivered) * garrison / max(1.0, shelter_men)
    return max(0.0, stock_days - use)


@kernel
def surrender_hazard(base: float, hungry_days: float, growth_days: float) -> float:
    """Probability per day that a stronghold with no way out and no stocks surrenders.

    Equation: 1 - exp(-min(.5, h0 exp(min(6, t / tau))))
    Arguments:
        base [1/day, >= 0]: h0, hazard on the day stocks end
        hungry_days [days, >= 0]: t, days since then
        growth_days [days, > 0]: tau, days in which the hazard grows by e
    Result [share, 0..0.394]: chance of that day
    Source: judgement (C), anchored on Azovstal 2022: about 33 days from the isolation of the works to the
        surrender (public press, second-hand, B).
    Limits: no negotiation, no relief by an agreement.
    """
    return 1.0 - math.exp(-min(0.5, base * math.exp(min(6.0, hungry_days / growth_days))))
