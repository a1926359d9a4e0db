"""Reads a table of coarse ground: CSV with lon, lat and any of elevation, relief, cover, built, industry."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from redan.scenario.models.base import HIGHEST_LATITUDE
from redan.vocabulary.errors import Fault, InputError, quote, suggest

F64 = NDArray[np.float64]

LARGEST_BYTES: Final = 8 * 1024 * 1024
MOST_ROWS: Final = 200_000
MOST_FAULTS: Final = 20  # [-] shown of one file: a wrong column repeats the same fault on every row
# Lowest and highest value of each column; degrees, metres, shares.
COLUMNS: Final[Mapping[str, tuple[float, float]]] = {
    "lon": (-180.0, 180.0),
    "lat": (-HIGHEST_LATITUDE, HIGHEST_LATITUDE),
    "elevation_m": (-500.0, 9_000.0),
    "relief_m": (0.0, 9_000.0),
    "cover": (0.0, 1.0),
    "built": (0.0, 1.0),
    "industry": (0.0, 1.0),
}
POSITION: Final = ("lon", "lat")


def read_ground(text: str, shown: str) -> dict[str, F64]:
    """Columns of the table by name, each of shape [row]; NaN where blank.

    Raises
    ------
    InputError
        The header or a number is wrong.
    """
    rows = csv.reader(io.StringIO(text), strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        _check_header(header, shown)
        faults: list[Fault] = []
        table: list[list[float]] = []
        for row in rows:
            if not row:
                continue
            table.append(_numbers(header, row, Fault(shown, rows.line_num, "row", "", ""), faults))
            if len(faults) >= MOST_FAULTS or len(table) > MOST_ROWS:
                break
    except csv.Error as error:
        raise InputError.of(shown, rows.line_num, "row", f"is not CSV: {error}", "mend the row") from None
    if faults:
        raise InputError(faults)
    if not table or len(table) > MOST_ROWS:
        problem = f"has more than {MOST_ROWS:,} rows" if table else "has no rows"
        raise InputError.of(shown, 1, "rows", problem, f"give 1 to {MOST_ROWS:,} rows")
    columns = np.array(table, dtype=np.float64).T
    return dict(zip(header, columns, strict=True))


def _check_header(header: list[str], shown: str) -> None:
    faults = [
        Fault(shown, 1, quote(name), "is not a known column", suggest(name, list(COLUMNS)))
        for name in header
        if name not in COLUMNS
    ]
    faults += [
        Fault(shown, 1, name, "the column is missing", f"add a column {name}")
        for name in POSITION
        if name not in header
    ]
    if len(set(header)) < len(header):
        faults.append(Fault(shown, 1, "header", "a column appears twice", "remove one"))
    if faults:
        raise InputError(faults)


def _numbers(header: list[str], row: list[str], where: Fault, faults: list[Fault]) -> list[float]:
    if len(row) != len(header):
        problem = f"has {len(row)} values where the header has {len(header)}"
        faults.append(Fault(where.file, where.line, "row", problem, "give one value per column"))
        return [math.nan] * len(header)
    return [_number(name, text.strip(), where, faults) for name, text in zip(header, row, strict=True)]


def _number(name: str, text: str, where: Fault, faults: list[Fault]) -> float:
    if not text and name not in POSITION:
        return math.nan
    low, high = COLUMNS[name]
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        problem = f"{quote(text)} is not a number from {low:g} to {high:g}"
        faults.append(Fault(where.file, where.line, name, problem, "mend it, or leave it blank"))
    return value
