"""Past towns for which the simulator was run as of a past date: the weight is learned from them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources

from pydantic import BaseModel, ConfigDict, model_validator

from redan.forecast.outside.base_rate import Unknown, standing, taken_by
from redan.forecast.outside.pool import (
    PastScores,
    PoolCase,
    Weight,
    edges_within,
    learn_weight,
    of_cdf,
    of_counts,
    past_scores,
)
from redan.forecast.outside.settings import load_settings
from redan.sources.reference import FOLDER, ReferenceClass, load_reference_class

_CLOSED = ConfigDict(extra="forbid", frozen=True)


class TownCase(BaseModel):
    """One objective of one historical operation.

    Attributes
    ----------
    operation, objective, geonameid, as_of
        Which town, and the day from which it was forecast.
    front_km
        Front to the town's point on that day.
    taken_day, followed_days
        Day on which it was taken; or, where it was not, for how many days that is known.
    replications, edges_days, came_by
        The simulator's own forecast, course `as_is`: how many of so many replications had it taken by each
        edge.
    command
        What made it.
    """

    model_config = _CLOSED

    operation: str
    objective: str
    geonameid: int | None
    as_of: datetime.date
    front_km: float
    taken_day: int | None
    followed_days: int
    replications: int
    edges_days: tuple[int, ...]
    came_by: tuple[int, ...]
    command: str

    @model_validator(mode="after")
    def _is_whole(self) -> TownCase:
        if len(self.edges_days) != len(self.came_by) or list(self.edges_days) != sorted(self.edges_days):
            raise ValueError("edges_days and came_by are not one rising count for each edge")
        if list(self.came_by) != sorted(self.came_by) or self.came_by[-1] > self.replications:
            raise ValueError("came_by does not rise, or is more than the replications")
        return self


class TownCases(BaseModel):
    """`bundled/reference/pool_cases.json`: made by `tools/pool_cases.py`."""

    model_config = _CLOSED

    cases: tuple[TownCase, ...]


@cache
def load_cases() -> tuple[TownCase, ...]:
    """Read the bundled cases."""
    path = resources.files("redan.bundled").joinpath(FOLDER, "pool_cases.json")
    return TownCases.model_validate_json(path.read_text(encoding="utf-8")).cases


def pool_case(case: TownCase) -> PoolCase | None:
    """Set both forecasts of a town beside each other; None where the class has none of its own.

    Battles are taken as they were known on the case's day: those that began later are left out, and what
    ended later, this very town included, was still running. There are too few approaches for that: all but
    the town's own are used, which is hindsight about other towns.
    """
    whole = load_reference_class()
    known = whole.known_on(case.as_of)
    at = standing(known, case.geonameid, case.front_km, case.as_of)
    if isinstance(at, Unknown):
        return None
    others = whole.without(case.geonameid).approaches
    known = ReferenceClass(known.battles, others)
    at = at if at.is_fight else replace(at, is_in_class=False)
    edges = edges_within(load_settings().interval_edges_days, case.edges_days[-1])
    if not set(edges) <= set(case.edges_days):
        return None
    by_day = taken_by(known, at, edges[-1])
    if by_day is None:
        return None
    came = [case.came_by[case.edges_days.index(edge)] for edge in edges]
    first, last = _observed(case, edges)
    return PoolCase(of_counts(came, case.replications), of_cdf(by_day, edges), first, last)


def _observed(case: TownCase, edges: Sequence[int]) -> tuple[int, int]:
    """Intervals in which the day lay, or may lie where the town still stood when last heard of."""
    if case.taken_day is not None:
        inside = sum(edge < case.taken_day for edge in edges)
        return inside, inside
    return sum(edge <= case.followed_days for edge in edges), len(edges)


@lru_cache(maxsize=1)
def bundled_cases() -> tuple[PoolCase, ...]:
    """The bundled cases with both forecasts; a town that stands in several operations is shared out."""
    listed = load_cases()
    towns = Counter(case.geonameid for case in listed)
    return tuple(
        replace(found, count=1.0 / towns[case.geonameid] if case.geonameid else 1.0)
        for case in listed
        if (found := pool_case(case)) is not None
    )


@lru_cache(maxsize=1)
def learned_weight() -> Weight:
    """The weight of the simulator, from the bundled cases and the prior of the settings."""
    settings = load_settings()
    return learn_weight(bundled_cases(), settings.weight_prior_mean, settings.weight_prior_cases)


@lru_cache(maxsize=1)
def bundled_scores() -> PastScores | None:
    """How the base rate, the simulator and their pool did on the bundled cases."""
    settings = load_settings()
    return past_scores(bundled_cases(), settings.weight_prior_mean, settings.weight_prior_cases)
