"""Whatever stands in a map, a table of battles, a raster or a manifest: it is read, or faults say why not."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_bounds

from redan.calibration.engage.table import COLUMNS, parse_battles
from redan.forecast.study.citing import citing
from redan.runs.assemble import MANIFEST
from redan.runs.folder import RunFolder
from redan.runs.run import run
from redan.runs.written import Written
from redan.scenario.authoring.terrain import Terrain, ground_table
from redan.scenario.geojson import read_areas, read_line, read_pockets, read_ways
from redan.vocabulary.errors import InputError
from tests.runs.fakes import job
from tests.spoiling import Bounds, changes_of, check_told, cut, spoilt

Spoilt = TypeVar("Spoilt")

MORE = int(os.environ.get("REDAN_FUZZ", "1"))
SEED = int(os.environ.get("REDAN_FUZZ_SEED", "20251212"))
TABLES = 5_000 * MORE
MAPS = 3_000 * MORE  # spoilt texts of each kind, after every single change of the tree
RASTERS = 600 * MORE
MANIFESTS = 600 * MORE
EACH_S = 2.0
GROW_MIB = 300

RING = [[37.0, 48.5], [37.6, 48.5], [37.6, 48.9], [37.0, 48.5]]
LINE = {"type": "LineString", "coordinates": RING}
LINES = {"type": "MultiLineString", "coordinates": [RING, RING]}
AREA = {"type": "Polygon", "coordinates": [RING]}
AREAS = {"type": "MultiPolygon", "coordinates": [[RING], [RING]]}


def features(*found: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    """A collection of geometries with their properties."""
    each = [{"type": "Feature", "properties": told, "geometry": geometry} for geometry, told in found]
    return {"type": "FeatureCollection", "features": each}


MAPS_READ: list[tuple[Callable[[str, str], object], dict[str, Any]]] = [
    (read_line, {"type": "Feature", "properties": {}, "geometry": LINE}),
    (read_pockets, features((AREA, {"side": "attacker"}))),
    (read_areas, features((AREAS, {"built": 0.3}))),
    (read_ways, features((LINE, {"kind": "road"}), (LINES, {}))),
]
ROWS = "\n".join(
    (
        ",".join(COLUMNS),
        "a,1944,20000,10000,100,20,150,80,0,0,10.5,prepared,rolling,mixed,0,3",
        'b,2023,,900,,,,,,,2,"fortified",flat,urban,1,',
        "c,1918,50000,40000,0,0,900,700,30,20,12,hasty,,,,4",
    )
)
MIDDLE = (37.57, 48.74)


def read(bounds: Bounds, what: Spoilt, reader: Callable[[Spoilt], object]) -> None:
    """Read within bounds, and check that what went wrong, if anything, is said as it should be."""
    with bounds.one(what):
        try:
            reader(what)
        except InputError as error:
            check_told(error.faults, what)


@pytest.mark.parametrize(("reader", "tree"), MAPS_READ, ids=lambda value: getattr(value, "__name__", ""))
def test_maps(reader: Callable[[str, str], object], tree: dict[str, Any]) -> None:
    bounds = Bounds(each_s=EACH_S, grow_mib=GROW_MIB)
    for change in changes_of(tree, SEED):
        text = json.dumps(spoilt(tree, [change]), default=str)
        read(bounds, text, lambda text: reader(text, "map.geojson"))
    rng = random.Random(SEED)
    whole = json.dumps(tree)
    for _ in range(MAPS):
        read(bounds, cut(rng, whole), lambda text: reader(text, "map.geojson"))
    bounds.check(reader.__name__)


def test_tables_of_battles() -> None:
    bounds = Bounds(each_s=EACH_S, grow_mib=GROW_MIB)
    rng = random.Random(SEED)
    for _ in range(TABLES):
        read(bounds, cut(rng, ROWS), lambda text: parse_battles(text, "in.csv"))
    bounds.check("tables of battles")


def test_rasters(tmp_path: Path) -> None:
    """Bytes of a small GeoTIFF changed at random, in its header: sizes, types, offsets, places."""
    good = tmp_path / "good.tif"
    profile = {"driver": "GTiff", "width": 8, "height": 8, "count": 1, "dtype": "float32", "crs": "EPSG:4326"}
    with rasterio.open(good, "w", **profile, transform=from_bounds(37.0, 48.4, 38.2, 49.2, 8, 8)) as out:
        out.write(np.ones((8, 8), np.float32), 1)
    whole, file = good.read_bytes(), tmp_path / "spoilt.tif"
    bounds = Bounds(each_s=EACH_S, grow_mib=GROW_MIB)
    rng = random.Random(SEED)

    def read_raster(content: bytes) -> None:
        file.write_bytes(content)
        ground_table(Terrain(elevation=file), MIDDLE, 10.0)

    for _ in range(RASTERS):
        content = bytearray(whole)
        for _ in range(rng.randint(1, 4)):
            content[rng.randrange(min(len(content), 500))] = rng.choice((0, 1, 127, 255, rng.randrange(256)))
        read(bounds, bytes(content[: rng.choice((None, None, rng.randrange(len(whole))))]), read_raster)
    bounds.check("rasters")


def test_manifests(tmp_path: Path) -> None:
    """Error sought: a manifest, damaged or of another make, that passes the door and fails behind it."""
    folder = run(job(replications=4), out=tmp_path / "run", threads=1).path
    file = folder / MANIFEST
    tree = json.loads(file.read_bytes())
    looked_at = {name: tree[name] for name in Written.model_fields}
    changes = changes_of(looked_at, SEED)
    bounds = Bounds(each_s=EACH_S, grow_mib=GROW_MIB)
    rng = random.Random(SEED)

    def open_run(text: str) -> None:
        file.write_text(text, encoding="utf-8")
        found = RunFolder(folder, partial=True)
        citing(found)
        assert found.as_of.year > 0
        assert found.replications.height >= 0
        assert found.measures
        assert min(found.done, found.requested, found.seed, found.horizon_days) >= 0

    for _ in range(MANIFESTS):
        several = rng.sample(changes, rng.randint(1, 2))
        read(bounds, json.dumps(spoilt(tree, several), default=str), open_run)
    for _ in range(MANIFESTS):
        read(bounds, cut(rng, json.dumps(tree)), open_run)
    bounds.check("manifests")
