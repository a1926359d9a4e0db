"""Phase 4: drones and fires on what stands and on what lies in depth."""

from __future__ import annotations

from typing import Any

from redan.engine.contact import density_at
from redan.numerics.compile import kernel
from redan.numerics.graph import UNREACHED
from redan.rules.drones import depth_profile, kills_per_km, sorties_per_km, vulnerability
from redan.rules.fires import fire_intensity, fire_losses
from redan.vocabulary.codes import (
    ATTACKER,
    CAUSE_DRONES_LINE,
    CAUSE_FIRES,
    DEFENDER,
    LAYER_DRONE_ZONE,
    SCHEDULE_DRONES,
    SCHEDULE_GUNS,
    SCHEDULE_JAMMING,
)


@kernel
def load_sides(period: int, schedule: Any, layers: Any, world: Any, sides: Any, p: Any) -> None:
    """Sorties and fires per km each side can put on the other today, over the whole line."""
    front = world[0].front_km
    on = float(layers[LAYER_DRONE_ZONE])
    jam_by_defender = min(0.95, p.defender_jamming * schedule[DEFENDER, SCHEDULE_JAMMING, period])
    jam_by_attacker = min(0.95, p.attacker_jamming * schedule[ATTACKER, SCHEDULE_JAMMING, period])
    flying = world[0].flying * (1.0 - p.leaf_drone_loss * world[0].leaf)
    sides[ATTACKER].sorties_per_km = on * sorties_per_km(
        p.attacker_drones_per_day, front, flying, jam_by_defender, schedule[ATTACKER, SCHEDULE_DRONES, period]
    )
    sides[DEFENDER].sorties_per_km = on * sorties_per_km(
        p.defender_drones_per_day, front, flying, jam_by_attacker, schedule[DEFENDER, SCHEDULE_DRONES, period]
    )
    sides[ATTACKER].fires = fire_intensity(
        p.attacker_guns, front, sides[ATTACKER].power_share, schedule[ATTACKER, SCHEDULE_GUNS, period],
        p.reference_guns_per_km,
    )
    sides[DEFENDER].fires = fire_intensity(
        p.defender_guns, front, sides[DEFENDER].power_share, schedule[DEFENDER, SCHEDULE_GUNS, period],
        p.reference_guns_per_km,
    )


@kernel
def concentration(density: float, mean_density: float, follow: float) -> float:
    """How far crews and guns follow the men: 1 - f + f * density / mean, at most three times the mean."""
    if mean_density <= 0.0:
        return 1.0
    return 1.0 - follow + follow * min(3.0, density / mean_density)


@kernel
def fire_phase(
    neighbour: Any, spacing_km: float, world: Any, sides: Any, cells: Any, control: Any, contact_cells: Any,
    contact_edges: Any, manned_by: Any, expected_loss: Any, p: Any,
) -> None:
    """Pressure and fires on every contact cell, and the losses of the men who hold it."""
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        side = control[c]
        enemy = 1 - side
        density = 0.0
        facing = 0.0
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if control[b] == enemy:
                density += density_at(cells, manned_by, b)
                facing += 1.0
        local = concentration(density / max(1.0, facing), sides[enemy].mean_density, p.crews_follow_men)
        here = cells[c]
        sorties = sides[enemy].sorties_per_km * local
        here.pressure = sorties / p.reference_sorties_per_km
        here.fires = sides[enemy].fires * local
        held = density_at(cells, manned_by, c)
        own = concentration(held, sides[side].mean_density, p.crews_follow_men)
        here.own_pressure = sides[side].sorties_per_km * own / p.reference_sorties_per_km
        s = manned_by[c]
        if s < 0:
            continue
        front = contact_edges[c] * world[0].edge_km
        forward = held * p.forward_share
        safe = vulnerability(here.works, p.works_protection)
        hit = kills_per_km(
            sorties * (1.0 - p.drone_depth_share), p.casualties_per_sortie, forward * safe,
            p.half_exposed_per_km
        )
        expected_loss[s, CAUSE_DRONES_LINE] += hit * front
        expected_loss[s, CAUSE_FIRES] += fire_losses(
            forward * front, 1.0, p.fire_loss_per_day, here.fires, safe
        )


@kernel
def fill_profile(profile: Any, spacing_km: float, p: Any) -> None:
    """Tabulate the drone zone's profile over rings of cells, once per replication."""
    for k in range(profile.shape[0]):
        profile[k] = depth_profile((k + 0.5) * spacing_km, p.drone_half_depth_km, p.drone_depth_scale_km)


@kernel
def profile_at(profile: Any, ring: Any, c: int, more_rings: int) -> float:
    """Share of the hazard left at a cell, or `more_rings` behind it; 0 where the line is out of reach."""
    if ring[c] >= UNREACHED:
        return 0.0
    return float(profile[min(profile.shape[0] - 1, ring[c] + more_rings)])
