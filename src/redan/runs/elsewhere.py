"""Where campaigns are played, if not by this machine's own cores: a cluster, a card."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol

from redan.runs.chunk import Chunk, ChunkResult
from redan.runs.world import Engine, World
from redan.vocabulary.errors import InputError


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


def refuse_own_rules(world: World, option: str, where: str) -> None:
    """Refuse rules of the user's own, which are compiled in this process alone.

    Raises
    ------
    InputError : the run has such rules
    """
    if world.engine.label != Engine.label:
        problem, remedy = "plays the bundled rules only", "leave it out for rules of your own"
        raise InputError.of(option, 0, where, problem, remedy)
