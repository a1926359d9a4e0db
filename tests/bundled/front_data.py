"""Compare our coarse line of contact with the weekly control polygons in `../shared` (never in the package).

What is measured. The polygons say `occupied` or `unknown`. The line of contact is the edge of the occupied
ground; unknown ground may belong to either side: `line_to_interval` is 0 where our line runs through it.
Lengths are in km on the theatre's plane. Only the part inside the theatre and 2 km or more inside the
data's box counts: the polygons are cut at 49.1 N, the theatre ends at 49.22 N.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from redan.scenario.load import load_scenario
from redan.theatre.cells import Cells, build_cells
from redan.theatre.control import control_from_line

SHARED = Path(__file__).resolve().parents[3] / "shared"
WEEKLY = SHARED / "data" / "front" / "front_weekly_polygons.geojson.gz"
DATA_BOX = (36.83, 47.92, 38.57, 49.08)  # degrees; the polygons are cut at 36.8-38.6 E and 47.9-49.1 N
STEP_KM = 0.1  # spacing of the points at which distances are taken


@dataclass(frozen=True)
class Ground:
    """Occupied and unknown ground of one date, in degrees."""

    occupied: Any
    unknown: Any


def read_ground(date: str) -> Ground:
    """Weekly polygons of one date; the caller makes sure that the file is there."""
    with gzip.open(WEEKLY) as file:
        features = json.load(file)["features"]

    def union(status: str) -> Any:
        return shapely.union_all(
            [
                shape(f["geometry"]).buffer(0)
                for f in features
                if f["properties"]["date"] == date and f["properties"]["status"] == status
            ]
        )

    return Ground(union("occupied"), union("unknown"))


@dataclass(frozen=True)
class Check:
    """A line of contact (degrees, attacker on the left) beside the ground of its date."""

    vertices: list[tuple[float, float]]
    ground: Ground

    @cached_property
    def cells(self) -> Cells:
        """Cells of the bundled theatre."""
        scenario = load_scenario("slavyansk-kramatorsk")
        around = [scenario.lonlat(place) for place in scenario.place.around]
        return build_cells(around, buffer_km=scenario.place.buffer_km, resolution=7)

    def flat(self, geometry: Any) -> Any:
        """Degrees to km on the theatre's plane."""
        return shapely.transform(geometry, self.cells.plane.points)

    @cached_property
    def line(self) -> Any:
        """The line on the plane."""
        return self.flat(shapely.LineString(self.vertices))

    @cached_property
    def window(self) -> Any:
        """Where both the theatre and the data reach."""
        return self.cells.outline.intersection(self.flat(shapely.segmentize(shapely.box(*DATA_BOX), 0.05)))

    def distances_km(self) -> dict[str, float]:
        """Mean distances in km both ways, taken every 100 m."""
        edge = self.flat(self.ground.occupied.boundary)
        ours = points_along(self.line.intersection(self.window))
        theirs = points_along(edge.intersection(self.window))
        to_edge = shapely.distance(ours, edge)
        to_unknown = shapely.distance(ours, self.flat(self.ground.unknown))
        back = shapely.distance(theirs, self.line)
        return {
            "line_to_edge": float(to_edge.mean()),
            "line_to_interval": float(np.minimum(to_edge, to_unknown).mean()),
            "edge_to_line": float(back.mean()),
            "edge_to_line_p90": float(np.quantile(back, 0.9)),
        }

    def cell_agreement(self) -> tuple[float, list[tuple[float, float]]]:
        """Share of cells that agree, and the centres (degrees) of those that do not.

        A cell agrees where our line crosses it, where its centre lies on unknown ground, or where its centre
        is occupied in the data exactly when it lies on the attacker's side of our line.
        """
        cells = self.cells
        west, south, east, north = DATA_BOX
        seen = (cells.lon > west) & (cells.lon < east) & (cells.lat > south) & (cells.lat < north)
        ours = control_from_line(cells, self.vertices, "left").ground
        mine = shapely.contains_xy(ours, cells.x_km, cells.y_km)
        theirs = shapely.contains_xy(self.ground.occupied, cells.lon, cells.lat)
        either = shapely.contains_xy(self.ground.unknown, cells.lon, cells.lat)
        touched = shapely.intersects(cells.polygon, self.line)
        wrong = np.flatnonzero(seen & (mine != theirs) & ~either & ~touched)
        centres = [(round(float(cells.lon[i]), 2), round(float(cells.lat[i]), 2)) for i in wrong]
        return 1.0 - len(wrong) / int(seen.sum()), centres


def points_along(line: Any) -> Any:
    """Points every `STEP_KM` along a line or lines."""
    parts = [part for part in getattr(line, "geoms", [line]) if part.length > 0]
    return np.concatenate(
        [
            shapely.line_interpolate_point(part, np.arange(0.5 * STEP_KM, part.length + STEP_KM, STEP_KM))
            for part in parts
        ]
    )
