"""Phase 11: watch objectives, date events, take measures, and keep the books honest."""

from __future__ import annotations

import math
from typing import Any

from redan.numerics.compile import kernel
from redan.vocabulary import outcomes as out
from redan.vocabulary.codes import (
    ATTACKER,
    DEFENDER,
    LEDGER_ARRIVED,
    LEDGER_CAPTURED,
    LEDGER_DEPARTED,
    LEDGER_KILLED,
    LEDGER_RETURNED,
    LEDGER_START,
    LEDGER_WOUNDED,
    SITE_ACTIVE,
    SITE_HELD,
    SITE_SEALED,
    SITE_STARVED,
    SITE_SURRENDERED,
)

N_OBJECTIVE_EVENTS = len(out.OBJECTIVE_EVENTS)
N_GLOBAL_EVENTS = len(out.GLOBAL_EVENTS)
N_GLOBAL_MEASURES = len(out.GLOBAL_MEASURES)


@kernel
def watch_objectives(
    spacing_km: float, footprint_start: Any, footprint_cell: Any, footprint_weight: Any, distance_km: Any,
    edge_km: Any, world: Any, cells: Any, objectives: Any, contact_cells: Any, band: Any,
    grey_holds_men: float,
) -> None:
    """Share of each footprint occupied and infiltrated, and how far the line of contact is."""
    for o in range(objectives.shape[0]):
        occupied = 0.0
        infiltrated = 0.0
        for k in range(footprint_start[o], footprint_start[o + 1]):
            here = cells[footprint_cell[k]]
            occupied += footprint_weight[k] * here.share
            grey = here.grey_attacker_men / spacing_km
            infiltrated += footprint_weight[k] * (1.0 - here.share) * grey / (grey + grey_holds_men)
        nearest = 1e9
        nearest_edge = 1e9
        for i in range(world[0].n_contact):
            c = contact_cells[i]
            if band[c] != DEFENDER:  # the defender's this morning
                continue
            held = (0.5 - cells[c].share) * spacing_km
            nearest = min(nearest, distance_km[o, c] + held)
            nearest_edge = min(nearest_edge, edge_km[o, c] + held)
        target = objectives[o]
        target.occupied = occupied
        target.infiltrated = infiltrated
        if world[0].n_edges == 0:  # one side holds everything: the last distance stands
            continue
        target.front_km = nearest if occupied < 0.5 else -nearest
        target.edge_km = nearest_edge if occupied < 0.5 else -abs(nearest_edge)


@kernel
def site_holds(state: int) -> bool:
    """Whether a stronghold in this state is still held against the attacker."""
    return state == SITE_HELD or state == SITE_ACTIVE or state == SITE_SEALED or state == SITE_STARVED


@kernel
def first_day(event_day: Any, e: int, day: float) -> None:
    """Date an event once."""
    if event_day[e] < 0.0:
        event_day[e] = day


@kernel
def date_objective_events(
    o: int, day: int, site_objective: Any, objectives: Any, sites: Any, event_day: Any
) -> None:
    """Events of one objective (DESIGN 8), each dated by the first day it held."""
    n = objectives.shape[0]
    target = objectives[o]
    if target.edge_km <= 20.0:
        first_day(event_day, out.EVENT_WITHIN_20KM * n + o, day)
    if target.edge_km <= 10.0:
        first_day(event_day, out.EVENT_WITHIN_10KM * n + o, day)
    if target.edge_km <= 5.0:
        first_day(event_day, out.EVENT_WITHIN_5KM * n + o, day)
    if target.occupied + target.infiltrated >= 0.05:
        first_day(event_day, out.EVENT_CONTESTED * n + o, day)
    target.taken_days = target.taken_days + 1 if target.occupied >= 0.95 else 0
    if target.taken_days >= 7:
        first_day(event_day, out.EVENT_TAKEN * n + o, max(0.0, day - 6.0))
    alone = target.garrison_men > 0.0 and target.supply < 0.10
    target.isolated_days = target.isolated_days + 1 if alone else 0
    if target.isolated_days >= 7:
        first_day(event_day, out.EVENT_ISOLATED * n + o, max(0.0, day - 6.0))
    if target.left == 1:
        first_day(event_day, out.EVENT_WITHDRAWN * n + o, day)
    target.routed_men *= 1.0 - 1.0 / 30.0
    if target.routed_men > 0.5 * target.garrison_peak_men and target.garrison_peak_men > 0.0:
        first_day(event_day, out.EVENT_ROUTED * n + o, day)
    holding = 0
    surrendered = 0
    for g in range(site_objective.shape[0]):
        if site_objective[g] == o:
            state = sites[g].state
            holding += 1 if site_holds(state) else 0
            surrendered += 1 if state == SITE_SURRENDERED else 0
    if event_day[out.EVENT_TAKEN * n + o] >= 0.0 and holding == 0:
        first_day(event_day, out.EVENT_CLEARED * n + o, day)
        if surrendered > 0:
            first_day(event_day, out.EVENT_SURRENDERED * n + o, day)


