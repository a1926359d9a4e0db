"""Artillery and glide bombs: steady losses along the line, and wear on works and towns."""

from __future__ import annotations

from redan.numerics.compile import kernel


@kernel
def fire_intensity(
    guns: float, front_km: float, supply: float, schedule: float, reference_guns_per_km: float
) -> float:
    """Fires on a km of line relative to the reference density of guns, 1 = reference.

    Equation: guns * schedule * supply / (front * reference). Arguments: guns [-], front_km [km],
    supply share [-]. Source: judgement; losses to fires scale with rounds, methods 5 (kappa_fires
    rounds/km2/d).
    Limits: guns are spread evenly along the line.
    """
    if front_km <= 0.0:
        return 0.0
    return guns * schedule * supply / (front_km * reference_guns_per_km)


@kernel
def fire_losses(
    men: float, forward_share: float, loss_per_day: float, intensity: float, vulnerability: float
) -> float:
    """Expected men hit by fires on a stack in a day.

    Equation: men * forward share * rate * intensity * vulnerability. Arguments: rate [1/day at intensity 1].
    Limits: linear in intensity (area fire on dispersed men).
    """
    return men * forward_share * loss_per_day * intensity * vulnerability
