"""Losses: expected ones become whole men, formation by formation, and are booked to ledger and cause."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from redan.engine.firing import profile_at
from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.numerics.inverse import count_quantile, round_random
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
    side: int, c: int, line_share: float, depth_loss: float, total: float, lost: float, expected_loss: Any,
    cause: Any, world: Any,
) -> None:
    """Spread whole losses over causes in proportion to what was expected of each."""
    if total <= 0.0 or lost <= 0.0:
        return
    scale = lost / total
    for k in range(expected_loss.shape[1]):
        cause[side, k] += expected_loss[c, k] * line_share * scale
    cause[side, CAUSE_DRONES_DEPTH] += depth_loss * scale
    world[0].depth_losses += depth_loss * scale


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
def loss_phase(
    formation_id: Any, spacing_km: float, day: int, key: Any, world: Any, sides: Any, cells: Any,
    formations: Any, ring: Any, nearest: Any, profile: Any, expected_loss: Any, ledger: Any, cause: Any,
    p: Any,
) -> None:
    """Draw every formation's losses of the day, then wear and restore its cohesion."""
    lose_armour(key, sides, p)
    rear_rings = int(p.rear_echelon_km / spacing_km + 0.5)
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.duty >= GONE or unit.men <= 0.0:
            continue
        c = unit.cell
        line_share = 0.0
        rear_men = unit.men
        attacking = 0.0
        total = 0.0
        deeper = 0
        # who came after the morning's muster has no share in what was expected of its stack
        if unit.duty == LINE and cells[c].stack_men > 0.0 and unit.arrival_day != day:
            line_share = unit.men / cells[c].stack_men
            for k in range(expected_loss.shape[1]):
                total += expected_loss[c, k] * line_share
            rear_men = unit.men * (1.0 - p.forward_share)
            deeper = rear_rings
            attacking = min(1.0, cells[c].stack_attack_edges)
        left = profile_at(profile, ring, c, deeper)
        depth_loss = 0.0
        if left > 0.0:
            depth_loss = rear_men * p.depth_loss_per_day * cells[nearest[c]].pressure * left
        total += depth_loss
        lost = 0.0
        if total > 0.0:
            decision = DECISION_LOSSES_ATTACKER if unit.side == ATTACKER else DECISION_LOSSES_DEFENDER
            lost = min(
                unit.men, count_quantile(uniform(key, decision, formation_id[f]), total, p.loss_dispersion)
            )
        share = lost / unit.men
        if lost > 0.0:
            book_cause(unit.side, c, line_share, depth_loss, total, lost, expected_loss, cause, world)
            split = uniform(key, DECISION_SPLIT_KILLED, formation_id[f])
            book_losses(unit, sides, ledger, lost, p.wounded_return_share, split)
        unit.loss_10d = 0.9 * unit.loss_10d + share
        recovery = p.cohesion_recovery if unit.duty != LINE else p.cohesion_line_recovery
        unit.cohesion = next_cohesion(
            unit.cohesion, share, attacking, p.cohesion_loss_weight, p.cohesion_attack_tire, recovery
        )
