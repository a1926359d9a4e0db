"""Courses of action compiled: distances to goals, effort by phase and axis, triggers."""

from __future__ import annotations

from typing import Final

import numpy as np

from redan.numerics.draws import name_entity
from redan.scenario.models.courses import Course, Trigger
from redan.scenario.scenario import Scenario
from redan.theatre.cells import Cells
from redan.vocabulary.arrays import Plan
from redan.vocabulary.codes import STRONGHOLD_CHOICES, TRIGGERS

NO_OBJECTIVE: Final = -1
PREFERENCES: Final = ("progress", "built", "flank", "route", "weak")  # columns of Plan.weights


def build_plan(scenario: Scenario, cells: Cells, course: Course) -> Plan:
    """Compile one course: rows by phase, triggers in the order written."""
    phases = course.phases
    triggers = [(p, trigger) for p, phase in enumerate(phases) for trigger in phase.until]
    number = {phase.name: p for p, phase in enumerate(phases)}
    return Plan(
        axis_id=np.array([name_entity(axis.name) for axis in course.axes], np.uint64),
        axis_distance_km=np.array(
            [cells.geodesic_km(scenario.lonlat(axis.toward)) for axis in course.axes], np.float64
        ),
        effort_level=np.array([phase.effort for phase in phases], np.float64),
        axis_effort=np.array([list(course.shares_of(phase).values()) for phase in phases], np.float64),
        weights=np.array(
            [[getattr(phase.prefer, name) for name in PREFERENCES] for phase in phases], np.float64
        ),
        stronghold_choice=np.array(
            [STRONGHOLD_CHOICES.index(course.strongholds_of(phase)) for phase in phases], np.int32
        ),
        pause_readiness=np.array([course.pause.when_readiness_below if course.pause else 0.0]),
        pause_days=np.array([course.pause.days if course.pause else 0.0]),
        trigger_phase=np.array([p for p, _ in triggers], np.int32),
        trigger_kind=np.array([TRIGGERS.index(trigger.when) for _, trigger in triggers], np.int32),
        trigger_entity=np.array([_entity(scenario, trigger) for _, trigger in triggers], np.int32),
        trigger_sense=np.array([trigger.sense for _, trigger in triggers], np.int8),
        trigger_threshold=np.array([trigger.threshold for _, trigger in triggers], np.float64),
        trigger_next=np.array([number[trigger.then] for _, trigger in triggers], np.int32),
    )


def _entity(scenario: Scenario, trigger: Trigger) -> int:
    """Objective a trigger watches, -1 for none."""
    return NO_OBJECTIVE if trigger.of is None else scenario.objectives.index(trigger.of)
