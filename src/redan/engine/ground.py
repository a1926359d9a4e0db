"""Phase 7: ground changes hands; movement left over carries on; who stood there falls back or is caught."""

from __future__ import annotations

from typing import Any

from redan.engine.contact import density_at
from redan.engine.journal import write_log
from redan.engine.planning import enemy_share, rings_within
from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.numerics.graph import UNREACHED
from redan.numerics.inverse import normal_quantile, round_random
from redan.rules.strongholds import stay_behind
from redan.vocabulary.codes import (
    ATTACKER,
    DECISION_CAPTURED,
    DECISION_FLANK,
    DEFENDER,
    GONE,
    LAYER_STRONGHOLDS,
    LEDGER_CAPTURED,
    LOG_CONTROL,
    LOG_TRAPPED,
    MARCHING,
    RIM_FLANK,
    SITE_ACTIVE,
    SITE_CLEARED,
    SITE_EMPTY,
    SITE_HELD,
)


@kernel
def way_back(c: int, side: int, neighbour: Any, control: Any, ring: Any) -> int:
    """The neighbouring cell of the side farthest from the enemy, -1 if there is none."""
    best = -1
    deepest = -1
    for n in range(neighbour.shape[1]):
        b = neighbour[c, n]
        if b < 0:
            break
        if control[b] == side and ring[b] > deepest:
            deepest = ring[b]
            best = b
    return best


@kernel
def leave_garrisons(
    c: int, clears: int, layers: Any, site_cell: Any, shelter: Any, sites: Any, cells: Any, formations: Any,
    p: Any
) -> None:
    """When the defender loses a cell, part of its men go to ground in the strongholds there."""
    for g in range(site_cell.shape[0]):
        site = sites[g]
        if site_cell[g] != c or site.state != SITE_HELD:
            continue
        if layers[LAYER_STRONGHOLDS] == 0:
            site.state = SITE_EMPTY
            continue
        cleared = p.assault_clears if clears == 1 else p.seal_clears
        wanted = stay_behind(shelter[g], cells[c].stack_men, p.stay_behind_share, cleared)
        for f in range(formations.shape[0]):
            unit = formations[f]
            if wanted <= 0.0:
                break
            if unit.side == DEFENDER and unit.cell == c and unit.duty == 0:
                taken = min(wanted, float(int(unit.men * p.stay_behind_share)))
                unit.men -= taken
                site.garrison_men += taken
                wanted -= taken
        if site.garrison_men > 0.0:
            site.state = SITE_ACTIVE
        else:
            site.state = SITE_CLEARED if clears == 1 else SITE_EMPTY


@kernel
def nearest_safe(
    c: int, side: int, reach_km: float, x_km: Any, y_km: Any, control: Any, distance: Any
) -> int:
    """The nearest cell of the side with a way to supply, within reach; -1 none."""
    best = -1
    best_km2 = reach_km * reach_km
    for b in range(control.shape[0]):
        if control[b] != side or distance[b] >= UNREACHED or b == c:
            continue
        dx = x_km[b] - x_km[c]
        dy = y_km[b] - y_km[c]
        away = dx * dx + dy * dy
        if away <= best_km2:
            best_km2 = away
            best = b
    return best


@kernel
def evict(
    c: int, side: int, day: int, key: Any, formation_id: Any, neighbour: Any, x_km: Any, y_km: Any,
    spacing_km: float, control: Any, ring: Any, distance: Any, world: Any, formations: Any, walk: Any,
    mark: Any, ledger: Any, log: Any, p: Any,
) -> None:
    """Formations of the side that lost a cell fall back; the more enveloped, the more are captured.

    Shares captured and shaken are per km of ground lost, so that small cells catch no more than large ones.
    With no cell of their own beside them they break out to the nearest one,
    or are captured where there is none.
    """
    back = way_back(c, side, neighbour, control, ring)
    rings = rings_within(p.envelop_scale_km, spacing_km)
    around = enemy_share(c, side, neighbour, control, rings, walk, mark)
    ground = spacing_km / p.ground_lost_reference_km
    caught_share = p.captured_when_lost * ground
    caught_share += (p.captured_when_enveloped - p.captured_when_lost) * ground * max(
        0.0, (around - 0.5) / 0.5,
    )
    if back < 0:
        back = nearest_safe(c, side, p.break_out_km, x_km, y_km, control, distance)
        caught_share = p.captured_when_enveloped * ground if back >= 0 else 1.0
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.side != side or unit.cell != c or unit.duty >= GONE:
            continue
        if unit.duty == MARCHING:
            unit.cell = back if back >= 0 else unit.target
            continue
        u = uniform(key, DECISION_CAPTURED, formation_id[f])
        caught = min(unit.men, round_random(unit.men * min(1.0, caught_share), u))
        unit.men -= caught
        ledger[side, LEDGER_CAPTURED] += caught
        if caught > 0.0:
            write_log(log, day, LOG_TRAPPED, f, caught)
        if back < 0:
            unit.duty = GONE
        else:
            unit.cell = back
            unit.cohesion = max(0.05, unit.cohesion - p.cohesion_lost_ground * ground)
            unit.loss_10d += caught / max(1.0, unit.men + caught)
    world[0].manning_stale = 1


