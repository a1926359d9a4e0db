"""The mutable state of one campaign, allocated once per thread and reset for every replication.

Grouped quantities are structured arrays (one record per cell, formation, stronghold, objective, side), so
that a phase of the day takes a few arguments; arrays that graph searches walk over stay plain.
Index letters as in `arrays`.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from redan.vocabulary.arrays import F64, I8, I32, I64

CELL: Final = np.dtype(
    [
        ("share", "f8"),  # 0..1 area the attacker occupies
        ("works", "f8"),  # 0..1 maturity of the works of the side in control
        ("occupied", "f8"),  # 0..1 how far the works on the line are occupied: at once by who stands there
        ("breach_work", "f8"),  # lane-days of breaching done on the obstacle
        ("obstacle_full_m", "f8"),  # depth that the belt had there on day 0
        ("obstacle_m", "f8"),  # obstacle depth the attacker has still to cross
        ("destroyed", "f8"),  # 0..1 of the built-up area
        ("residents", "f8"),  # people
        ("going", "f8"),  # 0..1 factor of its ground on speed, mud and rivers apart
        ("grey_attacker_men", "f8"),  # infiltrated men, on the rolls of their formations
        ("grey_defender_men", "f8"),
        ("speed_sum_km", "f8"),  # today's attack: sum over edges
        ("speed_max_km", "f8"),  # and the fastest edge
        ("counter_km", "f8"),  # today's counter-attack
        ("stack_men", "f8"),  # line formations in the cell
        ("stack_power", "f8"),  # the same times cohesion and isolation effectiveness
        ("stack_front_km", "f8"),  # length of line they man
        ("stack_attack_edges", "f8"),  # edges attacked from it today
        ("committed_men", "f8"),  # tied down containing strongholds
        ("pressure", "f8"),  # contact cells: enemy drone sorties per km over the reference
        (
            "own_pressure",
            "f8",
        ),  # contact cells: own sorties per km over the reference, what an attack on it meets
        ("fires", "f8"),  # contact cells: enemy fires per km over the reference
        ("supply_share", "f8"),  # share of demand that reaches the cell
        ("density", "f8"),  # work, contact cells: men per km of line this morning
        ("need", "f8"),  # work: how much a contact cell wants men
        ("abandoned", "f8"),  # 1 once its garrison has been ordered out
        ("score", "f8"),  # work, first cell of a patch: attractiveness, summed over its contact cells
        ("patch_cells", "f8"),  # work, the same: its contact cells
        ("patch_edges", "f8"),  # work, the same: edges of its cells attacked today
        ("patch_hold", "f8"),  # work, the same: preference for going on where ground has been gained
    ],
    align=True,
)
FORMATION: Final = np.dtype(
    [
        ("men", "f8"),
        ("full_men", "f8"),  # establishment
        ("cohesion", "f8"),  # 0..1
        ("short_days", "f8"),  # days without supply that stocks did not cover
        ("stock_days", "f8"),
        ("effect", "f8"),  # isolation effectiveness 0..1
        ("loss_10d", "f8"),  # running share of men lost in about ten days
        ("cell", "i4"),
        ("target", "i4"),  # where a march ends
        ("arrival_day", "i4"),
        ("counter_days", "i4"),  # days of counter-attack left
        ("objective", "i4"),  # garrison it belongs to, -1 none
        ("post", "i4"),  # 1 while it is sent to, or stands on, a fall-back belt behind the line
        ("side", "i4"),
        ("duty", "i4"),  # codes: LINE, RESERVE, ...
    ],
    align=True,
)
SITE: Final = np.dtype(
    [
        ("garrison_men", "f8"),
        ("stock_days", "f8"),
        ("hungry_days", "f8"),
        ("cleared", "f8"),  # 0..1 of floors and tunnels
        ("containing_men", "f8"),
        ("state", "i4"),  # codes: SITE_*
        ("containing_cell", "i4"),  # stack that contains it
    ],
    align=True,
)
OBJECTIVE: Final = np.dtype(
    [
        ("neck_km", "f8"),
        ("supply", "f8"),
        ("garrison_men", "f8"),
        ("garrison_peak_men", "f8"),
        ("routed_men", "f8"),
        ("occupied", "f8"),  # 0..1 of the footprint
        ("infiltrated", "f8"),  # 0..1 of the footprint
        ("front_km", "f8"),  # line of contact to the point, negative behind it
        ("edge_km", "f8"),  # line of contact to the built-up area
        ("withdraw_day", "i4"),  # day an ordered withdrawal starts, -1 none
        ("left", "i4"),  # 1 once the garrison left or broke
        ("taken_days", "i4"),
        ("isolated_days", "i4"),
        ("supply_level", "i4"),  # as last written in the log: engine.chronicle
        ("corridor_level", "i4"),
        ("told_isolated", "i4"),
        ("told_taken", "i4"),
    ],
    align=True,
)
SIDE: Final = np.dtype(
    [
        ("wounded_pool", "f8"),  # wounded out who may return
        ("line_men", "f8"),
        ("power_share", "f8"),  # mean cohesion times supply of its line
        ("mean_density", "f8"),  # line men per km
        ("sorties_per_km", "f8"),  # own drones that reach the enemy
        ("fires", "f8"),  # own fires over the reference
        ("drone_stock", "f8"),  # drones in store
        ("drone_crews", "f8"),  # drones a day that trained crews can fly in good weather
        ("armour", "f8"),  # vehicles fit to fight
        ("armour_hit", "f8"),  # vehicles expected lost today
        ("armour_lost", "f8"),  # vehicles lost so far
        ("killed_share", "f8"),  # of killed and wounded, as evacuation allows today
        ("men", "f8"),  # of formations in the theatre
        ("strength", "f8"),  # men over establishment
        ("sent_men", "f8"),  # set marching to the line since the log last said so
        ("reached_men", "f8"),
        ("lost_marching_men", "f8"),
    ],
    align=True,
)
WORLD: Final = np.dtype(
    [
        ("wetness", "f8"),
        ("flying", "f8"),
        ("mud", "f8"),
        ("leaf", "f8"),
        ("fog", "f8"),
        ("night", "f8"),
        ("mobility", "f8"),
        ("thin_hours", "f8"),  # share of the drone hazard met by who moves in the hours that suit him
        ("front_km", "f8"),  # length of the line of contact, measured with a ruler of one patch
        ("edge_km", "f8"),  # the same, an edge's part of it
        ("start_front_km", "f8"),  # the length on day 0
        ("depth_losses", "f8"),  # losses more than 3 km behind the line
        ("effort_ordered", "f8"),  # battalion-days today
        ("effort_executed", "f8"),
        ("counter_ordered", "f8"),  # men today
        ("counter_arrived", "f8"),
        ("executed_share", "f8"),  # effort executed over ordered, last 30 days
        ("told_ordered", "f8"),  # battalion-days since the log last said so
        ("told_executed", "f8"),
        ("told_counter_men", "f8"),
        ("phase", "i4"),
        ("phase_day", "i4"),  # day the present phase was entered
        ("pause_until", "i4"),  # last day of the operational pause, -1 none
        ("ground_changed", "i4"),
        ("replan", "i4"),
        ("manning_stale", "i4"),
        ("routes_stale", "i4"),
        ("routes_day", "i4"),
        ("n_edges", "i4"),
        ("n_contact", "i4"),
        ("n_places", "i4"),
        ("n_stacks", "i4"),
    ],
    align=True,
)


class State(NamedTuple):
    """Everything that changes from day to day, and the work arrays of graph searches."""

    cells: Any  # [c] CELL
    formations: Any  # [f] FORMATION
    sites: Any  # [g] SITE
    objectives: Any  # [o] OBJECTIVE
    sides: Any  # [2] SIDE
    world: Any  # [1] WORLD
    control: I8  # [c] side in control
    lost_day: I32  # [c] day control last changed
    target_axis: I32  # [c] axis that attacks the cell, -1 none
    expected_loss: F64  # [c, cause] men, of the line formations in the cell
    expected_men: F64  # [f] work: men that each formation is expected to lose today
    luck: F64  # [f] work: its draw
    lost_men: F64  # [f] work: men it loses
    contact_edges: I32  # [c] enemy neighbours
    contact_cells: I32  # [c] list of contact cells of both sides
    ring: I32  # [c] rings behind the line of contact, own side
    toward: I32  # [c] next cell towards the line
    nearest: I32  # [c] nearest own contact cell
    band: I8  # [c] side within one ring of the line, 9 elsewhere
    band_cells: I32  # [c] cells within one ring of the line, first counts[2]
    hops: I32  # [c] work: cells from the stack that mans it
    hop_parent: I32  # [c] work
    manned_by: I32  # [c] stack that mans a contact cell, -1 none
    preference: F64  # [c] a commander's noise in choosing cells, drawn anew every few weeks
    profile: F64  # [ring] share of the drone hazard left at a depth of so many rings
    gun_profile: F64  # [ring] the same of the fires that stop machines
    stacks: I32  # [c] cells with line formations, first world.n_stacks
    survival: F64  # [c] share of loads that survive one cell of road
    flow_t: F64  # [c] tonnes a day through the cell
    share: F64  # [c] delivered share
    cost: I32  # [c, n] routing cost, negative where the way is full
    distance: I32  # [c] UNREACHED where cut off
    feeder: I32  # [c] neighbour on the cheapest way from a source, itself at a source
    source: I8  # [c] sources of supply still held by their side, with something left
    opposite: I8  # [c, n] slot of the same edge at the neighbour
    demand_t: F64  # [c] tonnes a day needed in the cell
    ration: F64  # [c] share of that which is allotted to it
    missing_t: F64  # [c] work: what the cell and those who draw on it still lack
    left_t: F64  # [c] work: tonnes a day that sources have left
    taken_t: F64  # [c] tonnes a day taken from a source in the cell
    drawn_t: F64  # [c, n] tonnes a day drawn over each edge, negative what is handed on
    label: I32  # [c] work: cost of the cheapest way that has room
    ledger: F64  # [s, ledger]
    cause: F64  # [s, cause] losses by cause
    told: F64  # [s, cause + 2] men lost by cause, captured and replaced that the log has told of
    told_axis: I32  # [2, axis] cells it attacks: as last told, and work
    effort_ring: F64  # [4, 30] effort ordered, executed; counter-attack men ordered, arrived
    snapshot_km: F64  # [5, c] defender's depth at 10-day marks
    snapshot_belt: I8  # [5, c] belt cells then manned
    candidate_day: I32  # [axis] day a breakthrough was first seen, -1 none
    candidate_cells: I8  # [axis, c] its cells
    place_cells: I32  # [c] cells with residents or buildings
    counts: I64  # [4] edges, contact cells, cells of the band, spare
    queue: I32  # [c] work
    order: I32  # [c] work
    link: I32  # [c] work
    back: I32  # [c] work
    bucket: I32  # [32] work
    entry: I32  # [2, c * (n + 1)] work: the queue of a search for cheapest ways
    mark: I32  # [c] work: -1 everywhere between uses
    balance: I32  # [c] first cell of a patch: cells the attacker controls in it less those of the defender
    used: I8  # [c, n] work


def params_record(row: Any) -> Any:
    """A structured row as a record with attribute access, which both numba and plain Python understand."""
    table = np.asarray(row).reshape(1).view(np.recarray)
    return table[0]
