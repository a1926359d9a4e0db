"""Write an export: the file, and beside it what its columns are."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import polars as pl

from redan.forecast.exports import control, residents
from redan.forecast.exports.columns import SUFFIX, Column, explained
from redan.runs.files import write_whole
from redan.runs.folder import RunFolder
from redan.runs.tables import write_table
from redan.vocabulary.errors import InputError, suggest

#: Where exports go by default, in the run folder.
FOLDER: Final = "exports"
CSV: Final = ".csv"
PARQUET: Final = ".parquet"
TABLE: Final = (CSV, PARQUET)
HUBVERSE: Final = {
    "model_id": Column(
        "-", "redan-campaign (the simulator), reference-class (past battles), redan-pooled (both)"
    ),
    "reference_date": Column("date", "day 0"),
    "scenario_id": Column("-", "course of action"),
    "target": Column("-", "event or measure, such as taken:kramatorsk or losses:attacker"),
    "horizon": Column("days", "day that is spoken of; empty where the day itself is forecast"),
    "target_end_date": Column("date", "that day"),
    "location": Column("-", "name of the scenario"),
    "output_type": Column("-", "cdf, quantile or mean, as hubverse defines them"),
    "output_type_id": Column("-", "of a cdf the day by which the event has come; of a quantile its level"),
    "value": Column(
        "by target", "of a cdf a probability; else people, men, km2, days ... as the target has it"
    ),
}


@dataclass(frozen=True)
class Export:
    """One kind of export: its file by default, the endings it may have, and what it is."""

    file: str
    endings: tuple[str, ...]
    what: str
    columns: Mapping[str, Column]
    write: Callable[[RunFolder, Sequence[int], IO[bytes], str], None]
    is_dated: bool = True


def _geojson(run: RunFolder, days: Sequence[int], file: IO[bytes], ending: str) -> None:
    content = control.control_geojson(run, days)
    _put(file, json.dumps(content, ensure_ascii=False, allow_nan=False))


def _geoparquet(run: RunFolder, days: Sequence[int], file: IO[bytes], ending: str) -> None:
    table, metadata = control.with_geometry(control.control(run, days))
    write_table(table, file, metadata)


def _residents(run: RunFolder, days: Sequence[int], file: IO[bytes], ending: str) -> None:
    _table(residents.residents(run, days), file, ending)


def _hubverse(run: RunFolder, days: Sequence[int], file: IO[bytes], ending: str) -> None:
    _table(run.forecast, file, ending)


def _put(file: IO[bytes], text: str) -> None:
    file.write(text.encode())


def _table(table: pl.DataFrame, file: IO[bytes], ending: str) -> None:
    if ending == CSV:
        table.write_csv(file)
    else:
        write_table(table, file)


_WIDE: Final = {
    "cell": control.COLUMNS["cell"],
    "COURSE_day_N": Column(
        "share, 0 to 1",
        "probability that the attacker holds the cell at the end of day N; the dates stand in the head",
    ),
}
EXPORTS: Final = {
    "geoparquet": Export(
        "probability_of_control.parquet", (PARQUET, ".geoparquet"), control.WHAT,
        {**control.COLUMNS, "geometry": control.GEOMETRY}, _geoparquet,
    ),
    "geojson": Export("probability_of_control.geojson", (".geojson", ".json"), control.WHAT, _WIDE, _geojson),
    "residents": Export("residents.csv", TABLE, residents.WHAT, residents.COLUMNS, _residents),
    "hubverse": Export(
        "hubverse.csv", TABLE, "Every statement of the forecast in hubverse columns (hubverse.io).", HUBVERSE,
        _hubverse, is_dated=False,
    ),
}  # fmt: skip


def export(run: RunFolder, to: str, out: Path | None = None, days: Sequence[int] = ()) -> tuple[Path, Path]:
    """Write an export of a run.

    Parameters
    ----------
    to : `geoparquet`, `geojson`, `residents` or `hubverse`
    out : the file; by default one in `exports` in the run folder
    days : of what changes by date, counted from day 0; 0 is day 0 itself

    Returns
    -------
    The file, and the one that explains its columns.

    Raises
    ------
    InputError : no such kind, a file that cannot be written there, a day outside the run
    RunError : the disk is full or fails
    """
    if to not in EXPORTS:
        raise InputError.of("--to", 0, to, "there is no such export", suggest(to, list(EXPORTS)))
    kind = EXPORTS[to]
    if days and not kind.is_dated:
        problem = f"does not go with --to {to}, which has every day of the forecast"
        raise InputError.of("--day", 0, str(days[0]), problem, "leave it out")
    file = run.path / FOLDER / kind.file if out is None else out
    if file.suffix not in kind.endings:
        remedy = f"let it end with {' or '.join(kind.endings)}"
        raise InputError.of("--out", 0, str(file), f"is no name for --to {to}", remedy)
    if out is None:
        file.parent.mkdir(exist_ok=True)
    check_target("--out", file)
    write_whole(file, lambda stream: kind.write(run, days, stream, file.suffix))
    note = file.with_name(file.name + SUFFIX)
    text = explained(run, file.name, kind.what, kind.columns)
    write_whole(note, lambda stream: _put(stream, text))
    return file, note


def check_target(option: str, file: Path) -> None:
    """Refuse a file that cannot be written.

    Raises
    ------
    InputError : it is a folder, or its folder is not there
    """
    if file.is_dir():
        raise InputError.of(option, 0, str(file), "is a folder", "name a file in it")
    if not file.parent.is_dir():
        raise InputError.of(option, 0, str(file), f"there is no folder {file.parent}", "make it first")
