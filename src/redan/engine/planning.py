"""Phase 3: orders. A course shares out effort and chooses cells; triggers change its phase."""

from __future__ import annotations

import math
from typing import Any

from redan.engine.contact import density_at
from redan.engine.journal import write_log
from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.numerics.inverse import gumbel_quantile
from redan.rules.assault import attack_density
from redan.rules.orders import effort_capacity, target_score
from redan.vocabulary.codes import (
    ATTACKER,
    DECISION_ATTACK_CHOICE,
    DECISION_LAST_TARGET,
    DEFENDER,
    LOG_PAUSE,
    LOG_PHASE,
    LOG_TRIGGER,
    SCHEDULE_EFFORT,
    TRIGGER_DAY,
    TRIGGER_DISTANCE,
    TRIGGER_EXECUTED,
    TRIGGER_NECK,
    TRIGGER_PHASE_DAYS,
    TRIGGER_READINESS,
    TRIGGER_STRENGTH,
    TRIGGER_SUPPLY,
    TRIGGER_TAKEN,
)


@kernel
def trigger_value(kind: int, o: int, day: int, world: Any, sides: Any, objectives: Any) -> float:
    """What a trigger watches, now."""
    if kind == TRIGGER_PHASE_DAYS:
        return float(day - world[0].phase_day)
    if kind == TRIGGER_READINESS:
        return float(sides[ATTACKER].power_share)
    if kind == TRIGGER_STRENGTH:
        return float(sides[ATTACKER].strength)
    if kind == TRIGGER_EXECUTED:
        return float(world[0].executed_share)
    if kind == TRIGGER_DAY or o < 0:
        return float(day)
    target = objectives[o]
    if kind == TRIGGER_TAKEN:
        return float(target.occupied)
    if kind == TRIGGER_SUPPLY:
        return float(target.supply)
    if kind == TRIGGER_DISTANCE:
        return float(target.front_km)
    if kind == TRIGGER_NECK:
        return float(target.neck_km)
    return math.nan


@kernel
def follow_triggers(
    trigger_phase: Any, trigger_kind: Any, trigger_entity: Any, trigger_sense: Any, trigger_threshold: Any,
    trigger_next: Any, day: int, world: Any, sides: Any, objectives: Any, log: Any,
) -> None:
    """Enter the next phase when the first of the present phase's triggers holds."""
    for t in range(trigger_phase.shape[0]):
        if trigger_phase[t] != world[0].phase:
            continue
        value = trigger_value(trigger_kind[t], trigger_entity[t], day, world, sides, objectives)
        if trigger_sense[t] * (value - trigger_threshold[t]) >= 0.0:
            world[0].phase = trigger_next[t]
            world[0].phase_day = day
            world[0].replan = 1
            write_log(log, day, LOG_PHASE, trigger_next[t], 0.0)
            write_log(log, day, LOG_TRIGGER, t, value)
            return


@kernel
def keep_pause(day: int, readiness: float, worn: float, days: float, world: Any, log: Any) -> bool:
    """Whether the course pauses today: for some days when the line is worn, and not again at once."""
    w = world[0]
    if day <= w.pause_until:
        return True
    if day == w.pause_until + 1:
        w.replan = 1  # attacks are taken up again
    if readiness > worn or day <= w.pause_until + int(days):
        return False
    w.pause_until = day + int(days) - 1
    w.replan = 1
    write_log(log, day, LOG_PAUSE, w.phase, days)
    return True


@kernel
def plan_effort(
    day: int, period: int, effort_level: float, pause_readiness: float, pause_days: float, schedule: Any,
    world: Any, sides: Any, cells: Any, contact_cells: Any, control: Any, log: Any, p: Any,
) -> None:
    """Assault-battalion-days the course orders today, from men, readiness, supply and drone pressure."""
    pressure = 0.0
    count = 0.0
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        if control[c] == ATTACKER:
            pressure += cells[c].pressure
            count += 1.0
    capacity = effort_capacity(
        sides[ATTACKER].line_men, p.battalion_men, sides[ATTACKER].power_share, p.attack_prepare_days,
        p.attack_prepare_days_drones, pressure / max(1.0, count), schedule[ATTACKER, SCHEDULE_EFFORT, period],
    )
    paused = pause_days > 0.0 and keep_pause(
        day, sides[ATTACKER].power_share, pause_readiness, pause_days, world, log
    )
    world[0].effort_ordered = 0.0 if paused else capacity * min(1.0, effort_level)


