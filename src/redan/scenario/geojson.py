"""Reads GeoJSON of a scenario or its author: lines, holdings, areas, ways. Nothing is trusted."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from redan.scenario.models.base import HIGHEST_LATITUDE
from redan.vocabulary.codes import SIDES
from redan.vocabulary.errors import InputError, quote

F64 = NDArray[np.float64]
Pocket = tuple[str, shapely.Polygon]

LARGEST_BYTES: Final = 8 * 1024 * 1024
MOST_VERTICES: Final = 100_000


def read_line(text: str, shown: str) -> F64:
    """Vertices [n, 2] (lon, lat) of the one LineString in the text.

    Raises
    ------
    InputError
        It is not GeoJSON, holds no single line, or has impossible coordinates.
    """
    lines = [geometry for geometry, _ in _geometries(_parse(text, shown), shown)]
    kinds = [geometry.get("type") for geometry in lines]
    if kinds != ["LineString"]:
        found = ", ".join(quote(kind) for kind in kinds[:3]) or "nothing"
        raise _refused(shown, "type", f"holds {found} where one LineString is needed", "keep one line")
    vertices = _vertices(lines[0].get("coordinates"), shown, least=2)
    if (vertices == vertices[0]).all():
        raise _refused(shown, "coordinates", "all vertices are the same point", "draw the line")
    return vertices


def read_pockets(text: str, shown: str) -> list[Pocket]:
    """Isolated holdings: (side, polygon in degrees), one per polygon, in the order of the file."""
    pockets: list[Pocket] = []
    for geometry, properties in _geometries(_parse(text, shown), shown):
        side = properties.get("side")
        if side not in SIDES:
            problem = f"a polygon has the side {quote(side)}"
            raise _refused(shown, "properties.side", problem, f"use {' or '.join(SIDES)}")
        pockets += [(str(side), polygon) for polygon in _polygons(geometry, shown)]
    return pockets


def read_areas(text: str, shown: str) -> list[tuple[shapely.Polygon, dict[str, Any]]]:
    """Polygons with their properties, one per polygon, in the order of the file."""
    areas: list[tuple[shapely.Polygon, dict[str, Any]]] = []
    for geometry, properties in _geometries(_parse(text, shown), shown):
        areas += [(polygon, properties) for polygon in _polygons(geometry, shown)]
    return areas


def read_ways(text: str, shown: str) -> list[tuple[F64, dict[str, Any]]]:
    """Lines as vertices [n, 2] with their properties; features that are no lines are passed over."""
    ways: list[tuple[F64, dict[str, Any]]] = []
    for geometry, properties in _geometries(_parse(text, shown), shown):
        kind, coordinates = geometry.get("type"), geometry.get("coordinates")
        if kind == "LineString":
            ways.append((_vertices(coordinates, shown, least=2), properties))
        elif kind == "MultiLineString" and isinstance(coordinates, list):
            ways += [(_vertices(part, shown, least=2), properties) for part in coordinates]
    return ways


def _refused(shown: str, field: str, problem: str, remedy: str, line: int = 1) -> InputError:
    return InputError.of(shown, line, field, problem, remedy)


def _parse(text: str, shown: str) -> Any:
    def no_constant(name: str) -> float:
        raise ValueError(f"{name} is not a number of JSON")

    try:
        return json.loads(text, parse_constant=no_constant)
    except json.JSONDecodeError as error:
        problem = f"is not valid JSON: {error.msg}"
        raise _refused(shown, "document", problem, "mend the syntax here", error.lineno) from None
    except (ValueError, RecursionError) as error:
        detail = "it is nested too deep" if isinstance(error, RecursionError) else str(error)[:80]
        raise _refused(shown, "document", f"is not valid JSON: {detail}", "mend the file") from None


def _geometries(value: Any, shown: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Geometries with their properties: of a bare geometry, a feature or a collection of features."""
    kind = value.get("type") if isinstance(value, dict) else None
    features = value.get("features") if kind == "FeatureCollection" else [value]
    if kind is None or not isinstance(features, list):
        raise _refused(shown, "type", "is not GeoJSON", "write a Feature with a geometry")
    for feature in features:
        is_feature = isinstance(feature, dict) and feature.get("type") == "Feature"
        geometry = feature.get("geometry") if is_feature else feature
        properties = feature.get("properties") if is_feature else {}
        if not isinstance(geometry, dict):
            raise _refused(shown, "geometry", "a feature has no geometry", "give it one or remove it")
        yield geometry, properties if isinstance(properties, dict) else {}


def _vertices(value: Any, shown: str, *, least: int) -> F64:
    if not isinstance(value, list) or len(value) < least:
        count = len(value) if isinstance(value, list) else 0
        problem = f"has {count} vertices where at least {least} are needed"
        raise _refused(shown, "coordinates", problem, "add vertices as [lon, lat]")
    if len(value) > MOST_VERTICES:
        raise _refused(shown, "coordinates", f"has more than {MOST_VERTICES:,} vertices", "simplify it")
    for number, vertex in enumerate(value):
        if not _is_vertex(vertex):
            problem = f"vertex {number + 1} is {quote(vertex)}"
            raise _refused(shown, "coordinates", problem, "write [lon, lat] in degrees, east and north")
    return np.array([vertex[:2] for vertex in value], dtype=np.float64)


def _is_vertex(vertex: Any) -> bool:
    if not isinstance(vertex, list) or not 2 <= len(vertex) <= 3:
        return False
    if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in vertex):
        return False
    # A third number, the height, is allowed by the format and not used.
    lon, lat = vertex[0], vertex[1]
    return abs(lon) <= 180 and abs(lat) <= HIGHEST_LATITUDE and math.isfinite(lon) and math.isfinite(lat)


def _polygons(geometry: dict[str, Any], shown: str) -> list[shapely.Polygon]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list):
        raise _refused(shown, "type", f"holds {quote(kind)}", "use Polygon or MultiPolygon")
    return [_polygon(rings, shown) for rings in ([coordinates] if kind == "Polygon" else coordinates)]


def _polygon(rings: Any, shown: str) -> shapely.Polygon:
    if not isinstance(rings, list) or not rings:
        raise _refused(shown, "coordinates", "a polygon has no ring", "give its outline")
    outer, *holes = [_vertices(ring, shown, least=4) for ring in rings]
    polygon = shapely.Polygon(outer, holes)
    if not polygon.is_valid or polygon.area <= 0:
        raise _refused(shown, "coordinates", "a polygon crosses itself or is flat", "mend its outline")
    return polygon
