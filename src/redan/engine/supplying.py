"""Phase 2: route supply over held ground, interdict it, deliver it, and feel the lack of it."""

from __future__ import annotations

import math
from typing import Any

from redan.engine.firing import profile_at
from redan.numerics.compile import kernel
from redan.numerics.graph import UNREACHED, bucket_paths
from redan.rules.supply import (
    deliver,
    forward_share,
    isolation_effect,
    neck_km,
    next_short_days,
    price_edges,
)
from redan.vocabulary.codes import ATTACKER, DEFENDER, GONE, LINE, MARCHING, RESTING


@kernel
def interdict_roads(
    spacing_km: float, world: Any, cells: Any, ring: Any, nearest: Any, profile: Any, survival: Any, p: Any
) -> None:
    """Share of loads that survive one cell of road: exp(-lambda * length), lambda from the drone zone."""
    night = world[0].thin_hours
    for c in range(survival.shape[0]):
        left = profile_at(profile, ring, c, 0)
        if left <= 1e-4:
            survival[c] = 1.0
            continue
        hazard = p.drone_road_hazard_per_km * cells[nearest[c]].pressure * left * night
        survival[c] = math.exp(-hazard * spacing_km)


@kernel
def open_sources(source_t: Any, control: Any, source: Any) -> None:
    """Sources still held by their side, with a starting cost that keeps small ones to their neighbourhood.

    Equation: 1 + min(27, 3 log2(largest / source)).
    """
    largest_a = 0.0
    largest_d = 0.0
    for c in range(control.shape[0]):
        if control[c] == DEFENDER:
            largest_d = max(largest_d, source_t[DEFENDER, c])
        else:
            largest_a = max(largest_a, source_t[ATTACKER, c])
    for c in range(control.shape[0]):
        supplied = source_t[control[c], c]
        source[c] = 0
        if supplied > 0.0:
            largest = largest_d if control[c] == DEFENDER else largest_a
            source[c] = 1 + min(27, int(3.0 * math.log2(largest / supplied)))


@kernel
def route_supply(
    passes: int, neighbour: Any, road_t: Any, source_t: Any, spacing_km: float, day: int, world: Any,
    cells: Any, formations: Any, control: Any, ring: Any, nearest: Any, profile: Any, survival: Any,
    flow_t: Any, link_t: Any, share: Any, cost: Any, distance: Any, source: Any, order: Any, link: Any,
    back: Any, bucket: Any, p: Any,
) -> None:
    """Both sides' demand over their own ground, from the rim to every cell. Called when routes are stale.

    Demand goes where the last delivery found supply to spare, so one pass a call is enough after the first
    day.
    """
    interdict_roads(spacing_km, world, cells, ring, nearest, profile, survival, p)
    price_edges(neighbour, control, road_t, survival, cost)
    open_sources(source_t, control, source)
    reached = bucket_paths(neighbour, cost, source, distance, order, link, back, bucket)
    for _ in range(passes):
        flow_t.fill(0.0)
        for f in range(formations.shape[0]):
            unit = formations[f]
            if unit.duty < GONE:
                flow_t[unit.cell] += unit.men * p.demand_kg_per_man_day / 1000.0
        deliver(
            neighbour, control, road_t, source_t, survival, source, distance, order, reached, flow_t, link_t,
            share
        )
    for c in range(control.shape[0]):
        cells[c].supply_share = min(1.0, share[c]) if distance[c] < UNREACHED else 0.0
    world[0].routes_stale = 0
    world[0].routes_day = day


@kernel
def consume(formations: Any, cells: Any, sides: Any, p: Any) -> None:
    """Stocks, shortage and isolation effectiveness of every formation after the day's delivery."""
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.duty >= GONE:
            continue
        here = cells[unit.cell]
        delivered = here.supply_share
        if unit.duty == LINE and here.stack_men > 0.0:
            # the last kilometres go on foot, by robot and by drone
            carried = p.carried_kg_per_km_day * (1.0 - p.carried_drone_loss * min(1.0, here.pressure))
            # carriers are shared out partly by length of line and partly by men
            front = p.carriers_follow_men * here.stack_men / max(1.0, sides[unit.side].mean_density)
            front += (1.0 - p.carriers_follow_men) * here.stack_front_km
            delivered = forward_share(
                delivered, here.stack_men * p.forward_share, p.forward_kg_per_man_day, carried, front
            )
        short, stock = next_short_days(
            unit.short_days, unit.stock_days, delivered, p.supply_sustain_share, p.supply_recovery_days,
            p.stock_limit_days
        )
        unit.short_days = short
        unit.stock_days = stock
        if short <= p.isolation_grace_days:
            unit.effect = 1.0
        else:
            unit.effect = isolation_effect(
                short, p.isolation_floor, p.isolation_grace_days, p.isolation_decay_days
            )


@kernel
def count_garrison(
    o: int, objective_edge_km: Any, objective_cell: Any, objectives: Any, formations: Any, control: Any,
    cells: Any, p: Any,
) -> None:
    """Who garrisons an objective and what share of their demand at full strength arrives; with nobody there,
    the town's
    own.
    """
    target = objectives[o]
    target.garrison_men = 0.0
    delivered = 0.0
    full_men = 0.0
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.side != DEFENDER or unit.duty > RESTING or unit.duty == MARCHING:
            continue
        if objective_edge_km[o, unit.cell] <= p.garrison_radius_km:
            unit.objective = o
            target.garrison_men += unit.men
            full_men += max(unit.full_men, unit.men)
            delivered += unit.men * cells[unit.cell].supply_share
    target.garrison_peak_men = max(target.garrison_peak_men, target.garrison_men)
    c = objective_cell[o]
    if target.garrison_men > 0.0:
        target.supply = delivered / full_men
    elif control[c] == DEFENDER:
        target.supply = cells[c].supply_share
    else:
        target.supply = 0.0


@kernel
def survey_garrisons(
    neighbour: Any, spacing_km: float, objective_edge_km: Any, objective_cell: Any, objectives: Any,
    formations: Any, control: Any, ring: Any, cells: Any, queue: Any, order: Any, link: Any, back: Any,
    used: Any, p: Any,
) -> None:
    """Garrison, supply and, where the line is near, corridor of every objective (when routes change)."""
    for f in range(formations.shape[0]):
        formations[f].objective = -1
    safe = int(p.safe_depth_km / spacing_km)
    for o in range(objectives.shape[0]):
        count_garrison(o, objective_edge_km, objective_cell, objectives, formations, control, cells, p)
        target = objectives[o]
        target.neck_km = 10.0
        if target.edge_km > p.threat_distance_km or target.garrison_men <= 0.0:
            continue
        n_garrison = 0
        for c in range(control.shape[0]):
            if control[c] == DEFENDER and objective_edge_km[o, c] <= p.garrison_radius_km:
                order[n_garrison] = c
                n_garrison += 1
        target.neck_km = neck_km(
            neighbour, control, DEFENDER, order, n_garrison, ring, safe, 0.5 * spacing_km, 10.0, queue, link,
            used, back,
        )
