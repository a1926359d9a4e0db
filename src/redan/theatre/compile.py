"""Compile a scenario: everything that is the same for every replication, as frozen plain arrays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeVar, cast, get_args, get_type_hints

import numpy as np
import shapely

from redan.scenario.scenario import Scenario
from redan.theatre import checks
from redan.theatre.cells import Cells, Lonlat, build_cells
from redan.theatre.control import Control, control_from_landings, control_from_line
from redan.theatre.formations import lay_out
from redan.theatre.ground import read_ground
from redan.theatre.inputs import (
    read_belts,
    read_capacity,
    read_flanks,
    read_forces,
    read_rivers,
    read_roads,
    read_schedules,
    read_sites,
    read_sources,
    read_towns,
)
from redan.theatre.lines import Road, river_edges, road_capacity
from redan.theatre.objectives import Objectives, build_objectives
from redan.theatre.plan import build_plan
from redan.theatre.rim import rim_codes, supply_sources
from redan.theatre.settlements import Settled, Town, settle
from redan.theatre.works import lay_belts, lay_sites
from redan.vocabulary.arrays import F64, I8, Plan, Theatre
from redan.vocabulary.codes import ATTACKER, LAYERS
from redan.vocabulary.errors import InputError, suggest
from redan.vocabulary.outcomes import slug

ROAD_ANCHOR_KM: Final = 2.0  # reserves may stand at points this far apart along roads
Arrays = TypeVar("Arrays", Theatre, Plan)


@dataclass(frozen=True)
class Compiled:
    """A scenario ready to run: arrays, and the names behind their indices."""

    theatre: Theatre
    plans: dict[str, Plan]
    objectives: list[str]  # slugs, [o]
    axes: dict[str, list[str]]  # slugs by course, [a]
    sites: list[str]  # names, [g]
    belts: list[str]  # names, [b]
    cell_lonlat: F64  # [c, 2] degrees
    warnings: list[str]
    cells: Cells = field(repr=False, compare=False)


def compile_theatre(
    scenario: Scenario,
    *,
    layers_off: Collection[str] = (),
    control_of: Callable[[Cells], Control] | None = None,
) -> Compiled:
    """Lay a scenario on H3 cells.

    Parameters
    ----------
    scenario
        A loaded scenario.
    layers_off
        Names of layers (`vocabulary.codes.LAYERS`) that the rules are to leave out.
    control_of
        Control of day 0 for the cells, in place of what the scenario's line of contact says.

    Raises
    ------
    InputError
        Faults that show only on the ground: something outside the theatre, a side without ground or supply.
    """
    layers = _layers(layers_off)
    cells = _cells(scenario)
    control = control_of(cells) if control_of else _control(scenario, cells)
    checks.places(scenario, cells)
    checks.sources_enter(scenario, cells, control)
    towns = read_towns(scenario, cells, control)
    settled = settle(cells, towns, scenario.place.people_per_built_km2)
    objectives = _objectives(scenario, cells, towns, settled)
    theatre = _theatre(scenario, cells, control, towns, settled, objectives, layers)
    warnings = checks.supply_paths(scenario, theatre) + checks.remarks(scenario, cells, control, theatre)
    return Compiled(
        theatre=theatre,
        plans={
            name: freeze(build_plan(scenario, cells, course)) for name, course in scenario.courses.items()
        },
        objectives=[slug(name) for name in scenario.objectives],
        axes={name: [slug(axis.name) for axis in course.axes] for name, course in scenario.courses.items()},
        sites=[site.name for site in scenario.strongholds],
        belts=[belt.name for belt in scenario.belts],
        cell_lonlat=_frozen(np.column_stack([cells.lon, cells.lat]), np.float64),
        warnings=warnings,
        cells=cells,
    )


def freeze(arrays: Arrays) -> Arrays:
    """Give every array the dtype its type names, contiguous in memory and read-only."""
    dtypes = _dtypes(cast(Any, type(arrays)))
    return arrays._replace(**{name: _frozen(array, dtypes[name]) for name, array in arrays._asdict().items()})


@cache
def _dtypes(kind: Any) -> dict[str, Any]:
    """Dtype of each array of a record, read from its annotations."""
    return {name: get_args(get_args(hint)[1])[0] for name, hint in get_type_hints(kind).items()}


def _frozen(array: Any, dtype: Any) -> Any:
    """A read-only C-contiguous copy."""
    out = np.array(array, dtype=dtype, order="C", copy=True)
    out.setflags(write=False)
    return out


def _layers(layers_off: Collection[str]) -> I8:
    """[8] switches."""
    for name in layers_off:
        if name not in LAYERS:
            raise InputError.of("--layers", 0, name, "is not a layer", suggest(name, LAYERS))
    return np.array([name not in layers_off for name in LAYERS], np.int8)


def _cells(scenario: Scenario) -> Cells:
    """Cells about the places that the scenario names."""
    place = scenario.place
    try:
        return build_cells(
            [scenario.lonlat(point) for point in place.around],
            buffer_km=place.buffer_km,
            resolution=place.resolution,
        )
    except ValueError as error:
        remedy = "change place.buffer_km or place.resolution"
        raise InputError([scenario.fault("place.buffer_km", str(error), remedy)]) from None


def _control(scenario: Scenario, cells: Cells) -> Control:
    """Control of day 0, with the attacker on some ground and the defender on some."""
    try:
        vertices = scenario.control_line()
        if scenario.control is None or vertices is None:
            entries = [source.at for source in read_sources(scenario) if source.side == ATTACKER]
            control = control_from_landings(cells, entries)
        else:
            line: list[Lonlat] = [(float(lon), float(lat)) for lon, lat in vertices]
            side = scenario.control.attacker_side
            control = control_from_line(cells, line, side, pockets=scenario.pockets())
    except ValueError as error:
        raise InputError([scenario.fault("control.line", str(error), "mend its vertices")]) from None
    checks.both_sides_stand(scenario, control)
    return control


def _objectives(scenario: Scenario, cells: Cells, towns: list[Town], settled: Settled) -> Objectives:
    """Objectives in the scenario's order."""
    by_name = {town.name: town for town in towns if town.declared}
    return build_objectives(
        cells,
        [by_name[name] for name in scenario.objectives],
        [slug(name) for name in scenario.objectives],
        settled,
        everyone=towns,
        people_per_km2=scenario.place.people_per_built_km2,
    )


