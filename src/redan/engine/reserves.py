"""Phase 3 continued: who is sent where, who arrives, who is relieved. One policy for each side, all
courses.
"""

from __future__ import annotations

import math
from typing import Any

from redan.engine.contact import density_at, rearward
from redan.engine.journal import write_log
from redan.engine.marching import march_under_drones
from redan.numerics.compile import kernel
from redan.numerics.graph import UNREACHED
from redan.rules.orders import march_days, reinforcement_need
from redan.vocabulary.codes import (
    ATTACKER,
    DECISION_RELIEF,
    DECISION_RESERVE_ARRIVES,
    DEFENDER,
    GONE,
    LAYER_COUNTER_ATTACK,
    LAYER_RESERVES,
    LEDGER_CAPTURED,
    LINE,
    LOG_COUNTER_ATTACK,
    LOG_TRAPPED,
    MARCHING,
    RESERVE,
    RESTING,
)

NO_NEED = -1e18


@kernel
def measure_needs(
    neighbour: Any, patch: Any, spacing_km: float, day: int, side: int, wanted: float, world: Any, cells: Any,
    control: Any, contact_cells: Any, manned_by: Any, target_axis: Any, lost_day: Any, distance: Any, p: Any,
) -> None:
    """Need of every contact cell of one side: thin, attacked (or chosen for attack), giving way;
    the same for all of a side in one patch.
    """
    recent = p.recent_loss_days * min(1.0, spacing_km / p.ground_lost_reference_km)  # small cells fall often
    for i in range(world[0].n_contact):
        first = cells[patch[contact_cells[i]]]
        first.score = 0.0
        first.patch_cells = 0.0
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        cells[c].need = NO_NEED
        if control[c] != side or cells[c].abandoned > 0.0 or distance[c] >= UNREACHED:
            continue  # nobody is sent where the town is given up, or into a pocket
        attacked = 0.0
        progress = 0.0
        if side == DEFENDER:
            attacked = 1.0 if target_axis[c] >= 0 else 0.0
            progress = cells[c].share
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if control[b] == side:
                continue
            if side == ATTACKER and target_axis[b] >= 0:
                attacked = 1.0
            if side == DEFENDER and day - lost_day[b] < recent:
                progress = max(progress, 0.5)
        density = density_at(cells, manned_by, c)
        cells[c].need = reinforcement_need(
            density, wanted, attacked, progress, p.need_attacked, p.need_progress
        )
        cells[patch[c]].score += cells[c].need
        cells[patch[c]].patch_cells += 1.0
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        if cells[c].need > NO_NEED:
            cells[c].need = cells[patch[c]].score / cells[patch[c]].patch_cells


@kernel
def find_donor(
    x_km: Any, y_km: Any, side: int, goal: int, wanted: float, reserves_on: int, formations: Any, cells: Any,
    target_axis: Any, distance: Any, p: Any,
) -> int:
    """Nearest reserve, or else nearest line formation from a quiet stack with men to spare; -1 none."""
    best = -1
    best_km = p.reinforce_range_km
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.side != side or unit.cell == goal:
            continue
        if unit.duty == RESERVE:
            if reserves_on == 0 or unit.post == 1 or distance[unit.cell] >= UNREACHED:
                continue
            extra = 0.0
        elif unit.duty == LINE:
            stack = cells[unit.cell]
            spare = stack.stack_men - unit.men >= wanted * p.quiet_share * stack.stack_front_km
            if not spare or stack.stack_attack_edges > 0.0 or target_axis[unit.cell] >= 0:
                continue
            extra = p.line_donor_penalty_km
        else:
            continue
        dx = x_km[unit.cell] - x_km[goal]
        dy = y_km[unit.cell] - y_km[goal]
        away = math.sqrt(dx * dx + dy * dy) + extra
        if away < best_km:
            best_km = away
            best = f
    return best


@kernel
def send(
    x_km: Any, y_km: Any, day: int, f: int, goal: int, counter_days: int, world: Any, sides: Any,
    formations: Any, p: Any
) -> None:
    """Set a formation marching; it leaves the line today and arrives when the march is done."""
    unit = formations[f]
    away = math.hypot(x_km[unit.cell] - x_km[goal], y_km[unit.cell] - y_km[goal])
    if unit.duty == LINE:
        world[0].manning_stale = 1
    unit.duty = MARCHING
    unit.target = goal
    unit.arrival_day = day + march_days(away, p.reinforce_km_per_day * world[0].mobility)
    unit.counter_days = counter_days
    sides[unit.side].sent_men += unit.men
    if counter_days > 0:
        world[0].counter_ordered += unit.men


@kernel
def dispatch(
    neighbour: Any, patch: Any, spacing_km: float, x_km: Any, y_km: Any, layers: Any, day: int, side: int,
    moves: int,
    world: Any, sides: Any, cells: Any, formations: Any, control: Any, contact_cells: Any, manned_by: Any,
    target_axis: Any, lost_day: Any, distance: Any, p: Any,
) -> None:
    """Send up to `moves` formations of one side where they are wanted most."""
    wanted = max(p.thin_density, p.wanted_density_share * sides[side].mean_density)
    measure_needs(
        neighbour, patch, spacing_km, day, side, wanted, world, cells, control, contact_cells, manned_by,
        target_axis, lost_day, distance, p,
    )
    reserves_on = 1 if side == ATTACKER else int(layers[LAYER_RESERVES])
    for _ in range(moves):
        goal = -1
        most = p.need_threshold
        for i in range(world[0].n_contact):
            c = contact_cells[i]
            if cells[c].need > most:
                most = cells[c].need
                goal = c
        if goal < 0:
            return
        f = find_donor(
            x_km, y_km, side, goal, wanted, reserves_on, formations, cells, target_axis, distance, p
        )
        if f < 0:
            cells[goal].need = NO_NEED
            continue
        counter = 0
        if side == DEFENDER and layers[LAYER_COUNTER_ATTACK] == 1 and cells[goal].need > p.need_counter:
            counter = int(p.counter_attack_days)
        for i in range(world[0].n_contact):  # one formation serves the whole patch
            if patch[contact_cells[i]] == patch[goal]:
                cells[contact_cells[i]].need -= 1.0
        send(x_km, y_km, day, f, goal, counter, world, sides, formations, p)


