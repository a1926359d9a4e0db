"""Sums over replications: counts by bin and day, extremes by day, and who holds which cell each week.

Only whole numbers, minima and maxima are added up here, so the order of adding changes nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from redan.runs.files import Arrays
from redan.runs.histogram import Binner

SMALL_COUNT = 65_535  # replications that a 16-bit count can hold


class Fold:
    """Running sums of one run, over the chunks [0, `folded`) of every course."""

    def __init__(self, binner: Binner, shape: tuple[int, int, int, int], replications: int) -> None:
        """Take the shape (courses, days, weeks, cells) and the replications asked for."""
        courses, days, weeks, cells = shape
        small = np.uint16 if replications <= SMALL_COUNT else np.uint32
        self.binner = binner
        self.days = days
        # Measure by measure, day by day, bin by bin: what one replication adds to lies close together.
        self.counts: NDArray[Any] = np.zeros((courses, binner.total * days), small)
        self.low = np.full((courses, days, len(binner.bins)), np.inf, np.float32)
        self.high = np.full((courses, days, len(binner.bins)), -np.inf, np.float32)
        self.control = np.zeros((courses, weeks, cells), np.uint32)
        self.folded = 0
        sizes = np.diff(binner.start)
        corner = binner.start[:-1] * days + np.arange(days)[:, None] * sizes
        self._corner = np.ascontiguousarray(corner.T)  # [measure, day] where each day's bins begin

    def add(self, course: int, bulk: Arrays) -> None:
        """Add one chunk of a course."""
        bins = np.cumsum(bulk["bin_steps"], axis=1, dtype=np.uint16)
        counts = self.counts[course]
        for one in np.moveaxis(bins, 2, 1):
            # Within one replication no place comes twice, so plain indexing adds it exactly.
            counts[self._corner + one] += counts.dtype.type(1)
        np.minimum(self.low[course], bulk["low"], out=self.low[course])
        np.maximum(self.high[course], bulk["high"], out=self.high[course])
        self.control[course] += bulk["control"]

    def of_measure(self, course: int, measure: int) -> NDArray[Any]:
        """Return the counts of one measure, [day, bin]."""
        first, last = self.binner.start[measure] * self.days, self.binner.start[measure + 1] * self.days
        found: NDArray[Any] = self.counts[course, first:last].reshape(self.days, -1)
        return found

    def arrays(self) -> Arrays:
        """Return all of it, to be written down and taken up again."""
        return {
            "counts": self.counts,
            "low": self.low,
            "high": self.high,
            "control": self.control,
            "folded": np.array([self.folded], np.int64),
        }

    def take_up(self, saved: Arrays) -> bool:
        """Go on from `arrays()`; False, and nothing changed, where they are not of this run's shape."""
        mine = self.arrays()
        if any((saved[name].shape, saved[name].dtype) != (a.shape, a.dtype) for name, a in mine.items()):
            return False
        self.counts, self.low, self.high = saved["counts"], saved["low"], saved["high"]
        self.control, self.folded = saved["control"], int(saved["folded"][0])
        return True

    def release(self) -> None:
        """Give the memory of the sums back; they cannot be used any more."""
        self.counts = np.zeros((0, 0), self.counts.dtype)
        self.control = np.zeros((0, 0, 0), np.uint32)
