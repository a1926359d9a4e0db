"""A strip compiled to the arrays that rules and engine know. The only place where they are filled for one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from redan.numerics.draws import name_entity
from redan.theatre.compile import freeze
from redan.theatre.strips.shape import ROW_OVER_SPACING, Ground, Group, Strip, Town
from redan.vocabulary.arrays import F64, I8, I32, Theatre
from redan.vocabulary.codes import (
    ATTACKER,
    DEFENDER,
    LAYERS,
    RIM_CLOSED,
    RIM_INNER,
    RIM_SOURCE,
    SCHEDULES,
    SIDES,
)

HEX_NEIGHBOURS: Final = (
    ((1, 0), (-1, 0), (0, 1), (0, -1), (-1, 1), (-1, -1)),
    ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1)),
)


def hex_grid(columns: int, rows: int) -> tuple[I32, I32, I32]:
    """Neighbours [c, 6] with -1 last, and column and row of each cell (odd rows shifted half a cell east)."""
    n = columns * rows
    neighbour = np.full((n, 6), -1, dtype=np.int32)
    column = np.arange(n, dtype=np.int32) % columns
    row = np.arange(n, dtype=np.int32) // columns
    for c in range(n):
        found = []
        for dx, dy in HEX_NEIGHBOURS[int(row[c]) % 2]:
            x, y = int(column[c]) + dx, int(row[c]) + dy
            if 0 <= x < columns and 0 <= y < rows:
                found.append(y * columns + x)
        neighbour[c, : len(found)] = sorted(found)
    return neighbour, column, row


@dataclass(frozen=True)
class Grid:
    """The cells of a strip."""

    neighbour: I32  # [c, 6]
    column: I32  # [c]
    row: I32  # [c]
    x_km: F64  # [c]
    y_km: F64  # [c]

    @property
    def n(self) -> int:
        """Number of cells."""
        return len(self.column)


def lay_grid(strip: Strip) -> Grid:
    """Cells of a strip and where their centres lie."""
    neighbour, column, row = hex_grid(strip.columns, strip.rows)
    x = (column + 0.5 * (row % 2)) * strip.spacing_km
    y = row * strip.spacing_km * np.sqrt(3.0) / 2.0
    return Grid(neighbour, column, row, x.astype(np.float64), y)


def build_strip(strip: Strip, *, layers_off: Collection[str] = (), schedule: F64 | None = None) -> Theatre:
    """Compile a strip: attacker west, defender east, supply from both rims, the other two rims closed.

    Parameters
    ----------
    layers_off
        Names of layers (`vocabulary.codes.LAYERS`) that the rules are to leave out.
    schedule
        [s, schedule, m] multipliers; default 1 throughout.
    """
    grid = lay_grid(strip)
    places = _places(strip, grid)
    control = np.where(grid.column < strip.front_column, ATTACKER, DEFENDER).astype(np.int8)
    return freeze(
        Theatre(
            cell_id=np.arange(1, grid.n + 1, dtype=np.uint64),
            cell_x_km=grid.x_km,
            cell_y_km=grid.y_km,
            cell_area_km2=np.full(grid.n, strip.spacing_km**2 * ROW_OVER_SPACING),
            spacing_km=np.array([strip.spacing_km]),
            cell_patch=np.arange(grid.n, dtype=np.int32),  # attacks are planned cell by cell
            cell_patch_id=np.arange(1, grid.n + 1, dtype=np.uint64),
            patch_ruler=np.ones(1),
            patch_edge_km=np.array([0.5 * strip.spacing_km]),
            cell_neighbour=grid.neighbour,
            **_ways(strip, grid),
            **_ground(strip, grid, places),
            cell_share0=(control == ATTACKER).astype(np.float64),
            cell_control0=control,
            **_works(strip, grid),
            **_strongholds(strip, places),
            **_objectives(strip, grid, places),
            **_formations(strip),
            start_day_of_year=np.array([strip.day_of_year], dtype=np.int64),
            latitude_deg=np.array([strip.latitude_deg]),
            schedule=np.ones((2, len(SCHEDULES), strip.periods)) if schedule is None else schedule,
            layers=_layers(layers_off),
        )
    )


def _layers(layers_off: Collection[str]) -> I8:
    """[8] switches."""
    unknown = set(layers_off) - set(LAYERS)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: no such layer")
    return np.array([0 if name in layers_off else 1 for name in LAYERS], dtype=np.int8)


def _ways(strip: Strip, grid: Grid) -> dict[str, Any]:
    """Rims, sources of supply, roads along some rows with tracks everywhere, rivers."""
    rim = np.full(grid.n, RIM_INNER, dtype=np.int8)
    rim[(grid.row == 0) | (grid.row == strip.rows - 1)] = RIM_CLOSED
    west, east = grid.column == 0, grid.column == strip.columns - 1
    rim[west | east] = RIM_SOURCE
    source = np.zeros((len(SIDES), grid.n))
    source[ATTACKER, west] = strip.source_t_per_day[ATTACKER]
    source[DEFENDER, east] = strip.source_t_per_day[DEFENDER]
    inside = grid.neighbour >= 0
    other = np.maximum(grid.neighbour, 0)
    road = np.where(inside, strip.track_t_per_day, 0.0)
    for row in strip.road_rows:
        on_road = grid.row == row
        road[on_road[:, None] & inside & on_road[other]] += strip.road_t_per_day
    river = np.zeros((grid.n, grid.neighbour.shape[1]))
    for column, weight in strip.rivers:
        east_bank = grid.column >= column
        river[inside & (east_bank[:, None] != east_bank[other])] = weight
    return {
        "cell_rim": rim,
        "cell_source_t_per_day": source,
        "edge_road_t_per_day": road,
        "edge_river": river,
    }


def _places(strip: Strip, grid: Grid) -> list[I32]:
    """Cells of each town, its middle one first."""
    found = []
    for town in strip.towns:
        middle = town.row * strip.columns + town.column
        away = np.hypot(grid.x_km - grid.x_km[middle], grid.y_km - grid.y_km[middle])
        near = np.flatnonzero(away <= town.radius_km)
        found.append(np.array([middle, *near[near != middle]], dtype=np.int32))
    return found


def _ground(strip: Strip, grid: Grid, places: Sequence[I32]) -> dict[str, Any]:
    """Ground, patches laid over it, towns over both."""
    cells: dict[str, Any] = {name: np.full(grid.n, value) for name, value in vars(strip.ground).items()}
    for patch in strip.patches:
        first, end = patch.rows or (0, strip.rows)
        inside = (grid.column >= patch.columns[0]) & (grid.column < patch.columns[1])
        inside &= (grid.row >= first) & (grid.row < end)
        for name, value in vars(patch.ground).items():
            cells[name][inside] = value
    residents = np.zeros(grid.n)
    for town, place in zip(strip.towns, places, strict=True):
        cells["built"][place] = town.built
        residents[place] += town.residents / len(place)
    assert set(cells) == set(vars(Ground()))
    return {
        **{f"cell_{name}": values for name, values in cells.items()},
        "cell_industry": np.zeros(grid.n),
        "cell_residents": residents,
        "cell_destroyed0": np.zeros(grid.n),
    }


def _works(strip: Strip, grid: Grid) -> dict[str, Any]:
    """Belts along columns; where two cover a column the later one counts."""
    cell = np.full(grid.n, -1, dtype=np.int32)
    share = np.zeros(grid.n)
    for number, belt in enumerate(strip.belts):
        inside = (grid.column >= belt.column) & (grid.column < belt.column + belt.columns)
        cell[inside] = number
        share[inside] = belt.share
    return {
        "cell_belt": cell,
        "cell_belt_share": share,
        "belt_width_km": np.array([belt.columns * strip.spacing_km for belt in strip.belts]),
        "belt_months": np.array([belt.months for belt in strip.belts]),
        "belt_effort_h_per_km_month": np.array([belt.effort_h_per_km_month for belt in strip.belts]),
        "belt_support": np.array([belt.support for belt in strip.belts]),
        "belt_mine_depth_m": np.array([belt.mine_depth_m for belt in strip.belts]),
        "belt_ditch_m": np.array([belt.ditch_m for belt in strip.belts]),
        "belt_teeth_rows": np.array([belt.teeth_rows for belt in strip.belts]),
    }


def _strongholds(strip: Strip, places: Sequence[I32]) -> dict[str, Any]:
    """Strongholds in the middle of their towns."""
    sites = strip.strongholds
    return {
        "site_id": np.array([name_entity(f"site-{i}") for i in range(len(sites))], dtype=np.uint64),
        "site_cell": np.array([places[site.town][0] for site in sites], dtype=np.int32),
        "site_objective": np.array([site.town for site in sites], dtype=np.int32),
        "site_floor_area_m2": np.array([site.floor_area_m2 for site in sites]),
        "site_tunnel_km": np.array([site.tunnel_km for site in sites]),
        "site_shelter_men": np.array([site.shelter_men for site in sites]),
        "site_stock_days": np.array([site.stock_days for site in sites]),
    }


def _objectives(strip: Strip, grid: Grid, places: Sequence[I32]) -> dict[str, Any]:
    """Every town is an objective; its cells weigh alike. A strip may have none."""
    n = len(strip.towns)
    distance = np.zeros((n, grid.n))
    edge = np.zeros((n, grid.n))
    for o, (town, place) in enumerate(zip(strip.towns, places, strict=True)):
        distance[o] = _distance_km(grid, int(place[0]))
        edge[o] = np.maximum(0.0, distance[o] - _radius_km(strip, town))
    ends = np.cumsum([0, *(len(place) for place in places)])
    whole = np.concatenate(places) if places else np.zeros(0, dtype=np.int32)
    weights = [np.full(len(place), 1.0 / len(place)) for place in places]
    return {
        "objective_id": np.array([name_entity(town.name) for town in strip.towns], dtype=np.uint64),
        "objective_cell": np.array([place[0] for place in places], dtype=np.int32),
        "footprint_start": ends.astype(np.int32),
        "footprint_cell": whole,
        "footprint_weight": np.concatenate(weights) if weights else np.zeros(0),
        "footprint_people": np.ones(len(whole)),
        "objective_distance_km": distance,
        "objective_edge_km": edge,
    }


def _distance_km(grid: Grid, cell: int) -> F64:
    """[c] distance of every centre to a cell's."""
    return np.asarray(np.hypot(grid.x_km - grid.x_km[cell], grid.y_km - grid.y_km[cell]), np.float64)


