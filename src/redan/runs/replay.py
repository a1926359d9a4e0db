"""Play one campaign again from its key: any replication that is not kept whole in the run folder."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from redan.runs.chunk import FULL_REPLICATIONS, Chunk, full_rows
from redan.runs.folder import RunFolder
from redan.runs.tables import Names, log_frame, series_frame
from redan.runs.world import World, allocate


@dataclass(frozen=True)
class Replay:
    """One campaign, whole: rows as in `events.parquet` and `series.parquet`."""

    events: pl.DataFrame
    series: pl.DataFrame


def replay(world: World, names: Names, course: str, replication: int) -> Replay:
    """Play one replication of a course and keep all of it.

    Raises
    ------
    RuntimeError : the books of the campaign do not balance
    """
    chunk = Chunk(0, world.courses.index(course), replication, replication + 1)
    rows = full_rows(world, chunk, allocate(world, course))
    series = series_frame(world, rows["series"], range(replication, replication + 1), course)
    return Replay(log_frame(world, names, rows, replication, course), series)


def recorded(run: RunFolder, course: str, replication: int) -> Replay | None:
    """Return a campaign kept whole in the run folder; None where it has to be played again."""
    if replication >= min(run.done, FULL_REPLICATIONS):
        return None
    events, series = (run.of_campaign(name, course, replication) for name in ("events", "series"))
    return Replay(events, series)
