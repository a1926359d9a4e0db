"""A worker process seen from the server: started, given a request, listened to, killed."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any, Final

MODULE: Final = "redan.views.web.jobs.worker"
#: [s] that a worker may take to end by itself before it is killed.
GRACE_S: Final = 5.0
Hear = Callable[[int, int, str], None]


class Killed(Exception):
    """The worker's process ended before it had answered; the text says how."""


class Worker:
    """One process that plays runs one after another. Started when first needed, and again after it ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Number of the process, None where none runs."""
        process = self._process
        return None if process is None or process.poll() is not None else process.pid

    def start(self) -> None:
        """Start the process ahead of the first request, so that it has read its libraries by then."""
        self._running()

    def play(self, request: dict[str, Any], folder: str, threads: int | None, hear: Hear) -> dict[str, Any]:
        """Have a request played, and return the worker's last word on it.

        Raises
        ------
        Killed
            The process ended on the way.
        """
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        asked = {"request": request, "folder": folder, "threads": threads}
        try:
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
        except OSError:
            raise Killed(self._how(process)) from None
        for line in process.stdout:
            told = _document(line)
            if "progress" in told:
                hear(*told["progress"])
            elif "ready" not in told and told:
                return told
        raise Killed(self._how(process))

    def kill(self) -> None:
        """End the process at once; the next request starts another."""
        with self._lock:
            process = self._process
        if process is not None and process.poll() is None:
            process.kill()

    def close(self) -> None:
        """End the process for good: it leaves when its input ends, and is killed where it does not."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is None:
            return
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
        self._how(process)
        _let_go(process)

    def _running(self) -> subprocess.Popen[str]:
        with self._lock:
            if self._closed:
                raise Killed("the server is closing")
            if self._process is None or self._process.poll() is not None:
                if self._process is not None:
                    _let_go(self._process)
                # A session of its own: Ctrl-C in the terminal is for the server, which closes its workers.
                self._process = subprocess.Popen(
                    [sys.executable, "-m", MODULE],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                    encoding="utf-8",
                    start_new_session=True,
                )
            return self._process

    @staticmethod
    def _how(process: subprocess.Popen[str]) -> str:
        """In words, how a process ended."""
        try:
            code = process.wait(GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        return f"killed by signal {-code}" if code < 0 else f"ended with code {code}"


def _document(line: str) -> dict[str, Any]:
    """What a line says; nothing where the process was killed in the middle of it."""
    try:
        found: dict[str, Any] = json.loads(line)
    except ValueError:
        return {}
    return found


def _let_go(process: subprocess.Popen[str]) -> None:
    """Close our ends of the pipes of a process that has ended."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