@kernel
def join_supply(c: int, side: int, neighbour: Any, control: Any, distance: Any, cells: Any) -> None:
    """Until routes are laid anew, a cell taken is fed as well as the best of its new neighbours."""
    distance[c] = UNREACHED
    cells[c].supply_share = 0.0
    for n in range(neighbour.shape[1]):
        b = neighbour[c, n]
        if b < 0:
            break
        if control[b] == side and distance[b] < UNREACHED:
            distance[c] = min(distance[c], distance[b] + 5)
            cells[c].supply_share = max(cells[c].supply_share, cells[b].supply_share)


@kernel
def patch_taken(c: int, patch: Any, control: Any) -> bool:
    """Whether the defender holds nothing more of a cell's planning patch."""
    for b in range(patch.shape[0]):
        if patch[b] == patch[c] and control[b] == DEFENDER:
            return False
    return True


@kernel
def keep_positions(
    c: int, side: int, neighbour: Any, control: Any, ring: Any, kept: float, cells: Any
) -> None:
    """Who loses less ground than a position is deep still stands in the rest of it.

    `kept` is what is left of the occupation of the cell lost; where cells are as deep as a position, nothing.
    """
    if kept <= 0.0:
        return
    for n in range(neighbour.shape[1]):
        b = neighbour[c, n]
        if b < 0:
            break
        if control[b] == side and ring[b] > 0:
            cells[b].occupied = max(cells[b].occupied, kept)


@kernel
def change_hands(
    c: int, to_side: int, clears: int, day: int, key: Any, formation_id: Any, neighbour: Any, x_km: Any,
    y_km: Any, spacing_km: float, layers: Any, site_cell: Any, shelter: Any, world: Any, cells: Any,
    formations: Any, sites: Any, control: Any, ring: Any, distance: Any, flow_t: Any, lost_day: Any,
    target_axis: Any, patch: Any, walk: Any, mark: Any, ledger: Any, log: Any, p: Any,
) -> None:
    """Control passes: garrisons go to ground, formations fall back, works start again from little."""
    from_side = 1 - to_side
    if to_side == ATTACKER:
        leave_garrisons(c, clears, layers, site_cell, shelter, sites, cells, formations, p)
    control[c] = to_side
    evict(
        c, from_side, day, key, formation_id, neighbour, x_km, y_km, spacing_km, control, ring, distance,
        world, formations, walk, mark, ledger, log, p,
    )
    here = cells[c]
    keep_positions(c, from_side, neighbour, control, ring, here.occupied - spacing_km / p.contact_depth_km,
    cells)
    here.share = 1.0 if to_side == ATTACKER else 0.0
    here.works = min(here.works, p.works_when_taken)
    here.obstacle_m = 0.0
    here.breach_work = 0.0
    here.occupied = 1.0
    here.abandoned = 0.0
    here.grey_attacker_men = 0.0
    here.grey_defender_men = 0.0
    here.stack_men = 0.0
    here.stack_power = 0.0
    if target_axis[c] >= 0:
        target_axis[c] = -1
        if patch_taken(c, patch, control):
            world[0].replan = 1
    lost_day[c] = day
    world[0].ground_changed = 1
    if flow_t[c] >= p.reroute_flow_t:
        world[0].routes_stale = 1
    join_supply(c, to_side, neighbour, control, distance, cells)
    write_log(log, day, LOG_CONTROL, c, float(to_side))


@kernel
def drift_of_flank(
    c: int, key: Any, cell_id: Any, rim: Any, p: Any
) -> float:
    """Movement of the front beyond the theatre that shows at an open flank, km a day (never backwards)."""
    if rim[c] != RIM_FLANK:
        return 0.0
    z = normal_quantile(uniform(key, DECISION_FLANK, cell_id[c]))
    return max(0.0, p.flank_drift_km_per_day + p.flank_drift_sd_km * z)


