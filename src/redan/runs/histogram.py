"""Fixed-edge bins for daily measures: integer counts that add exactly, in any order and on any machine.

Two kinds of bins, both exact in binary arithmetic and so free of a library's last digit:

- `log`: 32 bins per doubling, cut by the leading bits of the float32 itself (at most 3.1 % wide; read back
  by interpolation, the error is well under that).
- `linear`: equal bins over a fixed range.

Zero, and the limits of a range, have bins of their own: a share that is exactly 0 or 1 stays so.

The smallest and largest value of every day are kept too (a minimum also adds exactly in any order): quantiles
are held between them, so a day on which every replication agrees is reported without any error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

BINS_PER_DOUBLING: Final = 32
SHIFT: Final = 18  # float32 bits left after exponent and 5 leading bits of the mantissa
LEVELS: Final = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)


@dataclass(frozen=True)
class Bins:
    """Edges of one measure: `log` between `low` and `high` (powers of two), or `linear` with `count` bins."""

    kind: str
    low: float
    high: float
    count: int  # bins in all, the two outer ones included

    def edges(self) -> NDArray[np.float64]:
        """Return the count + 1 edges; an outer bin without width holds one value (zero, or the limit)."""
        if self.kind == "log":
            first = _bits(self.low) >> SHIFT
            inner = np.arange(first, first + self.count - 2, dtype=np.int32) << SHIFT
            middle = inner.astype(np.int32).view(np.float32).astype(np.float64)
            return np.concatenate([[0.0, 0.0], middle, [self.high]])
        middle = np.linspace(self.low, self.high, self.count - 1)
        return np.concatenate([[self.low], middle, [self.high]])

    def document(self) -> dict[str, Any]:
        """Return what the manifest says of these bins."""
        return {"kind": self.kind, "low": self.low, "high": self.high, "count": self.count}


def _bits(value: float) -> int:
    return int(np.float32(value).view(np.int32))


def log_bins(low: float, high: float) -> Bins:
    """Bins of equal ratio from `low` to `high`, both powers of two.

    Further bins: zero and below, above zero but below `low`, and at or above `high`.
    """
    return Bins("log", low, high, int(np.log2(high / low)) * BINS_PER_DOUBLING + 3)


def linear_bins(low: float, high: float, inner: int) -> Bins:
    """`inner` equal bins from `low` to `high`, and one at each end for what lies at or beyond it."""
    return Bins("linear", low, high, inner + 2)


PEOPLE: Final = log_bins(2.0, 2.0**21)  # men, residents: to 2 million
SHARE: Final = linear_bins(0.0, 1.0, 256)
# By name before the colon, else by unit. A name that is not here falls back on its unit, then on WIDE.
BY_NAME: Final = {
    "exchange_ratio": log_bins(2.0**-6, 2.0**6),
    "front_distance_km": linear_bins(-64.0, 192.0, 1024),
    "front_km": log_bins(2.0**-1, 2.0**10),
}
BY_UNIT: Final = {
    "men": PEOPLE,
    "people": PEOPLE,
    "-": SHARE,
    "km2": log_bins(2.0**-6, 2.0**15),
    "count": linear_bins(0.0, 256.0, 256),
    "battalion-days/day": log_bins(2.0**-6, 2.0**10),
}
WIDE: Final = log_bins(2.0**-10, 2.0**24)


def bins_for(name: str, unit: str) -> Bins:
    """Bins of a measure, by its name, else by its unit."""
    return BY_NAME.get(name.partition(":")[0]) or BY_UNIT.get(unit) or WIDE


class Binner:
    """The bins of every measure of a run, laid end to end, and the step from values to their bins."""

    def __init__(self, measures: Sequence[tuple[str, str]]) -> None:
        """Take (name, unit) of every measure, in the order of `Output.series`."""
        self.bins = [bins_for(name, unit) for name, unit in measures]
        counts = np.array([b.count for b in self.bins], dtype=np.int64)
        self.start = np.concatenate([[0], np.cumsum(counts)])  # [measure + 1]
        self._last = (counts - 1).astype(np.int32)
        self._log = np.array([b.kind == "log" for b in self.bins])
        self._first = np.array([_bits(b.low) >> SHIFT if b.kind == "log" else 0 for b in self.bins], np.int32)
        self._low = np.array([b.low for b in self.bins], np.float32)
        self._scale = np.array(
            [0.0 if b.kind == "log" else (b.count - 2) / (b.high - b.low) for b in self.bins], np.float32
        )

    @property
    def total(self) -> int:
        """Bins of all measures together."""
        return int(self.start[-1])

    def index(self, series: NDArray[np.float32]) -> NDArray[np.uint16]:
        """Bin of every value.

        Parameters
        ----------
        series : float32, any leading shape, last axis the measures

        Returns
        -------
        uint16 of the same shape: 0 at or below the lowest value, count - 1 at or above the highest.
        """
        log, linear = self._log, ~self._log
        found = np.empty(series.shape, np.int32)
        values = np.ascontiguousarray(series[..., log])
        leading = (values.view(np.int32) >> SHIFT) - self._first[log] + 2
        found[..., log] = np.where(values > 0.0, np.maximum(leading, 1), 0)
        steps = (series[..., linear] - self._low[linear]) * self._scale[linear]
        # The low limit itself is a value of its own (a share of exactly 0), hence bin 0.
        inside = np.floor(np.clip(steps, 0.0, 65000.0)).astype(np.int32) + 1
        found[..., linear] = np.where(steps > 0.0, inside, 0)
        return np.minimum(found, self._last).astype(np.uint16)


def quantiles(
    counts: NDArray[np.integer[Any]],
    bins: Bins,
    low: NDArray[np.float32],
    high: NDArray[np.float32],
    levels: Sequence[float] = LEVELS,
) -> NDArray[np.float64]:
    """Quantiles by day, read back from the counts of one measure.

    Parameters
    ----------
    counts : integers [day, bin], the same total every day
    bins : the measure's bins
    low, high : float32 [day], smallest and largest value seen that day
    levels : probabilities

    Returns
    -------
    float64 [day, level]: the (n - 1) q-th value in rising order (numpy's "linear"), values within a bin
    taken as evenly spread; within one bin's width of the true quantile.
    """
    used = np.flatnonzero(counts.any(axis=0))
    first, last = int(used[0]), int(used[-1]) + 1
    cumulative = np.cumsum(counts[:, first:last], axis=1, dtype=np.int64)
    edges = bins.edges()[first : last + 1]
    n = int(cumulative[0, -1])
    ranks = (n - 1) * np.asarray(levels, dtype=np.float64)
    below = np.floor(ranks).astype(np.int64)
    part = ranks - below
    lower = _ordered(cumulative, edges, below)
    upper = _ordered(cumulative, edges, np.minimum(below + 1, n - 1))
    value = lower + part * (upper - lower)
    return np.clip(value, low[:, None].astype(np.float64), high[:, None].astype(np.float64))


def _ordered(
    cumulative: NDArray[np.int64], edges: NDArray[np.float64], rank: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the value of the `rank`-th smallest (from 0), [day, rank], evenly spread within its bin."""
    result = np.empty((cumulative.shape[0], rank.size))
    days = np.arange(cumulative.shape[0])
    for column, k in enumerate(rank):
        found = (cumulative <= k).sum(axis=1)
        before = np.where(found > 0, cumulative[days, np.maximum(found - 1, 0)], 0)
        inside = cumulative[days, found] - before
        share = (k - before + 0.5) / inside
        result[:, column] = edges[found] + share * (edges[found + 1] - edges[found])
    return result
