"""Campaigns with any parameters on any luck: what designed experiments are played with.

A replication of a forecast has its own parameters and its own luck, both looked up by its number. Here they
are chosen apart: each point is a row of parameters and the number of the replication whose luck it is
played on. A point with the parameters and the luck of replication k is that replication.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.ensemble import play_world
from redan.runs.world import World
from redan.scenario.parameters import draw, resolve
from redan.scenario.posterior import PRIORS, Posterior, find_posterior, with_posterior
from redan.scenario.scenario import Scenario
from redan.vocabulary.parameters import Parameter

F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Points:
    """Points of an experiment.

    Attributes
    ----------
    values
        Parameters [point, parameter], in the order of the register.
    luck
        Replication whose luck each point is played on [point].
    """

    values: F64
    luck: NDArray[np.int64]

    def with_block(self, other: Points, columns: Sequence[int], *, luck: bool = False) -> Points:
        """Return these points with some parameters, and the luck if so asked, taken from others."""
        values = self.values.copy()
        values[:, list(columns)] = other.values[:, list(columns)]
        return Points(values, (other if luck else self).luck)


def in_force(
    scenario: Scenario, posterior: str | Path | None
) -> tuple[dict[str, Parameter], Posterior | str]:
    """Return what a forecast would draw from, and the same as `prepare` takes it.

    Raises
    ------
    InputError : there is no such fit
    """
    fit = find_posterior(posterior, scenario.as_of)
    return with_posterior(resolve(scenario), fit), fit or PRIORS


def drawn(parameters: Mapping[str, Parameter], seed: int, replications: Sequence[int]) -> Points:
    """Return replications of a forecast as points."""
    rows = draw(parameters, seed, replications)
    table = np.column_stack([rows[name] for name in parameters])
    return Points(table, np.array(replications, dtype=np.int64))


def joined(parts: Sequence[Points]) -> Points:
    """Return several sets of points as one."""
    return Points(np.concatenate([p.values for p in parts]), np.concatenate([p.luck for p in parts]))


def play_points(
    world: World,
    points: Points,
    *,
    threads: int | None = None,
    played: Callable[[int], None] = lambda campaigns: None,
) -> dict[str, pl.DataFrame]:
    """Play every course of a world at every point.

    Returns
    -------
    course -> rows as in `replications.parquet`, `replication` being the number of the point.

    Raises
    ------
    KeyboardInterrupt : Ctrl-C
    """
    names = world.draw(range(1)).dtype.names or ()
    rows = np.zeros(points.luck.size, dtype=[(name, np.float64) for name in names])
    for column, name in enumerate(names):
        rows[name] = points.values[:, column]
    campaign, luck = world.engine.campaign, points.luck

    def on_luck(theatre: Any, plan: Any, row: Any, seed: Any, point: int, *rest: Any) -> None:
        campaign(theatre, plan, row, seed, int(luck[point]), *rest)

    designed = replace(
        world,
        draw=lambda wanted: rows[wanted.start : wanted.stop],
        engine=replace(world.engine, campaign=on_luck, label="designed"),
    )
    found = play_world(designed, luck.size, threads=threads, played=played)
    return {course: found.of(course) for course in world.courses}
