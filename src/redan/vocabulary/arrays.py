"""The array types that theatre, rules and engine share: frozen `Theatre`, a course's `Plan`,
mutable `State`, and the `Output` a campaign fills.

Index letters in comments: c cell, n neighbour slot (6), s side, f formation, b belt, g stronghold,
o objective, a axis, p phase, t trigger, m 30-day period, d day, w week, k footprint entry.
A toy theatre uses the same types, so that a test session compiles once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
F32 = NDArray[np.float32]
I64 = NDArray[np.int64]
I32 = NDArray[np.int32]
I8 = NDArray[np.int8]
U64 = NDArray[np.uint64]


class Theatre(NamedTuple):
    """Ground, works, forces and calendar: everything that is the same for every replication and course."""

    # ground
    cell_id: U64  # [c] H3 index
    cell_x_km: F64  # [c] east of the theatre's centre, azimuthal equidistant
    cell_y_km: F64  # [c] north
    cell_area_km2: F64  # [c]
    spacing_km: F64  # [1] mean distance between neighbouring centres
    cell_patch: I32  # [c] planning patch of fixed size, as the index of the patch's first cell
    cell_patch_id: U64  # [c] the patch's H3 index: keys what is decided for a patch as a whole
    patch_ruler: F64  # [1] a patch's side over the summed edges of cells along it, 1 where patch = cell
    patch_edge_km: F64  # [1] half the spacing of patches: the width of one of their edges
    cell_neighbour: I32  # [c, n] index or -1; slots 0..n_neighbours-1 are filled first, in H3 index order
    cell_rim: I8  # [c] RIM_*
    cell_source_t_per_day: F64  # [s, c] supply that enters here while the side holds the cell
    edge_road_t_per_day: F64  # [c, n] capacity of road, rail and tracks to the neighbour, both ways equal
    edge_river: F64  # [c, n] 0 none .. 1 a major river between the two cells
    cell_elevation_m: F64  # [c]
    cell_relief_m: F64  # [c] highest minus lowest ground within the cell's surroundings
    cell_cover: F64  # [c] 0..1 share under trees or orchards
    cell_built: F64  # [c] 0..1 built-up share
    cell_industry: F64  # [c] 0..1 share of large works and mines
    cell_residents: F64  # [c] residents on day 0
    cell_destroyed0: F64  # [c] 0..1 share of the built-up area destroyed on day 0
    cell_share0: F64  # [c] 0..1 share the attacker occupies on day 0
    cell_control0: I8  # [c] side in control on day 0
    # works
    cell_belt: I32  # [c] belt that covers the cell, -1 none
    cell_belt_share: F64  # [c] 0..1 share of the cell's width that the belt covers
    belt_width_km: F64  # [b] depth of the belt from front to rear
    belt_months: F64  # [b] months of digging up to day 0
    belt_effort_h_per_km_month: F64  # [b] machine-hours per km and month, own engineers
    belt_support: F64  # [b] outside support as a multiple of own effort (0 none)
    belt_mine_depth_m: F64  # [b] depth of mined ground across the belt
    belt_ditch_m: F64  # [b] depth of anti-tank ditches in metres of obstacle to cross
    belt_teeth_rows: F64  # [b] rows of dragon's teeth and wire
    # strongholds
    site_id: U64  # [g]
    site_cell: I32  # [g]
    site_objective: I32  # [g] objective it belongs to, -1 none
    site_floor_area_m2: F64  # [g]
    site_tunnel_km: F64  # [g]
    site_shelter_men: F64  # [g] men it can shelter
    site_stock_days: F64  # [g] days of stocks at full garrison
    # objectives
    objective_id: U64  # [o]
    objective_cell: I32  # [o] cell of its GeoNames point
    footprint_start: I32  # [o+1] CSR into footprint_*
    footprint_cell: I32  # [k]
    footprint_weight: F64  # [k] built-up-weighted area within 2 km of the point; sums to 1 per objective
    footprint_people: F64  # [k] 0..1 share of the cell's residents who live within the footprint
    objective_distance_km: F64  # [o, c] cell centre to the objective's point
    objective_edge_km: F64  # [o, c] cell centre to the nearest point of its built-up area, 0 inside
    # formations
    formation_id: U64  # [f]
    formation_side: I8  # [f]
    formation_cell0: I32  # [f]
    formation_share: F64  # [f] share of its side's men on day 0 (sums to 1 per side)
    formation_duty0: I8  # [f] LINE or RESERVE
    # calendar, schedules, switches
    start_day_of_year: I64  # [1] 1..366
    latitude_deg: F64  # [1]
    schedule: F64  # [s, schedule, m] multipliers per 30 days, last period goes on
    layers: I8  # [8] 1 on, 0 off


class Plan(NamedTuple):
    """A course of action compiled: effort by axis and phase, choice of edges, strongholds, triggers."""

    axis_id: U64  # [a]
    axis_distance_km: F64  # [a, c] cell centre to the axis's goal
    effort_level: F64  # [p] share of the effort the forces could make
    axis_effort: F64  # [p, a] share of that effort, sums to 1 (0 everywhere: none)
    weights: F64  # [p, 5] preferences: progress to the goal, built-up, flank, supply route, weakly held
    stronghold_choice: I32  # [p] CLEAR, SEAL or BYPASS
    pause_readiness: F64  # [1] readiness of the line at or below which the course pauses; 0 never
    pause_days: F64  # [1] length of an operational pause
    trigger_phase: I32  # [t] phase in which it is watched
    trigger_kind: I32  # [t] TRIGGER_*
    trigger_entity: I32  # [t] objective index, or -1
    trigger_sense: I8  # [t] +1 fires at or above the threshold, -1 at or below
    trigger_threshold: F64  # [t]
    trigger_next: I32  # [t] phase entered


class Output(NamedTuple):
    """What one campaign leaves behind. Allocated by `engine.allocate.allocate_output`."""

    event_day: F64  # [event] first day it held, -1 never (codes: vocabulary.outcomes)
    measure: F64  # [measure] at the horizon
    series: F32  # [d, measure] day 0 .. horizon
    control: I8  # [w, c] 1 where the attacker controls, at the end of week w (w 0 = start)
    log_day: I32  # [row]
    log_kind: I32  # [row] LOG_*
    log_entity: I32  # [row]
    log_value: F64  # [row]
    log_count: I64  # [1] rows used (rows beyond the capacity are counted, not stored)
    ledger: F64  # [s, ledger] LEDGER_* at the end
    cause: F64  # [s, cause] losses by CAUSE_*
    audit: F64  # [4] worst daily error: men unaccounted, share outside 0..1, control inconsistent, not finite


Params = Any  # one row of a structured array, dtype `parameters.params_dtype()`: a float64 field per name
