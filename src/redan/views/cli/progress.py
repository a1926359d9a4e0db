"""Progress on stderr: a bar with the time left on a terminal, an occasional line elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

#: Seconds between two lines where there is no terminal.
EVERY_S: Final = 15.0
WORDS: Final = {
    "compile": "readying the campaign (compiled at the first run, about half a minute)",
    "campaigns": "playing campaigns",
    "until": "playing campaigns, at most",
    "tables": "writing the tables",
    "facts": "measuring stylised facts",
    "battles": "fighting battles",
}

Report = Callable[[int, int, str], None]


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[tuple[Report, Console]]:
    """Give a function that reports (done, in all, phase), and the console it shares stderr with."""
    screen = Console(stderr=True, highlight=False, markup=False, emoji=False)
    if quiet:
        yield _nothing, screen
    elif screen.is_terminal:
        with Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=screen,
            transient=True,
        ) as bar:
            yield _Bar(bar), bar.console
    else:
        yield _Lines(), screen


def _nothing(done: int, total: int, phase: str) -> None:
    """Show nothing."""


class _Bar:
    """One bar, started again for each phase so that the time left is that of the phase."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._phase = ""
        self._task: Any = None

    def __call__(self, done: int, total: int, phase: str) -> None:
        if phase != self._phase:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._phase = phase
            known = None if phase == "compile" else total
            self._task = self._bar.add_task(WORDS.get(phase, phase), total=known, completed=done)
        self._bar.update(self._task, completed=done)


class _Lines:
    """A line at the start of each phase and every quarter of a minute."""

    def __init__(self) -> None:
        self._phase = ""
        self._began = self._said = time.monotonic()
        self._done_at_start = 0

    def __call__(self, done: int, total: int, phase: str) -> None:
        now = time.monotonic()
        if phase != self._phase:
            self._phase, self._began, self._said, self._done_at_start = phase, now, now, done
            self._say(
                WORDS.get(phase, phase) if phase == "compile" else f"{WORDS.get(phase, phase)}: {total:,}"
            )
        elif now - self._said >= EVERY_S:
            self._said = now
            played = done - self._done_at_start
            left = (now - self._began) / played * (total - done) if played else 0.0
            self._say(f"{done:,} of {total:,}, about {left:.0f} s left")

    @staticmethod
    def _say(text: str) -> None:
        sys.stderr.write(f"redan: {text}\n")
        sys.stderr.flush()
