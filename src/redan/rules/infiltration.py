"""Small groups that seep past thin lines: they harass and wear, they hold nothing."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def infiltration_share(
    pressure: float, half_pressure: float, fog: float, fog_gain: float, density: float, gap_density: float
) -> float:
    """Share of an attack's men who go in as small groups instead of assaulting.

    Equation: min(.9, h / (h + h_half) (1 + g fog) 2 / (1 + rho / rho_gap)), its last factor at most 1
    Arguments:
        pressure [ratio, >= 0]: h, the enemy's sorties per km over the reference
        half_pressure [ratio, > 0]: h_half, the pressure at which half go in as small groups
        fog [share, 0..1]: whether the day is foggy
        fog_gain [ratio, >= 0]: g, how far fog favours small groups
        density [men/km, >= 0]: rho, defenders per km of line
        gap_density [men/km, > 0]: rho_gap, density up to which there are gaps everywhere
    Result [share, 0..0.9]: share of the men
    Source: judgement (C) after RUSI, Tactical Developments, February 2025 (second-hand): the more a formed
        attack would be seen and the thinner the line, the more of it goes in by twos and threes.
    Limits: the size of a group has no effect of its own.
    """
    gaps = min(1.0, 2.0 / (1.0 + density / gap_density))
    return min(0.9, pressure / (pressure + half_pressure) * (1.0 + fog_gain * fog) * gaps)


@kernel
def infiltration_survival(
    hazard_per_km: float, pressure: float, distance_km: float, fog: float, fog_loss: float
) -> float:
    """Share of a small group that arrives between the positions.

    Equation: exp(-lambda h (1 - q fog) d)
    Arguments:
        hazard_per_km [1/km, >= 0]: lambda, hazard on foot at the reference pressure
        pressure [ratio, >= 0]: h, the enemy's sorties per km over the reference
        distance_km [km, >= 0]: d, way to go
        fog [share, 0..1]: whether the day is foggy
        fog_loss [share, 0..1]: q, share of the enemy's drones that fog blinds
    Result [share, 0..1]: share that arrives
    Source: 30 of 150 men arrived over about 8 km in 14 days, which is .19 a km (RUSI, second-hand, B).
    Limits: no account of how long the way takes.
    """
    return math.exp(-hazard_per_km * pressure * (1.0 - fog_loss * fog) * distance_km)


@kernel
def harassment(grey_men_per_km: float, half_men_per_km: float) -> float:
    """Share of a side's power that the other's infiltrators take away.

    Equation: 1/2 g / (g + g_half)
    Arguments:
        grey_men_per_km [men/km, >= 0]: g, infiltrated men per km
        half_men_per_km [men/km, > 0]: g_half, infiltrators who take a quarter of the power
    Result [share, 0..0.5]: share of the power taken away
    Source: judgement (C).
    Limits: infiltrators harass and wear; they hold nothing.
    """
    return 0.5 * grey_men_per_km / (grey_men_per_km + half_men_per_km)
