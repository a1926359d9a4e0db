"""Delivery: what has been drawn over the roads comes down to who drew it, less what is lost per km."""

from __future__ import annotations

from typing import Any

from redan.numerics.compile import kernel
from redan.numerics.graph import SMALLEST_T


@kernel
def deliver(
    neighbour: Any,  # [c, n]
    opposite: Any,  # [c, n]
    cost: Any,  # [c, n]
    survival: Any,  # [c]
    feeder: Any,  # [c]
    order: Any,  # [c]
    n_reached: int,
    demand_t: Any,  # [c]
    ration: Any,  # [c]
    taken_t: Any,  # [c]
    drawn_t: Any,  # [c, n]
    waiting: Any,  # [c] work
    seen: Any,  # [c] work
    slot: Any,  # [c] work
    listed: Any,  # [c] work
    flow_t: Any,  # [c] out
    share: Any,  # [c] out
) -> None:
    """Bring down what can be brought: what a cell gets is shared by itself and all who draw on it alike.

    Equation: arrives(c) = taken(c) + sum f(c, b) met(b); met(c) = arrives(c) / (r(c) demand(c) + what is
        drawn on c); s(c) likewise from taken(c) + survival(c) sum f(c, b) s(b); share(c) = r(c) s(c); in an
        order in which each cell comes after those it draws on
    Arguments:
        neighbour [cell, c x n]: neighbours of each cell, -1 after the last
        opposite [-, c x n]: slot of the same edge at the neighbour
        cost [-, c x n, in and out]: cost of the way over each edge out of c, negative while full, 0 closed
        survival [share, c]: share of loads that survives one cell of road
        feeder [cell, c]: neighbour on the cheapest way from a source, itself at a source
        order [cell, c]: cells reached, by the cost of that way
        n_reached [-, >= 0]: how many of them
        demand_t [t/day, c]: what is needed at each cell
        ration [share, c]: r, share of it allotted
        taken_t [t/day, c]: what each cell takes from a source of its own
        drawn_t [t/day, c x n, in and out]: f, what a cell draws over each edge, negative what it hands on;
            what runs in circles is taken out
        waiting [-, c, work]: how many of the cells it draws on are still to come
        seen [-, c, work]: number of the last circle looked for through the cell
        slot [-, c, work]: slot of the edge by which it was left
        listed [cell, c, work]: all cells in their order
        flow_t [t/day, c, out]: tonnes a day through the cell, losses apart
        share [share, c, out]: share of its demand that reaches each cell; where nobody needs anything, what a
            little would get by the cheapest way; 0 where no way leads
    Result: none, `flow_t` and `share` are filled
    Source: definition of a flow that is conserved at every cell and split in proportion; the order is that of
        Kahn 1962, Communications of the ACM 5:558.
    Limits: roads carry what sets out, also what is lost farther on. What comes through a full road is shared
        alike by those behind it as far as their wants could gather there.
    """
    tail = 0
    for c in range(waiting.shape[0]):
        flow_t[c] = taken_t[c]
        share[c] = taken_t[c]
        seen[c] = -1
        waiting[c] = 0
        for n in range(neighbour.shape[1]):
            if drawn_t[c, n] > SMALLEST_T:
                waiting[c] += 1
        if waiting[c] == 0:
            listed[tail] = c
            tail += 1
    head = 0
    circles = 0
    first = 0
    while head < waiting.shape[0]:
        if head == tail:
            while waiting[first] == 0:
                first += 1
            tail = unwind_circle(
                first, circles, neighbour, opposite, cost, drawn_t, waiting, seen, slot, listed, tail
            )
            circles += 1
            continue
        c = listed[head]
        head += 1
        needed = ration[c] * demand_t[c]
        for n in range(neighbour.shape[1]):
            if drawn_t[c, n] < -SMALLEST_T:
                needed -= drawn_t[c, n]
        if needed <= 0.0:
            continue
        met = min(1.0, flow_t[c] / needed)
        share[c] = min(1.0, share[c] / needed)
        for n in range(neighbour.shape[1]):
            if drawn_t[c, n] < -SMALLEST_T:
                b = neighbour[c, n]
                flow_t[b] -= drawn_t[c, n] * met
                share[b] -= drawn_t[c, n] * share[c] * survival[b]
                waiting[b] -= 1
                if waiting[b] == 0:
                    listed[tail] = b
                    tail += 1
    for i in range(n_reached):
        c = order[i]
        if demand_t[c] > 0.0 or flow_t[c] > SMALLEST_T:
            share[c] *= ration[c]
        elif feeder[c] == c:
            share[c] = ration[c]
        else:
            share[c] = survival[c] * share[feeder[c]]


@kernel
def unwind_circle(
    c: int,
    circle: int,
    neighbour: Any,  # [c, n]
    opposite: Any,  # [c, n]
    cost: Any,  # [c, n]
    drawn_t: Any,  # [c, n]
    waiting: Any,  # [c]
    seen: Any,  # [c]
    slot: Any,  # [c]
    listed: Any,  # [c]
    tail: int,
) -> int:
    """Follow a waiting cell's supply up until it comes back to itself, and take out what runs round.

    Equation: f = f - min f, over the links of the circle
    Arguments:
        c [cell, >= 0]: a cell that waits for another
        circle [-, >= 0]: number of this circle
        neighbour [cell, c x n]: neighbours of each cell, -1 after the last
        opposite [-, c x n]: slot of the same edge at the neighbour
        cost [-, c x n, in and out]: cost of the way over each edge out of c, negative while full, 0 closed
        drawn_t [t/day, c x n, in and out]: f, what a cell draws over each edge, negative what it hands on
        waiting [-, c, in and out]: how many of the cells it draws on are still to come
        seen [-, c, in and out]: number of the last circle looked for through the cell
        slot [-, c, in and out]: slot of the edge by which it was left
        listed [cell, c, in and out]: cells listed; those that wait no longer are added
        tail [-, >= 0]: how many are listed
    Result [-, >= 0]: how many are listed now
    Source: definition: what runs in a circle feeds nobody.
    Limits: every cell of the list has been gone through, so that a waiting cell waits for a waiting cell.
    """
    while seen[c] != circle:
        seen[c] = circle
        for n in range(neighbour.shape[1]):
            if drawn_t[c, n] > SMALLEST_T and waiting[neighbour[c, n]] > 0:
                slot[c] = n
                break
        c = neighbour[c, slot[c]]
    start = c
    least = drawn_t[c, slot[c]]
    c = neighbour[c, slot[c]]
    while c != start:
        least = min(least, drawn_t[c, slot[c]])
        c = neighbour[c, slot[c]]
    while True:
        n = slot[c]
        b = neighbour[c, n]
        rest = drawn_t[c, n] - least
        if rest <= SMALLEST_T:
            rest = 0.0
            waiting[c] -= 1
            if waiting[c] == 0:
                listed[tail] = c
                tail += 1
        drawn_t[c, n] = rest
        drawn_t[b, opposite[c, n]] = -rest
        cost[b, opposite[c, n]] = abs(cost[b, opposite[c, n]])
        c = b
        if c == start:
            return tail
