"""Play many chunks on all cores; stop cleanly when asked.

Threads suffice: a campaign is compiled and releases the GIL. What a chunk contains depends on its number
alone, so the results are the same for any number of threads.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType
from typing import Any, Final, TypeVar

import numpy as np

from redan.runs.chunk import Chunk, ChunkResult, Stopped, play_chunk, play_rows
from redan.runs.files import Arrays
from redan.runs.histogram import Binner
from redan.runs.world import World, allocate, play
from redan.vocabulary.arrays import Output

SIMULATE_CHUNK: Final = 10
T = TypeVar("T")
R = TypeVar("R")


def default_threads() -> int:
    """Return the number of cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def stop_on_interrupt() -> Iterator[threading.Event]:
    """Turn the first Ctrl-C into a request to stop; a second one interrupts at once.

    Outside the main thread (a notebook's worker, a server) signals are left alone.
    """
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def note(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, note)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def each(
    work: Callable[[T], R],
    tasks: Iterable[T],
    threads: int,
    stop: threading.Event,
    done: Callable[[T, R], None],
) -> None:
    """Do every task on `threads` threads and hand each result to `done` in the calling thread.

    Few tasks are under way at a time, so memory does not grow with their number; they are taken from `tasks`
    in the calling thread. When `stop` is set, what raises `Stopped` is dropped and what is finished is still
    handed over.

    Raises
    ------
    Whatever `work` or `done` raises, once the other threads have come to rest.
    """
    waiting = iter(tasks)
    running: dict[Future[R], T] = {}
    with ThreadPoolExecutor(threads, thread_name_prefix="redan") as pool:
        try:
            while True:
                while not stop.is_set() and len(running) < threads + 2:
                    task = next(waiting, None)
                    if task is None:
                        break
                    running[pool.submit(work, task)] = task
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    task = running.pop(future)
                    try:
                        result = future.result()
                    except Stopped:
                        continue
                    done(task, result)
        except BaseException:
            stop.set()
            raise


class Player:
    """Plays chunks with memory of its own for every thread."""

    def __init__(self, world: World, stop: threading.Event) -> None:
        self.world = world
        self.binner = Binner([(m.name, m.unit) for m in world.measures])
        self._stop = stop
        self._local = threading.local()

    def memory(self, course: str) -> tuple[Any, Output]:
        """Return this thread's state and output for a course."""
        held: dict[str, tuple[Any, Output]] = self._local.__dict__.setdefault("held", {})
        if course not in held:
            held[course] = allocate(self.world, course)
        return held[course]

    def __call__(self, chunk: Chunk) -> ChunkResult:
        """Play one chunk."""
        course = self.world.courses[chunk.course]
        return play_chunk(self.world, chunk, self.memory(course), self.binner, self._stop.is_set)

    def rows(self, chunk: Chunk) -> Arrays:
        """Play one chunk and keep only what there is one of per replication."""
        course = self.world.courses[chunk.course]
        return play_rows(self.world, chunk, self.memory(course), self._stop.is_set)


def warm_up(world: World) -> None:
    """Play one day of the first course, so that the campaign is compiled once and before threads start."""
    short = replace(world, horizon_days=1)
    course = short.courses[0]
    play(short, course, 0, short.draw(range(1))[0], allocate(short, course))


def simulate(
    world: World,
    replications: range,
    *,
    threads: int | None = None,
    played: Callable[[int], None] = lambda campaigns: None,
) -> dict[str, Arrays]:
    """Play replications of every course in memory, without a run folder (ablation, sensitivity, fitting).

    Parameters
    ----------
    threads : by default every core
    played : called in this thread with the number of campaigns finished so far

    Returns
    -------
    course -> arrays by replication, in their order: `event_day` [r, event] (-1 never),
    `measure` [r, measure], `ledger` [r, side, entry], `cause` [r, side, cause].

    Raises
    ------
    KeyboardInterrupt : Ctrl-C, once the threads have come to rest
    """
    tasks = [
        Chunk(index, course, start, min(start + SIMULATE_CHUNK, replications.stop))
        for index, start in enumerate(range(replications.start, replications.stop, SIMULATE_CHUNK))
        for course in range(len(world.courses))
    ]
    found: dict[Chunk, Arrays] = {}
    finished = 0

    def take(chunk: Chunk, rows: Arrays) -> None:
        nonlocal finished
        found[chunk] = rows
        finished += chunk.stop - chunk.start
        played(finished)

    warm_up(world)
    with stop_on_interrupt() as stop:
        player = Player(world, stop)
        each(player.rows, tasks, threads or default_threads(), stop, take)
        if stop.is_set():
            raise KeyboardInterrupt
    return {name: _joined(found, index) for index, name in enumerate(world.courses)}


def _joined(found: Mapping[Chunk, Arrays], course: int) -> Arrays:
    parts = [found[chunk] for chunk in sorted(found, key=lambda c: c.start) if chunk.course == course]
    return {
        name: np.concatenate([part[name] for part in parts])
        for name in ("event_day", "measure", "ledger", "cause")
    }
