"""Where campaigns are played, if not by this machine's own cores: a cluster, a card."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol

from redan.runs.chunk import Chunk, ChunkResult
from redan.runs.world import World


class Elsewhere(Protocol):
    """Plays chunks of replications."""

    @property
    def others(self) -> Collection[str]:
        """In what it computes otherwise than this machine, for the manifest; empty: the same bytes."""

    def facts(self) -> dict[str, Any]:
        """Say where, for the run's log."""

    def each(
        self,
        world: World,
        tasks: Sequence[Chunk],
        stop: threading.Event,
        done: Callable[[Chunk, ChunkResult], None],
        *,
        resume: str,
    ) -> None:
        """Play every chunk and hand each result to `done` in the calling thread, in any order."""
