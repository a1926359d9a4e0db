"""Take in finished chunks: write them down, add up what all courses have, say how far the run is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from redan.runs.chunk import Chunk, ChunkResult, chunks_of
from redan.runs.files import Arrays
from redan.runs.fold import Fold
from redan.runs.histogram import Binner
from redan.runs.store import ChunkStore
from redan.runs.world import AUDIT_NAMES, World

Progress = Callable[[int, int, str], None]  # done, in all, phase


class Collector:
    """The state of a run between its chunks. Used by one thread alone."""

    def __init__(self, world: World, store: ChunkStore, replications: int) -> None:
        self.store = store
        self.replications = replications
        self.chunks = chunks_of(replications, len(world.courses))
        binner = Binner([(m.name, m.unit) for m in world.measures])
        first = world.courses[0]
        sample = world.engine.allocate_output(world.theatre, world.plans[first], world.horizon_days)
        weeks, cells = sample.control.shape
        self.fold = Fold(binner, (len(world.courses), sample.series.shape[0], weeks, cells), replications)
        self.played = 0  # campaigns finished, all courses together
        self.audit: NDArray[np.float64] = np.zeros(len(AUDIT_NAMES))
        self.log_dropped = 0
        self._by_index = _grouped(self.chunks)
        self._ready: set[Chunk] = set()
        self._held: dict[Chunk, tuple[Arrays, int]] = {}

    @property
    def done(self) -> int:
        """Replications finished for every course, counted from the first."""
        if self.fold.folded == 0:
            return 0
        return self._by_index[self.fold.folded - 1][0].stop

    def take_up(self) -> list[Chunk]:
        """Go on from what is on disk; return the chunks still to be played."""
        self.store.take_up(self.fold)
        for chunk in self.chunks:
            rows = self.store.rows(chunk)
            if rows is not None and (chunk.index < self.fold.folded or self.store.has_bulk(chunk)):
                self._note(chunk, rows)
        self._advance()
        return [chunk for chunk in self.chunks if chunk not in self._ready]

    def take(self, chunk: Chunk, result: tuple[ChunkResult, int]) -> None:
        """Take in one chunk that has been played and written down (its bulk in so many bytes)."""
        found, size = result
        self._note(chunk, found.rows)
        if chunk.index >= self.fold.folded:  # below: its rows had been lost and were played again
            self._held[chunk] = found.bulk, size
        self._advance()

    def rows(self, chunk: Chunk) -> Arrays:
        """Read the rows of a finished chunk back.

        Raises
        ------
        RuntimeError : somebody changed the chunks meanwhile
        """
        found = self.store.rows(chunk)
        if found is None:
            raise RuntimeError(f"{self.store.folder}: chunk {chunk.index} was changed while the run went on")
        return found

    def _note(self, chunk: Chunk, rows: Arrays) -> None:
        self._ready.add(chunk)
        self.played += chunk.stop - chunk.start
        self.audit = np.maximum(self.audit, rows["audit"].max(axis=0))
        self.log_dropped += int(rows["log_dropped"][0]) if "log_dropped" in rows else 0

    def _advance(self) -> None:
        """Add up every further group of chunks that is finished for all courses."""
        size = 0
        while self.fold.folded < len(self._by_index):
            group = self._by_index[self.fold.folded]
            if not self._ready.issuperset(group):
                break
            for chunk in group:
                bulk, written = self._held.pop(chunk) if chunk in self._held else self._read(chunk)
                self.fold.add(chunk.course, bulk)
                size += written
            self.fold.folded += 1
        if size:
            self.store.folded(self.chunks, size, self.fold)

    def _read(self, chunk: Chunk) -> tuple[Arrays, int]:
        bulk = self.store.bulk(chunk)
        if bulk is None:
            raise RuntimeError(f"{self.store.folder}: chunk {chunk.index} was changed while the run went on")
        return bulk, self.store.bulk_size(chunk)


def _grouped(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    groups: list[list[Chunk]] = []
    for chunk in chunks:
        if chunk.index == len(groups):
            groups.append([])
        groups[chunk.index].append(chunk)
    return groups
