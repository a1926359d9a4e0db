"""Supply over the roads: the most that sources and roads can bring over held ground, interdicted per km."""

from __future__ import annotations

from typing import Any

from redan.numerics.compile import kernel
from redan.numerics.graph import SMALLEST_T, UNREACHED


@kernel
def price_edges(
    neighbour: Any,  # [c, n]
    control: Any,  # [c]
    road_t_per_day: Any,  # [c, n]
    survival: Any,  # [c] share of loads that survives one cell
    spacing_km: float,
    cost: Any,  # [c, n] out, whole numbers 1..15, 0 closed
) -> None:
    """Routing cost of each edge: 1 on a good road, more on tracks and under fire; 0 between the sides.

    Equation: min(15, 1 + [road < 1500] + 2 [road < 500] + round(24 km (1 - survival) / d)); 0 where nothing
        can be carried
    Arguments:
        neighbour [cell, c x n]: neighbours of each cell, -1 after the last
        control [code, c]: side that holds each cell
        road_t_per_day [t/day, c x n]: capacity of the road across each edge
        survival [share, c]: share of loads that survives one cell of road
        spacing_km [km, > 0]: d, distance between the centres of cells
        cost [-, c x n, out]: cost of each edge in whole numbers 1..15, 0 closed
    Result: none, `cost` is filled
    Source: judgement (C): the order of road classes by capacity, and danger counted like a detour: a road on
        which 4 % of the loads are lost in a kilometre is twice as long as it is.
    Limits: whole numbers, so near ties are ties; no railways of their own.
    """
    weight = 24.0 / spacing_km
    for c in range(control.shape[0]):
        danger = int(weight * (1.0 - survival[c]) + 0.5)
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            road = road_t_per_day[c, n]
            if control[b] != control[c] or road <= 0.0:
                cost[c, n] = 0
                continue
            step = 1 + danger
            if road < 1500.0:
                step += 1
            if road < 500.0:
                step += 2
            cost[c, n] = min(15, step)


@kernel
def raise_rations(
    side: int,
    last: int,
    listed: Any,  # [c]
    n_listed: int,
    control: Any,  # [c]
    demand_t: Any,  # [c]
    left_t: Any,  # [c]
    ration: Any,  # [c]
    missing_t: Any,  # [c]
) -> float:
    """What a side's sources have left is allotted to all who can still be reached, to each the same share.

    Equation: rise = min(1 - r, sum left / sum demand) over the cells listed; r += rise, m += rise demand
    Arguments:
        side [code, 0..1]: the side
        last [-, 0..1]: 1 to allot all that is needed, whether there is enough or not
        listed [cell, c]: cells that something can still be brought to
        n_listed [-, >= 0]: how many of them
        control [code, c]: side that holds each cell
        demand_t [t/day, c]: what is needed at each cell
        left_t [t/day, c]: what sources have left
        ration [share, c, in and out]: r, share of demand allotted, the same wherever more can be brought
        missing_t [t/day, c, in and out]: m, what each cell lacks for itself and for those that draw on it
    Result [share, 0..1]: the rise
    Source: Bertsekas and Gallager 1992, Data Networks, 6.5.2 (definition of max-min fairness by raising all
        alike); that a staff rations in this way is judgement (C).
    Limits: men alike, in the line or behind it; nothing goes first to where the fighting is.
    """
    demand = 0.0
    left = 0.0
    given = 0.0
    for i in range(n_listed):
        c = listed[i]
        if control[c] == side:
            demand += demand_t[c]
            left += left_t[c]
            given = ration[c]
    if given >= 1.0 or left <= 1e-7 * demand:
        return 0.0
    rise = 1.0 - given
    if last == 0 and left < rise * demand:
        rise = left / demand
    for i in range(n_listed):
        c = listed[i]
        if control[c] == side:
            ration[c] += rise
            missing_t[c] += rise * demand_t[c]
    return rise


