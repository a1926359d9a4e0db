"""A course of action on a strip: one axis, one phase, no triggers."""

from __future__ import annotations

from typing import Final

import numpy as np

from redan.numerics.draws import name_entity
from redan.theatre.compile import freeze
from redan.vocabulary.arrays import F64, Plan, Theatre
from redan.vocabulary.codes import CLEAR

BARRED_KM: Final = np.inf  # a cell this far from an axis's goal is never chosen for it
#: Preferences: progress, built-up, flank, supply route, weakly held (columns of `Plan.weights`).
STRAIGHT_ON: Final = (1.0, 0.0, 0.0, 0.0, 0.0)


def goal_east(theatre: Theatre) -> F64:
    """[c] distance to the eastern rim: every row is as good as another."""
    return np.asarray(theatre.cell_x_km.max() - theatre.cell_x_km, np.float64)


def within_sector(theatre: Theatre, distance_km: F64, sector_km: tuple[float, float]) -> F64:
    """The same distances, with every cell barred whose centre lies south or north of a sector."""
    inside = (theatre.cell_y_km >= sector_km[0]) & (theatre.cell_y_km <= sector_km[1])
    return np.where(inside, distance_km, BARRED_KM)


def plan_on(
    distance_km: F64,
    *,
    effort: float = 1.0,
    choice: int = CLEAR,
    weights: tuple[float, ...] = STRAIGHT_ON,
) -> Plan:
    """A plan towards the cells where `distance_km` is least.

    Parameters
    ----------
    distance_km
        [c] distance to the axis's goal.
    effort
        Share of the effort the forces could make.
    choice
        What is done with strongholds: CLEAR, SEAL or BYPASS.
    weights
        Preferences in choosing cells.
    """
    whole = np.zeros(0, dtype=np.int32)
    return freeze(
        Plan(
            axis_id=np.array([name_entity("axis")], dtype=np.uint64),
            axis_distance_km=np.array(distance_km, np.float64)[None, :],
            effort_level=np.array([effort]),
            axis_effort=np.array([[1.0]]),
            weights=np.array([weights], dtype=np.float64),
            stronghold_choice=np.array([choice], dtype=np.int32),
            pause_readiness=np.zeros(1),
            pause_days=np.zeros(1),
            trigger_phase=whole,
            trigger_kind=whole.copy(),
            trigger_entity=whole.copy(),
            trigger_sense=np.zeros(0, dtype=np.int8),
            trigger_threshold=np.zeros(0),
            trigger_next=whole.copy(),
        )
    )
