"""A user's own elevation, land use, roads and line take the place of placeholders."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import h3
import numpy as np
import pytest
import rasterio
from rasterio.transform import from_bounds

from redan.scenario.authoring.new import Given, new_scenario
from redan.scenario.load import load_scenario
from redan.theatre.compile import compile_theatre
from redan.vocabulary.arrays import Theatre
from redan.vocabulary.errors import InputError

DAY = dt.date(2024, 6, 1)
WEST, SOUTH, EAST, NORTH = 37.0, 48.4, 38.2, 49.2  # about Kramatorsk (37.57 E, 48.74 N)


@pytest.fixture
def raster(tmp_path: Path) -> Path:
    """Heights that rise to the east: 100 m at 37.0 E, 340 m at 38.2 E."""
    file = tmp_path / "dem.tif"
    heights = np.tile(np.linspace(100.0, 340.0, 240, dtype=np.float32), (160, 1))
    with rasterio.open(
        file,
        "w",
        driver="GTiff",
        width=240,
        height=160,
        count=1,
        dtype="float32",
        crs="EPSG:4326",
        transform=from_bounds(WEST, SOUTH, EAST, NORTH, 240, 160),
    ) as out:
        out.write(heights, 1)
    return file


def geojson(file: Path, *features: tuple[str, Any, dict[str, Any]]) -> Path:
    made = [
        {"type": "Feature", "properties": said, "geometry": {"type": kind, "coordinates": at}}
        for kind, at, said in features
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": made}), encoding="utf-8")
    return file


def longitudes(theatre: Theatre) -> Any:
    return np.array([h3.cell_to_latlng(h3.int_to_str(int(cell)))[1] for cell in theatre.cell_id])


def new(tmp_path: Path, **files: Path) -> Path:
    made = new_scenario(
        "there", around="Kramatorsk", radius_km=25.0, out=tmp_path / "there", as_of=DAY, given=Given(**files)
    )
    return made.folder


def test_heights_come_from_the_raster(tmp_path: Path, raster: Path) -> None:
    theatre = compile_theatre(load_scenario(new(tmp_path, elevation=raster))).theatre
    lon = longitudes(theatre)
    expected = 100.0 + 240.0 * (lon - WEST) / (EAST - WEST)
    assert np.abs(theatre.cell_elevation_m - expected).max() < 12.0  # [m] half a step of the table


def test_woods_and_towns_come_from_the_polygons(tmp_path: Path) -> None:
    half = [[[WEST, SOUTH], [37.57, SOUTH], [37.57, NORTH], [WEST, NORTH], [WEST, SOUTH]]]
    use = geojson(tmp_path / "use.geojson", ("Polygon", half, {"cover": 0.6}))
    theatre = compile_theatre(load_scenario(new(tmp_path, land_use=use))).theatre
    lon = longitudes(theatre)
    assert np.allclose(theatre.cell_cover[lon < 37.5], 0.6, atol=0.02)
    assert np.allclose(theatre.cell_cover[lon > 37.65], 0.0, atol=0.02)


def test_roads_are_cut_to_the_theatre_and_named(tmp_path: Path) -> None:
    roads = geojson(
        tmp_path / "roads.geojson",
        ("LineString", [[36.0, 48.74], [37.57, 48.74], [39.0, 48.74]], {"highway": "trunk", "ref": "H-20"}),
        ("LineString", [[37.57, 48.0], [37.57, 49.5]], {"kind": "rail"}),
        ("LineString", [[37.5, 48.7], [37.6, 48.8]], {"highway": "footway"}),
        ("Point", [37.5, 48.7], {"kind": "road"}),
    )
    scenario = load_scenario(new(tmp_path, roads=roads))
    given = {road.name: road for road in scenario.roads if road.source == "roads.geojson, as given"}
    assert {name: road.kind for name, road in given.items()} == {"h-20": "main_road", "rail": "rail"}
    assert all(37.1 < point[0] < 38.0 for point in given["h-20"].through if not isinstance(point, str))


@pytest.mark.parametrize("turned", [False, True])
def test_the_line_is_turned_so_that_the_attacker_is_on_the_left(tmp_path: Path, turned: bool) -> None:
    vertices = [[37.75, 48.5], [37.72, 48.74], [37.75, 49.0]]
    line = geojson(tmp_path / "line.geojson", ("LineString", vertices[:: -1 if turned else 1], {}))
    made = new_scenario(
        "there",
        around="Kramatorsk",
        radius_km=25.0,
        attacker_from="east",
        out=tmp_path / "there",
        as_of=DAY,
        given=Given(line=line),
    )
    compiled = compile_theatre(load_scenario(made.folder))
    lon = longitudes(compiled.theatre)
    assert (compiled.theatre.cell_control0[lon > 37.8] == 0).all()
    assert (compiled.theatre.cell_control0[lon < 37.65] == 1).all()


@pytest.mark.parametrize(
    ("option", "text", "problem"),
    [
        ("elevation", "no raster", "cannot be read as a raster"),
        ("land_use", '{"type": "FeatureCollection", "features": []}', "no polygon has a property"),
        ("roads", '{"type": "FeatureCollection", "features": []}', "holds no road of this theatre"),
        ("roads", "{", "is not valid JSON"),
        ("line", '{"type": "Point", "coordinates": [1, 2]}', "one LineString is needed"),
        ("line", '{"type": "LineString", "coordinates": [[37, 48.7], [38, 48.7]]}', "runs along an attack"),
    ],
)
def test_a_file_at_fault_is_named(tmp_path: Path, option: str, text: str, problem: str) -> None:
    file = tmp_path / "given.file"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=problem) as raised:
        new_scenario(
            "there",
            around="Kramatorsk",
            radius_km=25.0,
            attacker_from="east",
            out=tmp_path / "there",
            given=Given(**{option: file}),
        )
    assert "given.file" in str(raised.value)
    assert not (tmp_path / "there").exists()


def test_the_island_takes_no_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is of a real place"):
        new_scenario("isle", out=tmp_path / "isle", given=Given(roads=tmp_path / "roads.geojson"))
