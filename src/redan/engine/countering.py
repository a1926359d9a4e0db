"""Phase 6: counter-attacks of the reserves that arrived."""

from __future__ import annotations

import math
from typing import Any

from redan.engine.assaulting import speed_into
from redan.engine.contact import density_at, power_share_at
from redan.engine.firing import standing_works
from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.rules.assault import (
    attack_density,
    edge_loss,
    posture_strength,
    success_probability,
    winning_speed,
)
from redan.rules.drones import vulnerability
from redan.rules.infiltration import harassment
from redan.vocabulary.codes import (
    ATTACKER,
    CAUSE_ASSAULT,
    CAUSE_DRONES_LINE,
    DECISION_COUNTER_ATTACK,
    DEFENDER,
    LINE,
)


@kernel
def counter_target(
    c: int, neighbour: Any, day: int, control: Any, lost_day: Any, cells: Any, recent_days: float,
) -> int:
    """Where a counter-attack from c goes: its own half-lost cell, else the neighbour lost last, else -1."""
    if cells[c].share > 0.0:
        return c
    best = -1
    last = -1
    for n in range(neighbour.shape[1]):
        b = neighbour[c, n]
        if b < 0:
            break
        if control[b] == ATTACKER and day - lost_day[b] < recent_days and lost_day[b] > last:
            last = lost_day[b]
            best = b
    return best


@kernel
def counter_phase(
    day: int, key: Any, formation_id: Any, neighbour: Any, patch: Any, spacing_km: float, built: Any,
    cover: Any,
    relief_m: Any, layers: Any, world: Any, sides: Any, cells: Any, formations: Any, control: Any,
    lost_day: Any, manned_by: Any, expected_loss: Any, p: Any,
) -> None:
    """Every defender's formation sent to counter-attack tries once a day while its days last."""
    front = p.attack_front_km
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.counter_days <= 0 or unit.duty != LINE or unit.side != DEFENDER or unit.arrival_day == day:
            continue
        unit.counter_days -= 1
        c = unit.cell
        target = counter_target(c, neighbour, day, control, lost_day, cells, p.recent_loss_days)
        if target < 0:
            continue
        pressure = cells[c].pressure
        density = attack_density(p.attack_density_open, pressure, p.attack_half_pressure, world[0].mobility)
        sent = min(unit.men * p.assault_share, density * front)
        caught = sent * (1.0 - math.exp(-p.approach_hazard * pressure))
        expected_loss[c, CAUSE_DRONES_LINE] += caught * p.approach_loss_severity
        men = sent - caught
        power = men * unit.cohesion * unit.effect * (1.0 + p.fire_support * sides[DEFENDER].fires)
        holders, bare, works = 0.0, 1e-9, 0.0
        if control[target] == ATTACKER:
            holders = density_at(cells, manned_by, target) * p.forward_share * front
            bare = holders * power_share_at(cells, manned_by, target)
            works = standing_works(cells, target)
        else:
            # the attackers in a half-taken cell belong to the stacks around it
            for n in range(neighbour.shape[1]):
                b = neighbour[c, n]
                if b >= 0 and control[b] == ATTACKER:
                    holders = max(holders, density_at(cells, manned_by, b) * p.forward_share * front)
                    bare = max(bare, holders * power_share_at(cells, manned_by, b))
        held = bare * posture_strength(works, p.works_gain, 0.0, 0.0)
        held *= (1.0 + p.fire_support * sides[ATTACKER].fires) * (
            1.0 - harassment(cells[target].grey_defender_men / spacing_km, p.harass_half_men)
        )
        won = uniform(key, DECISION_COUNTER_ATTACK, formation_id[f]) < success_probability(
            power / max(1e-9, p.effectiveness * held), p.success_slope, p.success_even_ratio
        )
        rate = p.loss_attacker_won if won else p.loss_attacker_failed
        expected_loss[c, CAUSE_ASSAULT] += edge_loss(men, held, power, rate, p.loss_exponent, p.loss_scale)
        charge_holders(target, neighbour, control, manned_by, expected_loss, edge_loss(
            holders, power, bare, p.loss_defender_lost if won else p.loss_defender_held, p.loss_exponent,
            p.loss_scale * vulnerability(works, p.works_protection),
        ))
        if won:
            speed = winning_speed(
                p.speed_open_km, p.speed_fortified_km, works, men / front,
                p.speed_full_density, p.speed_density_exponent,
            )
            ground = speed_into(target, 0.0, built, cover, relief_m, layers, world, p)
            push_back(target, p.tempo * speed * ground, neighbour, patch, day, control, lost_day, cells, p)


@kernel
def push_back(
    target: int, move_km: float, neighbour: Any, patch: Any, day: int, control: Any, lost_day: Any,
    cells: Any, p: Any
) -> None:
    """A counter-attack that carries drives through what is lost of the target's whole patch beside it."""
    cells[target].counter_km += move_km
    for n in range(neighbour.shape[1]):
        b = neighbour[target, n]
        if b < 0:
            break
        if patch[b] != patch[target]:
            continue
        lost = control[b] == ATTACKER and day - lost_day[b] < p.recent_loss_days
        if lost or (control[b] == DEFENDER and cells[b].share > 0.0):
            cells[b].counter_km += move_km


@kernel
def charge_holders(
    target: int, neighbour: Any, control: Any, manned_by: Any, expected_loss: Any, loss: float
) -> None:
    """Book the attacker's losses to the stack that holds the counter-attacked ground."""
    if control[target] == ATTACKER:
        if manned_by[target] >= 0:
            expected_loss[manned_by[target], CAUSE_ASSAULT] += loss
        return
    for n in range(neighbour.shape[1]):
        b = neighbour[target, n]
        if b < 0:
            break
        if control[b] == ATTACKER and manned_by[b] >= 0:
            expected_loss[manned_by[b], CAUSE_ASSAULT] += loss
            return
