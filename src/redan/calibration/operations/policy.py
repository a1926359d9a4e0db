"""One rule for the forces of every operation: what was stated for the whole line, by length of front.

A theatre gets per km of its own line of contact what the whole line had per km, times one factor for main
directions (`bundled/history/policy.yaml`). On a date the last figure known by then stands, nothing later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

from pydantic import Field
from ruamel.yaml import YAML

from redan.scenario.models.base import Closed, Day, Grade, Name, NonNegative, Positive, Share, Text
from redan.scenario.models.courses import Prefer, StrongholdChoice
from redan.vocabulary.codes import SIDES

FIGURES: Final = 3  # significant figures of a generated number


class Stated(Closed):
    """One figure for the whole line of contact."""

    value: Positive
    source: Text
    grade: Grade
    known: Day


class Figure(Closed):
    """A figure with its range, and the day it was known."""

    low: NonNegative
    mode: NonNegative
    high: NonNegative
    source: Text
    grade: Grade
    known: Day


class Rule(Closed):
    """How one quantity of a side follows from what is known of the whole line, or stands as it is."""

    unit: Text
    share: NonNegative = Field(1.0, description="Of the figure for the whole line, what counts here.")
    whole_line: tuple[Figure, ...] = ()
    fixed: tuple[Figure, ...] = ()


class Factor(Closed):
    """A factor that all theatres share."""

    value: Positive
    source: Text
    grade: Grade


class CourseRule(Closed):
    """The one course of action of every operation."""

    name: Name
    summary: Text
    strongholds: StrongholdChoice
    days_back: Positive
    reach_km: Positive = Field(description="Ground farther than this from every goal does not count.")
    evenly: Share
    prefer: Prefer


class Policy(Closed):
    """The whole of `policy.yaml`."""

    main_direction: Factor
    formation_men: Positive
    line_km: tuple[Stated, ...]
    attacker: dict[str, Rule]
    defender: dict[str, Rule]
    course: CourseRule


@cache
def load_policy() -> Policy:
    """Read the policy that ships."""
    file = resources.files("redan.bundled").joinpath("history", "policy.yaml")
    return Policy.model_validate(YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")))


def known_by(figures: Sequence[Any], day: dt.date) -> Any:
    """The last of some figures known on a day.

    Raises
    ------
    ValueError
        None was.
    """
    known = [figure for figure in figures if figure.known <= day]
    if not known:
        raise ValueError(f"the policy knows nothing by {day}")
    return max(known, key=lambda figure: figure.known)


def forces_on(day: dt.date, front_km: float, policy: Policy | None = None) -> dict[str, Any]:
    """The `forces` of a theatre with so many km of line of contact, as a scenario writes them.

    Parameters
    ----------
    day
        Day 0: nothing known later is used.
    front_km
        Length of the theatre's own coarse line of contact, km.
    """
    policy = policy or load_policy()
    line = known_by(policy.line_km, day)
    part = policy.main_direction.value * front_km / line.value
    return {
        side: {
            "formation_men": policy.formation_men,
            **{
                key: _quantity(rule, day, part, front_km, line)
                for key, rule in _rules_of(policy, side).items()
            },
        }
        for side in SIDES
    }


def _rules_of(policy: Policy, side: str) -> Mapping[str, Rule]:
    """The rules of one side, by key of the forces."""
    rules: Mapping[str, Rule] = getattr(policy, side)
    return rules


def _quantity(rule: Rule, day: dt.date, part: float, front_km: float, line: Stated) -> dict[str, Any]:
    """One quantity: the whole line's figure times what falls to the theatre, or a figure that stands."""
    figure = known_by(rule.whole_line or rule.fixed, day)
    factor = part * rule.share if rule.whole_line else 1.0
    spread = {key: _round(getattr(figure, key) * factor) for key in ("low", "mode", "high")}
    source = figure.source
    if rule.whole_line:
        basis = f"{figure.mode:,.0f} on {line.value:,.0f} km of line, times {rule.share:g}"
        source = f"by the common rule (policy.yaml) for {front_km:.0f} km of line, from {basis}: {source}"
    return {
        "distribution": {"kind": "triangular", **spread},
        "unit": rule.unit,
        "grade": "C" if rule.whole_line else figure.grade,
        "source": source,
        "known": max(figure.known, line.known) if rule.whole_line else figure.known,
    }


def _round(value: float) -> float:
    """Round to a few significant figures, since no input has more."""
    return float(f"{value:.{FIGURES}g}")


def course_for(goals: Sequence[str], shares: Mapping[str, float], policy: Policy | None = None) -> Any:
    """The one course, as a scenario writes it: an axis to each goal, effort by `shares`, which sum to 1."""
    rule = (policy or load_policy()).course
    return {
        rule.name: {
            "summary": rule.summary,
            "strongholds": rule.strongholds,
            "axes": [{"name": goal, "toward": goal} for goal in goals],
            "phases": [
                {
                    "name": "as-before",
                    "effort": 1.0,
                    "shares": dict(shares),
                    "prefer": rule.prefer.model_dump(),
                }
            ],
        }
    }
