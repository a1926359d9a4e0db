"""A group of replications, as it is written: an event that came, perhaps by a day, or a measure's bound.

`taken:kramatorsk` are the replications in which it came by the horizon, `taken:kramatorsk<=365` those in
which it came by that day, `losses:attacker>300000` those above that number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.censored import event_days
from redan.vocabulary.errors import InputError, suggest

Bools = NDArray[np.bool_]
OPTION: Final = "--group"
WRITTEN: Final = re.compile(r"\s*(?P<name>[^<>=]+?)\s*(?:(?P<sign><=|>=|<|>)\s*(?P<number>\S+))?\s*")
SIGNS: Final = {"<=": np.less_equal, ">=": np.greater_equal, "<": np.less, ">": np.greater}
#: Fewer than this many on one side say nothing of what sets them apart.
LEAST: Final = 20


@dataclass(frozen=True)
class Group:
    """What a replication must be to belong.

    Attributes
    ----------
    sign, number
        None: the event has only to come.
    """

    name: str
    sign: str | None
    number: float | None
    is_event: bool

    def members(self, rows: pl.DataFrame) -> Bools:
        """Which rows of one course belong."""
        values = event_days(rows, self.name) if self.is_event else rows[self.name].to_numpy()
        if self.sign is None or self.number is None:
            return np.isfinite(values)
        found: Bools = SIGNS[self.sign](values, self.number)
        return found

    def __str__(self) -> str:
        return self.name if self.sign is None else f"{self.name} {self.sign} {self.number:g}"


def read_group(text: str, events: Sequence[str], measures: Sequence[str]) -> Group:
    """Read a group.

    Parameters
    ----------
    events, measures : ids that there are

    Raises
    ------
    InputError : it cannot be read
    """
    found = WRITTEN.fullmatch(text)
    name = text if found is None else found["name"]
    if found is None or name not in (*events, *measures):
        remedy = suggest(name, [*events, *measures])
        raise InputError.of(OPTION, 0, text, "there is no such event or measure", remedy)
    is_event = name in events
    if found["sign"] is None:
        if not is_event:
            problem = "is a measure without a bound"
            raise InputError.of(OPTION, 0, text, problem, f"write for instance {name}>1000")
        return Group(name, None, None, is_event)
    try:
        number = float(found["number"])
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InputError.of(OPTION, 0, text, f"{found['number']} is no number", "give one")
    return Group(name, found["sign"], number, is_event)


def enough(group: Group, members: Bools) -> None:
    """Refuse a group that is too small, or that leaves too few others.

    Raises
    ------
    InputError : fewer than `LEAST` on one side
    """
    inside = int(members.sum())
    if min(inside, members.size - inside) < LEAST:
        problem = f"holds {inside} of {members.size} replications"
        remedy = f"{LEAST} in it and {LEAST} outside are needed: another group, or more replications"
        raise InputError.of(OPTION, 0, str(group), problem, remedy)