@kernel
def arrive(
    formation_id: Any, neighbour: Any, spacing_km: float, day: int, key: Any, world: Any, sides: Any,
    cells: Any, formations: Any, control: Any, ring: Any, nearest: Any, ledger: Any, cause: Any, log: Any,
    p: Any,
) -> None:
    """Marches that end today: losses on the way through the drone zone, then the line, or back if cut off."""
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.duty != MARCHING or unit.arrival_day > day:
            continue
        goal = unit.target
        if control[goal] != unit.side:
            goal = unit.cell
            for n in range(neighbour.shape[1]):
                b = neighbour[unit.target, n]
                if b < 0:
                    break
                if control[b] == unit.side:
                    goal = b
                    break
        if control[goal] != unit.side:  # neither where it went nor where it came from is its own
            ledger[unit.side, LEDGER_CAPTURED] += unit.men
            write_log(log, day, LOG_TRAPPED, f, unit.men)
            sides[unit.side].lost_marching_men += unit.men
            unit.men = 0.0
            unit.duty = GONE
            continue
        sides[unit.side].lost_marching_men += march_under_drones(
            f, goal, DECISION_RESERVE_ARRIVES, formation_id, spacing_km, key, world, sides, cells, formations,
            ring, nearest, ledger, cause, p,
        )
        sides[unit.side].reached_men += unit.men
        unit.cell = goal
        # one sent to a fall-back belt waits on it until the line comes
        waits = unit.post == 1 and ring[goal] > 0
        unit.duty = RESERVE if waits else LINE
        world[0].manning_stale = 1
        if unit.counter_days > 0:
            world[0].counter_arrived += unit.men
            write_log(log, day, LOG_COUNTER_ATTACK, goal, unit.men)


@kernel
def form_reserves(
    formation_id: Any, layers: Any, neighbour: Any, spacing_km: float, key: Any, side: int,
    wanted_share: float,
    world: Any, sides: Any, cells: Any, formations: Any, control: Any, ring: Any, nearest: Any, distance: Any,
    target_axis: Any, ledger: Any, cause: Any, p: Any,
) -> None:
    """Where a side has fewer reserves than its policy wants, pull one formation out of its densest quiet
    stack.
    """
    if side == DEFENDER and layers[LAYER_RESERVES] == 0:
        return
    total = 0.0
    reserves = 0.0
    best = -1
    densest = p.reserve_from_density * sides[side].mean_density
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.side != side:
            continue
        total += 1.0 if unit.duty <= RESTING else 0.0
        reserves += 1.0 if unit.duty == RESERVE or unit.duty == RESTING else 0.0
        if unit.duty != LINE or distance[unit.cell] >= UNREACHED or target_axis[unit.cell] >= 0:
            continue
        stack = cells[unit.cell]
        if stack.stack_front_km <= 0.0 or stack.stack_attack_edges > 0.0 or stack.stack_men <= unit.men:
            continue
        density = (stack.stack_men - unit.men) / stack.stack_front_km
        if density > densest:
            densest = density
            best = f
    if best >= 0 and reserves < wanted_share * total:
        unit = formations[best]
        back = rearward(neighbour, control, ring, unit.cell, int(p.reserve_depth_km / spacing_km) + 1)
        march_under_drones(
            best, back, DECISION_RELIEF, formation_id, spacing_km, key, world, sides, cells, formations, ring,
            nearest, ledger, cause, p,
        )
        unit.cell = back
        unit.duty = RESERVE
        world[0].manning_stale = 1


@kernel
def relieve(
    formation_id: Any, neighbour: Any, spacing_km: float, key: Any, world: Any, sides: Any, cells: Any,
    formations: Any, control: Any, ring: Any, nearest: Any, distance: Any, ledger: Any, cause: Any, p: Any,
) -> None:
    """Worn formations leave the line to refit; refitted ones become reserves. None leaves while cut off."""
    rest_rings = int(p.rest_depth_km / spacing_km) + 1
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.duty == LINE:
            worn = unit.men < p.relieve_strength * unit.full_men or unit.cohesion < p.relieve_cohesion
            if worn and distance[unit.cell] < UNREACHED:
                back = rearward(neighbour, control, ring, unit.cell, rest_rings)
                march_under_drones(
                    f, back, DECISION_RELIEF, formation_id, spacing_km, key, world, sides, cells, formations,
                    ring, nearest, ledger, cause, p,
                )
                unit.cell = back
                unit.duty = RESTING
                unit.counter_days = 0
                world[0].manning_stale = 1
        elif (unit.duty == RESERVE or unit.duty == RESTING) and ring[unit.cell] == 0:
            unit.duty = LINE  # the line has come to them
            unit.post = 0
            world[0].manning_stale = 1
        elif unit.duty == RESTING:
            fit = unit.men >= p.refit_strength * unit.full_men and unit.cohesion >= p.refit_cohesion
            if fit:
                unit.duty = RESERVE
