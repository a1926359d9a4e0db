"""Phase 3 continued: the defender mans a belt behind a line that gives way, in time or not."""

from __future__ import annotations

from typing import Any

from redan.engine.reserves import send
from redan.numerics.compile import kernel
from redan.numerics.graph import UNREACHED
from redan.vocabulary.codes import DEFENDER, LAYER_RESERVES, LAYER_WORKS, MARCHING, RESERVE


@kernel
def belt_behind(
    c: int, reach_km: float, x_km: Any, y_km: Any, cell_belt: Any, cells: Any, control: Any, ring: Any,
    distance: Any
) -> int:
    """The nearest cell of a belt behind the line about a contact cell, -1 none within reach."""
    best = -1
    best_km2 = reach_km * reach_km
    for b in range(control.shape[0]):
        if cell_belt[b] < 0 or control[b] != DEFENDER or ring[b] == 0 or distance[b] >= UNREACHED:
            continue
        dx = x_km[b] - x_km[c]
        dy = y_km[b] - y_km[c]
        away = dx * dx + dy * dy
        if away < best_km2 and cells[b].works > cells[c].works:
            best_km2 = away
            best = b
    return best


@kernel
def is_posted(goal: int, reach_km: float, x_km: Any, y_km: Any, formations: Any) -> bool:
    """Whether a formation stands on, or is on its way to, a belt about a cell."""
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.post != 1:
            continue
        at = unit.target if unit.duty == MARCHING else unit.cell
        if (x_km[at] - x_km[goal]) ** 2 + (y_km[at] - y_km[goal]) ** 2 < reach_km * reach_km:
            return True
    return False


@kernel
def nearest_reserve(goal: int, reach_km: float, x_km: Any, y_km: Any, formations: Any, distance: Any) -> int:
    """The defender's nearest uncommitted reserve that can march, -1 none within reach."""
    best = -1
    best_km2 = reach_km * reach_km
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.side != DEFENDER or unit.duty != RESERVE or unit.post == 1:
            continue
        away = (x_km[unit.cell] - x_km[goal]) ** 2 + (y_km[unit.cell] - y_km[goal]) ** 2
        if away < best_km2 and distance[unit.cell] < UNREACHED:
            best_km2 = away
            best = f
    return best


@kernel
def man_fall_back(
    x_km: Any, y_km: Any, layers: Any, cell_belt: Any, day: int, world: Any, sides: Any, cells: Any,
    formations: Any, control: Any, contact_cells: Any, ring: Any, distance: Any, target_axis: Any, p: Any,
) -> None:
    """Send one reserve to the belt behind the part of the line that gives way most, if nobody is there."""
    if layers[LAYER_WORKS] == 0 or layers[LAYER_RESERVES] == 0:
        return
    worst = -1
    most = p.fall_back_progress
    for i in range(world[0].n_contact):
        c = contact_cells[i]
        if control[c] == DEFENDER and target_axis[c] >= 0 and cells[c].share > most:
            most = cells[c].share
            worst = c
    if worst < 0:
        return
    goal = belt_behind(worst, p.fall_back_reach_km, x_km, y_km, cell_belt, cells, control, ring, distance)
    if goal < 0 or is_posted(goal, 0.5 * p.fall_back_reach_km, x_km, y_km, formations):
        return
    f = nearest_reserve(goal, p.reinforce_range_km, x_km, y_km, formations, distance)
    if f < 0:
        return
    if formations[f].cell == goal:
        formations[f].post = 1
        return
    send(x_km, y_km, day, f, goal, 0, world, sides, formations, p)
    formations[f].post = 1