@kernel
def draw_supply(
    c: int,
    farther: int,
    neighbour: Any,  # [c, n]
    opposite: Any,  # [c, n]
    road_t_per_day: Any,  # [c, n]
    source: Any,  # [c]
    label: Any,  # [c]
    cost: Any,  # [c, n]
    left_t: Any,  # [c]
    taken_t: Any,  # [c]
    drawn_t: Any,  # [c, n]
    missing_t: Any,  # [c]
) -> None:
    """A cell draws what it lacks over its cheapest ways that have room, and then looks farther.

    Equation: while m(c) > 0: over links with room r = k - f(c, b) > 0 on a cheapest way, where
        l(c) = l(b) + cost(b, c), draw min(m(c), r), which b then lacks; with no such link, l(c) = min over
        links with room of l(b) + cost(b, c)
    Arguments:
        c [cell, >= 0]: the cell
        farther [-, 0..1]: 1 to look farther when the cheapest ways are full, 0 to leave the rest lacking
        neighbour [cell, c x n]: neighbours of each cell, -1 after the last
        opposite [-, c x n]: slot of the same edge at the neighbour
        road_t_per_day [t/day, c x n]: k, capacity of the road across each edge
        source [-, c, in and out]: 1 at sources that have something left, 0 elsewhere
        label [-, c, in and out]: l, cost of the cheapest way with room from a source, or less
        cost [-, c x n, in and out]: cost of the way over each edge out of c, negative while full, 0 closed
        left_t [t/day, c, in and out]: what sources have left
        taken_t [t/day, c, in and out]: what has been taken from them
        drawn_t [t/day, c x n, in and out]: f, what a cell draws over each edge, negative what it hands on
        missing_t [t/day, c, in and out]: m, what each cell lacks for itself and for those that draw on it
    Result: none, the arrays are changed
    Source: Goldberg and Tarjan 1988, Journal of the ACM 35:921 (definition of the method: push and relabel
        for a maximum flow, here from demand to source, with costs of edges for their length).
    Limits: a label is a lower bound, so the ways are cheapest while there is room, not cheapest of all flows.
    """
    lacking = missing_t[c]
    while lacking > 0.0:
        if source[c] > 0 and label[c] == 0:
            taken = min(lacking, left_t[c])
            left_t[c] -= taken
            taken_t[c] += taken
            lacking -= taken
            if left_t[c] <= SMALLEST_T:
                source[c] = 0
            if lacking <= 0.0:
                break
        cheapest = UNREACHED
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            room = road_t_per_day[c, n] - drawn_t[c, n]
            if cost[c, n] == 0 or room <= SMALLEST_T:
                continue
            back = opposite[c, n]
            way = label[b] + abs(cost[b, back])
            if way > label[c]:
                cheapest = min(cheapest, way)
                continue
            drawn = min(lacking, room)
            drawn_t[c, n] += drawn
            drawn_t[b, back] -= drawn
            if room - drawn <= SMALLEST_T:
                cost[b, back] = -abs(cost[b, back])
            cost[c, n] = abs(cost[c, n])  # what runs against the flow makes room the other way
            missing_t[b] += drawn
            lacking -= drawn
            if lacking <= 0.0:
                break
        if lacking <= 0.0 or farther == 0:
            break
        label[c] = cheapest
        if cheapest >= UNREACHED:
            break
    missing_t[c] = lacking


@kernel
def draw_in_waves(
    waves: int,
    farther: int,
    neighbour: Any,  # [c, n]
    opposite: Any,  # [c, n]
    road_t_per_day: Any,  # [c, n]
    source: Any,  # [c]
    label: Any,  # [c]
    order: Any,  # [c]
    n_reached: int,
    cost: Any,  # [c, n]
    left_t: Any,  # [c]
    taken_t: Any,  # [c]
    drawn_t: Any,  # [c, n]
    missing_t: Any,  # [c]
) -> None:
    """Every cell draws what it lacks, the farthest first, so that wants gather on their way to a source.

    Equation: for each wave, for c from the farthest to the nearest with m(c) > 0: `draw_supply`
    Arguments:
        waves [-, >= 1]: how often the cells are gone through, at most
        farther [-, 0..1]: 1 to look farther when the cheapest ways are full, 0 to leave the rest lacking
        neighbour [cell, c x n]: neighbours of each cell, -1 after the last
        opposite [-, c x n]: slot of the same edge at the neighbour
        road_t_per_day [t/day, c x n]: capacity of the road across each edge
        source [-, c, in and out]: 1 at sources that have something left, 0 elsewhere
        label [-, c, in and out]: cost of the cheapest way with room from a source, or less
        order [cell, c]: cells reached, by that cost
        n_reached [-, >= 0]: how many of them
        cost [-, c x n, in and out]: cost of the way over each edge out of c, negative while full, 0 closed
        left_t [t/day, c, in and out]: what sources have left
        taken_t [t/day, c, in and out]: what has been taken from them
        drawn_t [t/day, c x n, in and out]: what a cell draws over each edge, negative what it hands on
        missing_t [t/day, c, in and out]: m, what each cell lacks for itself and for those that draw on it
    Result: none, the arrays are changed
    Source: definition: as `draw_supply`, in the order of the labels at the last search.
    Limits: a few waves from each search of the cheapest ways; searches and waves end when nothing that is
        lacking can be brought, and the flow is then a maximum flow.
    """
    for _ in range(waves):
        busy = False
        for i in range(n_reached - 1, -1, -1):
            c = order[i]
            if missing_t[c] > SMALLEST_T and label[c] < UNREACHED:
                draw_supply(
                    c, farther, neighbour, opposite, road_t_per_day, source, label, cost, left_t, taken_t,
                    drawn_t, missing_t,
                )  # fmt: skip
                busy = True
        if not busy:
            break
