"""A compiled theatre as GeoJSON: cells with their ground on day 0, lines, points, a legend, sources."""

from __future__ import annotations

from typing import Any, Final

import h3.api.basic_int as h3
import numpy as np
import scipy.sparse.csgraph
import shapely

from redan.forecast.atlas.legend import LEGEND
from redan.forecast.atlas.lines import lines, maturity, points
from redan.forecast.study.geojson import cell_ring
from redan.scenario.scenario import Scenario
from redan.theatre.compile import Compiled
from redan.vocabulary.arrays import F64
from redan.vocabulary.codes import ATTACKER, DEFENDER, RIMS

#: [decimals] of shares, and of km and metres: what a reader can tell apart.
SHARE_DIGITS: Final = 3
LENGTH_DIGITS: Final = 1


def theatre_document(scenario: Scenario, compiled: Compiled) -> dict[str, Any]:
    """Everything that a map of day 0 shows.

    Returns
    -------
    `cells`, `lines` and `points` as GeoJSON, `legend`, `sources` of the cells' properties, and the frame:
    `n_cells`, `spacing_km`, `bounds` (west, south, east, north). Cell number i is row i of the run's tables.
    """
    cells = compiled.cells
    corners = np.array([corner for cell in cells.cell_id for corner in cell_ring(h3.int_to_str(int(cell)))])
    return {
        "scenario": scenario.name,
        "as_of": scenario.as_of.isoformat(),
        "n_cells": cells.n,
        "spacing_km": round(cells.spacing_km, 2),
        "bounds": [*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist()],
        "cells": _cells(scenario, compiled),
        "lines": {"type": "FeatureCollection", "features": lines(scenario, compiled)},
        "points": {"type": "FeatureCollection", "features": points(scenario, compiled)},
        "legend": LEGEND,
        "sources": _sources(scenario),
    }


def _cells(scenario: Scenario, compiled: Compiled) -> dict[str, Any]:
    columns = {**_ground(compiled), **_defence(scenario, compiled)}
    names = [h3.int_to_str(int(cell)) for cell in compiled.cells.cell_id]
    features = [
        {
            "type": "Feature",
            "id": i,
            "geometry": {"type": "Polygon", "coordinates": [cell_ring(name)]},
            "properties": {"h3": name} | {key: values[i] for key, values in columns.items()},
        }
        for i, name in enumerate(names)
    ]
    return {"type": "FeatureCollection", "features": features}


def _ground(compiled: Compiled) -> dict[str, list[Any]]:
    """Ground, people and ways of every cell, by property."""
    theatre = compiled.theatre
    return {
        "elevation_m": _rounded(theatre.cell_elevation_m, 0),
        "relief_m": _rounded(theatre.cell_relief_m, 0),
        "cover": _rounded(theatre.cell_cover, SHARE_DIGITS),
        "built": _rounded(theatre.cell_built, SHARE_DIGITS),
        "industry": _rounded(theatre.cell_industry, SHARE_DIGITS),
        "residents": _rounded(theatre.cell_residents, 0),
        "destroyed": _rounded(theatre.cell_destroyed0, SHARE_DIGITS),
        "road_t_per_day": _rounded(theatre.edge_road_t_per_day.max(axis=1), 0),
        "river": _rounded(theatre.edge_river.max(axis=1), SHARE_DIGITS),
        "rim": [RIMS[code] for code in theatre.cell_rim],
    }


def _defence(scenario: Scenario, compiled: Compiled) -> dict[str, list[Any]]:
    """Control, works and forces of every cell on day 0, by property."""
    theatre = compiled.theatre
    held = theatre.formation_cell0
    counts = {
        side: np.bincount(held[(theatre.formation_side == code) & (held >= 0)], minlength=compiled.cells.n)
        for side, code in (("attacker", ATTACKER), ("defender", DEFENDER))
    }
    return {
        "control_start": _rounded(theatre.cell_share0, SHARE_DIGITS),
        "front_km": _front_km(scenario, compiled),
        "supply_way_km": _supply_way_km(compiled),
        "belt": [None if b < 0 else compiled.belts[b] for b in theatre.cell_belt],
        "works": _rounded(_works(scenario, compiled), SHARE_DIGITS),
        "formations_attacker": counts["attacker"].tolist(),
        "formations_defender": counts["defender"].tolist(),
    }


