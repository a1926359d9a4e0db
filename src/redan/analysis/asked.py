"""Measures by the names a user gives them: an event stands for its day, counted to the horizon at most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.censored import event_days, restricted_days
from redan.analysis.compare import RESTRICTED
from redan.vocabulary.errors import Fault, InputError, suggest
from redan.vocabulary.outcomes import LOWER, Measure, event_names, measures

F64 = NDArray[np.float64]
#: What a study is about where nobody says: days, losses, ground, people.
HEADLINE: Final = ("ended", "losses:attacker", "losses:defender", "area_gained_km2", "residents_left")
MEANING: Final = "mean of the event's day or the horizon, whichever is first"


def asked_measures(
    names: Sequence[str] | None, objectives: Sequence[str], *, option: str = "--measure"
) -> list[Measure]:
    """Return measures by name: `losses:attacker`, `taken:kramatorsk` or `restricted_mean_days:ended`.

    Parameters
    ----------
    names : None or empty: `HEADLINE`
    objectives : slugs

    Raises
    ------
    InputError : an unknown name, or one given twice
    """
    registered = {m.name: m for m in measures(objectives)}
    events = event_names(objectives, ())
    found: dict[str, Measure] = {}
    faults = []
    for name in names or HEADLINE:
        event = name.removeprefix(RESTRICTED)
        if event in events:
            measure = days_to(event)
        elif name in registered:
            measure = registered[name]
        else:
            problem = "there is no such event or measure"
            faults.append(Fault(option, 0, name, problem, suggest(name, [*events, *registered])))
            continue
        if measure.name in found:
            faults.append(Fault(option, 0, name, "is named twice", "name it once"))
        found[measure.name] = measure
    if faults:
        raise InputError(faults)
    return list(found.values())


def is_asked(name: str, asked: Sequence[str] | None) -> bool:
    """Whether an event or measure is among those asked for, by its name or its kind; None: all are."""
    return asked is None or name in asked or name.partition(":")[0] in asked


def days_to(event: str) -> Measure:
    """Return the days until an event as a measure, counted to the horizon at most."""
    return Measure(RESTRICTED + event, "days", LOWER, MEANING)


def values(rows: pl.DataFrame, measure: Measure) -> F64:
    """Return a measure by replication; of days, `inf` where the event had not come by the horizon."""
    if measure.name.startswith(RESTRICTED):
        return event_days(rows, measure.name.removeprefix(RESTRICTED))
    return rows[measure.name].to_numpy().astype(np.float64)


def counted(rows: pl.DataFrame, measure: Measure, horizon_days: float) -> F64:
    """Return a measure by replication as it enters a mean: a day at most at the horizon."""
    found = values(rows, measure)
    return restricted_days(found, horizon_days) if measure.name.startswith(RESTRICTED) else found
