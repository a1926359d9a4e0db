"""Summaries of a campaign over several starts: what simulated and observed fronts are compared by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.grid.table import Table

F64 = NDArray[np.float64]
AREA_KM2: Final = 50.0  # below it gains count linearly, above it by their logarithm
GROUPS: Final = {"none": (0, 0), "1-2": (1, 2), "3-4": (3, 4), "5-8": (5, 8)}
MOST_UNEVEN: Final = 5.0  # where nothing was gained
LEAST_DWELL_DAYS: Final = 30.0


def pooled(
    values: F64, names: Sequence[str], horizons: Sequence[int], residents: int
) -> tuple[F64, tuple[str, ...]]:
    """Summaries [draw, summary] and their names, from numbers [draw, start, number].

    Area at each horizon, its mean over the starts; the later starts against the earlier at the longest;
    chances that cells fall by the number of occupied neighbours, on the logit; burstiness; dwell; towns
    taken; residents.
    """
    at = {name: k for k, name in enumerate(names)}
    found: dict[str, F64] = {}
    for day in horizons:
        found[f"area {day}"] = signed_log(values[:, :, at[f"area_{day}"]]).mean(axis=1)
    starts = values.shape[1]
    if starts > 1:
        last = signed_log(values[:, :, at[f"area_{horizons[-1]}"]])
        found["area later"] = last[:, (starts + 1) // 2 :].mean(axis=1) - last[:, : (starts + 1) // 2].mean(
            axis=1
        )
    for name, (first, end) in GROUPS.items():
        cells, fell = (
            sum(values[:, :, at[f"{kind}_{n}"]].sum(axis=1) for n in range(first, end + 1))
            for kind in ("cells", "fell")
        )
        found[f"falls {name}"] = np.log((fell + 0.5) / (cells - fell + 0.5))
    found["week correlation"] = np.nan_to_num(values[:, :, at["week_correlation"]]).mean(axis=1)
    uneven = values[:, :, at["week_unevenness"]]
    uneven = np.where(np.isfinite(uneven), np.clip(uneven, 0.0, MOST_UNEVEN), MOST_UNEVEN)
    found["week unevenness"] = uneven.mean(axis=1)
    days, nearer = (values[:, :, at[name]].sum(axis=1) for name in ("dwell_days", "dwell_nearer"))
    found["dwell"] = np.log((days + LEAST_DWELL_DAYS) / (nearer + 0.5))
    found["towns taken"] = np.log1p(values[:, :, at["towns_taken"]].sum(axis=1))
    for k in range(residents):
        column = values[:, :, at[f"residents_{k}"]]
        if np.isfinite(column).any():
            known = np.isfinite(column)
            total = np.where(known, column, 0.0).sum(axis=1)
            found[f"residents {k + 1}"] = total / np.maximum(1, known.sum(axis=1))
    return np.column_stack(list(found.values())), tuple(found)


def signed_log(km2: F64) -> F64:
    """Gains and losses of ground on a scale that is linear near 0 and logarithmic beyond."""
    return np.asarray(np.sign(km2) * np.log1p(np.abs(km2) / AREA_KM2), np.float64)


def of_starts(table: Table, chosen: Sequence[int]) -> Table:
    """The table with some of its starts."""
    return Table(table.u, table.carried, table.values[:, list(chosen), :], table.names)
