"""The observation operator: a simulated campaign's control by cell and day, as the data would have shown it.

Control is spread over the 2.5 km grid by area. Maps are drawn from reports, which come late and in batches:
the ground shown on a day is that of some days before the last day on which the map was drawn anew. Nothing
finer than the grid is kept, because two good observers differ by 1.1 to 1.7 km at the median.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from scipy import sparse

from redan.calibration.grid.record import CELL_KM, F64, Bool, Days, Record

UTM: Final = 32637  # EPSG code of the plane of the data
DEGREES: Final = 4326


@dataclass(frozen=True)
class Reports:
    """How reports reach a map.

    Attributes
    ----------
    lag_days
        Days between a change and the map that can show it. The data cannot tell it: a judgement.
    quiet_share
        Share of days, 0..1, on which the map is not drawn anew: as observed.
    """

    lag_days: int
    quiet_share: float

    def shown(self, days: int, *, seed: Any = 0) -> NDArray[np.int64]:
        """[day] day of the campaign that the map of each day shows, never one before day 0.

        The last day is drawn like any other: an ensemble of campaigns has the errors of the data.
        """
        drawn = np.random.default_rng(seed).random(days + 1) >= self.quiet_share
        drawn[0] = True  # a campaign begins with the map of its day 0
        last = np.maximum.accumulate(np.where(drawn, np.arange(days + 1), 0))
        return np.asarray(np.maximum(0, last - self.lag_days), np.int64)


def control_by_day(control0: NDArray[np.int8], changes: Sequence[tuple[int, int, int]], days: int) -> Any:
    """[day, cell] whether the attacker controls, from day 0 and (day, cell, side that holds it now)."""
    held = np.zeros((days + 1, len(control0)), dtype=np.bool_)
    held[:] = control0 == 0
    for day, cell, side in changes:
        held[day:, cell] = side == 0
    return held


@dataclass(frozen=True)
class Operator:
    """From the cells of a theatre to those of the grid.

    Attributes
    ----------
    weight
        Sparse [grid cell, theatre cell]: share of the grid's cell that lies in the theatre's.
    covered
        [y, x] cells of the grid that lie in the theatre, all but a tenth.
    outside
        [y, x] ground that the theatre does not reach: whoever holds it, it does not change.
    """

    weight: Any
    covered: Bool
    inside: Bool
    x_m: F64
    y_m: F64

    def occupied(self, held: NDArray[Any]) -> NDArray[np.float32]:
        """[t, y, x] share occupied, from control or shares [t, cell]."""
        found = self.weight @ np.asarray(held, np.float64).T
        shape = (held.shape[0], len(self.y_m), len(self.x_m))
        return np.where(self.inside, found.T.reshape(shape), 0.0).astype(np.float32)

    def record(self, days: Days, held: NDArray[Any]) -> Record:
        """What a map without unknown ground would show of shares [t, cell] on some days."""
        occupied = self.occupied(held)
        return Record(days, occupied, np.zeros_like(occupied), self.inside, self.x_m, self.y_m)


WHOLE: Final = 0.9  # a cell of the grid is covered when so much of it lies in the theatre


def build_operator(outlines: Sequence[Any], record: Record) -> Operator:
    """Overlay a theatre's cells, polygons in degrees, with the grid of a record."""
    to_plane = Transformer.from_crs(DEGREES, UTM, always_xy=True)
    cells = shapely.transform(
        np.asarray(outlines), lambda xy: np.column_stack(to_plane.transform(xy[:, 0], xy[:, 1]))
    )
    half = 500.0 * CELL_KM
    x, y = (axis.ravel() for axis in np.meshgrid(record.x_m, record.y_m))
    boxes = shapely.box(x - half, y - half, x + half, y + half)
    tree = shapely.STRtree(cells)
    box, cell = tree.query(boxes, predicate="intersects")
    share = shapely.area(shapely.intersection(boxes[box], cells[cell])) / (2.0 * half) ** 2
    weight = sparse.csr_matrix((share, (box, cell)), shape=(len(boxes), len(cells)))
    reach = np.asarray(weight.sum(axis=1)).reshape(len(record.y_m), len(record.x_m))
    covered = np.asarray(reach >= WHOLE, np.bool_)
    return Operator(weight, covered, record.inside & covered, record.x_m, record.y_m)
