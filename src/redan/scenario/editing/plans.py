"""Courses of action as fields that may be changed: effort, shares by axis, strongholds, triggers."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Final

from redan.scenario.editing.field import CHOICE, NUMBER, TABLE, Field, soft_range
from redan.scenario.models.courses import SHARE_KINDS, Course, Phase, StrongholdChoice, Trigger
from redan.scenario.scenario import Scenario

SOURCE: Final = "the course: a plan, not a forecast"
CHOICES: Final = typing.get_args(StrongholdChoice)


def plan_fields(scenario: Scenario) -> Iterator[Field]:
    """Fields of every course, phase by phase."""
    for name, course in scenario.courses.items():
        yield _choice(
            f"courses.{name}.strongholds", f"{name}: strongholds behind the front", course.strongholds
        )
        for phase in course.phases:
            yield from _of_phase(
                f"courses.{name}.phases.{phase.name}", f"{name}, {phase.name}", course, phase
            )


def _of_phase(path: str, title: str, course: Course, phase: Phase) -> Iterator[Field]:
    yield Field(
        path=f"{path}.effort",
        title=f"{title}: effort",
        unit="share",
        group="plan",
        value=phase.effort,
        low=0.0,
        high=1.0,
        soft_low=0.0,
        soft_high=1.0,
        source=SOURCE,
        help=str(Phase.model_fields["effort"].description),
    )
    yield Field(
        path=f"{path}.shares",
        title=f"{title}: shares of effort",
        unit="share",
        group="plan",
        value=course.shares_of(phase),
        kind=TABLE,
        low=0.0,
        high=1.0,
        soft_low=0.0,
        soft_high=1.0,
        source=SOURCE,
        help=str(Phase.model_fields["shares"].description),
        columns=("axis", "share"),
        sum_to_one=True,
    )
    for number, trigger in enumerate(phase.until):
        yield _of_trigger(f"{path}.until.{number}", title, trigger)


def _of_trigger(path: str, title: str, trigger: Trigger) -> Field:
    """The number at which a phase ends."""
    is_share = trigger.when in SHARE_KINDS
    unit = "share" if is_share else "km" if trigger.when.endswith("_km") else "days"
    unit = "ratio" if trigger.when == "strength" else unit
    high = 1.0 if is_share else None
    soft_low, soft_high = soft_range(trigger.threshold, 0.0, high)
    of = f" of {trigger.of}" if trigger.of else ""
    bound = "at least" if trigger.sense > 0 else "at most"
    watched = trigger.when.removesuffix("_km").replace("_", " ")
    return Field(
        path=f"{path}.{'at_least' if trigger.sense > 0 else 'at_most'}",
        title=f"{title}: to {trigger.then} once {watched}{of} is {bound}",
        unit=unit,
        group="triggers",
        value=trigger.threshold,
        kind=NUMBER,
        low=0.0,
        high=high,
        soft_low=soft_low,
        soft_high=soft_high,
        source=SOURCE,
        help=str(Trigger.model_fields["when"].description),
    )


def _choice(path: str, title: str, value: str) -> Field:
    return Field(
        path=path,
        title=title,
        unit="-",
        group="plan",
        value=value,
        kind=CHOICE,
        choices=CHOICES,
        source=SOURCE,
        help=str(Course.model_fields["strongholds"].description),
    )
