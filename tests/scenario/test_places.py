"""Settlements, plane geometry, GeoJSON and tables of ground."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from pyproj import Geod

from redan.scenario.geojson import read_line, read_pockets
from redan.scenario.geometry import Plane, theatre_area
from redan.scenario.ground import read_ground
from redan.vocabulary.errors import InputError


@given(st.floats(-60, 60), st.floats(-60, 60))
def test_distances_from_the_centre_are_those_on_the_earth(dx: float, dy: float) -> None:
    plane = Plane(37.6, 48.8)
    lon, lat = plane.to_lonlat([[dx, dy]])[0]
    distance = Geod(ellps="WGS84").inv(37.6, 48.8, lon, lat)[2] / 1000
    assert distance == pytest.approx(np.hypot(dx, dy), abs=1e-3)
    assert_allclose(plane.to_km([[lon, lat]])[0], [dx, dy], atol=1e-3)


def test_a_theatre_about_one_point_is_a_disc() -> None:
    area = theatre_area([(37.6, 48.8)], 20.0)
    assert area.km2 == pytest.approx(np.pi * 400, rel=0.01)
    assert_allclose(area.distance_km([[37.6, 48.8]]), [0.0])
    assert area.distance_km(area.plane.to_lonlat([[30.0, 0.0]]))[0] == pytest.approx(10.0, abs=0.05)
    assert area.is_touched_by([[37.0, 48.8], [38.0, 48.8]])
    assert not area.is_touched_by([[37.0, 49.8], [38.0, 49.8]])


def test_a_theatre_of_half_the_world_is_refused() -> None:
    with pytest.raises(ValueError, match="1500 km apart"):
        theatre_area([(0.0, 0.0), (179.0, 0.0)], 20.0)


def test_a_theatre_may_lie_about_the_180th_meridian() -> None:
    here, there = (theatre_area([(w, -16.0), (e, -16.4)], 30.0) for w, e in ((179.6, -179.9), (19.6, 20.1)))
    assert here.km2 == pytest.approx(there.km2, rel=1e-9)
    assert here.distance_km([(179.9, -16.2), (-179.9, -16.2), (0.0, -16.2)])[:2].max() == 0.0


def test_a_line_may_be_bare_a_feature_or_a_collection() -> None:
    bare = {"type": "LineString", "coordinates": [[1, 2, 100], [3, 4]]}
    feature = {"type": "Feature", "geometry": bare, "properties": None}
    for value in (bare, feature, {"type": "FeatureCollection", "features": [feature]}):
        assert_allclose(read_line(json.dumps(value), "x"), [[1, 2], [3, 4]])


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "7", "[]", "{}", '{"type": "Feature"}', '{"type": "FeatureCollection"}'),
        *('{"type": "FeatureCollection", "features": []}', '{"type": "LineString"}', "[" * 100_000),
        *('{"type": "LineString", "coordinates": [[1, 2], [3, "4"]]}', '{"type": [1], "coordinates": 1}'),
        *('{"type": "LineString", "coordinates": [[1, 2], [true, 4]]}', "9" * 5000),
        *('{"type": "LineString", "coordinates": [[1, 2], [1e999, 4]]}', '{"type": "Point"}'),
        '{"type": "LineString", "coordinates": [[1, 2], [1, 2]]}',
    ],
    ids=lambda text: text[:40],
)
def test_what_is_no_line_is_a_fault(text: str) -> None:
    with pytest.raises(InputError):
        read_line(text, "line.geojson")


def test_pockets_name_their_side() -> None:
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    other = [[5, 5], [6, 5], [6, 6], [5, 5]]
    collection = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"side": "defender"},
                "geometry": {"type": "MultiPolygon", "coordinates": [[ring], [other]]},
            }
        ],
    }
    pockets = read_pockets(json.dumps(collection), "x")
    assert [side for side, _ in pockets] == ["defender", "defender"]
    assert [polygon.area for _, polygon in pockets] == [0.5, 0.5]


@pytest.mark.parametrize(
    "rings",
    [[], [[]], [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]], [[[0, 0], [1, 0], [2, 0], [0, 0]]], 7, [7]],
)
def test_an_impossible_pocket_is_a_fault(rings: object) -> None:
    geometry = {"type": "Polygon", "coordinates": rings}
    feature = {"type": "Feature", "properties": {"side": "attacker"}, "geometry": geometry}
    with pytest.raises(InputError):
        read_pockets(json.dumps(feature), "x")


def test_blank_ground_is_unknown() -> None:
    table = read_ground("lon,lat,elevation_m,cover\n37.5,48.7,120,\n\n37.6,48.8,,0.3\n", "g.csv")
    assert list(table) == ["lon", "lat", "elevation_m", "cover"]
    assert_allclose(table["elevation_m"], [120, np.nan])
    assert_allclose(table["cover"], [np.nan, 0.3])


@pytest.mark.parametrize(
    "text",
    [
        *("", "lon\n1\n", "lon,lat\n", "lon,lat,lat\n1,2,3\n", "lon,lat\n,2\n", "lon,lat\nnan,2\n"),
        *("lon,lat\n1,2\n1\n", "lon,lat\n1,99\n", 'lon,lat\n"1,2\n', "lon,lat\n1,x\x00\n"),
    ],
)
def test_faulty_ground_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_ground(text, "g.csv")
