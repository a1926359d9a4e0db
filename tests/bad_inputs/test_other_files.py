"""What is no scenario: tables of battles, maps, rasters, run folders. One mistake, one line, exit 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_bounds

from redan.calibration.engage.table import COLUMNS
from redan.runs.manifest import KIND, SCHEMA_VERSION
from redan.scenario import geojson
from redan.scenario.authoring.terrain import Terrain, ground_table
from redan.views.cli import main as cli
from redan.vocabulary.errors import InputError

HEADER = ",".join(COLUMNS)
GOOD = "a,1944,20000,10000,100,20,150,80,0,0,10.5,prepared,rolling,mixed,0,3"
READ_BY = f"this Redan reads {SCHEMA_VERSION}; read it with"
MIDDLE = (37.57, 48.74)
LINE = '{"type": "LineString", "coordinates": %s}'
POLYGON = '{"type": "Feature", "properties": %s, "geometry": {"type": "Polygon", "coordinates": %s}}'


def row(**changed: str) -> str:
    cells = dict(zip(COLUMNS, GOOD.split(","), strict=True)) | changed
    return f"{HEADER}\n{','.join(cells.values())}\n"


def one_line_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command says; it must be one line, with a remedy, and exit 2."""
    assert cli.run(arguments) == cli.INPUT_AT_FAULT
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert "; " in line
    return line


@pytest.mark.parametrize(
    ("content", "line", "field"),
    [
        ("", 1, "header"),
        (f"{HEADER}\n", 1, "rows"),
        (row().replace("posture", "stance"), 1, "posture"),
        (row(attacker_men="-5"), 2, "attacker_men"),
        (row(defender_men="many"), 2, "defender_men"),
        (row(days="2.5"), 2, "days"),
        (row(urban="2"), 2, "urban"),
        (row(terrain="hilly"), 2, "terrain"),
        (row(id=""), 2, "id"),
        (row() + GOOD + "\n", 3, "id"),
        (row() + "b,1944\n", 3, "row"),
        (row(id='"a'), 2, "row"),
        (row(id="a\0"), 2, "file"),
        (row().encode() + b"\xff\xfe", 3, "file"),
    ],
)
def test_tables_of_battles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | bytes, line: int, field: str
) -> None:
    table = tmp_path / "in.csv"
    table.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = one_line_of(capsys, "engage", "--csv", str(table), "--replications", "10")
    assert said.startswith(f"{table}:{line}: {field}: ")


@pytest.mark.parametrize(
    ("read", "text", "line", "field"),
    [
        (geojson.read_line, "", 1, "document"),
        (geojson.read_line, '{\n"type":\n}', 3, "document"),
        (geojson.read_line, "[" * 100_000, 1, "document"),
        (geojson.read_line, "[]", 1, "type"),
        (geojson.read_line, '{"type": "FeatureCollection", "features": 3}', 1, "type"),
        (geojson.read_line, '{"type": "FeatureCollection", "features": [{}, 1]}', 1, "geometry"),
        (geojson.read_line, LINE % "[[37, 48]]", 1, "coordinates"),
        (geojson.read_line, LINE % "[[37, 48], [37, 48]]", 1, "coordinates"),
        (geojson.read_line, LINE % '[[37, 48], ["37", 48]]', 1, "coordinates"),
        (geojson.read_line, LINE % "[[37, 48], [37, 480]]", 1, "coordinates"),
        (geojson.read_line, LINE % "[[37, 48], [37, NaN]]", 1, "document"),
        (geojson.read_line, LINE % "null", 1, "coordinates"),
        (geojson.read_pockets, POLYGON % ('{"side": "third"}', "[]"), 1, "properties.side"),
        (
            geojson.read_pockets,
            POLYGON % ('{"side": "attacker"}', "[[[37, 48], [38, 48]]]"),
            1,
            "coordinates",
        ),
        (geojson.read_areas, POLYGON % ("{}", "7"), 1, "type"),
    ],
)
def test_maps(read: Callable[[str, str], Any], text: str, line: int, field: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text, "map.geojson")
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.field) == ("map.geojson", line, field)


def raster(file: Path, west: float = 37.0, **settings: Any) -> Path:
    """A raster of ones about the place."""
    ones = np.ones((8, 8), np.float32)
    profile = {"driver": "GTiff", "width": 8, "height": 8, "count": 1, "dtype": "float32"}
    place = {"crs": "EPSG:4326", "transform": from_bounds(west, 48.4, west + 1.2, 49.2, 8, 8)}
    with rasterio.open(file, "w", **(profile | place | settings)) as out:
        out.write(ones, 1)
    return file


def cut_short(file: Path) -> Path:
    raster(file).write_bytes(file.read_bytes()[:100])
    return file


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda file: file, "raster"),
        (lambda file: file.write_bytes(b"II*\0 no raster") and file, "raster"),
        (cut_short, "raster"),
        (lambda file: raster(file, west=10.0), "extent"),
        (lambda file: raster(file, nodata=1.0), "extent"),
        (lambda file: raster(file, crs=None), "raster"),
    ],
    ids=["none", "no raster", "cut short", "elsewhere", "no data", "no projection"],
)
def test_rasters(tmp_path: Path, make: Callable[[Path], Path], field: str) -> None:
    file = make(tmp_path / "dem.tif")
    with pytest.raises(InputError) as caught:
        ground_table(Terrain(elevation=file), MIDDLE, 20.0)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.field) == (str(file), 1, field)


COMMANDS_ABOUT_RUNS = [
    *(("query", "{}", "SELECT 1"), ("trace", "{}"), ("trace", "{}", "--group", "taken:town")),
    *(("forecast", "--resume", "{}"), ("report", "{}"), ("cite", "{}"), ("record", "{}")),
    *(("compare", "{}", "two-belts:storm"), ("claims", "slavyansk-kramatorsk", "--run", "{}")),
]


@pytest.mark.parametrize("command", COMMANDS_ABOUT_RUNS, ids=" ".join)
@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        ("", "is damaged; run the forecast again"),
        ("[1]", "is not the manifest of a run; "),
        ('{"kind": "other"}', "is not the manifest of a run; "),
        (
            json.dumps({"kind": KIND}),
            f"has schema version nothing, {READ_BY}",
        ),
        (
            json.dumps({"kind": KIND, "schema_version": 99, "versions": {"redan": "9.0"}}),
            f"has schema version 99, {READ_BY} Redan 9.0, which wrote it",
        ),
        (
            json.dumps({"kind": KIND, "schema_version": 0, "versions": {"redan": "0.0.9"}}),
            f"has schema version 0, {READ_BY} Redan 0.0.9, which wrote it, or run the forecast again",
        ),
        (
            json.dumps({"kind": KIND, "schema_version": SCHEMA_VERSION}),
            "is damaged (scenario); run the forecast",
        ),
    ],
)
def test_run_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], manifest: str, problem: str
) -> None:
    (tmp_path / "manifest.json").write_text(manifest)
    said = one_line_of(capsys, *(word.format(tmp_path) for word in command))
    assert said.startswith(f"{tmp_path / 'manifest.json'}:1: run: {problem}")
