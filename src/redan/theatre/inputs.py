"""From the models of a scenario to the plain inputs of the compiler: towns, roads, belts, sites, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from redan.scenario.models.place import Capacity, FrontProfile, NamedPlace
from redan.scenario.parameters import resolve
from redan.scenario.scenario import Scenario
from redan.sources.gazetteer import settlement, settlements_within
from redan.theatre.cells import Cells
from redan.theatre.control import Control
from redan.theatre.formations import Force
from redan.theatre.lines import RIVER_WEIGHT, River, Road
from redan.theatre.rim import OpenFlank, Source
from redan.theatre.settlements import Town, without_districts
from redan.theatre.works import Belt, Site, offset_point
from redan.vocabulary.arrays import F64
from redan.vocabulary.codes import SCHEDULES, SIDES

LARGEST_TOWN_KM: Final = 25.0  # a town whose point lies this far outside may still reach in


def read_towns(scenario: Scenario, cells: Cells, control: Control) -> list[Town]:
    """Declared places and, where asked for, all GeoNames settlements whose built-up land reaches in.

    The share of residents left and of land destroyed follow the distance from the line of contact, unless
    the place states its own.
    """
    declared = [_declared_town(scenario, place) for place in scenario.places]
    others = _gazetteer_towns(scenario, cells) if scenario.place.settlements == "geonames" else []
    density = scenario.place.people_per_built_km2
    towns = without_districts([town for town, _, _ in declared] + others, density)
    towns = [
        town for town in towns if cells.plane.disc(town.at, town.radius_km(density)).intersects(cells.outline)
    ]
    stated = {town.name: (left, gone) for town, left, gone in declared}
    depth = _signed_depth_km(cells, control, towns)
    return [
        _on_day_0(scenario, town, km, *(stated[town.name] if town.declared else (None, None)))
        for town, km in zip(towns, depth.tolist(), strict=True)
    ]


def _declared_town(scenario: Scenario, place: NamedPlace) -> tuple[Town, float | None, float | None]:
    """A declared place: its town, the residents counted on day 0 and the share destroyed where stated.

    A dated count of residents is of day 0; GeoNames' population sets the built-up area all the same.
    """
    point = scenario.points()[place.name]
    counted = place.residents.value if place.residents and place.residents.date else None
    listed = settlement(place.geonameid) if place.geonameid and counted is not None else None
    people = float(listed.population if listed else point.residents)
    town = Town(place.name, (point.lon, point.lat), people, people, 0.0, declared=True)
    return town, counted, place.destroyed.value if place.destroyed else None


def _gazetteer_towns(scenario: Scenario, cells: Cells) -> list[Town]:
    """Settlements of the gazetteer in and about the theatre that are neither declared nor left out."""
    west, south, east, north = cells.outline.buffer(LARGEST_TOWN_KM).bounds
    corners = [(west, south), (west, north), (east, south), (east, north), (0.0, south), (0.0, north)]
    lon, lat = cells.plane.to_lonlat(*np.array(corners).T)
    known = {place.geonameid for place in scenario.places} | set(scenario.place.settlements_exclude)
    found = settlements_within(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))
    return [
        Town(f"{s.name} {s.geonameid}", (s.lon, s.lat), s.population, s.population, 0.0, declared=False)
        for s in found
        if s.geonameid not in known
    ]


def _signed_depth_km(cells: Cells, control: Control, towns: Sequence[Town]) -> F64:
    """Distance of the line of contact, negative on the attacker's ground."""
    if not towns:
        return np.zeros(0)
    points = [town.at for town in towns]
    depth = control.distance_km(cells, points)
    return np.where(control.is_attackers(cells, points), -depth, depth)


def _on_day_0(
    scenario: Scenario, town: Town, depth_km: float, counted: float | None, destroyed: float | None
) -> Town:
    """The town with its residents and destruction of day 0."""
    left = _share(scenario.residents_share_left, depth_km, 1.0)
    gone = _share(scenario.destroyed, depth_km, 0.0) if destroyed is None else destroyed
    residents = town.people * left if counted is None else counted
    return Town(town.name, town.at, town.people, residents, gone, town.declared)


