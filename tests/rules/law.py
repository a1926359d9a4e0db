"""What is stated of a rule in `laws/`, one file for each file of rules, and tested of all alike."""

from __future__ import annotations

import math
from dataclasses import dataclass

UNIT = (0.0, 1.0)
INF = math.inf

Case = tuple[tuple[float, ...], float]  # arguments in the order of the function, result


@dataclass(frozen=True)
class Law:
    """A rule of plain numbers.

    `ranges` of the arguments in their order, by any short name; the arguments in which the result `rises` and
    `falls`; the `bounds` of the result; `values` that a study gives or that were worked out with a pocket
    calculator from the equation on the rule's page; `limits`: zero men, no drones, no supply. `direction`
    names a test (`module.function` in this folder) where no argument acts in one direction over its range.
    """

    ranges: dict[str, tuple[float, float]]
    rises: tuple[str, ...] = ()
    falls: tuple[str, ...] = ()
    bounds: tuple[float, float] = (0.0, INF)
    values: tuple[Case, ...] = ()
    limits: tuple[Case, ...] = ()
    direction: str = ""


@dataclass(frozen=True)
class Apart:
    """A rule that fills arrays or returns several numbers: its tests, as `module.function` in this folder."""

    values: str
    limits: str
    direction: str
