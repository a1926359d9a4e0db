"""Play the chunks of a run on a Dask cluster, into the run folder of this machine.

A chunk depends on its number alone, and only this process writes: whatever happens to workers and scheduler,
a chunk is on disk whole or is played again, and the folder ends with the bytes of one thread.
"""

from __future__ import annotations

import math
import queue
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

from redan.runs.chunk import Chunk, ChunkResult
from redan.runs.elsewhere import refuse_own_rules
from redan.runs.faults import RunError
from redan.runs.world import World
from redan.vocabulary.errors import Fault, InputError, MissingExtra

OPTION: Final = "--cluster"
CONNECT_S: Final = 30  # to reach the scheduler, and then for its first worker
LOOK_S: Final = 1.0  # between two looks at Ctrl-C and at the scheduler
LOST_WORKERS: Final = 10  # of one chunk, before the chunk itself is suspected
AHEAD: Final = 2  # chunks under way for every thread of a worker
SHOWN: Final = 5  # unlike workers named


@dataclass
class Cluster:
    """Workers elsewhere, seen through a Dask client.

    Attributes
    ----------
    wanted
        What a worker must compute with (versions, cpu) to give the bytes of this machine.
    others
        In what the workers differ that played chunks all the same; empty unless mixed workers are allowed.
    """

    address: str
    client: Any
    wanted: dict[str, Any]
    allow_mixed: bool
    others: set[str] = field(default_factory=set)

    def threads(self) -> int:
        """Threads of all workers, at least one."""
        return max(1, int(sum(self.client.nthreads().values())))

    def facts(self) -> dict[str, Any]:
        """Say where, for the run's log."""
        return {"cluster": self.address}

    def each(
        self,
        world: World,
        tasks: Sequence[Chunk],
        stop: threading.Event,
        done: Callable[[Chunk, ChunkResult], None],
        *,
        resume: str,
    ) -> None:
        """Play every chunk and hand each result to `done` in the calling thread, in any order.

        Few chunks are under way at a time, so memory does not grow with their number. A chunk whose worker
        has died is played by another. When `stop` is set, what is under way is dropped.

        Parameters
        ----------
        resume : the command that goes on with the run, for those to whom it happens

        Raises
        ------
        InputError : the run has rules of its own, or a worker that joined later differs
        RunError : the scheduler was lost, or a chunk loses every worker
        Whatever `done` raises.
        """
        from redan.runs.remote import KeptWorld, pack

        refuse_own_rules(world, OPTION, self.address)
        name = f"redan-{uuid.uuid4().hex}"
        try:
            self.client.register_plugin(KeptWorld(name, pack(world)), name=name)
            _Playing(self, name, tasks, stop, done, resume).play()
        except (RunError, InputError):
            raise
        except Exception as problem:
            # A lost scheduler shows in many ways, all over the client.
            if self.client.status != "running":
                raise self.lost(resume) from problem
            raise
        finally:
            if self.client.status == "running":
                with suppress(Exception):  # only tidies up: the run's own outcome counts
                    self.client.unregister_worker_plugin(name)

    def lost(self, resume: str) -> RunError:
        """Say that the scheduler is gone, and that nothing else is."""
        return RunError(
            f"{OPTION} {self.address}: the scheduler was lost; every chunk that had arrived is in the run "
            f"folder; go on with: {resume} (and {OPTION} ADDRESS once there is a scheduler again)"
        )


