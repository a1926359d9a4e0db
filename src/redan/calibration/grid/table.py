"""The table of prior draws: simulated once, chunk by chunk, and gone on with where it was cut off.

Row r of a table depends on the seed and r alone, so that a table can be lengthened. A chunk is a file that is
there whole or not at all; the request beside the chunks says what they are of.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from redan.calibration.grid.front import Start
from redan.calibration.grid.observe import Reports
from redan.calibration.grid.play import numbers, play_start
from redan.calibration.grid.settings import Settings
from redan.runs.chunk import Stopped
from redan.runs.executor import default_threads, each, stop_on_interrupt
from redan.runs.files import locked, read_arrays, write_arrays, write_whole
from redan.runs.manifest import canonical
from redan.runs.world import allocate
from redan.vocabulary.errors import InputError

F64 = NDArray[np.float64]
Progress = Callable[[int, int, str], None]
CHUNK: Final = 20
REQUEST: Final = "request.json"
CHUNKS: Final = "chunks"


@dataclass(frozen=True)
class Table:
    """Prior draws and what each made of every start.

    Attributes
    ----------
    u
        [draw, parameter] shares of the priors.
    carried
        [draw, name] values held from the first stage.
    values
        [draw, start, number] numbers of each campaign, named by `names`.
    """

    u: F64
    carried: F64
    values: F64
    names: tuple[str, ...]

    def of(self, name: str) -> F64:
        """[draw, start] one number."""
        return np.asarray(self.values[:, :, self.names.index(name)], np.float64)

    def without(self, rows: NDArray[np.int64]) -> Table:
        """The table without some rows."""
        keep = np.ones(len(self.u), np.bool_)
        keep[rows] = False
        return Table(self.u[keep], self.carried[keep], self.values[keep], self.names)


@dataclass(frozen=True)
class Design:
    """How the rows of a table are drawn and played."""

    settings: Settings
    names: tuple[str, ...]  # of what is carried
    carried: F64  # [row of the first stage's posterior, name]
    reports: Reports
    seed: int

    def shares(self, n: int) -> tuple[F64, F64]:
        """[n, parameter] shares of the priors and [n, name] values carried: first rows of a sequence."""
        size = len(self.settings.free)
        drawn = qmc.Sobol(size + 1, seed=self.seed).random_base2(max(1, (n - 1).bit_length()))[:n]
        drawn = np.clip(drawn, 1e-6, 1.0 - 1e-6)
        chosen = (drawn[:, size] * len(self.carried)).astype(np.int64)
        return drawn[:, :size], self.carried[chosen]

    def parameters(self, start: Start, rows: range, u: F64, carried: F64) -> Any:
        """Rows of the register for one start: priors and forces of the day, free and carried columns set."""
        found = start.world.draw(rows)
        for name, column in self.settings.values(u, start.parameters).items():
            found[name] = column
        for k, name in enumerate(self.names):
            found[name] = carried[:, k]
        return found


@dataclass
class Memory:
    """State and output of every start, for each thread its own."""

    starts: Sequence[Start]
    _local: threading.local = field(default_factory=threading.local)

    def of(self, k: int) -> Any:
        """Memory of start k for this thread."""
        held: dict[int, Any] = self._local.__dict__.setdefault("held", {})
        if k not in held:
            held[k] = allocate(self.starts[k].world, self.starts[k].course)
        return held[k]


def play_rows(
    design: Design,
    starts: Sequence[Start],
    rows: range,
    memory: Memory,
    stopped: Callable[[], bool] = lambda: False,
) -> dict[str, NDArray[Any]]:
    """Play some rows of the table: arrays of a chunk.

    Raises
    ------
    Stopped
        Between two campaigns, once `stopped` says so.
    """
    u, carried = (part[rows.start : rows.stop] for part in design.shares(rows.stop))
    settings, found = design.settings, {}
    for k, start in enumerate(starts):
        drawn = design.parameters(start, rows, u, carried)
        for at, number in enumerate(rows):
            if stopped():
                raise Stopped
            seen = play_start(start, drawn[at], number, design.reports, memory.of(k), settings.residents)
            found[at, k] = numbers(seen, start.towns, settings.horizons)
    names = list(found[0, 0])
    values = np.array(
        [[[found[at, k][n] for n in names] for k in range(len(starts))] for at in range(len(rows))]
    )
    return {"u": u, "carried": carried, "values": values, "names": np.array(names, dtype="U32")}


def make_table(
    folder: Path,
    request: Mapping[str, Any],
    design: Design,
    starts: Sequence[Start],
    draws: int,
    *,
    threads: int | None = None,
    progress: Progress = lambda done, total, phase: None,
) -> Table:
    """Play what the table of a folder lacks of `draws` rows.

    After Ctrl-C it holds the chunks that were finished.

    Raises
    ------
    InputError
        The folder holds another table, or another process works on it.
    KeyboardInterrupt
        Ctrl-C.
    """
    begin(folder, request)
    chunks = [range(first, min(first + CHUNK, draws)) for first in range(0, draws, CHUNK)]
    with locked(folder), stop_on_interrupt() as stop:
        todo = [rows for rows in chunks if not _is_whole(folder, rows)]
        done = draws - sum(len(rows) for rows in todo)
        progress(done, draws, "compile")
        memory = Memory(starts)

        def work(rows: range) -> None:
            write_arrays(_chunk(folder, rows), play_rows(design, starts, rows, memory, stop.is_set))

        def take(rows: range, _: None) -> None:
            nonlocal done
            done += len(rows)
            progress(done, draws, "draws")

        each(work, todo[:1], 1, stop, take)  # the campaign is compiled once, and before threads start
        each(work, todo[1:], threads or default_threads(), stop, take)
        if stop.is_set():
            raise KeyboardInterrupt
    return read_table(folder, draws)


def begin(folder: Path, request: Mapping[str, Any]) -> None:
    """Make a table's folder, or see that it holds a table of the same request.

    Raises
    ------
    InputError
        It holds something else.
    """
    path = folder / REQUEST
    if path.is_file():
        there = json.loads(path.read_bytes())
        changed = [key for key in request if there.get(key) != json.loads(canonical(request[key]))]
        if changed:
            problem = f"holds a table of another {', '.join(changed)}"
            raise InputError.of("--out", 0, str(folder), problem, "give another folder, or remove it")
        return
    try:
        (folder / CHUNKS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "cannot be made").lower()
        raise InputError.of("--out", 0, str(folder), reason, "give a folder that can be made") from None
    write_whole(path, lambda file: file.writelines((canonical(request),)))


def _chunk(folder: Path, rows: range) -> Path:
    return folder / CHUNKS / f"{rows.start:06d}"


def _is_whole(folder: Path, rows: range) -> bool:
    found = read_arrays(_chunk(folder, rows))
    return found is not None and len(found["u"]) >= len(rows)


def read_table(folder: Path, draws: int | None = None) -> Table:
    """Read the rows of a table, all or the first of them.

    Raises
    ------
    InputError
        There is no table.
    """
    parts = [read_arrays(path) for path in sorted((folder / CHUNKS).glob("[0-9]*"))]
    whole = [part for part in parts if part is not None]
    if not whole:
        raise InputError.of("--resume", 0, str(folder), "holds no table", "give a folder of redan calibrate")
    arrays = {
        name: np.concatenate([part[name] for part in whole])[:draws] for name in ("u", "carried", "values")
    }
    return Table(arrays["u"], arrays["carried"], arrays["values"], tuple(str(n) for n in whole[0]["names"]))
