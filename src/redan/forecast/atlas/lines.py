"""Lines and points of a theatre as GeoJSON features: ways, works, the front, axes, towns, strongholds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import shapely

from redan.forecast.study.geojson import DECIMALS
from redan.rules.works import belt_maturity
from redan.scenario.parameters import resolve
from redan.scenario.scenario import Scenario
from redan.theatre.compile import Compiled
from redan.theatre.works import offset_point
from redan.vocabulary.outcomes import slug

DRONE_DEPTH: Final = "drone_half_depth_km"
#: [-] segments of a quarter circle: the zone is a band of kilometres.
QUARTER: Final = 8
Feature = dict[str, Any]


def lines(scenario: Scenario, compiled: Compiled) -> list[Feature]:
    """Ways, rivers, belts with their maturity, the line of contact, axes by course, and the drone zone."""
    found = [
        _line(
            [scenario.lonlat(at) for at in road.through],
            layer="rail" if road.kind == "rail" else "road",
            **_said(road, "name", "kind", "capacity_t_per_day"),
        )
        for road in scenario.roads
    ]
    found += [
        _line(
            [scenario.lonlat(at) for at in river.through], layer="river", **_said(river, "name", "width")
        )
        for river in scenario.rivers
    ]  # fmt: skip
    numbers = ("width_km", "begun", "effort_h_per_km_month", "outside_support", "mine_depth_m", "ditch_m")
    for belt, mature in zip(scenario.belts, maturity(scenario, compiled), strict=True):
        said = _said(belt, "name", *numbers, "teeth_rows")
        found.append(_line(belt.line, layer="belt", maturity=round(mature, 3), **said))
    return [*found, *_front(scenario, compiled), *_axes(scenario, compiled)]


def points(scenario: Scenario, compiled: Compiled) -> list[Feature]:
    """Declared places, strongholds and sources of supply."""
    found = [
        _point(
            (point.lon, point.lat),
            layer="town",
            name=point.name,
            official=point.official,
            residents=round(point.residents),
            objective=slug(point.name) if point.name in scenario.objectives else None,
        )
        for point in scenario.points().values()
    ]
    numbers = ("floor_area_m2", "tunnel_km", "shelter_men", "stock_days")
    for site in scenario.strongholds:
        at = offset_point(compiled.cells, scenario.lonlat(site.place), site.offset_km)
        found.append(_point(at, layer="stronghold", **_said(site, "name", "place", "kind", *numbers)))
    for source in scenario.supply_sources:
        said = _said(source, "name", "side", "t_per_day")
        found.append(_point(scenario.lonlat(source.at), layer="supply_source", **said))
    return found


def maturity(scenario: Scenario, compiled: Compiled) -> list[float]:
    """Maturity of each belt on day 0 at the central parameters, 0..1."""
    theatre, hours = compiled.theatre, resolve(scenario)["works_hours_per_km"].value
    return [
        float(
            belt_maturity(
                float(theatre.belt_months[b]),
                float(theatre.belt_effort_h_per_km_month[b]),
                float(theatre.belt_support[b]),
                float(hours),
            )
        )
        for b in range(len(compiled.belts))
    ]


def _front(scenario: Scenario, compiled: Compiled) -> list[Feature]:
    """The line of contact, and the band about it in which drones are at least half as dense as at it."""
    vertices, control = scenario.control_line(), scenario.control
    if vertices is None or control is None:
        return []
    said = {"date": control.date.isoformat(), **_said(control, "attacker_side")}
    depth = resolve(scenario).get(DRONE_DEPTH)
    found = [_line(vertices.tolist(), layer="line_of_contact", name="line of contact", **said)]
    if depth is not None and depth.value > 0.0:
        cells = compiled.cells
        line = shapely.LineString(cells.plane.points(vertices))
        band = line.buffer(depth.value, quad_segs=QUARTER).intersection(cells.outline)
        facts = {"depth_km": depth.value, "source": depth.source, "grade": depth.grade}
        for part in getattr(band, "geoms", [band]):
            ring = np.column_stack(cells.plane.to_lonlat(*np.array(part.exterior.coords).T)).tolist()
            geometry = {"type": "Polygon", "coordinates": [_rounded(ring)]}
            found.append(_feature(geometry, layer="drone_zone", name="drone zone", **facts))
    return found


def _axes(scenario: Scenario, compiled: Compiled) -> Iterable[Feature]:
    """Axes of every course, drawn from the nearest point of the line of contact to their goal."""
    vertices, plane = scenario.control_line(), compiled.cells.plane
    for course, plan in scenario.courses.items():
        for axis in plan.axes:
            goal = scenario.lonlat(axis.toward)
            start = goal
            if vertices is not None:
                line = shapely.LineString(plane.points(vertices))
                near = line.interpolate(line.project(shapely.Point(plane.point(goal))))
                lon, lat = plane.to_lonlat(near.x, near.y)
                start = (float(lon), float(lat))
            toward = axis.toward if isinstance(axis.toward, str) else None
            yield _line([start, goal], layer="axis", course=course, name=axis.name, toward=toward)


def _said(model: Any, *fields: str) -> dict[str, Any]:
    """Fields of a sourced model, with its source and grade."""
    return {name: getattr(model, name) for name in (*fields, "source", "grade")}


def _line(points: Sequence[Any], **properties: Any) -> Feature:
    return _feature({"type": "LineString", "coordinates": _rounded(points)}, **properties)


def _point(at: Sequence[float], **properties: Any) -> Feature:
    return _feature({"type": "Point", "coordinates": _rounded([at])[0]}, **properties)


def _feature(geometry: Mapping[str, Any], **properties: Any) -> Feature:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _rounded(points: Iterable[Sequence[float]]) -> list[list[float]]:
    return [[round(float(lon), DECIMALS), round(float(lat), DECIMALS)] for lon, lat in points]
