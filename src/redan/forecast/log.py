"""The forecast log: forecasts put down before their outcome is known, each in a file that never changes.

A folder holds one table for each forecast, in hubverse columns, with the first digits of its sha256 in its
name, and `index.csv`, one row each in the order in which they were made. Each row of the index also holds a
hash of itself and the row before it: a file that was changed, and a row that was changed, removed or put
between, no longer agree with what follows.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from redan.forecast.outside.view import POOLED_COURSE
from redan.runs.folder import RunFolder
from redan.runs.manifest import file_hash
from redan.vocabulary.errors import Fault, InputError, quote

INDEX: Final = "index.csv"
DIGITS: Final = 12  # of the hash in a name: enough to tell a few forecasts apart, the index has the whole
#: Columns of a logged forecast; `origin_date` is the forecast's own date.
COLUMNS: Final = (
    "model_id", "scenario_id", "origin_date", "target", "target_end_date", "location",
    "output_type", "output_type_id", "value",
)  # fmt: skip
SIGNIFICANT: Final = 6  # digits of a value that are kept


@dataclass(frozen=True)
class Entry:
    """One row of the index.

    Attributes
    ----------
    file, sha256, rows
        The table.
    origin_date, recorded
        Day 0 of the forecast, and the day on which it was put down.
    scenario, seed, replications, version, manifest
        The run it was made from; `manifest` is the sha256 of its manifest.
    chain
        Hash of the chain of the row before and of this row's other fields.
    """

    file: str
    sha256: str
    rows: int
    origin_date: str
    recorded: str
    scenario: str
    seed: int
    replications: int
    version: str
    manifest: str
    chain: str


def record(run: RunFolder, folder: Path, *, recorded: date) -> Entry:
    """Put a run's forecast into the log: the course that is a forecast, the base rate and both pooled.

    Returns
    -------
    The new row of the index; where the same forecast is logged already, the row it has.

    Raises
    ------
    InputError : the run has no such course or is not complete, its tables were altered, or the log was
    """
    if POOLED_COURSE not in run.courses:
        problem = f"the run has no course {POOLED_COURSE}, and no other is a forecast of what will be done"
        raise InputError.of(str(run.path), 1, "courses", problem, "run the forecast with that course")
    if altered := run.verify():
        problem = "is not the table that the run wrote"
        raise InputError.of(str(run.path / altered[0]), 1, "file", problem, "run the forecast again")
    entries = read_log(folder)
    content = table_text(run.forecast).encode()
    digest = hashlib.sha256(content).hexdigest()
    known = next((entry for entry in entries if entry.sha256 == digest), None)
    if known is not None:
        return known
    facts: dict[str, Any] = {
        "file": f"{run.as_of}-{run.scenario}-{digest[:DIGITS]}.csv",
        "sha256": digest,
        "rows": content.count(b"\n") - 1,
        "origin_date": run.as_of.isoformat(),
        "recorded": recorded.isoformat(),
        "scenario": run.scenario,
        "seed": run.seed,
        "replications": run.done,
        "version": str(run.manifest["versions"]["redan"]),
        "manifest": file_hash(run.path / "manifest.json"),
    }
    entry = Entry(**facts, chain=_chain(entries[-1].chain if entries else "", [*facts.values()]))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / entry.file).write_bytes(content)
    with (folder / INDEX).open("a", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if not entries:
            writer.writerow([field.name for field in fields(Entry)])
        writer.writerow(astuple(entry))
    return entry


def table_text(forecast: pl.DataFrame) -> str:
    """A run's forecast as the text that is logged: fixed columns, order and digits."""
    chosen = forecast.filter(pl.col("scenario_id") == POOLED_COURSE)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    columns = [{"origin_date": "reference_date"}.get(name, name) for name in COLUMNS]
    for *head, value in chosen.select(columns).iter_rows():
        cells = ("" if cell is None else str(cell) for cell in head)
        writer.writerow([*cells, f"{value:.{SIGNIFICANT}g}"])
    return stream.getvalue()


def read_log(folder: Path) -> list[Entry]:
    """Read the index and hold every file to it.

    Returns
    -------
    Its rows, none where there is no log yet.

    Raises
    ------
    InputError : a file is missing, changed or not in the index, or a row was changed, removed or put between
    """
    index = folder / INDEX
    if not index.is_file():
        return []
    with index.open(newline="", encoding="utf-8") as stream:
        header, *rows = [*csv.reader(stream)] or [[]]
    if header != [field.name for field in fields(Entry)]:
        raise InputError.of(str(index), 1, "header", "is not that of a forecast log", "restore the file")
    entries: list[Entry] = []
    faults: list[Fault] = []
    chain = ""
    for line, cells in enumerate(rows, start=2):
        if len(cells) != len(header) or _chain(chain, cells[:-1]) != cells[-1]:
            problem = "the row is not the one that was written after the row before it"
            raise InputError.of(str(index), line, "chain", problem, "restore the file from the repository")
        chain = cells[-1]
        values: dict[str, Any] = dict(zip(header, cells, strict=True))
        values |= {name: int(values[name]) for name in ("rows", "seed", "replications")}
        entries.append(Entry(**values))
        faults += _file_faults(folder, entries[-1])
    unlisted = {path.name for path in folder.glob("*.csv")} - {INDEX} - {entry.file for entry in entries}
    faults += [
        Fault(str(folder / name), 1, "file", "is not in the index", "take it away: redan record writes both")
        for name in sorted(unlisted)
    ]
    if faults:
        raise InputError(faults)
    return entries


def _file_faults(folder: Path, entry: Entry) -> list[Fault]:
    path = folder / entry.file
    if not path.is_file():
        return [Fault(str(path), 1, "file", "is missing", "restore it from the repository")]
    if file_hash(path) != entry.sha256:
        problem = f"is not the forecast that was put down on {quote(entry.recorded)}"
        return [Fault(str(path), 1, "sha256", problem, "restore it from the repository")]
    return []


def _chain(before: str, values: list[object]) -> str:
    """Hash of the row before and this row's fields."""
    text = "\n".join([before, *(str(value) for value in values)])
    return hashlib.sha256(text.encode()).hexdigest()
