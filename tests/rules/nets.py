"""Road nets: what the engine brings over them, step by step as it does, and the most that can flow."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import maximum_flow

from redan.engine.allocate import BUCKETS
from redan.engine.supplying import meet_demand, open_sources
from redan.numerics.graph import pair_edges
from redan.rules.delivery import deliver
from redan.rules.routing import price_edges
from redan.testing.toys import hex_grid

SIDE = 1
CAPACITY = st.floats(0.5, 40.0)


class Field(NamedTuple):
    """Cells of two sides with roads, sources and demands: the arrays that routing reads."""

    neighbour: NDArray[np.int32]  # [c, n]
    control: NDArray[np.int8]  # [c]
    road: NDArray[np.float64]  # [c, n] t/day
    supply: NDArray[np.float64]  # [s, c] t/day
    demand: NDArray[np.float64]  # [c] t/day
    survival: NDArray[np.float64]  # [c]
    spacing_km: float = 2.4


def routed(ground: Field, *, dirt: int = 0) -> Any:
    """Route as the engine does; every array by its name. `dirt` is what the work arrays hold before."""
    n, slots = ground.neighbour.shape

    def whole(*shape: int) -> NDArray[np.int32]:
        return np.full(shape, dirt, dtype=np.int32)

    def real(*shape: int) -> NDArray[np.float64]:
        return np.full(shape, float(dirt))

    work = SimpleNamespace(
        cost=whole(n, slots), distance=whole(n), feeder=whole(n), order=whole(n), label=whole(n),
        back=whole(n), queue=whole(n), link=whole(n), entry=whole(2, n * (slots + 1)), bucket=whole(BUCKETS),
        opposite=np.zeros((n, slots), dtype=np.int8), source=np.zeros(n, dtype=np.int8), left=real(n),
        taken=real(n), drawn=real(n, slots), missing=real(n), ration=real(n), flow=real(n), share=real(n),
    )  # fmt: skip
    pair_edges(ground.neighbour, work.opposite)
    price_edges(ground.neighbour, ground.control, ground.road, ground.survival, ground.spacing_km, work.cost)
    open_sources(ground.supply, ground.control, work.source, work.left, work.taken)
    work.reached = meet_demand(
        ground.neighbour, work.opposite, ground.road, ground.control, work.distance, work.feeder, work.order,
        work.label, work.back, work.queue, work.entry, work.bucket, work.source, work.cost, ground.demand,
        work.ration, work.left, work.taken, work.drawn, work.missing,
    )  # fmt: skip
    deliver(
        ground.neighbour, work.opposite, work.cost, ground.survival, work.feeder, work.order, work.reached,
        ground.demand, work.ration, work.taken, work.drawn, work.link, work.back, work.label, work.queue,
        work.flow, work.share,
    )  # fmt: skip
    return work


def most(ground: Field) -> NDArray[np.float64]:
    """Maximum flow of each side from its sources to its demands, losses apart [s]."""
    found = np.zeros(2)
    for side in range(2):
        own = ground.control == side
        n = own.size
        c, slot = np.nonzero((ground.neighbour >= 0) & own[:, None])
        b = ground.neighbour[c, slot]
        roads = own[b]
        c, slot, b = c[roads], slot[roads], b[roads]
        source, sink = np.flatnonzero(own & (ground.supply[side] > 0.0)), np.flatnonzero(own)
        rows = np.concatenate([c, np.full(source.size, n), sink])
        columns = np.concatenate([b, source, np.full(sink.size, n + 1)])
        tonnes = np.concatenate([ground.road[c, slot], ground.supply[side][source], ground.demand[sink]])
        total = ground.demand[own].sum()
        if total <= 0.0:
            continue
        scale = 2.0**30 / total  # flows are whole numbers there
        whole = np.round(np.minimum(tonnes, total) * scale).astype(np.int32)
        net = coo_array((whole, (rows, columns)), shape=(n + 2, n + 2)).tocsr()
        found[side] = maximum_flow(net, n, n + 1).flow_value / scale
    return found


@dataclass
class Net:
    """A road net of one side: links (cell, cell, tonnes a day), sources, demands."""

    cells: int
    links: list[tuple[int, int, float]]
    sources: dict[int, float]
    demands: dict[int, float]
    survival: dict[int, float] = field(default_factory=dict)

    def field(self) -> Field:
        """The net as arrays."""
        n = self.cells
        neighbour = np.full((n, 6), -1, dtype=np.int32)
        road = np.zeros((n, 6))
        used = [0] * n
        for a, b, capacity in self.links:
            for one, other in ((a, b), (b, a)):
                neighbour[one, used[one]] = other
                road[one, used[one]] = capacity
                used[one] += 1
        supply, demand, survival = np.zeros((2, n)), np.zeros(n), np.ones(n)
        for values, array in (
            (self.sources, supply[SIDE]),
            (self.demands, demand),
            (self.survival, survival),
        ):
            for c, value in values.items():
                array[c] = value
        return Field(neighbour, np.full(n, SIDE, dtype=np.int8), road, supply, demand, survival)

    def delivered(self) -> NDArray[np.float64]:
        """Share of its demand that reaches each cell [c]."""
        return np.asarray(routed(self.field()).share)

    def tonnes(self) -> float:
        """Tonnes a day that arrive."""
        share = self.delivered()
        return float(sum(share[c] * tonnes for c, tonnes in self.demands.items()))

    def most(self) -> float:
        """Tonnes a day that could arrive at most, losses apart."""
        return float(most(self.field())[SIDE])


def hex_field(rng: np.random.Generator, columns: int, rows: int) -> Field:
    """A field of hexagons: ground of both sides in patches, unlike roads, sources and demands anywhere."""
    neighbour = np.ascontiguousarray(hex_grid(columns, rows)[0])
    n = neighbour.shape[0]
    control = np.where(rng.random(n) < rng.uniform(0.0, 0.4), 0, SIDE).astype(np.int8)
    width = rng.uniform(0.0, 1.0, size=(n, n))
    width = np.where(width < 0.15, 0.0, 40.0 * width**3)  # some links carry nothing, few carry much
    road = np.zeros(neighbour.shape)
    for c, slot in zip(*np.nonzero(neighbour >= 0), strict=True):
        b = neighbour[c, slot]
        road[c, slot] = width[min(b, c), max(b, c)]
    few, many = rng.uniform(0.02, 0.2), rng.uniform(0.05, 0.9)
    supply = np.where(rng.random((2, n)) < few, rng.uniform(1.0, 60.0, size=(2, n)), 0.0)
    demand = np.where(rng.random(n) < many, rng.uniform(0.1, 20.0, size=n), 0.0)
    return Field(neighbour, control, road, supply, demand, np.ones(n))


def brought(ground: Field) -> NDArray[np.float64]:
    """Tonnes a day that arrive, by side [s]."""
    arriving = np.asarray(routed(ground).share) * ground.demand
    return np.array([arriving[ground.control == side].sum() for side in range(2)])
