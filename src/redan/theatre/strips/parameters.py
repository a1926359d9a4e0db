"""Parameters of a strip: the register as of a date, the forces, and what is fixed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Mapping
from typing import Final

from redan.vocabulary.distributions import Distribution
from redan.vocabulary.parameters import Parameter, Register, load_register

INVENTED: Final = "invented: a strip is no place"
QUIET: Final[Mapping[str, float]] = {
    "attacker_guns": 0.0,
    "defender_guns": 0.0,
    "attacker_drones_per_day": 0.0,
    "defender_drones_per_day": 0.0,
    "attacker_jamming": 0.0,
    "defender_jamming": 0.0,
    "attacker_replacements_per_day": 0.0,
    "defender_replacements_per_day": 0.0,
    "attacker_reserve_share": 0.0,
    "defender_reserve_share": 0.0,
    "outside_share_attacker": 0.0,
    "outside_share_defender": 0.0,
}


def strip_parameters(
    date: dt.date, fixed: Mapping[str, float], *, register: Register | None = None
) -> dict[str, Parameter]:
    """Parameters in force on a strip at a date, in register order (`scenario.parameters` draws them).

    What the scenario of a real place must give is 0 here (`QUIET`) but for the men of both sides, which
    `fixed` must hold with whatever else is not to be drawn. Where the register holds nothing for the date,
    the entry nearest in time stands in: what began later (drones) has no effect while there are none.

    Raises
    ------
    KeyError
        A name that is not in the register, or forces without their men.
    ValueError
        A number outside the register's range.
    """
    register = register or load_register()
    given = {**QUIET, **fixed}
    for name in given:
        if name not in register.names:
            raise KeyError(name)
    found = {}
    for name in register.names:
        entry = _entry(register, name, date)
        found[name] = _fixed(entry, given[name]) if name in given else entry
        if math.isnan(found[name].value):  # what a scenario must give, and this strip did not
            raise KeyError(name)
    return found


def _entry(register: Register, name: str, date: dt.date) -> Parameter:
    """The entry of a name that holds on a date, or the one nearest in time."""
    entries = [entry for entry in register.entries if entry.name == name]
    return min(entries, key=lambda entry: _days_off(entry, date))


def _days_off(entry: Parameter, date: dt.date) -> int:
    """Days from a date to the time an entry holds for, 0 within it."""
    before = (entry.valid_from - date).days if entry.valid_from else 0
    after = (date - entry.valid_to).days if entry.valid_to else 0
    return max(0, before, after)


def _fixed(entry: Parameter, value: float) -> Parameter:
    """The entry with a value that is not drawn."""
    if not entry.low <= value <= entry.high:
        raise ValueError(f"{entry.name}: {value:g} is outside {entry.label}")
    spread = Distribution("fixed")
    return dataclasses.replace(entry, value=float(value), distribution=spread, source=INVENTED, grade="C")
