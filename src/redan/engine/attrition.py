"""Losses: expected ones become whole men, formation by formation, and are booked to ledger and cause."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from redan.engine.firing import profile_at
from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.numerics.inverse import count_quantile, count_quantiles, round_random
from redan.rules.cohesion import next_cohesion
from redan.vocabulary.codes import (
    ATTACKER,
    CAUSE_DRONES_DEPTH,
    DECISION_ARMOUR,
    DECISION_LOSSES_ATTACKER,
    DECISION_LOSSES_DEFENDER,
    DECISION_SPLIT_KILLED,
    GONE,
    LEDGER_KILLED,
    LEDGER_WOUNDED,
    LINE,
)


@kernel
def book_losses(
    unit: Any, sides: Any, ledger: Any, lost: float, return_share: float, u: float,
) -> None:
    """Take `lost` men off a formation: killed, or wounded out of whom a share may return."""
    killed = min(lost, round_random(lost * sides[unit.side].killed_share, u))
    unit.men -= lost
    ledger[unit.side, LEDGER_KILLED] += killed
    ledger[unit.side, LEDGER_WOUNDED] += lost - killed
    sides[unit.side].wounded_pool += (lost - killed) * return_share


@kernel
def book_cause(
    side: int, c: int, in_line: float, behind: float, total: float, lost: float, expected_loss: Any,
    cause: Any, world: Any,
) -> None:
    """Spread whole losses over causes in proportion to what was expected of each."""
    if total <= 0.0 or lost <= 0.0:
        return
    scale = lost / total
    for k in range(expected_loss.shape[1]):
        cause[side, k] += expected_loss[c, k] * in_line * scale
    cause[side, CAUSE_DRONES_DEPTH] += behind * scale
    world[0].depth_losses += behind * scale


@kernel
def lose_armour(key: Any, sides: Any, p: Any) -> None:
    """The day's expected losses of armour become whole vehicles."""
    for s in range(2):
        side = sides[s]
        if side.armour_hit <= 0.0:
            continue
        u = uniform(key, DECISION_ARMOUR, np.uint64(s))
        lost = min(math.floor(side.armour), count_quantile(u, side.armour_hit, p.loss_dispersion))
        side.armour -= lost
        side.armour_lost += lost
        side.armour_hit = 0.0


@kernel
def line_share(unit: Any, day: int, cells: Any) -> float:
    """A formation's share in what is expected of its stack; who came after the morning's muster has none."""
    men = cells[unit.cell].stack_men
    return unit.men / men if unit.duty == LINE and men > 0.0 and unit.arrival_day != day else 0.0


@kernel
def depth_loss(
    unit: Any, share: float, rear_rings: int, cells: Any, ring: Any, nearest: Any, profile: Any, p: Any
) -> float:
    """Men whom drones should hit behind the line; of a line formation (share > 0) in its rear echelon."""
    c = unit.cell
    left = profile_at(profile, ring, c, rear_rings if share > 0.0 else 0)
    if left <= 0.0:
        return 0.0
    rear_men = unit.men * (1.0 - p.forward_share) if share > 0.0 else unit.men
    return float(rear_men * p.depth_loss_per_day * cells[nearest[c]].pressure * left)


@kernel
def expect_losses(
    formation_id: Any, rear_rings: int, day: int, key: Any, cells: Any, formations: Any, ring: Any,
    nearest: Any, profile: Any, expected_loss: Any, expected_men: Any, luck: Any, p: Any,
) -> None:
    """What each formation is expected to lose today, and its draw where that is anything."""
    for f in range(formations.shape[0]):
        unit = formations[f]
        expected_men[f] = 0.0
        luck[f] = 0.5
        if unit.duty >= GONE or unit.men <= 0.0:
            continue
        share = line_share(unit, day, cells)
        total = 0.0
        if share > 0.0:
            for k in range(expected_loss.shape[1]):
                total += expected_loss[unit.cell, k] * share
        total += depth_loss(unit, share, rear_rings, cells, ring, nearest, profile, p)
        expected_men[f] = total
        if total > 0.0:
            decision = DECISION_LOSSES_ATTACKER if unit.side == ATTACKER else DECISION_LOSSES_DEFENDER
            luck[f] = uniform(key, decision, formation_id[f])


@kernel
def loss_phase(
    formation_id: Any, spacing_km: float, day: int, key: Any, world: Any, sides: Any, cells: Any,
    formations: Any, ring: Any, nearest: Any, profile: Any, expected_loss: Any, ledger: Any, cause: Any,
    expected_men: Any, luck: Any, lost_men: Any, p: Any,
) -> None:
    """Draw every formation's losses of the day, then wear and restore its cohesion."""
    lose_armour(key, sides, p)
    rear_rings = int(p.rear_echelon_km / spacing_km + 0.5)
    expect_losses(
        formation_id, rear_rings, day, key, cells, formations, ring, nearest, profile, expected_loss,
        expected_men, luck, p,
    )
    count_quantiles(luck, expected_men, p.loss_dispersion, formations.shape[0], lost_men)
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.duty >= GONE or unit.men <= 0.0:
            continue
        in_line = line_share(unit, day, cells)
        lost = min(unit.men, lost_men[f])
        share = lost / unit.men
        if lost > 0.0:
            behind = depth_loss(unit, in_line, rear_rings, cells, ring, nearest, profile, p)
            book_cause(
                unit.side, unit.cell, in_line, behind, expected_men[f], lost, expected_loss, cause, world
            )
            split = uniform(key, DECISION_SPLIT_KILLED, formation_id[f])
            book_losses(unit, sides, ledger, lost, p.wounded_return_share, split)
        attacking = min(1.0, cells[unit.cell].stack_attack_edges) if in_line > 0.0 else 0.0
        unit.loss_10d = 0.9 * unit.loss_10d + share
        recovery = p.cohesion_recovery if unit.duty != LINE else p.cohesion_line_recovery
        unit.cohesion = next_cohesion(
            unit.cohesion, share, attacking, p.cohesion_loss_weight, p.cohesion_attack_tire, recovery
        )
