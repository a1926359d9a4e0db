"""`--until-width`: go on until intervals are as narrow as was asked for (Chow and Robbins 1965).

The rule: after each stage the 90 % interval of what was asked for is computed as if the number of
replications had been fixed beforehand, and playing stops at the first look at which it is no wider than
asked, in every course. That is the sequential procedure of Chow and Robbins (1965, doi
10.1214/aoms/1177700156); its coverage tends to the nominal one as the width asked for shrinks, and a
minimum of replications keeps it from stopping on an early interval that is narrow by luck. A probability
has Wilson's interval with continuity correction, a mean Student's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.analysis.asked import counted
from redan.analysis.censored import event_days, of_course
from redan.analysis.compare import RESTRICTED
from redan.analysis.intervals import mean_interval, wilson
from redan.forecast.document import measures_of
from redan.runs.stepwise import Stopping
from redan.runs.tables import Tables
from redan.vocabulary.errors import Fault, InputError, suggest
from redan.vocabulary.outcomes import LOWER, Measure, event_names, measures

F64 = NDArray[np.float64]
OPTION: Final = "--until-width"
CONFIDENCE: Final = 0.90
LEAST: Final = 200
#: Replications at which it stops in any case, where nobody says.
MOST: Final = 10_000
RULE: Final = "Chow-Robbins"


@dataclass(frozen=True)
class Goal:
    """An event's probability by the horizon, or a measure's mean, and how wide its interval may be."""

    measure: str
    width: float


def read_goals(texts: Sequence[str], objectives: Sequence[str]) -> list[Goal]:
    """Read `taken:kramatorsk=0.05` and the like.

    Raises
    ------
    InputError : every fault found
    """
    events = event_names(objectives, ())
    known = [*events, *(m.name for m in measures(objectives)), *(RESTRICTED + event for event in events)]
    goals: dict[str, Goal] = {}
    faults = []
    for text in texts:
        name, equals, number = text.partition("=")
        width = _number(number)
        if not equals or width is None:
            remedy = "write for instance taken:kramatorsk=0.05"
            faults.append(
                Fault(OPTION, 0, text, "is not of the form MEASURE=WIDTH with a width above 0", remedy)
            )
        elif name not in known:
            faults.append(Fault(OPTION, 0, name, "there is no such event or measure", suggest(name, known)))
        elif name in goals:
            faults.append(Fault(OPTION, 0, name, "is named twice", "name it once"))
        else:
            goals[name] = Goal(name, width)
    if faults:
        raise InputError(faults)
    return list(goals.values())


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) and found > 0.0 else None


def stopping(goals: Sequence[Goal]) -> Stopping:
    """Return the rule for these goals."""
    rule = {
        "name": RULE,
        "confidence": CONFIDENCE,
        "least": LEAST,
        "widths": {goal.measure: goal.width for goal in goals},
    }

    def look(tables: Tables) -> tuple[Mapping[str, Any], bool]:
        found = [
            {
                "measure": goal.measure,
                "course": course["name"],
                "width": width(goal.measure, tables, course["name"]),
            }
            for goal in goals
            for course in tables.request["courses"]
        ]
        asked = {goal.measure: goal.width for goal in goals}
        return {"widths": found}, all(one["width"] <= asked[one["measure"]] for one in found)

    return Stopping(rule, look, LEAST)


def goals_of(rule: Mapping[str, Any]) -> list[Goal]:
    """Return the goals of a rule as a run folder holds it."""
    return [Goal(name, float(width)) for name, width in rule["widths"].items()]


def width(name: str, tables: Tables, course: str) -> float:
    """Width of the interval of one event or measure in one course."""
    rows = of_course(tables.replications, course)
    if name in event_names(tables.request["objectives"], ()):
        return interval_width(np.isfinite(event_days(rows, name)).astype(np.float64), is_share=True)
    listed = {m.name: m for m in measures_of(tables.request)}
    measure = listed.get(name, Measure(name, "days", LOWER, ""))
    return interval_width(counted(rows, measure, tables.request["horizon_days"]), is_share=False)


def interval_width(values: F64, *, is_share: bool) -> float:
    """Width of the interval of a share of ones, or of a mean, had the size been fixed beforehand."""
    if is_share:
        low, high = wilson(values.sum(), values.size, confidence=CONFIDENCE)
        return float(high - low)
    found = mean_interval(values, confidence=CONFIDENCE)
    return found.high - found.low