@kernel
def ground_phase(
    clears: int, day: int, key: Any, cell_id: Any, formation_id: Any, neighbour: Any, x_km: Any, y_km: Any,
    spacing_km: float, rim: Any, layers: Any, site_cell: Any, shelter: Any, world: Any, cells: Any,
    formations: Any, sites: Any, control: Any, contact_cells: Any, contact_edges: Any, manned_by: Any,
    ring: Any, distance: Any, flow_t: Any, lost_day: Any, target_axis: Any, patch: Any, queue: Any, walk: Any,
    mark: Any, ledger: Any, log: Any, p: Any,
) -> None:
    """Apply the day's summed movement; control passes at share 1 or 0; what is left over carries on."""
    n_open = 0
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        here = cells[c]
        if control[c] == DEFENDER:
            forward = here.speed_max_km + drift_of_flank(c, key, cell_id, rim, p)
            move = min(forward, p.march_km_per_day) - here.counter_km
            if move == 0.0:
                continue
            share = here.share + move / spacing_km
            here.share = min(1.0, max(0.0, share))
            if share >= 1.0:
                change_hands(
                    c, ATTACKER, clears, day, key, formation_id, neighbour, x_km, y_km, spacing_km, layers,
                    site_cell, shelter, world, cells, formations, sites, control, ring, distance, flow_t,
                    lost_day, target_axis, patch, walk, mark, ledger, log, p,
                )
                here.speed_max_km = (share - 1.0) * spacing_km
                queue[n_open] = c
                n_open += 1
        elif here.counter_km > 0.0 or here.share < 1.0:
            here.share = max(0.0, here.share - here.counter_km / spacing_km)
            if here.counter_km == 0.0:
                here.share = min(1.0, here.share + p.reoccupy_km_per_day / spacing_km)
            if here.share <= 0.0:
                change_hands(
                    c, DEFENDER, clears, day, key, formation_id, neighbour, x_km, y_km, spacing_km, layers,
                    site_cell, shelter, world, cells, formations, sites, control, ring, distance, flow_t,
                    lost_day, target_axis, patch, walk, mark, ledger, log, p,
                )
    carry_on(
        n_open, clears, day, key, formation_id, neighbour, x_km, y_km, spacing_km, layers, site_cell, shelter,
        world, cells, formations, sites, control, manned_by, contact_edges, ring, distance, flow_t, lost_day,
        target_axis, patch, queue, walk, mark, ledger, log, p,
    )


@kernel
def is_open(b: int, cells: Any, control: Any, manned_by: Any, contact_edges: Any) -> bool:
    """A defender's cell in which nobody stands and nothing bars the way."""
    if control[b] != DEFENDER or cells[b].stack_men > 0.0 or cells[b].obstacle_m > 0.0:
        return False
    return not (contact_edges[b] > 0 and density_at(cells, manned_by, b) > 0.0)


@kernel
def carry_on(
    n_open: int, clears: int, day: int, key: Any, formation_id: Any, neighbour: Any, x_km: Any, y_km: Any,
    spacing_km: float, layers: Any, site_cell: Any, shelter: Any, world: Any, cells: Any, formations: Any,
    sites: Any, control: Any, manned_by: Any, contact_edges: Any, ring: Any, distance: Any, flow_t: Any,
    lost_day: Any, target_axis: Any, patch: Any, queue: Any, walk: Any, mark: Any, ledger: Any, log: Any,
    p: Any,
) -> None:
    """Movement left over enters the cells behind on the same day, as far as nobody stands there.

    A march goes on into every open cell ahead, which is as far in as the farthest who entered it: wave by
    wave, in the order of the queue.
    """
    head = 0
    while head < n_open:
        c = queue[head]
        head += 1
        left = cells[c].speed_max_km
        cells[c].speed_max_km = 0.0
        if left <= 0.0:
            continue
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if not is_open(b, cells, control, manned_by, contact_edges):
                continue
            # what is left is left on the ground of c; on that of b it goes as far as b's ground lets it
            reach = left * cells[b].going / max(0.01, cells[c].going)
            needed = (1.0 - cells[b].share) * spacing_km
            if reach < needed or n_open >= queue.shape[0]:
                # each of the two cells behind it brings half of what a straight line would
                cells[b].share = min(0.999, cells[b].share + 0.5 * reach / spacing_km)
                continue
            change_hands(
                b, ATTACKER, clears, day, key, formation_id, neighbour, x_km, y_km, spacing_km, layers,
                site_cell, shelter, world, cells, formations, sites, control, ring, distance, flow_t,
                lost_day, target_axis, patch, walk, mark, ledger, log, p,
            )
            cells[b].speed_max_km = reach - needed
            queue[n_open] = b
            n_open += 1