@kernel
def date_global_events(day: int, world: Any, objectives: Any, effort_ring: Any, event_day: Any) -> None:
    """Culmination of either side over 30 days, and the end of the operation."""
    n = objectives.shape[0]
    slot = day % effort_ring.shape[1]
    effort_ring[0, slot] = world[0].effort_ordered
    effort_ring[1, slot] = world[0].effort_executed
    effort_ring[2, slot] = world[0].counter_ordered
    effort_ring[3, slot] = world[0].counter_arrived
    ordered = row_sum(effort_ring, 0)
    full = day >= effort_ring.shape[1] and ordered > 0.0
    world[0].executed_share = min(1.0, row_sum(effort_ring, 1) / ordered) if full else 1.0
    base = N_OBJECTIVE_EVENTS * n
    if day >= effort_ring.shape[1]:
        if row_sum(effort_ring, 0) > 0.0 and row_sum(effort_ring, 1) < 0.25 * row_sum(effort_ring, 0):
            first_day(event_day, base + out.EVENT_CULMINATED_ATTACKER, day)
        if row_sum(effort_ring, 2) > 0.0 and row_sum(effort_ring, 3) < 0.25 * row_sum(effort_ring, 2):
            first_day(event_day, base + out.EVENT_CULMINATED_DEFENDER, day)
    over = 1
    for o in range(n):
        taken = event_day[out.EVENT_TAKEN * n + o] >= 0.0
        if not taken and objectives[o].left == 0:
            over = 0
    if over == 1 and n > 0:
        first_day(event_day, base + out.EVENT_ENDED, day)


