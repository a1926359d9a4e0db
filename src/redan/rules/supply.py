"""Supply: routed from the rim over held ground, interdicted per km, limited by capacity, felt slowly."""

from __future__ import annotations

import math
from typing import Any

from redan.numerics.compile import kernel

LEAST_SHARE = 1e-6  # keeps the weights of a split finite where nothing arrives
LEAST_FLOW_T = 1e-6  # a cell that asks for nothing is probed with next to nothing


@kernel
def price_edges(
    neighbour: Any,  # [c, n]
    control: Any,  # [c]
    road_t_per_day: Any,  # [c, n]
    survival: Any,  # [c] share of loads that survives one cell
    cost: Any,  # [c, n] out, whole numbers 1..15, 0 closed
) -> None:
    """Routing cost of each edge: 1 on a good road, more on tracks and under fire; 0 between the sides.

    Equation: cost = 1 + [road < 1500] + 2 [road < 500] + round(10 (1 - survival)), at most 15.
    Source: judgement; ordering of road classes as in methods 7. Limits: whole numbers, so near ties are ties.
    """
    for c in range(control.shape[0]):
        danger = int(10.0 * (1.0 - survival[c]) + 0.5)
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if control[b] != control[c]:
                cost[c, n] = 0
                continue
            road = road_t_per_day[c, n]
            step = 1 + danger
            if road < 1500.0:
                step += 1
            if road < 500.0:
                step += 2
            cost[c, n] = min(15, step)


@kernel
def deliver(
    neighbour: Any,  # [c, n]
    control: Any,  # [c]
    road_t_per_day: Any,  # [c, n]
    source_t_per_day: Any,  # [s, c]
    survival: Any,  # [c]
    source: Any,  # [c] 1 + starting cost at sources
    distance: Any,  # [c] from bucket_paths
    order: Any,  # [c] reached cells by distance
    n_reached: int,
    flow_t: Any,  # [c] in: demand; out: tonnes a day through the cell
    expected: Any,  # [c] work: the share expected of each cell
    share: Any,  # [c] in: share expected of each cell (1 at first); out: delivered share of demand, 0..1
) -> None:
    """Push demand up the paths, then the delivered share down, splitting over every link that leads back.

    Equation: a cell draws on all neighbours nearer to a source in proportion to w = k * expected share, k the
    link's capacity: f = flow(c) w / sum w; share(c) = survival(c) * sum min(k, f share(parent)) / flow(c).
    Arguments: tonnes a day, shares [-]. Source: methods 7 (network with capacities and losses per km).
    Limits: a feasible flow, so a lower bound of the maximum flow; exact where routes are in series or equal
    in parallel; sources do not trade capacity among themselves.
    """
    for c in range(share.shape[0]):
        expected[c] = max(LEAST_SHARE, share[c])
    for i in range(n_reached - 1, -1, -1):
        c = order[i]
        if source[c] > 0 and distance[c] == source[c] - 1:
            continue
        weight = feeding_weight(c, neighbour, control, road_t_per_day, distance, expected)
        if weight <= 0.0:
            continue
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if control[b] == control[c] and distance[b] < distance[c]:
                flow_t[b] += flow_t[c] * road_t_per_day[c, n] * expected[b] / weight
    for i in range(n_reached):
        c = order[i]
        if source[c] > 0 and distance[c] == source[c] - 1:
            supplied = source_t_per_day[control[c], c]
            share[c] = min(1.0, supplied / flow_t[c]) if flow_t[c] > 0.0 else 1.0
            continue
        weight = feeding_weight(c, neighbour, control, road_t_per_day, distance, expected)
        share[c] = 0.0
        if weight <= 0.0:
            continue
        flow = max(flow_t[c], LEAST_FLOW_T)
        arriving = 0.0
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if control[b] == control[c] and distance[b] < distance[c]:
                drawn = flow * road_t_per_day[c, n] * expected[b] / weight
                arriving += min(road_t_per_day[c, n], drawn * share[b])
        share[c] = min(1.0, survival[c] * arriving / flow)


@kernel
def feeding_weight(
    c: int, neighbour: Any, control: Any, road_t_per_day: Any, distance: Any, expected: Any
) -> float:
    """Sum of capacity times expected share over the links that lead nearer to a source.

    Equation: sum k expected(parent). Arguments: t/day. Source: as `deliver`. Limits: as `deliver`.
    """
    weight = 0.0
    for n in range(neighbour.shape[1]):
        b = neighbour[c, n]
        if b < 0:
            break
        if control[b] == control[c] and distance[b] < distance[c]:
            weight += road_t_per_day[c, n] * expected[b]
    return weight


