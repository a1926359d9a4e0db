"""Courses of action must hang together: axes, shares of effort, phases, triggers."""

from __future__ import annotations

from typing import Final

from redan.scenario.checks.names import check_known, check_place, check_unique
from redan.scenario.checks.review import Review
from redan.scenario.models.courses import Axis, Phase, Trigger
from redan.vocabulary.plain import FieldPath

SUM_TOLERANCE: Final = 0.01  # [-] shares written with two digits


def check(review: Review) -> None:
    """Check every course."""
    courses = review.value_at(("courses",))
    for name, course in (courses if isinstance(courses, dict) else {}).items():
        if isinstance(course, dict):
            _check_course(review, ("courses", name))


def _check_course(review: Review, course: FieldPath) -> None:
    for part in ("axes", "phases"):
        check_unique(review, (*course, part))
    for path, axis in review.items((*course, "axes"), Axis):
        check_place(review, (*path, "toward"), axis.toward)
    axes = review.names_at((*course, "axes"))
    phases = review.names_at((*course, "phases"))
    known = _objectives(review)
    for path, phase in review.items((*course, "phases"), Phase, without=("until",)):
        _check_shares(review, path, phase, axes)
        for at, trigger in review.items((*path, "until"), Trigger):
            check_known(review, (*at, "then"), trigger.then, phases, "a phase of this course")
            if known:
                check_known(review, (*at, "of"), trigger.of, known, "an objective")
            if trigger.then == phase.name:
                review.fault((*at, "then"), "leads to the phase it is in", "name another phase")


def _objectives(review: Review) -> list[str]:
    """Objectives; where one of them is misspelt, any place may have been meant."""
    listed = review.value_at(("objectives",))
    names = [name.strip() for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
    places = review.place_names
    return names if set(names) <= set(places) else [*names, *places]


def _check_shares(review: Review, path: FieldPath, phase: Phase, axes: list[str]) -> None:
    if phase.shares is None:
        return
    for axis in phase.shares:
        check_known(review, (*path, "shares", axis), axis, axes, "an axis of this course")
    total = sum(phase.shares.values())
    idle = phase.effort == 0 and total == 0
    if abs(total - 1.0) > SUM_TOLERANCE and not idle:
        review.fault((*path, "shares"), f"the shares sum to {total:g}, not 1", "make them sum to 1")
