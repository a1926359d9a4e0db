"""Phase 8: rout of formations, withdrawal of garrisons, and what becomes of strongholds behind the front."""

from __future__ import annotations

import math
from typing import Any

from redan.engine.attrition import book_losses
from redan.engine.contact import rearward
from redan.engine.ground import nearest_safe
from redan.engine.journal import write_log
from redan.engine.planning import enemy_share, rings_within
from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.numerics.graph import UNREACHED
from redan.numerics.inverse import count_quantile, round_random
from redan.rules.cohesion import break_hazard
from redan.vocabulary.codes import (
    CAUSE_WITHDRAWAL,
    DECISION_CAPTURED,
    DECISION_LEAVE,
    DECISION_MARCH_OUT,
    DECISION_ROUT,
    DECISION_SPLIT_KILLED,
    DECISION_SURRENDER,
    DECISION_WITHDRAW,
    DEFENDER,
    GONE,
    LEDGER_CAPTURED,
    LINE,
    LOG_GARRISON_ROUT,
    LOG_ORDER_OUT,
    LOG_ORDER_OUT_CORRIDOR,
    LOG_ORDER_OUT_LOSSES,
    LOG_ORDER_OUT_SUPPLY,
    LOG_ROUT,
    LOG_TRAPPED,
    LOG_WITHDRAWAL,
    LOG_WITHDRAWAL_LOSSES,
    RESERVE,
    RESTING,
    SITE_EMPTY,
    SITE_HELD,
)


@kernel
def leave_salient(
    f: int, formation_id: Any, neighbour: Any, x_km: Any, y_km: Any, spacing_km: float, day: int, key: Any,
    cut_off: bool, around: float, world: Any, sides: Any, formations: Any, control: Any, ring: Any,
    distance: Any, ledger: Any, cause: Any, log: Any, p: Any,
) -> bool:
    """A commander leaves a salient in time, or breaks out of a pocket: a decision with losses on the way."""
    unit = formations[f]
    u = uniform(key, DECISION_LEAVE, formation_id[f])
    if cut_off:
        if u >= p.break_out_per_day:
            return False
        goal = nearest_safe(unit.cell, unit.side, p.break_out_km, x_km, y_km, control, distance)
        if goal < 0:
            return False
        unit.cell = goal
        neck = 0.0
    else:
        if unit.side != DEFENDER or around < p.salient_share or u >= p.leave_salient_per_day:
            return False
        rings = rings_within(p.ground_lost_reference_km, spacing_km)
        unit.cell = rearward(neighbour, control, ring, unit.cell, rings)
        neck = 10.0
    march_losses(f, formation_id, key, neck, 0.0, world, sides, formations, ledger, cause, p)
    world[0].manning_stale = 1
    return True


@kernel
def rout_phase(
    formation_id: Any, neighbour: Any, x_km: Any, y_km: Any, spacing_km: float, day: int, key: Any,
    world: Any, sides: Any, cells: Any, formations: Any, objectives: Any, control: Any, contact_edges: Any,
    ring: Any, distance: Any, queue: Any, mark: Any, ledger: Any, cause: Any, log: Any, p: Any,
) -> None:
    """Each line formation may break; one with no way out that is starved gives up."""
    rest_rings = int(p.rest_depth_km / spacing_km) + 1
    rings = rings_within(p.envelop_scale_km, spacing_km)
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.duty != LINE or ring[unit.cell] > 0 or unit.men <= 0.0:
            continue
        cut_off = distance[unit.cell] >= UNREACHED
        around = contact_edges[unit.cell] / 6.0  # one ring; farther where the cells are small
        if rings > 1:
            around = enemy_share(unit.cell, unit.side, neighbour, control, rings, queue, mark)
        if cut_off and unit.short_days > p.isolation_grace_days:
            starving = 1.0 - math.exp(-p.surrender_base_per_day * unit.short_days)
            if uniform(key, DECISION_SURRENDER, formation_id[f]) < starving:
                ledger[unit.side, LEDGER_CAPTURED] += unit.men
                write_log(log, day, LOG_TRAPPED, f, unit.men)
                unit.men = 0.0
                unit.duty = GONE
                world[0].manning_stale = 1
                continue
        pressed = cut_off or around >= p.salient_share
        if pressed and leave_salient(
            f, formation_id, neighbour, x_km, y_km, spacing_km, day, key, cut_off, around, world, sides,
            formations, control, ring, distance, ledger, cause, log, p,
        ):
            continue
        u = uniform(key, DECISION_ROUT, formation_id[f])
        if u >= p.break_cap_per_day:  # no hazard is above its cap, and most draws are
            continue
        neck = 0.0 if cut_off else 10.0 * min(1.0, 2.0 * (1.0 - around))
        hazard = break_hazard(
            p.rout_base_per_day, p.break_neck_weight, p.break_supply_weight, p.break_loss_weight, neck,
            unit.effect, unit.loss_10d, p.break_cap_per_day,
        )
        if u >= hazard:
            continue
        caught = min(
            unit.men,
            round_random(
                unit.men * p.captured_in_rout * around, uniform(key, DECISION_CAPTURED, formation_id[f])
            ),
        )
        unit.men -= caught
        ledger[unit.side, LEDGER_CAPTURED] += caught
        write_log(log, day, LOG_ROUT, f, unit.men)
        if unit.objective >= 0:
            objectives[unit.objective].routed_men += unit.men
            write_log(log, day, LOG_GARRISON_ROUT, unit.objective, unit.men)
        unit.cohesion = p.rout_cohesion
        unit.counter_days = 0
        if not cut_off:
            unit.cell = rearward(neighbour, control, ring, unit.cell, rest_rings)
            unit.duty = RESTING
        world[0].manning_stale = 1