def _supply_way_km(compiled: Compiled) -> list[Any]:
    """Way to the nearest source of supply of the side that holds the cell, over its own ground.

    None where no such way is left: the cell is cut off, or its side has no source.
    """
    theatre, n = compiled.theatre, compiled.cells.n
    a, slot = np.nonzero(theatre.cell_neighbour >= 0)
    b = theatre.cell_neighbour[a, slot]
    own = theatre.cell_control0[a] == theatre.cell_control0[b]
    km = np.full(int(own.sum()), float(theatre.spacing_km[0]))
    graph = scipy.sparse.csr_array((km, (a[own], b[own])), shape=(n, n))
    enters = theatre.cell_source_t_per_day[theatre.cell_control0, np.arange(n)] > 0.0
    sources = np.flatnonzero(enters)
    if sources.size == 0:
        return [None] * n
    away = scipy.sparse.csgraph.dijkstra(graph, indices=sources, min_only=True)
    return [round(float(way), LENGTH_DIGITS) if np.isfinite(way) else None for way in away]


def _works(scenario: Scenario, compiled: Compiled) -> F64:
    """[c] maturity of the works times the share of the cell that they cover."""
    by_belt = np.array([*maturity(scenario, compiled), 0.0])  # the last for cells without: belt -1
    return np.asarray(by_belt[compiled.theatre.cell_belt] * compiled.theatre.cell_belt_share, np.float64)


def _front_km(scenario: Scenario, compiled: Compiled) -> list[Any]:
    """Distance to the line of contact, negative behind the attacker's line; None where there is no line."""
    line, cells = scenario.control_line(), compiled.cells
    if line is None:
        return [None] * cells.n
    front = shapely.LineString(cells.plane.points(line))
    away = shapely.distance(shapely.points(cells.x_km, cells.y_km), front)
    signed = np.where(compiled.theatre.cell_control0 == ATTACKER, -away, away)
    return _rounded(np.asarray(signed, np.float64), LENGTH_DIGITS)


def _rounded(values: F64, digits: int) -> list[Any]:
    """Plain numbers with so many decimals; whole numbers where there are none."""
    found = np.round(np.asarray(values, np.float64), digits) + 0.0
    plain: list[Any] = found.astype(np.int64).tolist() if digits == 0 else found.tolist()
    return plain


def _sources(scenario: Scenario) -> dict[str, dict[str, str]]:
    """What the properties of cells rest on, by property: source and grade."""
    flat = {"source": "no ground file: level and open", "grade": "C"}
    ground = scenario.place.ground
    if ground is not None:
        flat = {"source": ground.source, "grade": ground.grade}
    settled = {
        "source": "residents of GeoNames or as declared; built-up land by residents per km2, unless the"
        " ground file says",
        "grade": "B" if scenario.place.settlements == "geonames" else "C",
    }
    line = {"source": "no line of contact: ground about the attacker's sources", "grade": "C"}
    if scenario.control is not None:
        line = {"source": scenario.control.source, "grade": scenario.control.grade}
    found = dict.fromkeys(("elevation_m", "relief_m", "cover", "industry"), flat)
    found["destroyed"] = {"source": "none is stated, so none is assumed", "grade": "C"}
    found |= dict.fromkeys(("built", "residents"), settled)
    found |= dict.fromkeys(("control_start", "front_km"), line)
    laid_out = {
        "source": "declared totals laid out by density along the front: no real positions",
        "grade": "C",
    }
    found |= dict.fromkeys(("formations_attacker", "formations_defender"), laid_out)
    for name, stated in (("destroyed", scenario.destroyed), ("residents", scenario.residents_share_left)):
        if stated is not None:
            found[name] = {"source": stated.source, "grade": stated.grade}
    found["supply_way_km"] = {"source": "shortest way over ground that the side holds", "grade": "C"}
    found["works"] = found["belt"] = {"source": "each belt names its own", "grade": "C"}
    found["road_t_per_day"] = found["river"] = {"source": "each road and river names its own", "grade": "C"}
    return found
