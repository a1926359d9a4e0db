"""Marches through the drone zone: to the line, and from it to the rear."""

from __future__ import annotations

import math
from typing import Any

from redan.engine.attrition import book_losses
from redan.engine.contact import depth_km
from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.numerics.graph import UNREACHED
from redan.numerics.inverse import count_quantile
from redan.rules.drones import path_hazard
from redan.vocabulary.codes import CAUSE_DRONES_DEPTH, DECISION_SPLIT_KILLED


@kernel
def march_under_drones(
    f: int, to: int, decision: int, formation_id: Any, spacing_km: float, key: Any, world: Any, sides: Any,
    cells: Any, formations: Any, ring: Any, nearest: Any, ledger: Any, cause: Any, p: Any,
) -> float:
    """Men a formation loses on its way between the cell where it stands and another. Moves nobody."""
    unit = formations[f]
    if ring[to] >= UNREACHED or ring[unit.cell] >= UNREACHED:
        return 0.0
    forward = to if ring[to] < ring[unit.cell] else unit.cell  # the drones of the stretch nearer to the line
    hazard = p.drone_road_hazard_per_km * p.march_signature * cells[nearest[forward]].pressure
    hits = path_hazard(
        depth_km(ring, spacing_km, to), depth_km(ring, spacing_km, unit.cell), hazard * world[0].thin_hours,
        p.drone_half_depth_km, p.drone_depth_scale_km,
    )
    expected = unit.men * (1.0 - math.exp(-hits)) * p.march_loss_severity
    lost = min(unit.men, count_quantile(uniform(key, decision, formation_id[f]), expected, p.loss_dispersion))
    if lost > 0.0:
        split = uniform(key, DECISION_SPLIT_KILLED, formation_id[f])
        book_losses(unit, sides, ledger, lost, p.wounded_return_share, split)
        cause[unit.side, CAUSE_DRONES_DEPTH] += lost
        world[0].depth_losses += lost
    return float(lost)
