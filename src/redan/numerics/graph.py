"""Graph search on the cell lattice: breadth-first rings, bucketed shortest and widest paths, and a
max-flow for checks. Work arrays are passed in, so that nothing is allocated inside a day.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from redan.numerics.compile import kernel

UNREACHED = 1 << 28


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
            continue
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if ring[b] == UNREACHED and side[b] == side[c]:
                ring[b] = next_ring
                parent[b] = c
                label[b] = label[c]
                queue[tail] = b
                tail += 1
    return tail


@kernel
def bucket_remove(c: int, slot: int, link: Any, back: Any, head: Any) -> None:
    """Take cell c out of the doubly linked list of bucket `slot`."""
    if back[c] >= 0:
        link[back[c]] = link[c]
    else:
        head[slot] = link[c]
    if link[c] >= 0:
        back[link[c]] = back[c]


@kernel
def bucket_push(c: int, slot: int, link: Any, back: Any, head: Any) -> None:
    """Put cell c at the front of bucket `slot`."""
    link[c] = head[slot]
    back[c] = -1
    if head[slot] >= 0:
        back[head[slot]] = c
    head[slot] = c


@kernel
def bucket_paths(
    neighbour: Any,  # [c, n]
    cost: Any,  # [c, n] int32 >= 1 for a usable edge, 0 for a closed one; below the number of buckets
    source: Any,  # [c] int8: 1 + starting cost where paths begin, 0 elsewhere; below the number of buckets
    distance: Any,  # [c] out: least cost from a source, UNREACHED where none
    order: Any,  # [c] out: cells reached, by increasing distance
    link: Any,  # [c] work
    back: Any,  # [c] work
    head: Any,  # [bucket] work; a power of two above every cost
) -> int:
    """Dial's bucket queue: least-cost paths with small whole-number costs; returns cells reached.

    Source: Dial 1969, Commun. ACM 12:632. O(edges + greatest distance).
    """
    mask = head.shape[0] - 1
    head.fill(-1)
    pending = 0
    for c in range(distance.shape[0]):
        distance[c] = UNREACHED
        if source[c] != 0:
            distance[c] = source[c] - 1
            bucket_push(c, source[c] - 1, link, back, head)
            pending += 1
    count = 0
    level = 0
    while pending > 0:
        slot = level & mask
        c = head[slot]
        if c < 0:
            level += 1
            continue
        bucket_remove(c, slot, link, back, head)
        pending -= 1
        order[count] = c
        count += 1
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            step = cost[c, n]
            if step > 0 and distance[b] > level + step:
                if distance[b] < UNREACHED:
                    bucket_remove(b, distance[b] & mask, link, back, head)
                    pending -= 1
                distance[b] = level + step
                bucket_push(b, (level + step) & mask, link, back, head)
                pending += 1
    return count


@kernel
def max_flow(capacity: Any, source: int, sink: int) -> float:
    """Edmonds-Karp maximum flow on a dense capacity matrix [v, v]: the reference for small graphs."""
    n = capacity.shape[0]
    residual = capacity.copy()
    parent = np.empty(n, dtype=np.int64)
    queue = np.empty(n, dtype=np.int64)
    total = 0.0
    while True:
        parent.fill(-1)
        parent[source] = source
        queue[0] = source
        head, tail = 0, 1
        while head < tail and parent[sink] < 0:
            v = queue[head]
            head += 1
            for w in range(n):
                if parent[w] < 0 and residual[v, w] > 1e-12:
                    parent[w] = v
                    queue[tail] = w
                    tail += 1
        if parent[sink] < 0:
            return total
        push = 1e300
        w = sink
        while w != source:
            push = min(push, residual[parent[w], w])
            w = parent[w]
        w = sink
        while w != source:
            residual[parent[w], w] -= push
            residual[w, parent[w]] += push
            w = parent[w]
        total += push
