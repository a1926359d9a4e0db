"""Readers of the control data: the 2.5 km grid by day and the weekly polygons."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from shapely import unary_union
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

#: The grid stores per cent as bytes; this one marks cells without a value.
MISSING = 255
#: Polygons unpack to a few MB; more than this is not the file in the ledger.
POLYGONS_LIMIT_BYTES = 64 * 2**20


@dataclass(frozen=True)
class ControlGrid:
    """Share of each 2.5 km cell occupied and unknown, by day.

    Attributes
    ----------
    days
        [day]
    x_m, y_m
        [x] and [y]: cell centres, UTM zone 37 north, m.
    occupied, unknown
        [day, y, x]: 0..1, NaN outside the box.
    inside
        [y, x]: cells the data cover.
    """

    days: NDArray[np.datetime64]
    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]
    occupied: NDArray[np.float32]
    unknown: NDArray[np.float32]
    inside: NDArray[np.bool_]


@dataclass(frozen=True)
class WeeklyControl:
    """Control on one day as polygons in degrees east and north."""

    day: date
    occupied: BaseGeometry
    unknown: BaseGeometry


def read_control_grid(path: Path, *, until: date) -> ControlGrid:
    """Read the grid up to and including `until` from a verified copy of `control-grid`."""
    with np.load(path, allow_pickle=False) as stored:
        days = stored["dates"].astype("datetime64[D]")
        keep = days <= np.datetime64(until)
        return ControlGrid(
            days=days[keep],
            x_m=stored["x_utm37n"],
            y_m=stored["y_utm37n"],
            occupied=_share(stored["occupied_pct"][keep]),
            unknown=_share(stored["unknown_pct"][keep]),
            inside=stored["inside"],
        )


def read_weekly_control(path: Path, *, until: date) -> list[WeeklyControl]:
    """Read the weekly polygons up to and including `until`, oldest first.

    Raises
    ------
    ValueError
        The file unpacks to more than `POLYGONS_LIMIT_BYTES`.
    """
    with gzip.open(path, "rb") as file:
        text = file.read(POLYGONS_LIMIT_BYTES + 1)
    if len(text) > POLYGONS_LIMIT_BYTES:
        raise ValueError(f"{path.name} unpacks to more than {POLYGONS_LIMIT_BYTES // 2**20} MiB")
    parts: dict[date, dict[str, list[BaseGeometry]]] = {}
    for feature in json.loads(text)["features"]:
        day = date.fromisoformat(feature["properties"]["date"])
        if day <= until:
            week = parts.setdefault(day, {"occupied": [], "unknown": []})
            week[feature["properties"]["status"]].append(shape(feature["geometry"]))
    return [
        WeeklyControl(day, unary_union(week["occupied"]), unary_union(week["unknown"]))
        for day, week in sorted(parts.items())
    ]


def _share(per_cent: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Bytes of per cent to shares, NaN where there is no value."""
    share = per_cent.astype(np.float32) / np.float32(100.0)
    share[per_cent == MISSING] = np.nan
    return share