def _radius_km(strip: Strip, town: Town) -> float:
    """From a town's middle to the edge of its built-up land."""
    return town.radius_km + 0.5 * strip.spacing_km


def _formations(strip: Strip) -> dict[str, Any]:
    """Formations of both sides, attacker first, in the order of the groups."""
    parts = [_formations_of(strip, side, groups) for side, groups in _sides(strip)]
    names = [name for part in parts for name in part["names"]]
    return {
        "formation_id": np.array([name_entity(name) for name in names], dtype=np.uint64),
        "formation_side": np.repeat([ATTACKER, DEFENDER], [len(part["names"]) for part in parts]),
        "formation_cell0": np.concatenate([part["cell"] for part in parts]),
        "formation_share": np.concatenate([part["share"] for part in parts]),
        "formation_duty0": np.concatenate([part["duty"] for part in parts]),
    }


def _sides(strip: Strip) -> tuple[tuple[int, tuple[Group, ...]], ...]:
    return ((ATTACKER, strip.attacker), (DEFENDER, strip.defender))


def _formations_of(strip: Strip, side: int, groups: Sequence[Group]) -> dict[str, Any]:
    cell = [row * strip.columns + group.column for group in groups for row in group.rows]
    weight = np.array([group.weight for group in groups for _ in group.rows])
    return {
        "names": [f"{SIDES[side]}-{i}" for i in range(len(cell))],
        "cell": np.array(cell, dtype=np.int32),
        "share": weight / weight.sum(),
        "duty": np.array([group.duty for group in groups for _ in group.rows], dtype=np.int8),
    }
