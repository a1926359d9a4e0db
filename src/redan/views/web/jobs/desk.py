"""The desk at which runs are asked for: a bounded queue, one run at a time, progress, cancelling."""

from __future__ import annotations

import dataclasses
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from redan.views.web.jobs.process import Killed, Worker
from redan.vocabulary.errors import Fault, one_line

#: Runs that may wait; a run takes every core, so that more would wait for hours.
MOST_WAITING: Final = 8
#: Records of runs that are over; their results are in their folders.
MOST_OVER: Final = 200
WAITING: Final = "queued"
RUNNING: Final = "running"
DONE: Final = "done"
FAILED: Final = "failed"
CANCELLED: Final = "cancelled"
OVER: Final = (DONE, FAILED, CANCELLED)


class QueueFull(Exception):
    """As many runs wait as may."""


@dataclass
class Record:
    """What is known of a run that was asked for here; `version` grows with every change.

    `request` becomes its manifest; `asked` is what is told of that to who looks.
    """

    id: str
    request: dict[str, Any]
    folder: Path
    asked: dict[str, Any]
    state: str = WAITING
    done: int = 0
    of: int = 0
    phase: str | None = WAITING
    faults: list[dict[str, Any]] = field(default_factory=list)
    version: int = 0


class Desk:
    """Takes requests, has them played in order by one worker process, and knows how each stands.

    Parameters
    ----------
    threads
        Threads of each run; None: every core.
    """

    def __init__(self, *, threads: int | None = None, worker: Worker | None = None) -> None:
        self.worker = worker or Worker()
        self._threads = threads
        self._changed = threading.Condition()
        self._records: OrderedDict[str, Record] = OrderedDict()
        self._waiting: deque[Record] = deque()
        self._current: Record | None = None
        self._is_closing = False
        self._thread = threading.Thread(target=self._work, name="redan-desk", daemon=True)
        self._thread.start()

    def submit(self, run_id: str, request: dict[str, Any], folder: Path, asked: dict[str, Any]) -> Record:
        """Queue a run; the record there is, where the same run waits or is being played already.

        Raises
        ------
        QueueFull
            Too many wait.
        """
        with self._changed:
            known = self._records.get(run_id)
            if known is not None and known.state not in OVER:
                return known
            if len(self._waiting) >= MOST_WAITING:
                raise QueueFull
            of = int(request["replications"]) * len(request["courses"])
            record = Record(run_id, request, folder, asked, of=of)
            self._records[run_id] = record
            self._records.move_to_end(run_id)
            self._waiting.append(record)
            self._forget()
            self._changed.notify_all()
            return record

    def find(self, run_id: str) -> Record | None:
        """The record of a run that was asked for here."""
        with self._changed:
            return self._records.get(run_id)

    def records(self) -> list[Record]:
        """Every record, in the order in which they were asked for."""
        with self._changed:
            return list(self._records.values())

    def cancel(self, run_id: str) -> Record | None:
        """Take a run out of the queue, or end its process; None where nothing of that name is under way."""
        with self._changed:
            record = self._records.get(run_id)
            if record is None or record.state in OVER:
                return record
            if record is self._current:
                self.worker.kill()  # the thread below sees it end
            else:
                self._waiting.remove(record)
            self._end(record, CANCELLED, [])
            return record

    def close(self) -> None:
        """End the worker and the thread; what is being played can be gone on with."""
        with self._changed:
            self._is_closing = True
            self._waiting.clear()
            if self._current is not None:
                self.worker.kill()
            self._changed.notify_all()
        self.worker.close()
        self._thread.join()

    def _forget(self) -> None:
        over = [record.id for record in self._records.values() if record.state in OVER]
        for run_id in over[: max(0, len(over) - MOST_OVER)]:
            del self._records[run_id]

    def _end(self, record: Record, state: str, faults: list[dict[str, Any]]) -> None:
        record.state, record.phase, record.faults = state, None, faults
        record.version += 1
        self._changed.notify_all()

    def _work(self) -> None:
        while (record := self._next()) is not None:
            state, faults = self._played(record)
            with self._changed:
                self._current = None
                if record.state not in OVER:
                    record.done = record.of if state == DONE else record.done
                    self._end(record, state, faults)

    def _next(self) -> Record | None:
        with self._changed:
            while not self._waiting and not self._is_closing:
                self._changed.wait()
            if self._is_closing:
                return None
            record = self._current = self._waiting.popleft()
            record.state, record.phase = RUNNING, "compile"
            record.version += 1
            return record

    def _played(self, record: Record) -> tuple[str, list[dict[str, Any]]]:
        """Have a run played; how it ended, and what was wrong."""

        def hear(done: int, total: int, phase: str) -> None:
            with self._changed:
                if phase != "tables":  # which counts tables, not campaigns
                    record.done, record.of = done, total
                record.phase = phase
                record.version += 1

        try:
            said = self.worker.play(record.request, str(record.folder), self._threads, hear)
        except Killed as error:
            remedy = "ask for the same run again: it goes on from what is finished"
            return FAILED, [_fault("run", f"the process that played it was {error}", remedy)]
        except Exception as error:  # whatever it is, the next run must find this thread alive
            detail = one_line(f"{type(error).__name__}: {error}")
            return FAILED, [_fault("run", f"it could not be played ({detail})", "ask for it again")]
        if "faults" in said:
            return FAILED, list(said["faults"])
        if "error" in said:
            return FAILED, [_fault("run", str(said["error"]), "mend that, and ask for the run again")]
        return DONE, []


def _fault(field_name: str, problem: str, remedy: str) -> dict[str, Any]:
    fault = Fault("worker", 0, field_name, problem, remedy)
    return dataclasses.asdict(fault)
