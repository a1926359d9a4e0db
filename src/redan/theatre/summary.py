"""What a compiled theatre holds, in counts a reader can check: for `redan describe`."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from redan.scenario.scenario import Scenario
from redan.theatre.compile import Compiled
from redan.theatre.inputs import read_capacity, read_roads
from redan.theatre.lines import length_inside_km
from redan.vocabulary.arrays import F64, Theatre
from redan.vocabulary.codes import DUTIES, LAYERS, LINE, RESERVE, RIMS, SIDES

Row = dict[str, Any]


def summarise(compiled: Compiled, scenario: Scenario) -> dict[str, Any]:
    """Counts and totals of a compiled scenario, JSON-able; units stand in the names."""
    return {
        "cells": _cells(compiled, scenario),
        "ground": _ground(compiled.theatre),
        "belts": _belts(compiled),
        "strongholds": _strongholds(compiled, scenario),
        "objectives": _objectives(compiled, scenario),
        "roads": _roads(compiled, scenario),
        "formations": _formations(compiled.theatre),
        "sources": _sources(compiled.theatre),
        "rim": {name: int((compiled.theatre.cell_rim == code).sum()) for code, name in enumerate(RIMS)},
        "layers": {name: bool(compiled.theatre.layers[k]) for k, name in enumerate(LAYERS)},
        "warnings": list(compiled.warnings),
    }


def contact_edges(theatre: Theatre) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """[c, n] edges between the sides; each is seen from both of its cells."""
    across = theatre.cell_control0[theatre.cell_neighbour] != theatre.cell_control0[:, None]
    return np.asarray(across & (theatre.cell_neighbour >= 0), np.bool_)


def front_km(theatre: Theatre) -> float:
    """Length of the line of contact on day 0, as the engine counts it: edges of half the spacing."""
    return float(contact_edges(theatre).sum()) / 2.0 * float(theatre.spacing_km[0]) / 2.0


def belt_km(theatre: Theatre, belt: int) -> float:
    """Length of a belt as laid on the cells; less than declared where stronger belts or the rim cut it."""
    here = theatre.cell_belt == belt
    spacing = float(theatre.spacing_km[0])
    depth = np.minimum(1.0, theatre.cell_area_km2 / spacing / theatre.belt_width_km[belt])
    return float((theatre.cell_belt_share * depth)[here].sum()) * spacing


def _cells(compiled: Compiled, scenario: Scenario) -> Row:
    theatre = compiled.theatre
    attackers = float(theatre.cell_share0 @ theatre.cell_area_km2)
    area = float(theatre.cell_area_km2.sum())
    return {
        "resolution": scenario.place.resolution,
        "number": len(theatre.cell_id),
        "by_side": {side: int((theatre.cell_control0 == code).sum()) for code, side in enumerate(SIDES)},
        "spacing_km": float(theatre.spacing_km[0]),
        "area_km2": area,
        "area_km2_by_side": {"attacker": attackers, "defender": area - attackers},
        "front_km": front_km(theatre),
    }


def _ground(theatre: Theatre) -> Row:
    area = theatre.cell_area_km2
    return {
        "elevation_m": _range(theatre.cell_elevation_m),
        "relief_m": _range(theatre.cell_relief_m),
        "cover_share": float(theatre.cell_cover @ area / area.sum()),
        "built_km2": float(theatre.cell_built @ area),
        "industry_km2": float(theatre.cell_industry @ area),
        "destroyed_km2": float((theatre.cell_built * theatre.cell_destroyed0) @ area),
        "residents": float(theatre.cell_residents.sum()),
        "residents_by_side": {
            side: float(theatre.cell_residents[theatre.cell_control0 == code].sum())
            for code, side in enumerate(SIDES)
        },
    }


def _range(values: F64) -> list[float]:
    """Lowest, mean and highest."""
    return [float(values.min()), float(values.mean()), float(values.max())]


def _belts(compiled: Compiled) -> list[Row]:
    theatre = compiled.theatre
    return [
        {
            "name": name,
            "km": belt_km(theatre, b),
            "width_km": float(theatre.belt_width_km[b]),
            "cells": int((theatre.cell_belt == b).sum()),
            "cells_held_by_attacker": int(
                ((theatre.cell_belt == b) & (theatre.cell_control0 == SIDES.index("attacker"))).sum()
            ),
            "months": float(theatre.belt_months[b]),
            "effort_h_per_km_month": float(theatre.belt_effort_h_per_km_month[b]),
            "outside_support": float(theatre.belt_support[b]),
            "mine_depth_m": float(theatre.belt_mine_depth_m[b]),
            "ditch_m": float(theatre.belt_ditch_m[b]),
            "teeth_rows": float(theatre.belt_teeth_rows[b]),
        }
        for b, name in enumerate(compiled.belts)
    ]


def _strongholds(compiled: Compiled, scenario: Scenario) -> Row:
    theatre = compiled.theatre
    return {
        "number": len(compiled.sites),
        "by_kind": dict(sorted(Counter(site.kind for site in scenario.strongholds).items())),
        "by_objective": {
            name: int((theatre.site_objective == o).sum()) for o, name in enumerate(compiled.objectives)
        },
        "floor_area_m2": float(theatre.site_floor_area_m2.sum()),
        "tunnel_km": float(theatre.site_tunnel_km.sum()),
        "shelter_men": float(theatre.site_shelter_men.sum()),
    }


def _objectives(compiled: Compiled, scenario: Scenario) -> list[Row]:
    theatre = compiled.theatre
    contact = contact_edges(theatre).any(axis=1)
    rows = []
    for o, (slug, name) in enumerate(zip(compiled.objectives, scenario.objectives, strict=True)):
        entries = slice(theatre.footprint_start[o], theatre.footprint_start[o + 1])
        cell, weight = theatre.footprint_cell[entries], theatre.footprint_weight[entries]
        rows.append(
            {
                "name": name,
                "slug": slug,
                "official": scenario.points()[name].official,
                "geonameid": scenario.points()[name].geonameid,
                "footprint_cells": len(cell),
                "residents": float(theatre.footprint_people[entries] @ theatre.cell_residents[cell]),
                "occupied": float(weight @ theatre.cell_share0[cell]),
                "destroyed": float(weight @ theatre.cell_destroyed0[cell]),
                "front_to_point_km": _least(theatre.objective_distance_km[o][contact]),
                "front_to_edge_km": _least(theatre.objective_edge_km[o][contact]),
            }
        )
    return rows


def _least(values: F64) -> float | None:
    """The least, None of nothing."""
    return float(values.min()) if len(values) else None


def _roads(compiled: Compiled, scenario: Scenario) -> Row:
    roads = read_roads(scenario)
    kinds = {road.name: road.kind for road in scenario.roads}
    km: dict[str, float] = {}
    for road in roads:
        kind = kinds[road.name]
        km[kind] = km.get(kind, 0.0) + length_inside_km(compiled.cells, road.points)
    return {
        "km_by_kind": km,
        "t_per_day_by_road": {road.name: road.t_per_day for road in roads},
        "track_t_per_day_per_km": read_capacity(scenario).track_t_per_day_per_km,
        "river_edges": int((compiled.theatre.edge_river > 0.0).sum() // 2),
    }


def _formations(theatre: Theatre) -> Row:
    return {
        side: {
            "number": int((theatre.formation_side == code).sum()),
            **{
                DUTIES[duty]: int(
                    ((theatre.formation_side == code) & (theatre.formation_duty0 == duty)).sum()
                )
                for duty in (LINE, RESERVE)
            },
        }
        for code, side in enumerate(SIDES)
    }


def _sources(theatre: Theatre) -> Row:
    return {
        side: {
            "t_per_day": float(theatre.cell_source_t_per_day[code].sum()),
            "cells": int((theatre.cell_source_t_per_day[code] > 0.0).sum()),
        }
        for code, side in enumerate(SIDES)
    }
