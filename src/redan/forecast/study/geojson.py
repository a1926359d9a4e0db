"""Outlines of cells in degrees, as GeoJSON and other formats of maps write them."""

from __future__ import annotations

from typing import Final

import h3

#: [decimals of a degree] a metre or so: cells that touch have the same corners.
DECIMALS: Final = 5


def cell_ring(cell: str) -> list[list[float]]:
    """Corners of a cell in degrees east and north, anticlockwise, the first again at the end."""
    ring = [[round(lon, DECIMALS), round(lat, DECIMALS)] for lat, lon in h3.cell_to_boundary(cell)]
    return [*ring, ring[0]]
