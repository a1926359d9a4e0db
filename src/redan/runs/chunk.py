"""A chunk: some neighbouring replications of one course, played one after another by one worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.runs.files import Arrays
from redan.runs.histogram import Binner
from redan.runs.world import World, play
from redan.vocabulary.arrays import Output

FULL_REPLICATIONS: Final = 200  # of each course: daily series and log are kept whole
CHUNK_SHARES: Final = 64  # a run is cut into about this many chunks per course
CHUNK_MOST: Final = 25
CHUNK_LEAST: Final = 4


class Stopped(Exception):
    """The run was told to stop while this chunk was being played; the chunk is dropped."""


@dataclass(frozen=True)
class Chunk:
    """Replications `start` to `stop` - 1 of the course with this index."""

    index: int
    course: int
    start: int
    stop: int


def chunk_size(replications: int) -> int:
    """Replications in a chunk: depends on nothing but the size of the run, so that a resume cuts alike."""
    return max(CHUNK_LEAST, min(CHUNK_MOST, replications // CHUNK_SHARES))


def chunks_of(replications: int, courses: int) -> list[Chunk]:
    """Cut a run into chunks, all courses side by side so that what is finished can be compared."""
    size = chunk_size(replications)
    return [
        Chunk(index, course, start, min(start + size, replications))
        for index, start in enumerate(range(0, replications, size))
        for course in range(courses)
    ]


@dataclass(frozen=True)
class ChunkResult:
    """`rows`: one entry per replication, kept to the end. `bulk`: what is added up over replications."""

    rows: Arrays
    bulk: Arrays


def play_chunk(
    world: World,
    chunk: Chunk,
    memory: tuple[Any, Output],
    binner: Binner,
    stopped: Callable[[], bool] = lambda: False,
) -> ChunkResult:
    """Play a chunk's campaigns.

    Raises
    ------
    Stopped : `stopped()` became true
    RuntimeError : the books of a campaign do not balance
    """
    return gather(chunk, _campaigns(world, chunk, memory, stopped), memory[1], binner)


def gather(chunk: Chunk, campaigns: Iterable[Output], like: Output, binner: Binner) -> ChunkResult:
    """Make a chunk's result of what its campaigns left behind, in their order.

    Parameters
    ----------
    campaigns : one output for each replication; it may be overwritten once the next is asked for
    like : an output of the same shapes
    """
    n = chunk.stop - chunk.start
    kept = _Kept(like, n, sum(r < FULL_REPLICATIONS for r in range(chunk.start, chunk.stop)))
    adding = _Adding(like, n)
    for position, output in enumerate(campaigns):
        kept.take(position, output)
        adding.take(position, output, binner)
    return ChunkResult(kept.arrays(), adding.arrays())


def _campaigns(
    world: World, chunk: Chunk, memory: tuple[Any, Output], stopped: Callable[[], bool]
) -> Iterator[Output]:
    course, replications = world.courses[chunk.course], range(chunk.start, chunk.stop)
    parameters = world.draw(replications)
    for position, replication in enumerate(replications):
        if stopped():
            raise Stopped
        yield play(world, course, replication, parameters[position], memory)


def play_rows(
    world: World, chunk: Chunk, memory: tuple[Any, Output], stopped: Callable[[], bool] = lambda: False
) -> Arrays:
    """Play a chunk's campaigns and keep only what there is one of per replication.

    Raises
    ------
    As `play_chunk`.
    """
    return _rows(world, chunk, memory, 0, stopped)


def full_rows(world: World, chunk: Chunk, memory: tuple[Any, Output]) -> Arrays:
    """Play a chunk's campaigns and keep the series and the log of every one of them.

    Raises
    ------
    RuntimeError : the books of a campaign do not balance
    """
    return _rows(world, chunk, memory, chunk.stop - chunk.start, lambda: False)


def _rows(
    world: World, chunk: Chunk, memory: tuple[Any, Output], n_full: int, stopped: Callable[[], bool]
) -> Arrays:
    kept = _Kept(memory[1], chunk.stop - chunk.start, n_full)
    for position, output in enumerate(_campaigns(world, chunk, memory, stopped)):
        kept.take(position, output)
    return kept.arrays()


class _Kept:
    """One entry per replication; for the first replications of a course also series and log."""

    def __init__(self, output: Output, n: int, n_full: int) -> None:
        self.event_day = np.empty((n, output.event_day.size), np.int32)
        self.measure = np.empty((n, output.measure.size))
        self.ledger = np.empty((n, *output.ledger.shape))
        self.cause = np.empty((n, *output.cause.shape))
        self.audit = np.empty((n, output.audit.size))
        self.series = np.empty((n_full, *output.series.shape), np.float32)
        self.logs: list[tuple[NDArray[Any], ...]] = []
        self.dropped = 0

    def take(self, position: int, output: Output) -> None:
        self.event_day[position] = output.event_day
        self.measure[position] = output.measure
        self.ledger[position] = output.ledger
        self.cause[position] = output.cause
        self.audit[position] = output.audit
        if position < self.series.shape[0]:
            self.series[position] = output.series
            stored = min(int(output.log_count[0]), output.log_day.size)
            self.dropped += int(output.log_count[0]) - stored
            columns = (output.log_day, output.log_kind, output.log_entity, output.log_value)
            self.logs.append(tuple(column[:stored].copy() for column in columns))

    def arrays(self) -> Arrays:
        found: Arrays = {
            name: getattr(self, name) for name in ("event_day", "measure", "ledger", "cause", "audit")
        }
        if self.logs:
            found["series"] = self.series
            found["log_rows"] = np.array([log[0].size for log in self.logs], np.int64)
            found["log_dropped"] = np.array([self.dropped], np.int64)
            for column, name in enumerate(("log_day", "log_kind", "log_entity", "log_value")):
                found[name] = np.concatenate([log[column] for log in self.logs])
        return found


class _Adding:
    """Bins of the daily measures, with their smallest and largest value, and who holds which cell."""

    def __init__(self, output: Output, n: int) -> None:
        self.bins = np.empty((n, *output.series.shape), np.uint16)
        self.low = np.full(output.series.shape, np.inf, np.float32)
        self.high = np.full(output.series.shape, -np.inf, np.float32)
        self.control = np.zeros(output.control.shape, np.uint16)

    def take(self, position: int, output: Output, binner: Binner) -> None:
        self.bins[position] = binner.index(output.series)
        np.minimum(self.low, output.series, out=self.low)
        np.maximum(self.high, output.series, out=self.high)
        self.control += output.control.astype(np.uint16)

    def arrays(self) -> Arrays:
        # Steps from day to day, almost all of them 0: a fiftieth of the size once packed.
        steps = np.diff(self.bins, axis=1, prepend=np.zeros_like(self.bins[:, :1]))
        return {"bin_steps": steps, "low": self.low, "high": self.high, "control": self.control}