@kernel
def decide_withdrawals(
    objective_id: Any, day: int, key: Any, objectives: Any, formations: Any, log: Any, p: Any
) -> None:
    """The commander of a threatened garrison may order it out: a hazard, then a delay."""
    for o in range(objectives.shape[0]):
        target = objectives[o]
        if target.left == 1 or target.withdraw_day >= 0 or target.garrison_men <= 0.0:
            continue
        threatened = target.neck_km < 10.0 or target.occupied + target.infiltrated >= p.withdraw_contest_share
        if target.edge_km > p.threat_distance_km or not threatened or target.neck_km <= 0.0:
            continue
        men = 0.0
        loss = 0.0
        for f in range(formations.shape[0]):
            unit = formations[f]
            if unit.objective == o and unit.duty < GONE:
                men += unit.men
                loss += unit.men * unit.loss_10d
        hazard = break_hazard(
            p.withdraw_base_per_day, p.break_neck_weight, p.break_supply_weight, p.break_loss_weight,
            target.neck_km, target.supply, loss / max(1.0, men), p.break_cap_per_day,
        )
        if uniform(key, DECISION_WITHDRAW, objective_id[o]) < hazard:
            target.withdraw_day = day + int(p.withdraw_delay_days)
            write_log(log, day, LOG_ORDER_OUT, o, hazard)
            write_log(log, day, LOG_ORDER_OUT_CORRIDOR, o, target.neck_km)
            write_log(log, day, LOG_ORDER_OUT_SUPPLY, o, target.supply)
            write_log(log, day, LOG_ORDER_OUT_LOSSES, o, loss / max(1.0, men))


@kernel
def march_out(
    formation_id: Any, f: int, neighbour: Any, key: Any, rings: int, neck_km: float, world: Any, sides: Any,
    formations: Any, control: Any, ring: Any, ledger: Any, cause: Any, p: Any,
) -> float:
    """One formation leaves its town for the rear. Returns men who left."""
    unit = formations[f]
    deep = max(0.0, 1.0 - 3.0 / max(3.0, p.withdraw_depth_km))
    march_losses(f, formation_id, key, neck_km, deep, world, sides, formations, ledger, cause, p)
    unit.cell = rearward(neighbour, control, ring, unit.cell, rings)
    unit.duty = RESERVE
    unit.counter_days = 0
    unit.objective = -1
    world[0].manning_stale = 1
    return float(unit.men)


@kernel
def march_losses(
    f: int, formation_id: Any, key: Any, neck_km: float, deep: float, world: Any, sides: Any,
    formations: Any, ledger: Any, cause: Any, p: Any
) -> None:
    """Losses of a formation on its way out, which grow as the corridor narrows; some are captured.

    `deep` is the share of the way that lies more than 3 km behind the line.
    """
    unit = formations[f]
    risk = p.withdraw_loss_narrow + (p.withdraw_loss_wide - p.withdraw_loss_narrow) * min(1.0, neck_km / 10.0)
    lost = min(
        unit.men, count_quantile(
            uniform(key, DECISION_MARCH_OUT, formation_id[f]), unit.men * risk, p.loss_dispersion
        )
    )
    caught = min(
        unit.men - lost,
        round_random(lost * p.withdraw_captured_per_loss, uniform(key, DECISION_CAPTURED, formation_id[f])),
    )
    if lost > 0.0:
        book_losses(
            unit, sides, ledger, lost, p.wounded_return_share,
            uniform(key, DECISION_SPLIT_KILLED, formation_id[f]),
        )
        cause[unit.side, CAUSE_WITHDRAWAL] += lost
        world[0].depth_losses += deep * lost
    unit.men -= caught
    ledger[unit.side, LEDGER_CAPTURED] += caught


@kernel
def withdraw_garrisons(
    formation_id: Any, site_objective: Any, objective_edge_km: Any, neighbour: Any, spacing_km: float,
    day: int, key: Any, world: Any, sides: Any, cells: Any, objectives: Any, formations: Any, sites: Any,
    control: Any, ring: Any, ledger: Any, cause: Any, log: Any, p: Any,
) -> None:
    """Carry out withdrawals whose day has come: the garrison leaves, its strongholds stand empty."""
    rings = int(p.withdraw_depth_km / spacing_km) + 1
    for o in range(objectives.shape[0]):
        target = objectives[o]
        if target.withdraw_day != day or target.left == 1:
            continue
        men = 0.0
        before = 0.0
        for f in range(formations.shape[0]):
            unit = formations[f]
            if unit.objective == o and unit.duty <= RESTING and unit.duty != 2:
                before += unit.men
                men += march_out(
                    formation_id, f, neighbour, key, rings, target.neck_km, world, sides, formations, control,
                    ring, ledger, cause, p,
                )
        for g in range(sites.shape[0]):
            if site_objective[g] == o and sites[g].state == SITE_HELD:
                sites[g].state = SITE_EMPTY
        for c in range(control.shape[0]):
            if control[c] == DEFENDER and objective_edge_km[o, c] <= p.abandoned_radius_km:
                cells[c].abandoned = 1.0
        target.left = 1
        target.garrison_men = 0.0
        write_log(log, day, LOG_WITHDRAWAL, o, men)
        write_log(log, day, LOG_WITHDRAWAL_LOSSES, o, before - men)