def _share(profile: FrontProfile | None, depth_km: float, absent: float) -> float:
    """Share of a profile at a depth, or what its absence means."""
    return absent if profile is None else profile.share_at(depth_km)


def read_capacity(scenario: Scenario) -> Capacity:
    """Capacities by class: the scenario's, or the defaults of the format."""
    if scenario.capacity is not None:
        return scenario.capacity
    return Capacity.model_validate({"source": "default of the scenario format", "grade": "C"})


def read_roads(scenario: Scenario) -> list[Road]:
    """Roads and railways with what each carries."""
    capacity = read_capacity(scenario)
    by_kind = {
        "main_road": capacity.main_road_t_per_day,
        "road": capacity.road_t_per_day,
        "rail": capacity.rail_t_per_day,
    }
    return [
        Road(
            road.name,
            [scenario.lonlat(point) for point in road.through],
            by_kind[road.kind] if road.capacity_t_per_day is None else road.capacity_t_per_day,
        )
        for road in scenario.roads
    ]


def read_rivers(scenario: Scenario) -> list[River]:
    """Rivers with their weights."""
    return [
        River(river.name, [scenario.lonlat(point) for point in river.through], RIVER_WEIGHT[river.width])
        for river in scenario.rivers
    ]


def read_belts(scenario: Scenario) -> list[Belt]:
    """Belts as declared."""
    return [
        Belt(
            name=belt.name,
            line=list(belt.line),
            width_km=belt.width_km,
            begun=belt.begun_date,
            effort_h_per_km_month=belt.effort_h_per_km_month,
            support=belt.outside_support,
            mine_depth_m=belt.mine_depth_m,
            ditch_m=belt.ditch_m,
            teeth_rows=belt.teeth_rows,
        )
        for belt in scenario.belts
    ]


def read_sites(scenario: Scenario, cells: Cells) -> list[Site]:
    """Strongholds at their place plus offset; one in an objective belongs to it."""
    objective = {name: k for k, name in enumerate(scenario.objectives)}
    return [
        Site(
            name=site.name,
            at=offset_point(cells, scenario.lonlat(site.place), site.offset_km),
            objective=objective.get(site.place, -1),
            floor_area_m2=site.floor_area_m2,
            tunnel_km=site.tunnel_km,
            shelter_men=site.shelter_men,
            stock_days=site.stock_days,
        )
        for site in scenario.strongholds
    ]


def read_sources(scenario: Scenario) -> list[Source]:
    """Where supply enters."""
    return [
        Source(SIDES.index(source.side), scenario.lonlat(source.at), source.t_per_day)
        for source in scenario.supply_sources
    ]


def read_flanks(scenario: Scenario) -> list[OpenFlank]:
    """Open stretches of the rim."""
    return [
        OpenFlank(scenario.lonlat(flank.start), scenario.lonlat(flank.end))
        for flank in scenario.rim.open_flanks
    ]


def read_forces(scenario: Scenario) -> list[Force]:
    """What the layout needs: central men, nominal formation, share in reserve."""
    parameters = resolve(scenario)
    sides: Mapping[str, float] = {
        "attacker": scenario.forces.attacker.formation_men,
        "defender": scenario.forces.defender.formation_men,
    }
    return [
        Force(
            side=code,
            men=parameters[f"{side}_men"].value,
            formation_men=sides[side],
            reserve_share=parameters[f"{side}_reserve_share"].value,
        )
        for code, side in enumerate(SIDES)
    ]


def read_schedules(scenario: Scenario) -> F64:
    """[s, schedule, m] multipliers, each row drawn on with its last value to the longest."""
    rows = [[list(getattr(getattr(scenario.schedules, side), key)) for key in SCHEDULES] for side in SIDES]
    periods = max(len(row) for side in rows for row in side)
    return np.array([[row + [row[-1]] * (periods - len(row)) for row in side] for side in rows], np.float64)
