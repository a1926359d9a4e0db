"""Three of the hottest pieces of a day beside the same by hand in NumPy, with whole arrays, in one process.

Both do the same work on the same numbers, and their answers are compared before their times are: the depth
of every cell behind the line (`ring_search`), the losses of every formation (`count_quantile` of a keyed
draw) and what drones and fires cost along the line (`kills_per_km`, `fire_losses`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.numerics.compile import kernel
from redan.numerics.draws import (
    GOLDEN,
    HALF_STEP,
    MIX_1,
    MIX_2,
    SCALE_52,
    SHIFT_12,
    SHIFT_27,
    SHIFT_30,
    SHIFT_31,
    uniform,
)
from redan.numerics.graph import UNREACHED, ring_search
from redan.numerics.inverse import count_quantile
from redan.rules.drones import kills_per_km
from redan.rules.fires import fire_losses
from redan.runs.faults import RunError
from redan.runs.world import World

Floats = NDArray[np.float64]
Whole = NDArray[np.int32]

#: Rounds of each pair, of which the median ratio is told.
ROUNDS: Final = 15
#: Calls in a round: enough to be timed.
CALLS: Final = 20
#: Key and decision of the draws; any would do.
KEY: Final = np.uint64(20251212)
DECISION: Final = 1
#: Round numbers of the bundled scenario's size: they set how much work there is, and no result rests on them.
SHARE_LOST: Final = 0.002
DISPERSION: Final = 0.3
SORTIES: Final = (40.0, 0.1, 30.0)  # a km and day, casualties of one, men exposed at which half are hit
FIRES: Final = (0.002, 0.8, 0.5)  # losses a day, intensity, exponent
MEN_PER_KM: Final = 120.0


@kernel
def lose(key: Any, decision: int, ids: Any, mean: Any, dispersion: float, out: Any) -> None:
    """Losses of every formation, one by one."""
    for f in range(mean.shape[0]):
        out[f] = count_quantile(uniform(key, decision, ids[f]), mean[f], dispersion)


@kernel
def shell(men: Any, safe: Any, sorties: Any, fires: Any, out: Any) -> None:
    """Men hit along the line, cell by cell."""
    for c in range(men.shape[0]):
        out[c] = kills_per_km(sorties[0], sorties[1], men[c] * safe[c], sorties[2])
        out[c] += fire_losses(men[c], 1.0, fires[0], fires[1], fires[2], safe[c])


def rings_by_hand(neighbour: Whole, side: NDArray[Any], seeds: Whole) -> Whole:
    """Rings behind the line: a wave of cells at a time."""
    ring = np.full(len(side), UNREACHED, dtype=np.int32)
    ring[seeds] = 0
    wave, depth = seeds, 0
    while len(wave):
        depth += 1
        near = neighbour[wave]
        fresh = (near >= 0) & (ring[near] == UNREACHED) & (side[near] == side[wave][:, None])
        wave = np.unique(near[fresh])
        ring[wave] = depth
    return ring


def losses_by_hand(ids: NDArray[np.uint64], mean: Floats, dispersion: float) -> Floats:
    """Keyed draws of all formations at once, then the cumulative sum of all that are not done."""
    decision = np.full_like(ids, DECISION)  # an array: whole ones wrap around in silence, single numbers warn
    u = (_mix(_mix(np.full_like(ids, KEY), decision), ids) >> SHIFT_12) * SCALE_52 + HALF_STEP
    size = 1.0 / dispersion
    odds = mean / (size + mean)
    term = np.exp(-size * np.log1p(dispersion * mean))
    total = term.copy()
    count = np.zeros(len(mean))
    left = np.flatnonzero(u > total)
    while len(left):
        term[left] *= odds[left] * (size + count[left]) / (count[left] + 1.0)
        count[left] += 1.0
        total[left] += term[left]
        left = left[u[left] > total[left]]
    return count


def _mix(key: NDArray[np.uint64], value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    z = key + (value + np.uint64(1)) * GOLDEN
    z = (z ^ (z >> SHIFT_30)) * MIX_1
    z = (z ^ (z >> SHIFT_27)) * MIX_2
    return np.asarray(z ^ (z >> SHIFT_31), np.uint64)


def shell_by_hand(men: Floats, safe: Floats) -> Floats:
    """Men hit along the line, all cells at once."""
    exposed = men * safe
    hit = SORTIES[0] * SORTIES[1] * exposed / (exposed + SORTIES[2])
    return np.asarray(hit + men * FIRES[0] * FIRES[1] ** FIRES[2] * safe)


def numpy_over_compiled(world: World) -> dict[str, float]:
    """How many times as long as the compiled rule NumPy takes, for each of the three.

    Raises
    ------
    RunError
        The two do not agree.
    """
    pairs = {"depth": _depth(world), "losses": _losses(world), "fires": _fires(world)}
    ratios = {}
    for name, (compiled, by_hand) in pairs.items():
        if not np.allclose(compiled(), by_hand(), rtol=1e-12):
            raise RunError(f"the compiled {name} and the same in NumPy disagree")
        ratios[name] = round(median(_ratio(compiled, by_hand) for _ in range(ROUNDS)), 2)
    return ratios


def _ratio(compiled: Callable[[], object], by_hand: Callable[[], object]) -> float:
    spent = []
    for work in (compiled, by_hand):
        began = time.perf_counter()
        for _ in range(CALLS):
            work()
        spent.append(time.perf_counter() - began)
    return spent[1] / spent[0]


Pair = tuple[Callable[[], Any], Callable[[], Any]]


def _line(world: World) -> Whole:
    """Cells that touch the other side on day 0."""
    neighbour, control = world.theatre.cell_neighbour, world.theatre.cell_control0
    facing = (neighbour >= 0) & (control[neighbour] != control[:, None])
    return np.flatnonzero(facing.any(axis=1)).astype(np.int32)


def _depth(world: World) -> Pair:
    neighbour, control, seeds = world.theatre.cell_neighbour, world.theatre.cell_control0, _line(world)
    queue, ring, parent, label = (np.zeros(len(control), dtype=np.int32) for _ in range(4))

    def compiled() -> Whole:
        queue[: len(seeds)] = seeds
        ring_search(neighbour, control, queue, len(seeds), UNREACHED - 1, ring, parent, label)
        return ring

    return compiled, lambda: rings_by_hand(neighbour, control, seeds)


def _losses(world: World) -> Pair:
    theatre, row = world.theatre, world.draw(range(1))[0]
    total = np.where(theatre.formation_side == 0, row["attacker_men"], row["defender_men"])
    mean = theatre.formation_share * total * SHARE_LOST
    out = np.zeros(len(mean))

    def compiled() -> Floats:
        lose(KEY, DECISION, theatre.formation_id, mean, DISPERSION, out)
        return out

    return compiled, lambda: losses_by_hand(theatre.formation_id, mean, DISPERSION)


def _fires(world: World) -> Pair:
    cells = _line(world)
    men, safe = np.full(len(cells), MEN_PER_KM), 1.0 - 0.5 * world.theatre.cell_cover[cells]
    sorties, fires, out = np.array(SORTIES), np.array(FIRES), np.zeros(len(cells))

    def compiled() -> Floats:
        shell(men, safe, sorties, fires, out)
        return out

    return compiled, lambda: shell_by_hand(men, safe)
