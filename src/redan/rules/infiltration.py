"""Small groups that seep past thin lines: they harass and wear, they hold nothing."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def infiltration_share(pressure: float, half_pressure: float, fog: float, fog_gain: float) -> float:
    """Share of an attack's men that go in as small groups instead of assaulting, 0..0.9.

    Equation: min(.9, h / (h + h_half) * (1 + gain * fog)) with h the enemy's drone pressure: the more a
    formed
    attack would be seen, the more of it goes in by twos and threes. Source: judgement after RUSI 2025
    (methods 6).
    """
    return min(0.9, pressure / (pressure + half_pressure) * (1.0 + fog_gain * fog))


@kernel
def infiltration_survival(
    hazard_per_km: float, pressure: float, distance_km: float, fog: float, fog_loss: float
) -> float:
    """Share of a small group that arrives: exp(-lambda pressure (1 - loss fog) distance).

    Arguments: hazard_per_km [1/km] (.19 from 30 of 150 men over 14 days, methods 6), distance_km [km].
    """
    return math.exp(-hazard_per_km * pressure * (1.0 - fog_loss * fog) * distance_km)


@kernel
def harassment(grey_men_per_km: float, half_men_per_km: float) -> float:
    """Share of a side's power that the other's infiltrators take away: g / (g + g_half), at most one half.

    Arguments: infiltrated men per km of front [men/km]. Source: judgement. Limits: they harass and wear, they
    hold
    nothing.
    """
    return 0.5 * grey_men_per_km / (grey_men_per_km + half_men_per_km)