@kernel
def find_breakthroughs(
    day: int, spacing_km: float, cell_belt: Any, axis_distance_km: Any, n_objectives: int, cells: Any,
    control: Any, ring: Any, snapshot_km: Any, snapshot_belt: Any, candidate_day: Any, candidate_cells: Any,
    event_day: Any,
) -> None:
    """Within 30 days 10 km deeper on a width of 5 km, past a belt, and still held 14 days later (DESIGN
    8).
    """
    n_axes = axis_distance_km.shape[0]
    base = N_OBJECTIVE_EVENTS * n_objectives + N_GLOBAL_EVENTS
    for a in range(n_axes):
        if candidate_day[a] >= 0 and day == candidate_day[a] + 14 and event_day[base + a] < 0.0:
            kept = 0
            seen = 0
            for c in range(control.shape[0]):
                if candidate_cells[a, c] == 1:
                    seen += 1
                    kept += 1 if control[c] == ATTACKER else 0
            if kept * 2 > seen:
                event_day[base + a] = candidate_day[a]
            candidate_day[a] = -1
    if day % 10 != 0:
        return
    mark = (day // 10) % snapshot_km.shape[0]
    then = (day // 10 - 3) % snapshot_km.shape[0]
    if day >= 30:
        for a in range(n_axes):
            if event_day[base + a] < 0.0 and candidate_day[a] < 0:
                look_for_breakthrough(
                    a, day, spacing_km, axis_distance_km, control, snapshot_km[then], snapshot_belt[then],
                    candidate_day, candidate_cells,
                )
    for c in range(control.shape[0]):
        held = control[c] == DEFENDER
        snapshot_km[mark, c] = (ring[c] + 0.5) * spacing_km if held else -1.0
        manned = held and cell_belt[c] >= 0 and cells[c].works > 0.3 and ring[c] * spacing_km < 10.0
        snapshot_belt[mark, c] = 1 if manned else 0


@kernel
def look_for_breakthrough(
    a: int, day: int, spacing_km: float, axis_distance_km: Any, control: Any, depth_then: Any, belt_then: Any,
    candidate_day: Any, candidate_cells: Any,
) -> None:
    """Mark the axis if ground 10 km behind the line of 30 days ago is now the attacker's on 5 km of width."""
    width = 0.0
    past_belt = False
    for c in range(control.shape[0]):
        candidate_cells[a, c] = 0
        if control[c] != ATTACKER or depth_then[c] < 0.0:
            continue
        for other in range(axis_distance_km.shape[0]):
            if axis_distance_km[other, c] < axis_distance_km[a, c]:
                break
        else:
            past_belt = past_belt or belt_then[c] == 1
            if 10.0 <= depth_then[c] < 10.0 + spacing_km:
                width += spacing_km
            if depth_then[c] >= 10.0:
                candidate_cells[a, c] = 1
    if width >= 5.0 and past_belt:
        candidate_day[a] = day


@kernel
def holding_sites(sites: Any) -> float:
    """Strongholds not cleared, surrendered or left."""
    count = 0.0
    for g in range(sites.shape[0]):
        state = sites[g].state
        if site_holds(state):
            count += 1.0
    return count


@kernel
def sum_ground(
    area_km2: Any, built: Any, share0: Any, residents0: Any, control0: Any, destroyed0: Any, cells: Any,
    place_cells: Any, n_places: int, measure: Any,
) -> None:
    """Area, destruction and residents over the theatre."""
    n = cells.shape[0]
    rest = n - n % 4
    sum_0, sum_1, sum_2, sum_3 = 0.0, 0.0, 0.0, 0.0  # a single sum waits for each addition to end
    for c in range(0, rest, 4):
        sum_0 += area_km2[c] * (cells[c].share - share0[c])
        sum_1 += area_km2[c + 1] * (cells[c + 1].share - share0[c + 1])
        sum_2 += area_km2[c + 2] * (cells[c + 2].share - share0[c + 2])
        sum_3 += area_km2[c + 3] * (cells[c + 3].share - share0[c + 3])
    for c in range(rest, n):
        sum_0 += area_km2[c] * (cells[c].share - share0[c])
    measure[out.MEASURE_AREA] = sum_0 + sum_1 + (sum_2 + sum_3)
    destroyed = 0.0
    left = 0.0
    gone = 0.0
    for i in range(n_places):
        c = place_cells[i]
        here = cells[c]
        destroyed += built[c] * area_km2[c] * (here.destroyed - destroyed0[c])
        if control0[c] == DEFENDER:
            left += here.residents
        gone += residents0[c] - here.residents
    measure[out.MEASURE_DESTROYED_KM2] = destroyed
    measure[out.MEASURE_RESIDENTS] = left
    measure[out.MEASURE_DISPLACED] = gone


@kernel
def take_measures(
    footprint_start: Any, footprint_cell: Any, footprint_weight: Any, world: Any, sides: Any, cells: Any,
    objectives: Any, sites: Any, ledger: Any, effort_ring: Any, footprint_people: Any, measure: Any,
) -> None:
    """Losses, effort, strongholds, and the measures of each objective, in the order of
    `outcomes.measures`.
    """
    for s in range(2):
        killed = ledger[s, LEDGER_KILLED]
        lost = killed + ledger[s, LEDGER_WOUNDED] + ledger[s, LEDGER_CAPTURED]
        measure[out.MEASURE_LOSSES_ATTACKER + s] = lost
        measure[out.MEASURE_KILLED_ATTACKER + s] = killed
    measure[out.MEASURE_CAPTURED_DEFENDER] = ledger[DEFENDER, LEDGER_CAPTURED]
    lost_a = measure[out.MEASURE_LOSSES_ATTACKER]
    lost_d = measure[out.MEASURE_LOSSES_DEFENDER]
    measure[out.MEASURE_EXCHANGE] = lost_a / max(1.0, lost_d)
    measure[out.MEASURE_STRONGHOLDS] = holding_sites(sites)
    measure[out.MEASURE_DEPTH_SHARE] = world[0].depth_losses / max(1.0, lost_a + lost_d)
    measure[out.MEASURE_EFFORT] = row_sum(effort_ring, 1) / effort_ring.shape[1]
    measure[out.MEASURE_FRONT_KM] = world[0].front_km
    measure[out.MEASURE_ARMOUR_ATTACKER] = sides[ATTACKER].armour_lost
    measure[out.MEASURE_ARMOUR_DEFENDER] = sides[DEFENDER].armour_lost
    n = objectives.shape[0]
    for o in range(n):
        destroyed = 0.0
        people = 0.0
        for k in range(footprint_start[o], footprint_start[o + 1]):
            here = cells[footprint_cell[k]]
            destroyed += footprint_weight[k] * here.destroyed
            people += footprint_people[k] * here.residents
        base = N_GLOBAL_MEASURES + o
        measure[base + out.OBJ_FRONT_DISTANCE * n] = objectives[o].front_km
        measure[base + out.OBJ_OCCUPIED * n] = objectives[o].occupied
        measure[base + out.OBJ_SUPPLY * n] = objectives[o].supply
        measure[base + out.OBJ_DESTROYED * n] = destroyed
        measure[base + out.OBJ_RESIDENTS * n] = people


@kernel
def audit_day(
    cells: Any, control: Any, formations: Any, sites: Any, ledger: Any, measure: Any, audit: Any,
) -> None:
    """Worst error so far: men unaccounted, share outside 0..1, control inconsistent with share, not
    finite.
    """
    alive_a = 0.0
    alive_d = 0.0
    for f in range(formations.shape[0]):
        men = formations[f].men
        if not 0.0 <= men < math.inf:
            audit[0] = max(audit[0], -men)
            audit[3] += 0.0 if math.isfinite(men) else 1.0
        if formations[f].side == ATTACKER:
            alive_a += men
        else:
            alive_d += men
    for g in range(sites.shape[0]):
        alive_d += sites[g].garrison_men
    for s in range(2):
        alive = alive_a if s == ATTACKER else alive_d
        book = ledger[s]
        came = book[LEDGER_START] + book[LEDGER_ARRIVED] + book[LEDGER_RETURNED]
        went = book[LEDGER_KILLED] + book[LEDGER_WOUNDED] + book[LEDGER_CAPTURED] + book[LEDGER_DEPARTED]
        audit[0] = max(audit[0], abs(came - went - alive))
    for c in range(control.shape[0]):
        share = cells[c].share
        if 0.0 < share < 1.0 or share == (1.0 if control[c] == ATTACKER else 0.0):
            continue  # as it should be, like all but a few; what is not a number is neither
        audit[1] = max(audit[1], max(-share, share - 1.0))
        audit[3] += 0.0 if math.isfinite(share) else 1.0
        if (share >= 1.0 and control[c] == DEFENDER) or (share <= 0.0 and control[c] == ATTACKER):
            audit[2] += 1.0
    for m in range(measure.shape[0]):
        if not math.isfinite(measure[m]):
            audit[3] += 1.0


@kernel
def store_day(day: int, control: Any, measure: Any, series: Any, weekly: Any) -> None:
    """The day's row of measures, and at the end of a week who controls what."""
    for m in range(measure.shape[0]):
        series[day, m] = measure[m]
    if day % 7 == 0:
        for c in range(control.shape[0]):
            weekly[day // 7, c] = 1 if control[c] == ATTACKER else 0


@kernel
def copy_table(source: Any, target: Any) -> None:
    """Copy a table entry by entry: nothing is allocated inside a campaign."""
    for i in range(source.shape[0]):
        for k in range(source.shape[1]):
            target[i, k] = source[i, k]


@kernel
def row_sum(table: Any, row: int) -> float:
    """Sum of one row."""
    total = 0.0
    for k in range(table.shape[1]):
        total += table[row, k]
    return total
