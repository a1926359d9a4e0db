"""Ground for a new scenario from a user's files: elevation from a GeoTIFF, land use from GeoJSON."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from redan.scenario.geojson import LARGEST_BYTES, read_areas
from redan.scenario.geometry import LonLat, Plane
from redan.vocabulary.documents import read_limited
from redan.vocabulary.errors import InputError, MissingExtra

F64 = NDArray[np.float64]

STEP_KM: Final = 2.0  # [km] between rows of the table: a cell of resolution 7 is 2.4 km across
WINDOW_KM: Final = 1.2  # [km] about a point, over which height is averaged and relief is highest less lowest
MOST_PIXELS: Final = 4_000_000  # [-] read at most; a finer raster is read coarser
EDGE_DEG: Final = 0.05  # [deg] read beyond the outermost points
NOWHERE: Final = "covers nothing of the theatre"
SHARES: Final = ("cover", "built", "industry")


@dataclass(frozen=True)
class Terrain:
    """The user's files; None where there is none.

    Attributes
    ----------
    elevation
        GeoTIFF, metres, any projection; the first band.
    land_use
        GeoJSON polygons with `cover`, `built` or `industry` (shares 0..1) among their properties.
    """

    elevation: Path | None = None
    land_use: Path | None = None

    @property
    def is_given(self) -> bool:
        """Whether there is anything to read."""
        return self.elevation is not None or self.land_use is not None


def ground_table(terrain: Terrain, middle: LonLat, radius_km: float) -> str:
    """Table of ground (CSV) within the disc, from the files.

    Raises
    ------
    InputError
        A file cannot be read, or covers nothing of the disc.
    MissingExtra
        rasterio is not installed and an elevation is given.
    """
    lonlat = _points(middle, radius_km)
    columns: dict[str, F64] = {"lon": lonlat[:, 0], "lat": lonlat[:, 1]}
    if terrain.elevation is not None:
        columns |= _heights(terrain.elevation, lonlat)
    if terrain.land_use is not None:
        columns |= _shares(terrain.land_use, lonlat)
    out = io.StringIO()
    out.write(",".join(columns) + "\n")
    digits = {"lon": 4, "lat": 4, "elevation_m": 0, "relief_m": 0}
    for row in zip(*columns.values(), strict=True):
        shown = zip(columns, row, strict=True)
        out.write(
            ",".join("" if math.isnan(v) else f"{v:.{digits.get(name, 2)}f}" for name, v in shown) + "\n"
        )
    return out.getvalue()


def _points(middle: LonLat, radius_km: float) -> F64:
    """[n, 2] points of a square grid in the disc, north to south and west to east, degrees."""
    steps = np.arange(-math.ceil(radius_km / STEP_KM), math.ceil(radius_km / STEP_KM) + 1) * STEP_KM
    grid = np.array([(x, y) for y in steps[::-1] for x in steps if math.hypot(x, y) <= radius_km + STEP_KM])
    return np.asarray(Plane(*middle).to_lonlat(grid))


def _heights(file: Path, lonlat: F64) -> dict[str, F64]:
    """Mean height and relief about each point; NaN off the raster."""
    heights, to_pixel, pixel_km = _raster(file, lonlat)
    rows, columns = to_pixel(lonlat)
    reach = max(1, round(WINDOW_KM / pixel_km))
    mean, relief = (np.full(len(lonlat), np.nan) for _ in range(2))
    for k, (row, column) in enumerate(zip(rows, columns, strict=True)):
        if not (0 <= row < heights.shape[0] and 0 <= column < heights.shape[1]):
            continue
        part = heights[
            max(0, row - reach) : row + reach + 1,
            max(0, column - reach) : column + reach + 1,
        ]
        known = part[np.isfinite(part)]
        if known.size:
            mean[k], relief[k] = known.mean(), known.max() - known.min()
    if np.isnan(mean).all():
        raise InputError.of(str(file), 1, "extent", NOWHERE, "give a raster of this place")
    return {"elevation_m": mean, "relief_m": relief}


def _raster(file: Path, lonlat: F64) -> tuple[F64, Any, float]:
    """Heights over the points, what finds a point's pixel, and the size of a pixel in km."""
    try:
        import rasterio
        from rasterio._err import CPLE_BaseError  # what GDAL says goes by no public name when a warp fails
        from rasterio.enums import Resampling
        from rasterio.vrt import WarpedVRT
    except ImportError:
        raise MissingExtra("terrain", "rasterio", "--elevation") from None
    unplaced = rasterio.errors.NotGeoreferencedWarning  # such a raster would be read as if it lay at 0, 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", unplaced)
            source = rasterio.open(file)
        with source, WarpedVRT(source, crs="EPSG:4326") as warped:
            if source.crs is None:
                raise ValueError("it has no projection")
            west, south = np.maximum(lonlat.min(axis=0) - EDGE_DEG, warped.bounds[:2])
            east, north = np.minimum(lonlat.max(axis=0) + EDGE_DEG, warped.bounds[2:])
            if west >= east or south >= north:
                raise InputError.of(str(file), 1, "extent", NOWHERE, "give a raster of this place")
            window = warped.window(west, south, east, north)
            thin = max(1, math.ceil(math.sqrt(max(window.width * window.height, 1) / MOST_PIXELS)))
            shape = max(1, round(window.height / thin)), max(1, round(window.width / thin))
            read = warped.read(1, window=window, out_shape=shape, masked=True, resampling=Resampling.average)
    except (rasterio.errors.RasterioError, CPLE_BaseError, unplaced, ValueError) as error:
        problem = f"cannot be read as a raster ({str(error)[:80]})"
        raise InputError.of(str(file), 1, "raster", problem, "give a GeoTIFF with a projection") from None
    heights = np.ma.filled(read.astype(np.float64), np.nan)
    width, height = (east - west) / shape[1], (north - south) / shape[0]

    def to_pixel(points: F64) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows = np.floor((north - points[:, 1]) / height).astype(np.int64)
        return rows, np.floor((points[:, 0] - west) / width).astype(np.int64)

    return heights, to_pixel, height * 111.2