@kernel
def forward_share(
    rear_share: float, men: float, demand_kg_per_man: float, carried_kg_per_km: float, front_km: float
) -> float:
    """Delivered share at the positions: the lesser of what reaches the rear and what is carried forward.

    Equation: min(rear, carried / demand). Arguments: men in the stack, demand_kg_per_man [kg/man/day],
    carried_kg_per_km [kg/km/day] by foot, robots and heavy drones. Source: methods 7, "model two flows".
    Limits: carriers are spread evenly along the line.
    """
    if men <= 0.0:
        return rear_share
    carried = carried_kg_per_km * front_km / (men * demand_kg_per_man)
    return min(rear_share, carried)


@kernel
def isolation_effect(short_days: float, floor: float, grace_days: float, decay_days: float) -> float:
    """Effectiveness of a formation after `short_days` without supply, floor..1.

    Equation: E = floor + (1 - floor) exp(-max(0, t - t0)/tau). Arguments: days. Source: methods 7 (E(3) = 1,
    E(7) = .736, E(14) = .466 with floor .2, t0 3, tau 10). Limits: one curve for ammunition, food and water.
    """
    return floor + (1.0 - floor) * math.exp(-max(0.0, short_days - grace_days) / decay_days)


@kernel
def next_short_days(
    short_days: float, stock_days: float, delivered: float, sustain: float, recovery: float, limit_days: float
) -> tuple[float, float]:
    """Days of shortage and of stock after one more day at the delivered share.

    Equation: with m = max(0, sustain - delivered)/sustain the share of bare needs that is missing, stock
    covers
    what it can and shortage grows by the rest; when bare needs are met both heal, the more is left over the
    faster:
    recovery (delivered - sustain)/(1 - sustain). Arguments: shares [-], days. Source: judgement on methods 7
    (positions held for months on little, failed after 7 to 17 days on nothing). Limits: one good for all
    goods.
    """
    if delivered >= sustain:
        spare = recovery * (delivered - sustain) / max(1e-9, 1.0 - sustain)
        return max(0.0, short_days - spare), min(limit_days, stock_days + 0.5 * spare)
    missing = (sustain - delivered) / sustain
    covered = min(stock_days, missing)
    return short_days + missing - covered, stock_days - covered


@kernel
def neck_km(
    neighbour: Any,  # [c, n]
    control: Any,  # [c]
    side: int,
    garrison: Any,  # [c] work list; the first n_garrison entries are the garrison's cells
    n_garrison: int,
    ring: Any,  # [c] rings behind the line
    safe_ring: int,
    edge_width_km: float,
    limit_km: float,
    queue: Any,  # [c] work
    parent: Any,  # [c] work: cell we came from
    used: Any,  # [c, n] work: flow on the edge out of c
    mark: Any,  # [c] work int32
) -> float:
    """Width of the corridor between a garrison and safe ground, km: a minimum cut of cell edges.

    Equation: the largest number of edge-disjoint paths (augmenting paths, Ford and Fulkerson 1956) times the
    width of an edge, counted up to `limit_km`. Safe ground is `safe_ring` rings behind the line.
    Limits: widths in steps of half a cell spacing; 0 means no way out.
    """
    used[:, :] = 0
    paths = 0
    while paths * edge_width_km < limit_km:
        for c in range(mark.shape[0]):
            mark[c] = -1
        head = 0
        tail = 0
        for i in range(n_garrison):
            c = garrison[i]
            mark[c] = c
            parent[c] = -1
            queue[tail] = c
            tail += 1
        found = -1
        while head < tail and found < 0:
            c = queue[head]
            head += 1
            for n in range(neighbour.shape[1]):
                b = neighbour[c, n]
                if b < 0:
                    break
                if control[b] != side or mark[b] >= 0 or used[c, n] > 0:
                    continue
                mark[b] = c
                parent[b] = n
                if ring[b] >= safe_ring:
                    found = b
                    break
                queue[tail] = b
                tail += 1
        if found < 0:
            break
        b = found
        while parent[b] >= 0:
            c = mark[b]
            push_flow(neighbour, used, c, parent[b], b)
            b = c
        paths += 1
    return min(limit_km, paths * edge_width_km)


@kernel
def push_flow(neighbour: Any, used: Any, c: int, n: int, b: int) -> None:
    """Send one unit from c to b along slot n; it cancels a unit that runs the other way.

    Equation: used(c, n) = 1, or used(b, m) = 0 where the reverse edge m carried one. Arguments: 0 or 1.
    Source: Ford and Fulkerson 1956. Limits: edges of unit capacity.
    """
    for m in range(neighbour.shape[1]):
        if neighbour[b, m] == c:
            if used[b, m] > 0:
                used[b, m] = 0
            else:
                used[c, n] = 1
            return
