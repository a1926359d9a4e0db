"""Phase 2: route supply over held ground, interdict it, deliver it, and feel the lack of it."""

from __future__ import annotations

import math
from typing import Any

from redan.engine.firing import profile_at
from redan.numerics.compile import kernel
from redan.numerics.graph import SMALLEST_T, UNREACHED, bucket_paths
from redan.rules.delivery import deliver
from redan.rules.routing import draw_in_waves, price_edges, raise_rations
from redan.rules.supply import forward_share, isolation_effect, neck_km, next_short_days
from redan.vocabulary.codes import ATTACKER, DEFENDER, GONE, LINE, MARCHING, RESTING

WAVES = 6  # of drawing from one search of the cheapest ways
SEARCHES_MOST = 60  # three to six are enough on the bundled theatre; a guard, not a setting
ROUNDS_MOST = 8  # of rationing; then all that is left goes to whom it can be brought


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
def open_sources(source_t: Any, control: Any, source: Any, left_t: Any, taken_t: Any) -> None:
    """Sources still held by their side, with all that they bring."""
    for c in range(control.shape[0]):
        left_t[c] = source_t[control[c], c]
        taken_t[c] = 0.0
        source[c] = 1 if left_t[c] > SMALLEST_T else 0


@kernel
def sum_demand(formations: Any, demand_t: Any, p: Any) -> None:
    """What the men in each cell need."""
    demand_t.fill(0.0)
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.duty < GONE:
            demand_t[unit.cell] += unit.men * p.demand_kg_per_man_day / 1000.0


@kernel
def is_lacking(listed: Any, n_listed: int, missing_t: Any) -> bool:
    """Whether anything is lacking in the cells of a list."""
    for i in range(n_listed):
        if missing_t[listed[i]] > SMALLEST_T:
            return True
    return False


@kernel
def is_rationed(listed: Any, n_listed: int, ration: Any) -> bool:
    """Whether any cell of a list is allotted less than it needs."""
    for i in range(n_listed):
        if ration[listed[i]] < 1.0:
            return True
    return False


@kernel
def draw_most(
    neighbour: Any, opposite: Any, road_t: Any, order: Any, reached: int, label: Any, back: Any, near: Any,
    n_near: int, entry: Any, bucket: Any, source: Any, cost: Any, ration: Any, left_t: Any, taken_t: Any,
    drawn_t: Any, missing_t: Any,
) -> int:
    """Bring as much of what is lacking as can be brought; list the cells that could use and be brought more.

    Searches of the cheapest ways with room take turns with a few waves of drawing.
    """
    for _ in range(SEARCHES_MOST):
        draw_in_waves(
            WAVES, 1, neighbour, opposite, road_t, source, label, near, n_near, cost, left_t, taken_t,
            drawn_t, missing_t,
        )
        if not is_lacking(order, reached, missing_t) and not is_rationed(order, reached, ration):
            return 0
        n_near = bucket_paths(neighbour, cost, source, label, back, near, entry, bucket)
        if not is_lacking(near, n_near, missing_t):
            break
    return n_near


@kernel
def meet_demand(
    neighbour: Any, opposite: Any, road_t: Any, control: Any, distance: Any, feeder: Any, order: Any,
    label: Any, back: Any, near: Any, entry: Any, bucket: Any, source: Any, cost: Any, demand_t: Any,
    ration: Any, left_t: Any, taken_t: Any, drawn_t: Any, missing_t: Any,
) -> int:
    """Draw the most that roads and sources can bring; return how many cells can be reached at all.

    Where sources are too small all are rationed alike; what some cannot be brought goes to the others. What
    cannot come over the roads waits as near to the sources as it can, so that all behind a full road share
    what comes through it.
    """
    drawn_t.fill(0.0)
    ration.fill(0.0)
    missing_t.fill(0.0)
    reached = bucket_paths(neighbour, cost, source, distance, feeder, order, entry, bucket)
    for c in range(label.shape[0]):
        label[c] = distance[c]
        near[c] = order[c]
    n_near = reached
    for round_ in range(ROUNDS_MOST):
        last = 1 if round_ == ROUNDS_MOST - 1 else 0
        rise = raise_rations(ATTACKER, last, near, n_near, control, demand_t, left_t, ration, missing_t)
        rise += raise_rations(DEFENDER, last, near, n_near, control, demand_t, left_t, ration, missing_t)
        if rise == 0.0:
            break
        n_near = draw_most(
            neighbour, opposite, road_t, order, reached, label, back, near, n_near, entry, bucket, source,
            cost, ration, left_t, taken_t, drawn_t, missing_t,
        )
    draw_in_waves(
        1, 0, neighbour, opposite, road_t, source, distance, order, reached, cost, left_t, taken_t, drawn_t,
        missing_t,
    )
    return reached


@kernel
def route_supply(day: int, th: Any, p: Any, st: Any) -> None:
    """Both sides' demand over their own ground, from the rim to every cell. Called when routes are stale.

    Nothing is kept from one call to the next: what arrives depends on who stands where today.
    """
    interdict_roads(
        th.spacing_km[0], st.world, st.cells, st.ring, st.nearest, st.profile, st.survival, p
    )
    price_edges(
        th.cell_neighbour, st.control, th.edge_road_t_per_day, st.survival, th.spacing_km[0], st.cost
    )
    open_sources(th.cell_source_t_per_day, st.control, st.source, st.left_t, st.taken_t)
    sum_demand(st.formations, st.demand_t, p)
    reached = meet_demand(
        th.cell_neighbour, st.opposite, th.edge_road_t_per_day, st.control, st.distance, st.feeder, st.order,
        st.label, st.back, st.queue, st.entry, st.bucket, st.source, st.cost, st.demand_t, st.ration,
        st.left_t, st.taken_t, st.drawn_t, st.missing_t,
    )
    deliver(
        th.cell_neighbour, st.opposite, st.cost, st.survival, st.feeder, st.order, reached, st.demand_t,
        st.ration, st.taken_t, st.drawn_t, st.link, st.back, st.label, st.queue, st.flow_t, st.share,
    )
    for c in range(st.control.shape[0]):
        st.cells[c].supply_share = st.share[c] if st.distance[c] < UNREACHED else 0.0
    st.world[0].routes_stale = 0
    st.world[0].routes_day = day


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
