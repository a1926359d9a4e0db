"""Many campaigns of a scenario in memory: what comparisons of whole ensembles are made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from redan.analysis.censored import of_course
from redan.runs.chunk import Chunk
from redan.runs.executor import simulate
from redan.runs.prepare import prepare
from redan.runs.tables import replications_table
from redan.runs.world import World
from redan.scenario.posterior import Posterior
from redan.scenario.scenario import Scenario
from redan.theatre.compile import compile_theatre


@dataclass(frozen=True)
class Ensemble:
    """Replications 0 .. n - 1 of some courses.

    Attributes
    ----------
    replications
        The table of the same name of a run folder: a row per course and replication with events, measures
        and the parameters drawn.
    """

    replications: pl.DataFrame
    courses: tuple[str, ...]
    objectives: tuple[str, ...]
    horizon_days: int

    def of(self, course: str) -> pl.DataFrame:
        """Rows of one course, in the order of their replications."""
        return of_course(self.replications, course)


def play(
    scenario: Scenario,
    *,
    courses: Sequence[str] | None = None,
    replications: int,
    horizon_days: int,
    seed: int,
    layers_off: Sequence[str] = (),
    posterior: Posterior | str | None = None,
    threads: int | None = None,
    played: Callable[[int], None] = lambda campaigns: None,
) -> Ensemble:
    """Play courses of a scenario, without a run folder.

    Two ensembles of one seed share parameters and luck replication by replication, whatever layers are off.

    Parameters
    ----------
    courses : names; by default every course
    layers_off : names of `vocabulary.codes.LAYERS`
    posterior : what to draw from, as `prepare` takes it
    threads : by default every core; the results do not depend on it
    played : called with the number of campaigns finished so far

    Raises
    ------
    InputError : an unknown course or layer, or a number out of its range
    KeyboardInterrupt : Ctrl-C, once the threads have come to rest
    """
    job = prepare(
        scenario,
        compile_theatre(scenario, layers_off=layers_off),
        courses=courses,
        replications=replications,
        horizon_days=horizon_days,
        seed=seed,
        layers_off=layers_off,
        posterior=posterior,
    )
    return play_world(job.world, replications, threads=threads, played=played)


def play_world(
    world: World,
    replications: int,
    *,
    threads: int | None = None,
    played: Callable[[int], None] = lambda campaigns: None,
) -> Ensemble:
    """Play a world that is ready, as `play` does."""
    found = simulate(world, range(replications), threads=threads, played=played)
    whole = [Chunk(0, course, 0, replications) for course in range(len(world.courses))]
    table = replications_table(world, whole, lambda chunk: found[world.courses[chunk.course]], replications)
    return Ensemble(table, tuple(world.courses), tuple(world.objectives), world.horizon_days)
