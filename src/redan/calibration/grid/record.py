"""What is known of a front on the grid of the data: one form for the observed and the simulated one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.sources.control_maps import ControlGrid, read_control_grid
from redan.sources.ledger import data_root, find_copy

F64 = NDArray[np.float64]
Bool = NDArray[np.bool_]
Days = NDArray[np.datetime64]
DATASET: Final = "control-grid"
FIRST: Final = dt.date(2022, 7, 1)  # before it the maps followed a war of movement
UNTIL: Final = dt.date(2025, 12, 12)  # nothing later is read, whatever the file holds
EDGE_CELLS: Final = 5  # at the south edge the maps of 2022 are incomplete
CELL_KM: Final = 2.5
CELL_KM2: Final = CELL_KM**2
HALF: Final = 0.5  # a cell has fallen when more than this share of it is occupied


@dataclass(frozen=True)
class Record:
    """Occupied ground over time.

    Attributes
    ----------
    days
        [t] dates, rising.
    occupied
        [t, y, x] share occupied, 0..1; 0 outside.
    unknown
        [t, y, x] share that the map leaves open: the truth lies between `occupied` and their sum.
    inside
        [y, x] cells that count.
    x_m, y_m
        [x], [y] cell centres, UTM zone 37 north.
    """

    days: Days
    occupied: NDArray[np.float32]
    unknown: NDArray[np.float32]
    inside: Bool
    x_m: F64
    y_m: F64

    def row(self, day: Any) -> int:
        """Index of the last map on or before a day.

        Raises
        ------
        ValueError
            The record begins later.
        """
        found = int(np.searchsorted(self.days, np.datetime64(day, "D"), side="right")) - 1
        if found < 0:
            raise ValueError(f"the record begins on {self.days[0]}, after {day}")
        return found

    def on(self, days: Days) -> Record:
        """The record as it stood on some days: the last map on or before each."""
        rows = np.array([self.row(day) for day in days])
        return Record(days, self.occupied[rows], self.unknown[rows], self.inside, self.x_m, self.y_m)

    def area_km2(self, *, open_share: float = 0.0) -> F64:
        """[t] area occupied, with a share 0..1 of what is unknown counted as occupied."""
        held = self.occupied[:, self.inside].sum(axis=1, dtype=np.float64)
        if open_share:
            held = held + open_share * self.unknown[:, self.inside].sum(axis=1, dtype=np.float64)
        return np.asarray(held * CELL_KM2, np.float64)

    def held(self, *, open_share: float = 0.0) -> Bool:
        """[t, y, x] cells that have fallen, with a share of what is unknown counted as occupied."""
        return np.asarray(
            (self.occupied + np.float32(open_share) * self.unknown > HALF) & self.inside, np.bool_
        )


def weekly(first: dt.date, last: dt.date) -> Days:
    """Days a week apart, from the first on."""
    return np.arange(np.datetime64(first), np.datetime64(last) + 1, 7)


def daily(first: dt.date, last: dt.date) -> Days:
    """Every day from the first to the last."""
    return np.arange(np.datetime64(first), np.datetime64(last) + 1)


def find_grid(root: Path | None = None) -> tuple[Path | None, str]:
    """The verified copy of the grid, or None and the reason."""
    copy = find_copy(DATASET, data_root(root))
    return copy.path, copy.words


def read_record(path: Path, *, until: dt.date = UNTIL) -> Record:
    """Read the observed front from `FIRST` to `until`, without the cells at the south edge."""
    return record_of(read_control_grid(path, until=min(until, UNTIL)))


def record_of(grid: ControlGrid) -> Record:
    """The observed front of a grid."""
    keep = grid.days >= np.datetime64(FIRST)
    inside = grid.inside & ~_south_edge(grid.inside, grid.y_m)
    occupied = np.where(inside, np.nan_to_num(grid.occupied[keep]), np.float32(0.0))
    unknown = np.where(inside, np.nan_to_num(grid.unknown[keep]), np.float32(0.0))
    return Record(grid.days[keep], occupied, unknown, inside, grid.x_m, grid.y_m)


def _south_edge(inside: Bool, y_m: F64) -> Bool:
    """[y, x] the southernmost cells of every column."""
    southward = np.argsort(y_m)
    count = np.cumsum(inside[southward], axis=0)
    edge = np.zeros_like(inside)
    edge[southward] = inside[southward] & (count <= EDGE_CELLS)
    return edge
