"""What a worker of a cluster does: keep the world of a run, and play chunks of it.

The world travels once, as bytes: a plugin that every worker gets, those that join later as well.
"""

from __future__ import annotations

import dataclasses
import pickle
import threading
import zlib
from dataclasses import dataclass
from typing import Any

from distributed import Worker, WorkerPlugin, get_worker

from redan.numerics.compile import cpu
from redan.runs import manifest
from redan.runs.chunk import Chunk, ChunkResult
from redan.runs.executor import Player
from redan.runs.world import World, bundled_engine


@dataclass(frozen=True)
class Played:
    """A chunk played, and in what the worker that played it differs from the machine that asked.

    `packed` is None where it was not to be played by such a worker. Counts are runs of equal bytes: packed,
    they are a small part of what would go over the network.
    """

    packed: bytes | None
    differences: tuple[str, ...]

    def result(self) -> ChunkResult:
        """Unpack the chunk."""
        if self.packed is None:
            raise ValueError("the chunk was not played")
        found: ChunkResult = pickle.loads(zlib.decompress(self.packed))
        return found


def computes_with() -> dict[str, Any]:
    """Return the versions and the processor of this process, worded as in the manifest."""
    return {
        "versions": manifest.versions(),
        "cpu": dict(zip(("name", "features"), cpu(), strict=True)),
    }


def pack(world: World) -> bytes:
    """Return a world as bytes, without its engine: the bundled one is on every worker."""
    return pickle.dumps(dataclasses.replace(world, engine=None))  # type: ignore[arg-type]


def unpack(content: bytes) -> World:
    """Return the world that `pack` was given, on this machine's own engine."""
    world: World = pickle.loads(content)
    # Read-only again, as `compile_theatre` leaves them: the campaign is compiled for such arrays.
    for arrays in (world.theatre, *world.plans.values()):
        for array in arrays:
            array.setflags(write=False)
    return dataclasses.replace(world, engine=bundled_engine())


class KeptWorld(WorkerPlugin):
    """The world of one run on one worker.

    Parameters
    ----------
    name : of the run, so that two runs on one cluster do not meet
    content : what `pack` made
    """

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content
        self.player: Player | None = None

    def setup(self, worker: Worker) -> None:
        """Make ready on the worker; nothing is unpacked or compiled before there is a chunk to play."""
        self.player = None

    def play(self, chunk: Chunk) -> ChunkResult:
        """Play one chunk; the first one unpacks the world."""
        with _UNPACKING:
            player = self.player
            if player is None:
                player = self.player = Player(unpack(self.content), threading.Event())
        return player(chunk)


_UNPACKING = threading.Lock()


def play(name: str, chunk: Chunk, wanted: dict[str, Any], allow_mixed: bool) -> Played:
    """Play a chunk on the worker that this is called on.

    Parameters
    ----------
    name : of the run, whose world the worker keeps
    wanted : what a worker must compute with
    allow_mixed : play it all the same where this one differs

    Raises
    ------
    RuntimeError : the books of a campaign do not balance
    """
    differences = tuple(unlike(wanted, computes_with()))
    if differences and not allow_mixed:
        return Played(None, differences)
    kept: Any = get_worker().plugins[name]
    return Played(zlib.compress(pickle.dumps(kept.play(chunk)), 1), differences)


def unlike(wanted: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Say in what two machines differ that decides bytes."""
    said = []
    for name in sorted({*wanted["versions"], *found["versions"]}):
        here, there = wanted["versions"].get(name), found["versions"].get(name)
        if here != there:
            short = f"{name} {there} (here {here})"
            said.append("other sources of Redan" if name == "redan_sources" else short)
    if wanted["cpu"] != found["cpu"]:
        said.append(f"the processor {found['cpu']['name']} or its features")
    return said
