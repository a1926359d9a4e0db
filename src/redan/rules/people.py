"""Towns and people: destruction from contact and fires, residents who leave and who stay."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def destruction(
    destroyed: float, contact: float, fires: float, contact_rate: float, fire_rate: float, days: float
) -> float:
    """Share of the built-up area destroyed after `days` more.

    Equation: D' = 1 - (1 - D) exp(-(k_c contact + k_f fires) days). Arguments: rates [1/day], contact and
    fires as
    intensities [-]. Source: methods 5 (Bakhmut 71 %, Severodonetsk 59 %, Vovchansk 60 % in weeks to months).
    Limits: one definition, destroyed or beyond use; not comparable with 'any damage'.
    """
    return 1.0 - (1.0 - destroyed) * math.exp(-(contact_rate * contact + fire_rate * fires) * days)


@kernel
def leaving_rate(
    depth_km: float, base_rate: float, half_depth_km: float, scale_km: float, shock: float
) -> float:
    """Share of the residents above the core that leave in a day.

    Equation: mu0 / (1 + exp((d - d50)/s)) + shock. Arguments: depth of the place behind the line [km],
    mu0 [1/day],
    shock [1/day] (services cut). Source: methods 8, Pokrovsk 2024-25 (.042 to .003 a day). Limits: no return.
    """
    return base_rate / (1.0 + math.exp((depth_km - half_depth_km) / scale_km)) + shock


@kernel
def residents_after(residents: float, core: float, rate: float, days: float) -> float:
    """Residents after some days.

    Equation: core + (N - core) exp(-rate days), never more than before. Arguments: people, 1/day, days.
    Source: methods 8. Limits: nobody returns.
    """
    if residents <= core:
        return residents
    return core + (residents - core) * math.exp(-rate * days)