def _shares(file: Path, lonlat: F64) -> dict[str, F64]:
    """Share of each kind of land use about each point, from the polygons that name it."""
    areas = list(_areas(file))
    reach = WINDOW_KM / 111.2
    stretch = 1.0 / math.cos(math.radians(float(lonlat[:, 1].mean())))
    boxes = shapely.box(
        lonlat[:, 0] - reach * stretch,
        lonlat[:, 1] - reach,
        lonlat[:, 0] + reach * stretch,
        lonlat[:, 1] + reach,
    )
    found: dict[str, F64] = {}
    for name in SHARES:
        named = [(polygon, shares[name]) for polygon, shares in areas if name in shares]
        if named:
            total = np.zeros(len(lonlat))
            for polygon, share in named:
                total += share * shapely.area(shapely.intersection(boxes, polygon)) / shapely.area(boxes)
            found[name] = np.minimum(total, 1.0)
    if not found:
        problem = f"no polygon has a property {', '.join(SHARES)}"
        raise InputError.of(str(file), 1, "properties", problem, "give each polygon a share from 0 to 1")
    return found


def _areas(file: Path) -> Iterator[tuple[shapely.Polygon, dict[str, float]]]:
    for polygon, properties in read_areas(read_limited(file, str(file), largest=LARGEST_BYTES), str(file)):
        shares = {name: properties[name] for name in SHARES if name in properties}
        for name, value in shares.items():
            if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
                raise InputError.of(
                    str(file),
                    1,
                    f"properties.{name}",
                    f"{value!r} is not a share",
                    "give a number from 0 to 1",
                )
        yield polygon, {name: float(value) for name, value in shares.items()}
