"""Elevation, relief and cover of the cells, from scattered rows or flat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from redan.theatre.cells import Cells
from redan.vocabulary.arrays import F64

REACH_KM: Final = 10.0  # a row speaks for cells this near
COLUMNS: Final = ("elevation_m", "relief_m", "cover", "built", "industry")


@dataclass(frozen=True)
class Ground:
    """Ground by cell; `built` and `industry` are not a number where the file does not say."""

    elevation_m: F64  # [c]
    relief_m: F64  # [c]
    cover: F64  # [c] 0..1
    built: F64  # [c] 0..1 or nan
    industry: F64  # [c] 0..1 or nan
    known: NDArray[np.bool_]  # [c] whether the file reaches the cell


def read_ground(cells: Cells, table: Mapping[str, F64] | None) -> Ground:
    """Give every cell the nearest row within 10 km; what is blank or out of reach is flat and bare.

    Parameters
    ----------
    table
        Columns `lon`, `lat` (degrees) and any of `COLUMNS`, nan where blank; None without a file.
    """
    distance, row = np.full(cells.n, np.inf), np.zeros(cells.n, np.int64)
    if table is not None and len(table["lon"]):
        x_km, y_km = cells.plane.to_km(table["lon"], table["lat"])
        tree = cKDTree(np.column_stack([x_km, y_km]))
        found = tree.query(np.column_stack([cells.x_km, cells.y_km]))
        distance, row = np.asarray(found[0], np.float64), np.asarray(found[1], np.int64)
    known = distance <= REACH_KM
    values = {name: _column(table, name, row, known) for name in COLUMNS}
    return Ground(
        elevation_m=np.nan_to_num(values["elevation_m"], nan=_middle(values["elevation_m"])),
        relief_m=np.nan_to_num(values["relief_m"], nan=0.0),
        cover=np.nan_to_num(values["cover"], nan=0.0),
        built=values["built"],
        industry=values["industry"],
        known=known,
    )


def _column(
    table: Mapping[str, F64] | None, name: str, row: NDArray[np.int64], known: NDArray[np.bool_]
) -> F64:
    """[c] a column at the nearest row, nan where there is none."""
    if table is None or name not in table:
        return np.full(len(row), np.nan)
    return np.where(known, np.asarray(table[name], np.float64)[np.where(known, row, 0)], np.nan)


def _middle(values: F64) -> float:
    """Mean of what is known, so that unknown ground is level with the rest; 0 when nothing is."""
    return float(np.nanmean(values)) if np.isfinite(values).any() else 0.0
