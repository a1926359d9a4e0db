"""Towns and people: destruction from contact and fires, residents who leave and who stay."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def destruction(
    destroyed: float, contact: float, fires: float, contact_rate: float, fire_rate: float, days: float
) -> float:
    """Share of the built-up area destroyed after some more days.

    Equation: D' = 1 - (1 - D) exp(-(k_c contact + k_f fires) t)
    Arguments:
        destroyed [share, 0..1]: D, share destroyed so far
        contact [share, 0..1]: how far the place is fought over: 1 attacked, less on a quiet line, 0 behind it
        fires [ratio, >= 0]: enemy's fires that reach it over the reference
        contact_rate [1/day, >= 0]: k_c, rate where it is attacked
        fire_rate [1/day, >= 0]: k_f, rate at the reference fires
        days [days, >= 0]: t
    Result [share, 0..1]: share destroyed or beyond use
    Source: Bakhmut 71 %, Severodonetsk 59 % (radar estimates, indicative, B) and Vovchansk 60 % (Bellingcat
        through press, second-hand, B) over weeks to months of fighting.
    Limits: one definition, destroyed or beyond use; it is not comparable with any damage seen. Nothing is
        rebuilt.
    """
    return 1.0 - (1.0 - destroyed) * math.exp(-(contact_rate * contact + fire_rate * fires) * days)


@kernel
def leaving_rate(
    depth_km: float, base_rate: float, half_depth_km: float, scale_km: float, shock: float
) -> float:
    """Share of the residents above the core that leave in a day.

    Equation: mu0 / (1 + exp((d - d50) / s)) + shock
    Arguments:
        depth_km [km, >= 0]: d, depth of the place behind the line
        base_rate [1/day, >= 0]: mu0, rate with the line at the door
        half_depth_km [km, >= 0]: d50, depth at which half of that is left
        scale_km [km, > 0]: s, how sharply it falls
        shock [1/day, >= 0]: added where services stop
    Result [1/day, >= 0]: rate of leaving
    Source: Pokrovsk 2024-25, press and officials, second-hand (B): 53,000 residents with the line at 12 km,
        26,000 and 13,050 as it came to 7 km, about 7,000 at 2 to 3 km: .042 to .003 a day.
    Limits: no capacity of transport, no orders to leave, no return.
    """
    return base_rate / (1.0 + math.exp((depth_km - half_depth_km) / scale_km)) + shock


@kernel
def residents_after(residents: float, core: float, rate: float, days: float) -> float:
    """Residents left after some days.

    Equation: core + (N - core) exp(-mu t); N where N is at the core or below
    Arguments:
        residents [people, >= 0]: N, residents now
        core [people, >= 0]: who stay to the end
        rate [1/day, >= 0]: mu, as in `leaving_rate`
        days [days, >= 0]: t
    Result [people, 0..N]: residents then
    Source: Pokrovsk and Avdiivka, press and officials, second-hand (B): 1 to 3 % of the pre-war residents
        stay.
    Limits: nobody returns; harm to those who stay is not counted.
    """
    if residents <= core:
        return residents
    return core + (residents - core) * math.exp(-rate * days)
