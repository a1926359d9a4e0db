"""Probability of control by cell as GeoJSON, for a map program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import h3

#: [decimals of a degree] a metre or so: cells that touch have the same corners.
DECIMALS: Final = 5


def control_geojson(study: Mapping[str, Any]) -> dict[str, Any]:
    """Return one polygon for each cell, with the probability that the attacker holds it.

    Parameters
    ----------
    study : what `study` returns

    Returns
    -------
    A FeatureCollection. Properties: `cell` (H3), and `COURSE_day_N` for every course and day, the share of
    replications in which the attacker holds the cell at the end of the week that ends on day N.
    """
    ground, n = study["ground"], study["replications"]
    columns = {
        f"{course}_day_{day}": ground["n"][course][number]
        for course in study["courses"]
        for number, day in enumerate(ground["days"])
    }
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [cell_ring(cell)]},
            "properties": {"cell": cell} | {name: held[i] / n for name, held in columns.items()},
        }
        for i, cell in enumerate(ground["cells"])
    ]
    head = {name: study[name] for name in ("scenario", "as_of", "seed", "replications")}
    return {"type": "FeatureCollection", "properties": head, "features": features}


def cell_ring(cell: str) -> list[list[float]]:
    """Corners of a cell in degrees east and north, anticlockwise, the first again at the end."""
    ring = [[round(lon, DECIMALS), round(lat, DECIMALS)] for lat, lon in h3.cell_to_boundary(cell)]
    return [*ring, ring[0]]