@kernel
def edge_capacity_men(world: Any, cells: Any, c: int, p: Any) -> float:
    """Attackers that can be brought onto one edge of a cell."""
    density = attack_density(
        p.attack_density_open, cells[c].own_pressure, p.attack_half_pressure, world[0].mobility
    )
    return density * world[0].edge_km


@kernel
def draw_preferences(patch_id: Any, cycle_key: Any, noise: Any, p: Any) -> None:
    """A commander's preferences among patches for the next weeks: Gumbel noise makes a choice a logit."""
    for c in range(noise.shape[0]):
        noise[c] = p.choice_noise * gumbel_quantile(uniform(cycle_key, DECISION_ATTACK_CHOICE, patch_id[c]))


@kernel
def enemy_share(c: int, side: int, neighbour: Any, control: Any, rings: int, queue: Any, mark: Any) -> float:
    """Share of the cells within `rings` of a cell that the other side controls.

    Over a fixed distance, not over the six neighbours, so that envelopment means the same at any resolution.
    `mark` is -1 everywhere before and after.
    """
    queue[0] = c
    mark[c] = 0
    head = 0
    tail = 1
    enemy = 0.0
    while head < tail:
        here = queue[head]
        head += 1
        if here != c and control[here] != side:
            enemy += 1.0
        if mark[here] == rings:
            continue
        for n in range(neighbour.shape[1]):
            b = neighbour[here, n]
            if b < 0:
                break
            if mark[b] < 0:
                mark[b] = mark[here] + 1
                queue[tail] = b
                tail += 1
    for i in range(tail):
        mark[queue[i]] = -1
    return enemy / max(1.0, tail - 1.0)


@kernel
def rings_within(reach_km: float, spacing_km: float) -> int:
    """Rings of cells that make up a distance, at least one."""
    return max(1, int(reach_km / spacing_km + 0.5))


@kernel
def has_footing(c: int, neighbour: Any, patch: Any, balance: Any, control: Any) -> bool:
    """Whether an attack on a cell can start from a patch that the attacker holds in the main, or its own.

    Else cells smaller than a patch would let an attack run on from a foothold of a few hundred metres.
    """
    for n in range(neighbour.shape[1]):
        a = neighbour[c, n]
        if a < 0:
            break
        if control[a] == ATTACKER and (patch[a] == patch[c] or balance[patch[a]] > 0):
            return True
    return False


@kernel
def score_patches(
    rings: int, queue: Any, mark: Any, neighbour: Any, patch: Any, balance: Any, built: Any, weights: Any,
    noise: Any,
    world: Any, sides: Any, cells: Any, control: Any, contact_cells: Any, manned_by: Any, flow_t: Any,
    p: Any,
) -> None:
    """Score the patches the defender holds on the line, but for their distance from an axis's goal.

    A patch's score is the mean over its contact cells and stands in its first cell.
    """
    most_flow = 1e-9
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        first = cells[patch[c]]
        first.score = 0.0
        first.patch_cells = 0.0
        first.patch_hold = 0.0
        if control[c] == DEFENDER:
            most_flow = max(most_flow, flow_t[c])
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        first = cells[patch[c]]
        if control[c] != DEFENDER or not has_footing(c, neighbour, patch, balance, control):
            continue
        density = density_at(cells, manned_by, c)
        weak = 1.0 / (1.0 + density / max(1.0, sides[DEFENDER].mean_density))
        flank = enemy_share(c, DEFENDER, neighbour, control, rings, queue, mark)
        first.score += target_score(
            0.0, p.choice_length_km, built[c], flank, flow_t[c] / most_flow, weak, weights[0], weights[1],
            weights[2], weights[3], weights[4], noise[c] + p.choice_envelop * flank,
        )
        first.patch_cells += 1.0
        if cells[c].share > 0.0:
            first.patch_hold = p.choice_hold
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        if patch[c] != c and control[c] == ATTACKER and cells[patch[c]].patch_cells > 0.0:
            cells[patch[c]].patch_hold = p.choice_hold  # part of the patch has been taken