class _Playing:
    """The chunks of one call under way."""

    def __init__(
        self,
        cluster: Cluster,
        name: str,
        tasks: Sequence[Chunk],
        stop: threading.Event,
        done: Callable[[Chunk, ChunkResult], None],
        resume: str,
    ) -> None:
        self.resume = resume
        self.cluster, self.client, self.name, self.stop, self.done = (
            cluster, cluster.client, name, stop, done,
        )  # fmt: skip
        self.waiting = iter(tasks)
        self.running: dict[Any, Chunk] = {}
        self.lost: Counter[Chunk] = Counter()
        self.room, self.counted = 0, -math.inf  # chunks that may be under way, and when that was last seen
        self.ready: queue.SimpleQueue[Any] = queue.SimpleQueue()  # filled by a thread of the client

    def play(self) -> None:
        try:
            while True:
                self._fill()
                if not self.running or self.stop.is_set():
                    return
                try:
                    self._take(self.ready.get(timeout=LOOK_S))
                except queue.Empty:
                    if self.client.status != "running":
                        raise self.cluster.lost(self.resume) from None
        finally:
            for future in self.running:
                with suppress(Exception):  # on the way out: the scheduler may be gone
                    future.cancel()

    def _fill(self) -> None:
        if time.monotonic() - self.counted > LOOK_S:
            self.room, self.counted = AHEAD * self.cluster.threads() + 1, time.monotonic()
        room = self.room - len(self.running)
        for _ in range(room):
            chunk = next(self.waiting, None)
            if chunk is None:
                return
            self._submit(chunk)

    def _submit(self, chunk: Chunk) -> None:
        from redan.runs.remote import play

        # A key of its own for every attempt: what one attempt left behind is never taken for another's.
        key = f"{self.name}-{chunk.index}-{chunk.course}-{self.lost[chunk]}"
        cluster = self.cluster
        future = self.client.submit(
            play, self.name, chunk, cluster.wanted, cluster.allow_mixed, key=key, pure=False
        )
        self.running[future] = chunk
        future.add_done_callback(self.ready.put)

    def _take(self, future: Any) -> None:
        from distributed import KilledWorker

        chunk = self.running.pop(future)
        if future.status in ("cancelled", "lost"):
            raise self.cluster.lost(self.resume)
        try:
            played = future.result()
        except KilledWorker as problem:
            self._again(chunk, problem)
            return
        if played.packed is None:
            raise unlike_workers(self.cluster.address, {"a worker that joined": list(played.differences)})
        self.cluster.others.update(played.differences)
        self.done(chunk, played.result())

    def _again(self, chunk: Chunk, problem: BaseException) -> None:
        self.lost[chunk] += 1
        if self.lost[chunk] >= LOST_WORKERS:
            raise RunError(
                f"{OPTION} {self.cluster.address}: replications {chunk.start} to {chunk.stop - 1} lost their "
                f"worker again and again; look at the memory of the workers, then go on with: {self.resume}"
            ) from problem
        self._submit(chunk)


@contextmanager
def connected(address: str | None, *, allow_mixed: bool = False) -> Iterator[Cluster | None]:
    """Hold the connection to a cluster; None for no address.

    Raises
    ------
    MissingExtra : dask.distributed is not installed
    InputError : no scheduler there, no worker, or workers that would give other bytes
    """
    if address is None:
        if allow_mixed:
            problem, remedy = "says nothing without --cluster", "leave it out"
            raise InputError.of("--allow-mixed", 0, "true", problem, remedy)
        yield None
        return
    client = _client(address)
    try:
        yield _welcomed(address, client, allow_mixed)
    finally:
        with suppress(Exception):  # the scheduler may be gone: there is nothing left to close
            client.close(timeout=2)


def _client(address: str) -> Any:
    try:
        import dask.config
        import distributed
    except ImportError:
        raise MissingExtra("cluster", "distributed", OPTION) from None
    import logging

    # What it has to say is said by Redan, in one line; its own lines come with tracebacks.
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] == "distributed":  # it gives its loggers levels of their own
            logging.getLogger(name).setLevel(logging.CRITICAL)
    client: Any = distributed.Client  # it has no types
    try:
        with dask.config.set({"distributed.comm.timeouts.connect": CONNECT_S}):
            return client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError, TimeoutError) as problem:
        reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        remedy = "start one with: dask scheduler; and give the address that it prints, tcp://HOST:8786"
        raise InputError.of(OPTION, 0, address, f"no scheduler answers ({reason})", remedy) from None


def _welcomed(address: str, client: Any, allow_mixed: bool) -> Cluster:
    from redan.runs.remote import computes_with, unlike

    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
        found = client.run(computes_with, on_error="return")
    except (OSError, TimeoutError):
        remedy = f"start some with: dask worker {address}"
        raise InputError.of(OPTION, 0, address, "the scheduler has no worker", remedy) from None
    except Exception as problem:  # whatever a worker without Redan answers
        said = f"a worker cannot load Redan ({type(problem).__name__})"
        raise InputError.of(OPTION, 0, address, said, "install the same Redan on every worker") from None
    here = computes_with()
    others: dict[str, list[str]] = {}
    for worker, facts in found.items():
        if isinstance(facts, BaseException):
            said = f"worker {worker} cannot load Redan ({type(facts).__name__})"
            raise InputError.of(OPTION, 0, address, said, "install the same Redan on every worker")
        if differing := unlike(here, facts):
            others[worker] = differing
    if others and not allow_mixed:
        raise unlike_workers(address, others)
    return Cluster(address, client, here, allow_mixed)


def unlike_workers(address: str, others: dict[str, list[str]]) -> InputError:
    """Name the workers that would give other bytes, one a line."""
    remedy = "use like workers, or --allow-mixed for results that are alike but not the same bytes"
    return InputError(
        Fault(OPTION, 0, address, f"{worker} differs: {', '.join(said[:SHOWN])}", remedy)
        for worker, said in list(others.items())[:SHOWN]
    )
