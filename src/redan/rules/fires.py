"""Artillery and glide bombs: steady losses along the line, and wear on works and towns."""

from __future__ import annotations

from redan.numerics.compile import kernel


@kernel
def fire_intensity(
    guns: float, front_km: float, supply: float, schedule: float, reference_guns_per_km: float
) -> float:
    """Fires on a km of line relative to the reference density of guns: 1 is the reference.

    Equation: n k S / (L g_ref); 0 where there is no line
    Arguments:
        guns [guns, >= 0]: n, guns, launchers and the guns that glide bombs stand for
        front_km [km, >= 0]: L, length of the line of contact
        supply [share, 0..1]: S, readiness of the side's line: supply and cohesion
        schedule [ratio, >= 0]: k, multiplier of the month
        reference_guns_per_km [guns/km, > 0]: g_ref, density to which fire rates refer
    Result [ratio, >= 0]: intensity of fires
    Source: judgement (C): losses to fires and damage scale with rounds fired.
    Limits: evenly along the line; that guns follow the men is added in the engine. No stocks of shells.
    """
    if front_km <= 0.0:
        return 0.0
    return guns * schedule * supply / (front_km * reference_guns_per_km)


@kernel
def fire_losses(
    men: float,
    forward_share: float,
    loss_per_day: float,
    intensity: float,
    exponent: float,
    vulnerability: float,
) -> float:
    """Expected men hit by fires on a stack in a day.

    Equation: men f a I^e u
    Arguments:
        men [men, >= 0]: men of the stack
        forward_share [share, 0..1]: f, share of them who are forward
        loss_per_day [1/day, >= 0]: a, share of forward men hit in a day at intensity 1
        intensity [ratio, >= 0]: I, as in `fire_intensity`
        exponent [ratio, 0..1]: e, how losses follow fires: 1 in proportion, 0 not at all
        vulnerability [share, 0..1]: u, as in the drones' `vulnerability`
    Result [men, >= 0]: expected men hit
    Source: judgement (C): artillery caused a minority of the losses of 2025 (RUSI, Tactical Developments,
        February 2025, second-hand, B). That losses rise less than in proportion to the enemy's strength is
        from the training battles (CDB90, B).
    Limits: one exponent for all fires; men disperse and dig in as fires grow, but when is not told.
    """
    return men * forward_share * loss_per_day * intensity**exponent * vulnerability