@kernel
def nearest_contact_km(axis_km: Any, world: Any, control: Any, contact_cells: Any) -> float:
    """Distance of the defender's nearest contact cell from the goal of an axis."""
    nearest_km = 1e9
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        if control[c] == DEFENDER:
            nearest_km = min(nearest_km, axis_km[c])
    return nearest_km


@kernel
def choose_targets(
    patch_edge_km: float, neighbour: Any, patch: Any, axis: int, axis_km: Any, w_progress: float,
    budget: float, luck: float,
    world: Any, cells: Any, control: Any, contact_cells: Any, manned_by: Any, target_axis: Any, p: Any,
) -> None:
    """Give the axis the best patches until its battalion-days are spent; nearness to its goal counts here.

    A patch that costs more than is left is attacked with the chance that makes the mean right: an axis with
    a tenth of what one attack takes attacks in a tenth of the planning periods.
    """
    nearest_km = nearest_contact_km(axis_km, world, control, contact_cells)
    spent = 0.0
    while spent < budget:
        best = -1
        best_score = -1e17
        for i in range(world[0].n_contact):
            c = contact_cells[i]
            first = cells[patch[c]]
            if control[c] != DEFENDER or target_axis[c] >= 0 or first.patch_cells <= 0.0:
                continue
            score = first.score / first.patch_cells + first.patch_hold
            score -= w_progress * (axis_km[patch[c]] - nearest_km) / p.choice_length_km
            if score > best_score:
                best_score = score
                best = patch[c]
        if best < 0:
            return
        cost = patch_cost(best, patch_edge_km, neighbour, patch, world, cells, control, contact_cells,
        manned_by, p)
        if spent + cost > budget and luck * cost >= budget - spent:
            return
        for c in range(patch.shape[0]):
            if patch[c] == best and control[c] == DEFENDER:
                target_axis[c] = axis
        spent += max(cost, 1e-6)


@kernel
def patch_cost(
    first: int, patch_edge_km: float, neighbour: Any, patch: Any, world: Any, cells: Any, control: Any,
    contact_cells: Any, manned_by: Any, p: Any,
) -> float:
    """Battalion-days a day that attacking a patch takes: the men who would go in across its edges."""
    men = 0.0
    edges = 0.0
    most_edges = p.attack_edges_most * patch_edge_km / world[0].edge_km
    edges_of_stack = max(1.0, p.attack_front_km / world[0].edge_km)
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        if patch[c] != first or control[c] != DEFENDER:
            continue
        limit = edge_capacity_men(world, cells, c, p)
        for n in range(neighbour.shape[1]):
            a = neighbour[c, n]
            if a < 0:
                break
            if control[a] != ATTACKER or manned_by[a] < 0 or edges >= most_edges:
                continue
            edges += 1.0
            stack = cells[manned_by[a]]
            free = max(0.0, stack.stack_men - stack.committed_men)
            men += min(limit, free * p.assault_share / edges_of_stack)
    return men / p.assault_men_per_battalion_day


@kernel
def plan_attacks(
    key: Any, axis_id: Any, patch_edge_km: float, neighbour: Any, patch: Any, balance: Any,
    spacing_km: float, built: Any,
    axis_distance_km: Any, axis_effort: Any, weights: Any, noise: Any, world: Any, sides: Any, cells: Any,
    control: Any, contact_cells: Any, manned_by: Any, flow_t: Any, target_axis: Any, queue: Any, mark: Any,
    p: Any,
) -> None:
    """Choose the patches each axis attacks until the next planning day."""
    for c in range(target_axis.shape[0]):
        target_axis[c] = -1
    rings = rings_within(p.envelop_scale_km, spacing_km)
    score_patches(
        rings, queue, mark, neighbour, patch, balance, built, weights, noise, world, sides, cells, control,
        contact_cells, manned_by, flow_t, p,
    )
    for a in range(axis_effort.shape[0]):
        budget = axis_effort[a] * world[0].effort_ordered
        if budget > 0.0:
            choose_targets(
                patch_edge_km, neighbour, patch, a, axis_distance_km[a], weights[0], budget,
                uniform(key, DECISION_LAST_TARGET, axis_id[a]), world, cells, control, contact_cells,
                manned_by, target_axis, p,
            )
    world[0].replan = 0