def _theatre(
    scenario: Scenario,
    cells: Cells,
    control: Control,
    towns: list[Town],
    settled: Settled,
    objectives: Objectives,
    layers: I8,
) -> Theatre:
    """Fill in every array."""
    ground = read_ground(cells, scenario.ground())
    belts = lay_belts(cells, read_belts(scenario), scenario.as_of)
    sites = lay_sites(cells, read_sites(scenario, cells))
    roads = read_roads(scenario)
    track = read_capacity(scenario).track_t_per_day_per_km
    capacity = road_capacity(cells, roads, track_t_per_day_per_km=track)
    tonnes = supply_sources(cells, control, read_sources(scenario), capacity)
    formations = lay_out(cells, control, read_forces(scenario), _anchors(cells, towns, roads))
    return freeze(
        Theatre(
            cell_id=cells.cell_id,
            cell_x_km=cells.x_km,
            cell_y_km=cells.y_km,
            cell_area_km2=cells.area_km2,
            spacing_km=np.array([cells.spacing_km]),
            cell_patch=cells.patch,
            cell_patch_id=cells.patch_id,
            patch_ruler=np.array([cells.patch_ruler]),
            patch_edge_km=np.array([cells.patch_edge_km]),
            cell_neighbour=cells.neighbour,
            cell_rim=rim_codes(cells, tonnes, read_flanks(scenario)),
            cell_source_t_per_day=tonnes,
            edge_road_t_per_day=capacity,
            edge_river=river_edges(cells, read_rivers(scenario)),
            cell_elevation_m=ground.elevation_m,
            cell_relief_m=ground.relief_m,
            cell_cover=ground.cover,
            cell_built=_known(ground.built, settled.built),
            cell_industry=np.maximum(sites.industry, np.nan_to_num(ground.industry, nan=0.0)),
            cell_residents=settled.residents,
            cell_destroyed0=settled.destroyed,
            cell_share0=control.share,
            cell_control0=control.side,
            cell_belt=belts.cell,
            cell_belt_share=belts.share,
            belt_width_km=belts.width_km,
            belt_months=belts.months,
            belt_effort_h_per_km_month=belts.effort_h_per_km_month,
            belt_support=belts.support,
            belt_mine_depth_m=belts.mine_depth_m,
            belt_ditch_m=belts.ditch_m,
            belt_teeth_rows=belts.teeth_rows,
            site_id=sites.identity,
            site_cell=sites.cell,
            site_objective=sites.objective,
            site_floor_area_m2=sites.floor_area_m2,
            site_tunnel_km=sites.tunnel_km,
            site_shelter_men=sites.shelter_men,
            site_stock_days=sites.stock_days,
            objective_id=objectives.identity,
            objective_cell=objectives.cell,
            footprint_start=objectives.footprint_start,
            footprint_cell=objectives.footprint_cell,
            footprint_weight=objectives.footprint_weight,
            footprint_people=objectives.footprint_people,
            objective_distance_km=objectives.distance_km,
            objective_edge_km=objectives.edge_km,
            formation_id=formations.identity,
            formation_side=formations.side,
            formation_cell0=formations.cell,
            formation_share=formations.share,
            formation_duty0=formations.duty,
            start_day_of_year=np.array([scenario.as_of.timetuple().tm_yday]),
            latitude_deg=np.array([cells.plane.lat]),
            schedule=read_schedules(scenario),
            layers=layers,
        )
    )


def _known(stated: F64, otherwise: F64) -> F64:
    """What the ground file states, else what follows from the settlements."""
    return np.where(np.isfinite(stated), stated, otherwise)


def _anchors(cells: Cells, towns: Iterable[Town], roads: Iterable[Road]) -> F64:
    """[k, 2] where reserves may stand, in the plane: towns, and points along roads."""
    points = [np.array(cells.plane.point(town.at))[None] for town in towns]
    for road in roads:
        line = shapely.LineString(cells.plane.points(road.points))
        along = np.arange(0.0, line.length, ROAD_ANCHOR_KM)
        points.append(shapely.get_coordinates(shapely.line_interpolate_point(line, along)))
    xy = np.concatenate(points) if points else np.zeros((0, 2))
    return np.asarray(xy[shapely.intersects(shapely.points(xy), cells.outline)], np.float64)
