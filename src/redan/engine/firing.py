"""Phase 4: drones and fires on what stands and on what lies in depth."""

from __future__ import annotations

from typing import Any

from redan.engine.contact import density_at
from redan.engine.journal import write_log
from redan.numerics.compile import kernel
from redan.numerics.graph import UNREACHED
from redan.rules.drones import (
    depth_profile,
    drones_flown,
    hidden_share,
    kills_per_km,
    next_crews,
    sorties_per_km,
    vulnerability,
)
from redan.rules.evacuation import killed_share
from redan.rules.fires import fire_intensity, fire_losses
from redan.rules.works import occupation
from redan.vocabulary.codes import (
    ATTACKER,
    CAUSE_DRONES_LINE,
    CAUSE_FIRES,
    LAYER_DRONE_ZONE,
    LOG_BELT_REACHED,
    SCHEDULE_DRONES,
    SCHEDULE_GUNS,
    SCHEDULE_JAMMING,
)


@kernel
def load_sides(period: int, schedule: Any, layers: Any, world: Any, sides: Any, p: Any) -> None:
    """Sorties and fires per km each side can put on the other today, over the whole line; its drone store."""
    front = world[0].front_km
    on = float(layers[LAYER_DRONE_ZONE])
    for s in range(2):
        side = sides[s]
        delivered = p.attacker_drones_per_day if s == ATTACKER else p.defender_drones_per_day
        delivered *= schedule[s, SCHEDULE_DRONES, period]
        flown = drones_flown(side.drone_stock, delivered, side.drone_crews, p.crew_margin, world[0].flying)
        kept = side.drone_stock + delivered - flown
        side.drone_stock = min(kept, p.drone_stock_limit_days * delivered)
        side.drone_crews = next_crews(side.drone_crews, delivered, p.crew_training_days)
        enemy_jamming = p.defender_jamming if s == ATTACKER else p.attacker_jamming
        jammed = min(0.95, enemy_jamming * schedule[1 - s, SCHEDULE_JAMMING, period])
        side.sorties_per_km = on * sorties_per_km(flown, front, jammed)
        guns = p.attacker_guns if s == ATTACKER else p.defender_guns
        side.fires = fire_intensity(
            guns, front, side.power_share, schedule[s, SCHEDULE_GUNS, period], p.reference_guns_per_km
        )
    for s in range(2):
        pressure = sides[1 - s].sorties_per_km / p.reference_sorties_per_km
        sides[s].killed_share = killed_share(
            pressure, p.killed_share_open, p.killed_share_denied, p.evacuation_half_pressure
        )


@kernel
def concentration(density: float, mean_density: float, follow: float) -> float:
    """How far crews and guns follow the men: 1 - f + f * density / mean, at most three times the mean."""
    if mean_density <= 0.0:
        return 1.0
    return 1.0 - follow + follow * min(3.0, density / mean_density)


@kernel
def standing_works(cells: Any, c: int) -> float:
    """Maturity of a cell's works as far as they are occupied. Every use of works on the line goes by this."""
    return float(cells[c].works * cells[c].occupied)


@kernel
def fire_phase(
    day: int, neighbour: Any, cover: Any, cell_belt: Any, world: Any, sides: Any, cells: Any, control: Any,
    contact_cells: Any, contact_edges: Any, manned_by: Any, expected_loss: Any, log: Any, p: Any,
) -> None:
    """Pressure and fires on every contact cell, and the losses of the men who hold it."""
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        cells[c].density = density_at(cells, manned_by, c)
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
                density += cells[b].density
                facing += 1.0
        local = concentration(density / max(1.0, facing), sides[enemy].mean_density, p.crews_follow_men)
        here = cells[c]
        if here.occupied < 1.0:
            if here.occupied <= 0.0 and cell_belt[c] >= 0 and side != ATTACKER:
                write_log(log, day, LOG_BELT_REACHED, c, 1.0 if here.stack_men > 0.0 else 0.0)
            here.occupied = occupation(here.occupied, here.stack_men, p.occupy_days)
        seen = 1.0 - hidden_share(cover[c], world[0].leaf, p.leafless_hiding, p.cover_drone_hiding)
        sorties = sides[enemy].sorties_per_km * local * seen
        here.pressure = sorties / p.reference_sorties_per_km
        here.fires = sides[enemy].fires * local
        held = here.density
        own = concentration(held, sides[side].mean_density, p.crews_follow_men)
        here.own_pressure = sides[side].sorties_per_km * own * seen / p.reference_sorties_per_km
        s = manned_by[c]
        if s < 0:
            continue
        front = contact_edges[c] * world[0].edge_km
        forward = held * p.forward_share
        safe = vulnerability(standing_works(cells, c), p.works_protection)
        hit = kills_per_km(
            sorties * (1.0 - p.drone_depth_share), p.casualties_per_sortie, forward * safe,
            p.half_exposed_per_km
        )
        expected_loss[s, CAUSE_DRONES_LINE] += hit * front
        expected_loss[s, CAUSE_FIRES] += fire_losses(
            forward * front, 1.0, p.fire_loss_per_day, here.fires, p.fire_exponent, safe
        )


@kernel
def fill_profile(profile: Any, spacing_km: float, half_depth_km: float, scale_km: float) -> None:
    """Tabulate a profile over rings of cells, once per replication."""
    for k in range(profile.shape[0]):
        profile[k] = depth_profile((k + 0.5) * spacing_km, half_depth_km, scale_km)


@kernel
def profile_at(profile: Any, ring: Any, c: int, more_rings: int) -> float:
    """Share of the hazard left at a cell, or `more_rings` behind it; 0 where the line is out of reach."""
    if ring[c] >= UNREACHED:
        return 0.0
    return float(profile[min(profile.shape[0] - 1, ring[c] + more_rings)])
