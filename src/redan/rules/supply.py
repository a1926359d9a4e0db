"""Supply at the positions: carried forward, felt slowly when it fails, and cut off by a narrow corridor."""

from __future__ import annotations

import math
from typing import Any

from redan.numerics.compile import kernel


@kernel
def forward_share(
    rear_share: float, men: float, demand_kg_per_man: float, carried_kg_per_km: float, front_km: float
) -> float:
    """Delivered share at the positions: the lesser of what reaches the rear and what is carried forward.

    Equation: min(S, q L / (men d)); S where there is nobody
    Arguments:
        rear_share [share, 0..1]: S, share of demand that reaches the rear of the stack
        men [men, >= 0]: forward men of the stack
        demand_kg_per_man [kg/man/day, > 0]: d, what a man at the positions needs
        carried_kg_per_km [kg/km/day, >= 0]: q, what is carried by foot, robots and heavy drones
        front_km [km, >= 0]: L, line that the stack mans
    Result [share, 0..1]: delivered share at the positions
    Source: forward positions received 8 to 10 kg a day, far less than the tonnes of the rear (public note on
        ground logistics, second-hand, B): two flows, of which the lesser counts (C).
    Limits: carriers are spread evenly along the line.
    """
    if men <= 0.0:
        return rear_share
    carried = carried_kg_per_km * front_km / (men * demand_kg_per_man)
    return min(rear_share, carried)


@kernel
def isolation_effect(short_days: float, floor: float, grace_days: float, decay_days: float) -> float:
    """Effectiveness of a formation after days without supply.

    Equation: E = E_min + (1 - E_min) exp(-max(0, t - t0) / tau)
    Arguments:
        short_days [days, >= 0]: t, days of shortage felt
        floor [share, 0..1]: E_min, what is left in the end
        grace_days [days, >= 0]: t0, days before it tells
        decay_days [days, > 0]: tau, how fast it tells
    Result [share, E_min..1]: effectiveness
    Source: judgement (C): positions that were "physically unable to defend" after 7 to 17 days without
        supply, small ones that held 165 days fed by drones (public note on ground logistics, second-hand, B).
        E(3) = 1, E(7) = .736, E(14) = .466 with E_min .2, t0 3, tau 10.
    Limits: one curve for ammunition, food and water.
    """
    return floor + (1.0 - floor) * math.exp(-max(0.0, short_days - grace_days) / decay_days)


@kernel
def next_short_days(
    short_days: float, stock_days: float, delivered: float, sustain: float, recovery: float, limit_days: float
) -> tuple[float, float]:
    """Days of shortage and of stocks after one more day at the delivered share.

    Equation: below the bare needs, m = (S0 - S) / S0 is missing: stocks fall by min(stock, m), shortage grows
        by the rest; above them, g = r (S - S0) / (1 - S0) is spare: shortage falls by g, stocks grow by g / 2
    Arguments:
        short_days [days, >= 0]: days of shortage felt so far
        stock_days [days, >= 0]: stocks with the formation
        delivered [share, 0..1]: S, share of demand delivered today
        sustain [share, 0..1]: S0, share on which a formation can hold for ever
        recovery [days/day, >= 0]: r, shortage healed in a day of full supply
        limit_days [days, >= 0]: most stocks a formation keeps
    Result [days, >= 0]: two numbers, shortage and stocks this evening
    Source: judgement (C): positions held for months on little and failed after 7 to 17 days on nothing
        (public note on ground logistics, second-hand, B).
    Limits: one good for all goods; stocks are not taken by the enemy.
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
    """Width of the corridor between a garrison and safe ground: a minimum cut of cell edges.

    Equation: w times the largest number of edge-disjoint paths (by augmenting paths), counted up to the limit
    Arguments:
        neighbour [cell, c x n]: neighbours of each cell, -1 after the last
        control [code, c]: side that holds each cell
        side [code, 0..1]: the garrison's side
        garrison [cell, c]: list whose first entries are the garrison's cells
        n_garrison [-, >= 0]: how many of them
        ring [-, c]: rings of cells behind the line
        safe_ring [-, >= 0]: rings behind the line at which ground is safe
        edge_width_km [km, > 0]: w, width of an edge
        limit_km [km, > 0]: width beyond which it does not matter
        queue [cell, c, work]: cells of the search
        parent [-, c, work]: slot of the edge we came through
        used [-, c x n, work]: flow on the edge out of each cell
        mark [cell, c, work]: cell we came from, -1 unvisited
    Result [km, 0..limit]: width of the corridor; 0 means no way out
    Source: Ford and Fulkerson 1956, Canadian Journal of Mathematics 8:399 (definition of the cut and the
        method).
    Limits: widths in steps of half the spacing of cells; fire across the corridor is not in it.
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
    """Send one unit of flow from a cell to its neighbour; it cancels a unit that runs the other way.

    Equation: used(c, n) = 1, or used(b, m) = 0 where the edge back carried a unit
    Arguments:
        neighbour [cell, c x n]: neighbours of each cell, -1 after the last
        used [-, c x n, in and out]: flow on the edge out of each cell, 0 or 1
        c [cell, >= 0]: where the unit comes from
        n [-, >= 0]: slot of the edge it takes
        b [cell, >= 0]: where it goes
    Result: none, `used` is changed
    Source: Ford and Fulkerson 1956, Canadian Journal of Mathematics 8:399 (definition).
    Limits: edges of unit capacity.
    """
    for m in range(neighbour.shape[1]):
        if neighbour[b, m] == c:
            if used[b, m] > 0:
                used[b, m] = 0
            else:
                used[c, n] = 1
            return
