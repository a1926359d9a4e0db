"""Play a strip many times and read off each campaign what the facts are about."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from redan.runs.executor import each, stop_on_interrupt
from redan.runs.world import World, allocate, play
from redan.scenario.parameters import draw
from redan.theatre.strips.build import build_strip
from redan.theatre.strips.plan import goal_east, plan_on, within_sector
from redan.theatre.strips.shape import ROW_OVER_SPACING, Strip
from redan.vocabulary import outcomes as out
from redan.vocabulary.arrays import Output, Theatre
from redan.vocabulary.codes import ATTACKER, DEFENDER, LEDGER_CAPTURED, LEDGER_START
from redan.vocabulary.parameters import Parameter

COURSE = "attack"
CHUNK = 5
F64 = NDArray[np.float64]
Reader = Callable[["Case", Theatre, Any, Output, Any], Mapping[str, float]]


@dataclass(frozen=True)
class Case:
    """One theatre with its forces and days, played for some replications."""

    name: str
    strip: Strip
    parameters: Mapping[str, Parameter]
    days: int
    first: int = 0  # number of the first replication: cases with the same numbers share their luck
    layers_off: tuple[str, ...] = ()
    sector_km: tuple[float, float] | None = (
        None  # where the axis may attack, south and north; None: everywhere
    )
    goal: Callable[[Theatre], F64] = field(default=goal_east, compare=False)
    change: Callable[[Theatre], Theatre] | None = field(default=None, compare=False)

    def theatre(self) -> Theatre:
        """The compiled theatre."""
        made = build_strip(self.strip, layers_off=self.layers_off)
        return made if self.change is None else self.change(made)

    def distance_km(self, theatre: Theatre) -> F64:
        """[c] distance to the axis's goal, infinite where it may not attack."""
        distance = self.goal(theatre)
        return distance if self.sector_km is None else within_sector(theatre, distance, self.sector_km)

    @property
    def width_km(self) -> float:
        """Width of the ground attacked, which turns area into depth."""
        return self.strip.width_km if self.sector_km is None else self.sector_km[1] - self.sector_km[0]


def depth_by_row(case: Case, theatre: Theatre, state: Any) -> F64:
    """[row] ground gained in each row of a strip, as a depth in km."""
    gained = (state.cells.share - theatre.cell_share0).reshape(case.strip.rows, case.strip.columns)
    return np.asarray(gained.sum(axis=1) * case.strip.spacing_km, np.float64)


def axis_km(by_row: F64, spacing_km: float, axis_width_km: float) -> float:
    """Depth of the deepest advance of a given width: the best mean over neighbouring rows."""
    n = max(1, min(len(by_row), round(axis_width_km / (ROW_OVER_SPACING * spacing_km))))
    return float(np.convolve(by_row, np.full(n, 1.0 / n), mode="valid").max())


def read_campaign(case: Case, theatre: Theatre, state: Any, output: Output, row: Any) -> dict[str, float]:
    """Depth gained, losses and prisoners of one campaign, at its horizon."""
    measure, ledger = output.measure, output.ledger
    depth = float(measure[out.MEASURE_AREA]) / case.width_km
    lost_a, lost_d = (float(measure[out.MEASURE_LOSSES_ATTACKER + s]) for s in (ATTACKER, DEFENDER))
    return {
        "depth_km": depth,
        "lost_attacker": lost_a,
        "lost_defender": lost_d,
        "men_attacker": float(ledger[ATTACKER, LEDGER_START]),
        "men_defender": float(ledger[DEFENDER, LEDGER_START]),
        "captured_attacker": float(ledger[ATTACKER, LEDGER_CAPTURED]),
        "captured_defender": float(ledger[DEFENDER, LEDGER_CAPTURED]),
        "behind_3km_share": float(measure[out.MEASURE_DEPTH_SHARE]),
        "effort": float(measure[out.MEASURE_EFFORT]),
    }


@dataclass(eq=False)
class Player:
    """Plays cases with one seed on some threads."""

    seed: int
    threads: int
    played: int = 0

    def __call__(self, case: Case, n: int, read: Reader = read_campaign) -> dict[str, F64]:
        """Play replications `first` .. `first + n - 1` of a case; what `read` found, by name [r].

        The result depends on the case, the seed and the numbers only, not on the threads.
        """
        theatre = case.theatre()
        world = World(
            theatre=theatre,
            plans={COURSE: plan_on(case.distance_km(theatre))},
            objectives=[town.name for town in case.strip.towns],
            axes={COURSE: ["axis"]},
            draw=lambda wanted: draw(case.parameters, self.seed, wanted),
            seed=self.seed,
            horizon_days=case.days,
        )
        chunks = [range(k, min(k + CHUNK, case.first + n)) for k in range(case.first, case.first + n, CHUNK)]
        found: dict[range, list[Mapping[str, float]]] = {}
        local = threading.local()

        def work(chunk: range) -> list[Mapping[str, float]]:
            if not hasattr(local, "memory"):
                local.memory = allocate(world, COURSE)
            rows = world.draw(chunk)
            results = []
            for replication, row in zip(chunk, rows, strict=True):
                output = play(world, COURSE, replication, row, local.memory)
                results.append(read(case, theatre, local.memory[0], output, row))
            return results

        with stop_on_interrupt() as stop:
            each(work, chunks, self.threads, stop, found.__setitem__)
            if stop.is_set():
                raise KeyboardInterrupt
        self.played += n
        ordered = [result for chunk in chunks for result in found[chunk]]
        return {name: np.array([result[name] for result in ordered]) for name in ordered[0]}
