"""Spoils what a person wrote, cheaply and the same way every time, and bounds what reading it may cost."""

from __future__ import annotations

import datetime as dt
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from redan.vocabulary.errors import Fault
from redan.vocabulary.plain import FieldPath, value_at, walk

Change = tuple[FieldPath, Any]

GONE: Final = object()  # instead of a value: the key or item is taken away
GRAFTS: Final = 8  # [-] other parts of the tree that are put in place of each part
MIB: Final = 2**20
TOKENS: Final = (
    *("&a ", "*a", "!t ", "<<: ", "[", "{", "]", "}", ": ", "- ", "\n", "\t", '"', "'", "|", ">", "%", "#"),
    *("---\n", "...", "? ", ",", "\x00", "\u2028", "\x85", "é", "\U0001f642", ".nan", "1e999", "~", "9" * 30),
)
VALUES: Final[tuple[Any, ...]] = (
    *(None, True, False, 0, 1, -1, 10**17, 10**40, 0.5, 1e308, -1e308, 1e-320, math.nan, math.inf, -math.inf),
    *("", "x", "Harbour", "2024-01-01", "2024-13-01", "fixed", "a\nb", "../x", ".", "*", "line.geojson"),
    *("scenario.yaml", "x" * 5000, dt.date(2024, 1, 1), dt.date(9999, 12, 31)),
    *([], [1], [[1, 2]], [None], [{}], {}, {"a": 1}, {"": 1}, {"kind": "fixed"}),
)


def changes_of(tree: Any, seed: int) -> list[Change]:
    """Every single change that is played.

    Each part is taken away, replaced by each value and by other parts of the tree, its keys are misspelt
    and its items doubled.
    """
    paths = [path for path, _ in walk(tree) if path]
    rng = random.Random(seed)
    found: list[Change] = [(path, value) for path in paths for value in (GONE, *VALUES)]
    for path in paths:
        found += [(path, value_at(tree, other)) for other in rng.sample(paths, GRAFTS)]
        value = value_at(tree, path)
        if isinstance(value, list):
            found += [(path, value * 2), (path, value[::-1]), (path, value * 200)]
        elif isinstance(value, dict):
            found += [(path, _renamed(value, key, name)) for key in value for name in (key[1:], key.upper())]
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found += [(path, value * by) for by in (-1, 1e-6, 1.01, 1e3)]
    return found


def _renamed(mapping: dict[str, Any], key: str, name: str) -> dict[str, Any]:
    return {name if other == key else other: value for other, value in mapping.items()}


def spoilt(tree: Any, changes: Sequence[Change]) -> Any:
    """The tree with the changes made, each where an earlier one has left its place.

    What lies off the paths is shared with `tree`.
    """
    for path, value in changes:
        tree = _changed(tree, path, value)
    return tree


def _changed(tree: Any, path: FieldPath, value: Any) -> Any:
    key, rest = path[0], path[1:]
    is_there = isinstance(tree, dict) and key in tree
    if not is_there and not (isinstance(tree, list) and isinstance(key, int) and key < len(tree)):
        return tree
    copy = tree.copy()
    if rest:
        copy[key] = _changed(copy[key], rest, value)
    elif value is GONE:
        del copy[key]
    else:
        copy[key] = value
    return copy


def cut(rng: random.Random, text: str) -> str:
    """The text with one to three short pieces taken out, and a token of trouble in place of most."""
    for _ in range(rng.randint(1, 3)):
        at, count = rng.randint(0, len(text)), rng.randint(0, 12)
        text = text[:at] + rng.choice(("", *TOKENS)) + text[at + count :]
    return text


def check_told(faults: Sequence[Fault], what: object) -> None:
    """Every fault is one printable line with file, line, field, problem and remedy."""
    assert faults, what
    for fault in faults:
        assert str(fault).isprintable(), (what, fault)
        assert fault.file, (what, fault)
        assert fault.field, (what, fault)
        assert fault.problem, (what, fault)
        assert fault.remedy, (what, fault)
        assert fault.line >= 1 or fault.file.startswith("--"), (what, fault)


class Bounds:
    """What each reading may take of the processor, and all of them together of memory.

    Where the system has no /proc (it is not Linux) only the time is bounded.

    Parameters
    ----------
    each_s : [s] of processor time, of any one reading
    grow_mib : [MiB] by which the peak of the process may rise above its size at the start
    """

    def __init__(self, *, each_s: float, grow_mib: float) -> None:
        self.each_s = each_s
        self.grow_mib = grow_mib
        self.count = 0
        self.slowest_s = 0.0
        self.start_s = time.process_time()
        self.start_mib = _forget_peak()

    @contextmanager
    def one(self, what: object) -> Iterator[None]:
        """Bound one reading; `what` was read."""
        start = time.thread_time()
        yield
        took_s = time.thread_time() - start
        assert took_s < self.each_s, f"{took_s:.1f} s for {what!r:.2000}"
        self.slowest_s = max(self.slowest_s, took_s)
        self.count += 1

    def check(self, name: str) -> None:
        """Check the memory, and say what was played."""
        grown_mib = _peak_mib() - self.start_mib
        took_s = time.process_time() - self.start_s
        rate = self.count / took_s
        sys.stdout.write(
            f"{name}: {self.count:,} in {took_s:.1f} s of processor time, {rate:,.0f} a second; "
            f"slowest {1e3 * self.slowest_s:.0f} ms; {grown_mib:.0f} MiB more at the peak\n"
        )
        assert grown_mib < self.grow_mib


def _forget_peak() -> float:
    """Set the peak of this process's memory to its present size, where that can be done; return it in MiB."""
    forget = Path("/proc/self/clear_refs")
    if forget.exists():
        forget.write_text("5")
    return _peak_mib()


def _peak_mib() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    return float(line.split()[1]) * 1024 / MIB
