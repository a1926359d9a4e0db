"""Play the chunks of a run on a CUDA card: one replication a thread, as many at once as its memory holds.

The card plays whole campaigns; what they left behind comes back chunk by chunk and is added up here, by the
code that adds up what this machine's cores play. Only the first replications of a course keep a log: they
are batches of their own, so that the others need no memory for one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Final

import numpy as np

from redan.runs.chunk import FULL_REPLICATIONS, Chunk, ChunkResult, gather
from redan.runs.elsewhere import refuse_own_rules
from redan.runs.executor import default_threads, each
from redan.runs.faults import RunError
from redan.runs.histogram import Binner
from redan.runs.world import World, allocate, audit
from redan.vocabulary.arrays import Output
from redan.vocabulary.errors import InputError, MissingExtra

OPTION: Final = "--gpu"
THREADS: Final = 64  # in a block: a campaign takes all registers a thread can have, so few fit at a time
MEMORY_SHARE: Final = 0.9  # of what is free on the card: the rest is for its stacks
LEAST: Final = (7, 0)  # older cards take 4 KiB of arguments, and a campaign has more
TOY_BYTES: Final = 64 * 2**20  # of the simulator's card
SIMULATOR_SETTINGS: Final = ("NUMBA_ENABLE_CUDASIM", "NUMBA_DISABLE_JIT")
SIMULATOR: Final = "numba's CUDA simulator (not measured on a GPU)"
LOG: Final = ("log_day", "log_kind", "log_entity", "log_value")


@dataclass
class Gpu:
    """A card, or numba's simulator of one.

    Attributes
    ----------
    name
        As the card calls itself.
    memory
        Bytes that a batch may take.
    threads
        Of this machine, which add up what the card has played.
    """

    name: str
    memory: int
    threads: int = field(default_factory=default_threads)

    @property
    def others(self) -> tuple[str]:
        """A card rounds exponentials and sums of products in its own way."""
        return (f"--gpu {self.name}",)

    def facts(self) -> dict[str, Any]:
        """Say where, for the run's log."""
        return {"gpu": self.name, "threads": self.threads}

    def each(
        self,
        world: World,
        tasks: Sequence[Chunk],
        stop: threading.Event,
        done: Callable[[Chunk, ChunkResult], None],
        *,
        resume: str,
    ) -> None:
        """Play every chunk and hand each result to `done` in the calling thread, batch by batch.

        When `stop` is set, what is under way is dropped; a batch that the card plays is played to its end.

        Raises
        ------
        InputError : the run has rules of its own, or the card has too little memory for one campaign
        RunError : the card fails
        RuntimeError : the books of a campaign do not balance
        """
        refuse_own_rules(world, OPTION, self.name)
        binner = Binner([(m.name, m.unit) for m in world.measures])

        def play(batch: list[Chunk]) -> None:  # a function, so that the card's memory is free for the next
            found, like = self._play(world, batch, resume)

            def add_up(task: tuple[Chunk, Output]) -> ChunkResult:
                chunk, rows = task
                return gather(chunk, _campaigns(world, chunk, rows), like, binner)

            fetched = self._fetched(found, batch, resume)
            each(add_up, fetched, self.threads, stop, lambda task, result: done(task[0], result))

        for batch in self.batches(world, tasks):
            if stop.is_set():
                return
            play(batch)

    def batches(self, world: World, tasks: Sequence[Chunk]) -> Iterator[list[Chunk]]:
        """Cut chunks into batches of one course that fit the card, those with a log before the others."""
        for with_log in (True, False):
            for course, name in enumerate(world.courses):
                chunks = [c for c in tasks if c.course == course and has_log(c) == with_log]
                if chunks:
                    yield from self._cut(chunks, bytes_each(world, name, with_log=with_log))

    def _cut(self, chunks: list[Chunk], each_needs: int) -> Iterator[list[Chunk]]:
        most = self.memory // each_needs
        size = max(chunk.stop - chunk.start for chunk in chunks)
        if most < size:
            needed = f"{size} campaigns need {size * each_needs / 2**20:.0f} MiB"
            problem = f"{needed}, more than the card has free"
            raise InputError.of(OPTION, 0, self.name, problem, "leave it out")
        for start in range(0, len(chunks), most // size):
            yield chunks[start : start + most // size]

    def _play(self, world: World, batch: list[Chunk], resume: str) -> tuple[Any, Output]:
        """Play a batch; return what it left on the card, an `Output` [r, ...], and one output's shapes."""
        from numba import cuda

        from redan.engine.gpu import play_batch

        state, like = memory_like(world, world.courses[batch[0].course], with_log=has_log(batch[0]))
        replications = np.concatenate([np.arange(c.start, c.stop, dtype=np.int64) for c in batch])
        first, last = int(replications.min()), int(replications.max())
        params = world.draw(range(first, last + 1))[replications - first]
        blocks = -(-replications.size // THREADS)
        plan = world.plans[world.courses[batch[0].course]]
        try:
            outputs = _on_card(like, replications.size)
            play_batch[blocks, min(THREADS, replications.size)](
                _copied(world.theatre), _copied(plan), cuda.to_device(as_records(params)),
                np.uint64(world.seed), cuda.to_device(replications), world.horizon_days,
                _on_card(state, replications.size), outputs,
            )  # fmt: skip
            cuda.synchronize()
        except Exception as problem:
            raise _of_card(self.name, problem, resume) from problem
        return outputs, like

    def _fetched(self, found: Any, batch: list[Chunk], resume: str) -> Iterator[tuple[Chunk, Output]]:
        """Copy what a batch left on the card, chunk by chunk."""
        start = 0
        for chunk in batch:
            stop = start + chunk.stop - chunk.start
            try:
                rows = Output(*(array[start:stop].copy_to_host() for array in found))
            except Exception as problem:
                raise _of_card(self.name, problem, resume) from problem
            yield chunk, rows
            start = stop


def card(*, asked: bool, threads: int | None = None) -> Gpu | None:
    """Return the card of this machine, or the simulator where the environment asks for it; None if not asked.

    Raises
    ------
    MissingExtra : the extra `gpu` is not installed
    InputError : there is no card, or the environment asks for what cannot be
    """
    if not asked:
        return None
    own = {} if threads is None else {"threads": threads}
    simulated, plain = (os.environ.get(name, "0") == "1" for name in SIMULATOR_SETTINGS)
    if simulated != plain:
        problem = "the simulator plays plain Python, and a card plays none"
        remedy = f"set both {SIMULATOR_SETTINGS[0]}=1 and {SIMULATOR_SETTINGS[1]}=1, or neither"
        raise InputError.of(OPTION, 0, "environment", problem, remedy)
    if find_spec("numba.cuda" if simulated else "numba_cuda") is None:
        raise MissingExtra("gpu", "numba-cuda", OPTION)
    if simulated:
        return Gpu(SIMULATOR, TOY_BYTES, **own)
    from numba import cuda

    if not cuda.is_available():
        both = " and ".join(f"{name}=1" for name in SIMULATOR_SETTINGS)
        remedy = f"leave it out, or set {both} for a toy run in numba's simulator"
        raise InputError.of(OPTION, 0, "true", "no CUDA card with a driver is found here", remedy)
    device = cuda.get_current_device()
    if device.compute_capability < LEAST:
        problem = f"the card is of compute capability {'.'.join(map(str, device.compute_capability))}"
        raise InputError.of(OPTION, 0, "true", problem, "use one of 7.0 or newer")
    name = device.name if isinstance(device.name, str) else device.name.decode()
    free = cuda.current_context().get_memory_info().free
    return Gpu(name, int(MEMORY_SHARE * free), **own)


def has_log(chunk: Chunk) -> bool:
    """Whether the replications of this chunk keep their log."""
    return chunk.start < FULL_REPLICATIONS


def memory_like(world: World, course: str, *, with_log: bool) -> tuple[Any, Output]:
    """Allocate one state and one output; without a log its columns are empty, and rows are only counted."""
    state, output = allocate(world, course)
    if not with_log:
        output = output._replace(**{name: getattr(output, name)[:1] for name in LOG})
    return state, output


def bytes_each(world: World, course: str, *, with_log: bool) -> int:
    """Bytes that one campaign takes on the card: state, output, parameters."""
    arrays = [array for part in memory_like(world, course, with_log=with_log) for array in part]
    return sum(np.asarray(array).nbytes for array in arrays) + int(world.draw(range(1)).nbytes) + 8


def as_records(params: Any) -> Any:
    """Parameters as records that are read eight bytes at a time, by name."""
    aligned = np.dtype([(name, params.dtype[name]) for name in params.dtype.names], align=True)
    return params.astype(aligned).view(np.recarray)


def _on_card(like: Any, n: int) -> Any:
    from numba import cuda

    return type(like)(*(cuda.device_array((n, *array.shape), array.dtype) for array in like))


def _copied(arrays: Any) -> Any:
    from numba import cuda

    return type(arrays)(*(cuda.to_device(array) for array in arrays))


def _campaigns(world: World, chunk: Chunk, rows: Output) -> Iterator[Output]:
    for position, replication in enumerate(range(chunk.start, chunk.stop)):
        output = Output(*(array[position] for array in rows))
        audit(world.courses[chunk.course], replication, output)
        yield output


def _of_card(name: str, problem: Exception, resume: str) -> Exception:
    """Say in one line what the card has to say; what is no fault of it stays as it is."""
    if not type(problem).__module__.startswith(("numba.cuda", "numba_cuda", "cuda.")):
        return problem
    said = str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__
    return RunError(f"{OPTION} {name}: the card failed ({said}); go on without it: {resume}")
