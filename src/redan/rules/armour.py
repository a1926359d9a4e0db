"""Armour: vehicles that add power to an attack or a defence, work lanes, and are held back under drones."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def armour_committed(pressure: float, half_pressure: float, mobility: float, closed: float) -> float:
    """Share of a formation's vehicles that go in with its men.

    Equation: m (1 - z) / (1 + h / h_half)
    Arguments:
        pressure [ratio, >= 0]: h, the enemy's sorties per km over the reference
        half_pressure [ratio, > 0]: h_half, the pressure at which half are held back
        mobility [share, 0..1]: m, what mud leaves of movement
        closed [share, 0..1]: z, how far trees and buildings close the ground to vehicles
    Result [share, 0..1]: share that goes in
    Source: judgement (C): tanks went back to firing from cover and attacks to foot and light vehicles as the
        drone zone grew (Watling and Reynolds, RUSI, Tactical Developments, February 2025, second-hand).
    Limits: tanks, fighting vehicles and carriers count alike; no crews are counted.
    """
    return mobility * (1.0 - closed) / (1.0 + pressure / half_pressure)


@kernel
def armour_power(vehicles: float, men_equivalent: float, readiness: float) -> float:
    """Power that vehicles add to the men beside them.

    Equation: V m_V c
    Arguments:
        vehicles [vehicles, >= 0]: V, vehicles that take part
        men_equivalent [men/vehicle, >= 0]: m_V, men that one is worth in a fight
        readiness [share, 0..1]: c, cohesion times supply of the men they go with
    Result [men, >= 0]: power in men
    Source: judgement (C), within the spread of the weight of a tank against infantry in public wargaming
        indices (Dupuy's operational lethality, second-hand).
    Limits: linear in vehicles; anti-tank weapons are in the hazard, not in the power.
    """
    return vehicles * men_equivalent * readiness


@kernel
def armour_losses(
    vehicles: float, pressure: float, hazard: float, severity: float, fight_loss: float
) -> float:
    """Vehicles lost of those sent into a day's fight: hit on the approach, or in the fight itself.

    Equation: V [1 - exp(-a h)] s + V exp(-a h) f
    Arguments:
        vehicles [vehicles, >= 0]: V, vehicles sent
        pressure [ratio, >= 0]: h, the enemy's sorties per km over the reference
        hazard [expected hits, >= 0]: a, hits on one vehicle's approach at the reference pressure
        severity [share, 0..1]: s, share of the vehicles hit that are lost
        fight_loss [share, 0..1]: f, share of those that arrive lost in the fight
    Result [vehicles, >= 0]: expected losses
    Source: judgement (C); 60 to 70 % of vehicles lost in 2024 fell to drones (RUSI, Tactical Developments,
        February 2025, second-hand, B).
    Limits: mines are in the fight's share; recovery and repair are in the severity.
    """
    arrives = math.exp(-hazard * pressure)
    return vehicles * ((1.0 - arrives) * severity + arrives * fight_loss)
