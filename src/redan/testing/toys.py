"""Toy theatres: small hexagonal worlds of the same array types as real ones, for tests, verification and
authors of rules. Axial coordinates; the attacker comes from the west (low columns).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from redan.numerics.draws import name_entity
from redan.theatre.compile import freeze
from redan.vocabulary.arrays import F64, I32, Plan, Theatre
from redan.vocabulary.codes import (
    ATTACKER,
    CLEAR,
    DEFENDER,
    LAYERS,
    LINE,
    RESERVE,
    RIM_CLOSED,
    RIM_INNER,
    RIM_SOURCE,
    SCHEDULES,
)

HEX_NEIGHBOURS = (
    ((1, 0), (-1, 0), (0, 1), (0, -1), (-1, 1), (-1, -1)),
    ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1)),
)


@dataclass(frozen=True)
class Toy:
    """What a toy theatre is made of; every length in km, every strength a share of its side."""

    columns: int = 20
    rows: int = 12
    spacing_km: float = 2.4
    front_column: int = 6  # cells west of it are the attacker's
    attacker_formations: int = 24
    defender_formations: int = 16
    attacker_reserves: int = 8
    defender_reserves: int = 4
    belt_column: int = -1  # a belt along this column, -1 none
    belt_effort_h_per_km_month: float = 60.0
    belt_months: float = 60.0
    mine_depth_m: float = 150.0
    town_column: int = 12  # the objective's cell is (town_column, rows // 2)
    town_built: float = 0.5
    residents: float = 20_000.0
    site_floor_m2: float = 0.0  # one stronghold in the town when above 0
    road_t_per_day: float = 3000.0
    track_t_per_day: float = 100.0
    source_t_per_day: float = 5000.0
    months: int = 40


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


def layout(cells: I32, n_line: int, reserve_cells: I32, n_reserve: int) -> tuple[list[int], list[int]]:
    """Formations' cells and duties: `n_line` spread evenly over the line, the rest over the reserve cells."""
    line = [int(cells[i * len(cells) // max(1, n_line)]) for i in range(n_line)]
    rest = [int(reserve_cells[i * len(reserve_cells) // max(1, n_reserve)]) for i in range(n_reserve)]
    return line + rest, [LINE] * n_line + [RESERVE] * n_reserve


def toy_theatre(
    toy: Toy | None = None, *, layers_off: tuple[str, ...] = (), schedule: F64 | None = None
) -> Theatre:
    """A rectangular theatre: attacker west, defender east, supply from both rims, one town."""
    toy = toy or Toy()
    neighbour, column, row = hex_grid(toy.columns, toy.rows)
    n = neighbour.shape[0]
    x = (column + 0.5 * (row % 2)) * toy.spacing_km
    y = row * toy.spacing_km * np.sqrt(3.0) / 2.0
    control = np.where(column < toy.front_column, ATTACKER, DEFENDER).astype(np.int8)
    rim = np.where((row == 0) | (row == toy.rows - 1), RIM_CLOSED, RIM_INNER).astype(np.int8)
    west, east = column == 0, column == toy.columns - 1
    rim[west | east] = RIM_SOURCE
    source = np.zeros((2, n))
    source[ATTACKER, west] = toy.source_t_per_day
    source[DEFENDER, east] = toy.source_t_per_day
    town = (toy.rows // 2) * toy.columns + toy.town_column
    built = np.zeros(n)
    built[town] = toy.town_built
    residents = np.zeros(n)
    residents[town] = toy.residents
    road = np.where(neighbour >= 0, toy.track_t_per_day, 0.0)
    on_road = row == toy.rows // 2
    road[on_road[:, None] & (neighbour >= 0) & on_road[np.maximum(neighbour, 0)]] += toy.road_t_per_day
    a_cells, a_duty = layout(
        np.flatnonzero(column == toy.front_column - 1).astype(np.int32),
        toy.attacker_formations - toy.attacker_reserves,
        np.flatnonzero(column == max(0, toy.front_column - 4)).astype(np.int32),
        toy.attacker_reserves,
    )
    d_cells, d_duty = layout(
        np.flatnonzero(column == toy.front_column).astype(np.int32),
        toy.defender_formations - toy.defender_reserves,
        np.flatnonzero(column == min(toy.columns - 1, toy.front_column + 4)).astype(np.int32),
        toy.defender_reserves,
    )
    names = [f"attacker-{i}" for i in range(len(a_cells))] + [f"defender-{i}" for i in range(len(d_cells))]
    shares = [1.0 / max(1, len(a_cells))] * len(a_cells) + [1.0 / max(1, len(d_cells))] * len(d_cells)
    has_belt = toy.belt_column >= 0
    n_sites = 1 if toy.site_floor_m2 > 0.0 else 0
    distance = np.hypot(x - x[town], y - y[town])
    return freeze(
        Theatre(
            cell_id=np.arange(1, n + 1, dtype=np.uint64),
            cell_x_km=x.astype(np.float64),
            cell_y_km=y,
            cell_area_km2=np.full(n, toy.spacing_km**2 * np.sqrt(3.0) / 2.0),
            spacing_km=np.array([toy.spacing_km]),
            cell_patch=np.arange(n, dtype=np.int32),
            cell_patch_id=np.arange(1, n + 1, dtype=np.uint64),
            patch_ruler=np.ones(1),
            cell_neighbour=neighbour,
            cell_rim=rim,
            cell_source_t_per_day=source,
            edge_road_t_per_day=road,
            edge_river=np.zeros((n, 6)),
            cell_elevation_m=np.full(n, 100.0),
            cell_relief_m=np.full(n, 40.0),
            cell_cover=np.full(n, 0.1),
            cell_built=built,
            cell_industry=np.zeros(n),
            cell_residents=residents,
            cell_destroyed0=np.zeros(n),
            cell_share0=(control == ATTACKER).astype(np.float64),
            cell_control0=control,
            cell_belt=np.where(column == toy.belt_column, 0, -1).astype(np.int32),
            cell_belt_share=(column == toy.belt_column).astype(np.float64),
            belt_width_km=np.full(int(has_belt), toy.spacing_km),
            belt_months=np.full(int(has_belt), toy.belt_months),
            belt_effort_h_per_km_month=np.full(int(has_belt), toy.belt_effort_h_per_km_month),
            belt_support=np.zeros(int(has_belt)),
            belt_mine_depth_m=np.full(int(has_belt), toy.mine_depth_m),
            belt_ditch_m=np.zeros(int(has_belt)),
            belt_teeth_rows=np.zeros(int(has_belt)),
            site_id=np.array([name_entity(f"site-{i}") for i in range(n_sites)], dtype=np.uint64),
            site_cell=np.full(n_sites, town, dtype=np.int32),
            site_objective=np.zeros(n_sites, dtype=np.int32),
            site_floor_area_m2=np.full(n_sites, toy.site_floor_m2),
            site_tunnel_km=np.zeros(n_sites),
            site_shelter_men=np.full(n_sites, 500.0),
            site_stock_days=np.full(n_sites, 20.0),
            objective_id=np.array([name_entity("town")], dtype=np.uint64),
            objective_cell=np.array([town], dtype=np.int32),
            footprint_start=np.array([0, 1], dtype=np.int32),
            footprint_cell=np.array([town], dtype=np.int32),
            footprint_weight=np.array([1.0]),
            footprint_people=np.array([1.0]),
            objective_distance_km=distance[None, :],
            objective_edge_km=np.maximum(0.0, distance - 0.5 * toy.spacing_km)[None, :],
            formation_id=np.array([name_entity(name) for name in names], dtype=np.uint64),
            formation_side=np.array([ATTACKER] * len(a_cells) + [DEFENDER] * len(d_cells), dtype=np.int8),
            formation_cell0=np.array(a_cells + d_cells, dtype=np.int32),
            formation_share=np.array(shares),
            formation_duty0=np.array(a_duty + d_duty, dtype=np.int8),
            start_day_of_year=np.array([346], dtype=np.int64),
            latitude_deg=np.array([48.7]),
            schedule=np.ones((2, len(SCHEDULES), toy.months)) if schedule is None else schedule,
            layers=np.array([0 if name in layers_off else 1 for name in LAYERS], dtype=np.int8),
        )
    )


def toy_plan(
    theatre: Theatre,
    *,
    effort: float = 1.0,
    choice: int = CLEAR,
    weights: tuple[float, ...] = (1.0, 0.2, 0.3, 0.0, 0.0),
) -> Plan:
    """One axis towards the town, one phase, no triggers."""
    whole = np.zeros(0, dtype=np.int32)
    return freeze(
        Plan(
            axis_id=np.array([name_entity("axis")], dtype=np.uint64),
            axis_distance_km=theatre.objective_distance_km[:1].copy(),
            effort_level=np.array([effort]),
            axis_effort=np.array([[1.0]]),
            weights=np.array([weights], dtype=np.float64),
            stronghold_choice=np.array([choice], dtype=np.int32),
            trigger_phase=whole,
            trigger_kind=whole.copy(),
            trigger_entity=whole.copy(),
            trigger_sense=np.zeros(0, dtype=np.int8),
            trigger_threshold=np.zeros(0),
            trigger_next=whole.copy(),
        )
    )


TOY_FORCES: Mapping[str, float] = {
    "attacker_men": 9000.0,
    "defender_men": 5000.0,
    "attacker_guns": 150.0,
    "defender_guns": 90.0,
    "attacker_drones_per_day": 250.0,
    "defender_drones_per_day": 250.0,
    "attacker_jamming": 0.3,
    "defender_jamming": 0.3,
    "attacker_replacements_per_day": 20.0,
    "defender_replacements_per_day": 10.0,
}
