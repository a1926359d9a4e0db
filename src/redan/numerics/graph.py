"""Graph search on the cell lattice: breadth-first rings and bucketed least-cost paths. Work arrays are passed
in, so that nothing is allocated inside a day.
"""

from __future__ import annotations

from typing import Any

from redan.numerics.compile import kernel

UNREACHED = 1 << 28
SMALLEST_T = 1e-9  # tonnes a day (a milligram) below which a link, a source or a want is nothing


@kernel
def ring_search(
    neighbour: Any,  # [c, n]
    side: Any,  # [c] cells are searched within their own side only
    queue: Any,  # [c] work; the first n_seeds entries are the seeds
    n_seeds: int,
    limit: int,
    ring: Any,  # [c] out: rings from the seeds, UNREACHED beyond
    parent: Any,  # [c] out: next cell towards the seed, itself for a seed
    label: Any,  # [c] in for seeds, out for all reached
) -> int:
    """Multi-source breadth-first search; returns how many cells were reached, in `queue` by ring."""
    for c in range(ring.shape[0]):
        ring[c] = UNREACHED
    return spread_rings(neighbour, side, queue, n_seeds, limit, ring, parent, label)


@kernel
def spread_rings(
    neighbour: Any, side: Any, queue: Any, n_seeds: int, limit: int, ring: Any, parent: Any, label: Any
) -> int:
    """The search proper, for a caller who has set `ring` to UNREACHED wherever it may go."""
    for i in range(n_seeds):
        c = queue[i]
        ring[c] = 0
        parent[c] = c
    head = 0
    tail = n_seeds
    while head < tail:
        c = queue[head]
        head += 1
        next_ring = ring[c] + 1
        if next_ring > limit:
            break  # so are all that follow
        own_side = side[c]
        own_label = label[c]
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if ring[b] == UNREACHED and side[b] == own_side:
                ring[b] = next_ring
                parent[b] = c
                label[b] = own_label
                queue[tail] = b
                tail += 1
    return tail


@kernel
def bucket_paths(
    neighbour: Any,  # [c, n]
    cost: Any,  # [c, n] int32 >= 1 for a usable edge, else closed; below the number of buckets
    source: Any,  # [c] int8: other than 0 where paths begin
    distance: Any,  # [c] out: least cost from a source, UNREACHED where none
    parent: Any,  # [c] out for cells reached: the cell before on a least-cost path, itself for a source
    order: Any,  # [c] out: cells reached, by increasing distance
    entry: Any,  # [2, c * (n + 1)] work: cell of an entry of the queue, and the next entry in its bucket
    head: Any,  # [bucket] work; a power of two above every cost
) -> int:
    """Dial's bucket queue: least-cost paths with small whole-number costs; returns cells reached.

    A cell that is found again nearer gets a second entry and the first is passed over: a cell's edges are
    looked along once, so there are at most as many entries as cells and edges.

    Source: Dial 1969, Commun. ACM 12:632. O(edges + greatest distance).
    """
    mask = head.shape[0] - 1
    head.fill(-1)
    used = 0
    for c in range(distance.shape[0]):
        distance[c] = UNREACHED
        if source[c] != 0:
            distance[c] = 0
            parent[c] = c
            entry[0, used] = c
            entry[1, used] = head[0]
            head[0] = used
            used += 1
    pending = used
    count = 0
    level = 0
    while pending > 0:
        slot = level & mask
        e = head[slot]
        if e < 0:
            level += 1
            continue
        head[slot] = entry[1, e]
        pending -= 1
        c = entry[0, e]
        if distance[c] != level:
            continue
        order[count] = c
        count += 1
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            step = cost[c, n]
            if step > 0 and distance[b] > level + step:
                distance[b] = level + step
                parent[b] = c
                slot = (level + step) & mask
                entry[0, used] = b
                entry[1, used] = head[slot]
                head[slot] = used
                used += 1
                pending += 1
    return count


@kernel
def pair_edges(
    neighbour: Any,  # [c, n]
    opposite: Any,  # [c, n] out: slot of the same edge at the neighbour, -1 after the last
) -> None:
    """Find every edge's slot at its other end. O(edges)."""
    for c in range(neighbour.shape[0]):
        for n in range(neighbour.shape[1]):
            opposite[c, n] = -1
            b = neighbour[c, n]
            if b < 0:
                continue
            for m in range(neighbour.shape[1]):
                if neighbour[b, m] == c:
                    opposite[c, n] = m
