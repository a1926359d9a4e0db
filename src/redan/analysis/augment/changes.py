"""What is added: more drones for either side, and belts begun earlier or later.

Drones are multiplied where they are drawn, replication by replication, so that all else and the place in the
distribution stay; the register's hard limit still holds. Digging is moved by the month in which each belt was
begun: two more years is what the belts would be had work on them begun two years earlier.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from redan.analysis.points import Points
from redan.scenario.load import from_resolved
from redan.scenario.scenario import Scenario
from redan.vocabulary.codes import ATTACKER, DEFENDER, SIDES
from redan.vocabulary.parameters import Parameter

#: The question: a quarter, a half and as much again.
FACTORS: Final = (1.25, 1.5, 2.0)
MONTHS: Final = 24


@dataclass(frozen=True)
class Change:
    """One thing that is added.

    Attributes
    ----------
    owner
        Side that gets it.
    parameter, factor
        Parameter that is multiplied; empty where belts are moved instead.
    months
        By so many months earlier (below 0: later) every belt was begun.
    """

    name: str
    words: str
    owner: int
    parameter: str = ""
    factor: float = 1.0
    months: int = 0

    def scenario(self, before: Scenario) -> Scenario:
        """Return the scenario with its belts begun at other times."""
        if not self.months:
            return before
        fields = copy.deepcopy(before.resolved())
        for belt in fields["belts"]:
            belt["begun"] = _earlier(belt["begun"], self.months, before.as_of)
        return from_resolved(fields)

    def points(self, before: Points, parameters: Mapping[str, Parameter]) -> Points:
        """Return the points with the parameter multiplied, within its hard range."""
        if not self.parameter:
            return before
        column = list(parameters).index(self.parameter)
        limits = parameters[self.parameter]
        values = before.values.copy()
        values[:, column] = np.clip(self.factor * values[:, column], limits.low, limits.high)
        return Points(values, before.luck)


def _earlier(begun: str, months: int, as_of: date) -> str:
    """`2023-12`, so many months earlier; not after the month of day 0."""
    year, month = (int(part) for part in begun.split("-"))
    moved = min(12 * year + month - 1 - months, 12 * as_of.year + as_of.month - 1)
    return f"{moved // 12:04d}-{moved % 12 + 1:02d}"


def _drones(side: int, factor: float) -> Change:
    more = f"{100 * (factor - 1):.0f}"
    return Change(
        name=f"{SIDES[side]}_drones_{more}",
        words=f"{more} % more drones for the {SIDES[side]}",
        owner=side,
        parameter=f"{SIDES[side]}_drones_per_day",
        factor=factor,
    )


CHANGES: Final = (
    *(_drones(side, factor) for side in (ATTACKER, DEFENDER) for factor in FACTORS),
    Change("digging_more", "two more years of digging", DEFENDER, months=MONTHS),
    Change("digging_less", "two years of digging less", DEFENDER, months=-MONTHS),
)


def described(change: Change) -> dict[str, Any]:
    """Return what a change is as plain data."""
    return {"name": change.name, "words": change.words, "owner": SIDES[change.owner]}
