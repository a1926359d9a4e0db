"""What was observed of an operation beside what a run of it says: one row a fact, good and bad."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.operations.observe import BEFORE_DAYS
from redan.runs.folder import RunFolder
from redan.scenario.models.observed import Milestone, Observed
from redan.scenario.observed import read_observed
from redan.scenario.scenario import Scenario
from redan.vocabulary.outcomes import slug

F64 = NDArray[np.float64]
COURSE: Final = "as_is"
LOW, HIGH = 0.1, 0.9
KINDS: Final = ("milestone", "distance", "area", "residents")


@dataclass(frozen=True)
class Row:
    """One observed fact and the run's distribution for it.

    Attributes
    ----------
    kind, what
        One of `KINDS`; town and event, or town and date.
    unit
        day (from day 0), km, km2 or share of the residents of day 0.
    observed_low, observed, observed_high
        The fact and its interval. A censored milestone has its censoring day as low and no upper end.
    p10, p50, p90
        Of the run; infinite where it has not happened by the horizon.
    below
        Share of the run below the fact: where the truth falls in the forecast, 0.5 in its middle. For a
        censored milestone the share that had happened by then.
    holds
        Whether the 80 % interval of the run meets the interval of the fact.
    """

    kind: str
    what: str
    unit: str
    observed_low: float
    observed: float
    observed_high: float
    p10: float
    p50: float
    p90: float
    below: float
    holds: bool
    persistence: float | None = None  # of area: the 90 days before day 0 going on


def observed_of(scenario: Scenario) -> Observed:
    """What was observed of a scenario's operation.

    Raises
    ------
    ValueError
        It has no observations.
    """
    if scenario.observed is None:
        raise ValueError(f"{scenario.name} has no observations")
    return read_observed(scenario.file_text(scenario.observed), scenario.observed)


def compare(scenario: Scenario, run: RunFolder) -> list[Row]:
    """Every fact of an operation that a run can be held to, in the order of `observed.yaml`."""
    observed = observed_of(scenario)
    world = _World(scenario, run)
    return [
        *_milestones(observed, world),
        *_distances(observed, world),
        *_area(observed, world),
        *_residents(observed, world),
    ]


class _World:
    """A run, asked in days from day 0."""

    def __init__(self, scenario: Scenario, run: RunFolder) -> None:
        self.start = scenario.as_of
        self.horizon = run.horizon_days
        self.objectives = set(scenario.objectives)
        self.residents = {p.name: p.residents.value for p in scenario.places if p.residents is not None}
        self.events = run.replications.filter(run.replications["course"] == COURSE)
        self.series = run.series.filter(run.series["course"] == COURSE)

    def day(self, date: dt.date) -> float:
        return float((date - self.start).days)

    def event_days(self, event: str) -> F64:
        """[replication] day of an event, infinite where it never came."""
        days = np.array(self.events[event].cast(float).fill_null(np.inf).to_list(), np.float64)
        return np.where(days < 0.0, np.inf, days)

    def values(self, measure: str, day: float) -> F64:
        """[replication] a measure on a day."""
        return self.series.filter(self.series["day"] == int(day))[measure].to_numpy().astype(np.float64)


def row_of(kind: str, what: str, unit: str, fact: tuple[float, float, float], sample: F64) -> Row:
    """A row from a fact (low, best, high) and the run's sample."""
    low, best, high = fact
    # a quantile between two numbers of which one is infinite is infinite, not none
    p10, p50, p90 = (float(np.quantile(sample, p, method="higher")) for p in (LOW, 0.5, HIGH))
    below = float(np.mean(sample < best) + 0.5 * np.mean(sample == best))
    return Row(kind, what, unit, low, best, high, p10, p50, p90, below, p10 <= high and low <= p90)


def _milestones(observed: Observed, world: _World) -> Iterator[Row]:
    """Milestones by the grid, and as reported where the grid cannot tell: isolation and the end."""
    reported = [item for item in observed.reported if item.event in ("isolated", "ended")]
    for item in [*observed.milestones, *reported]:
        if item.town not in world.objectives:
            continue
        fact = _fact_of(item, observed, world)
        if fact is None:
            continue
        event = "taken" if item.event == "ended" else item.event
        sample = world.event_days(f"{event}:{slug(item.town)}")
        if item.event == "ended":
            left = [world.event_days(f"{how}:{slug(item.town)}") for how in ("withdrawn", "routed")]
            sample = np.minimum.reduce([sample, *left])
        words = f"{item.town} {item.event}" + (" (reported)" if item in reported else "")
        yield row_of("milestone", words, "day", fact, sample)


def _fact_of(item: Milestone, observed: Observed, world: _World) -> tuple[float, float, float] | None:
    """Days of a milestone; None where it was reached before day 0, or where the run ends before it."""
    if item.censored is not None:
        end = min(world.day(observed.until), float(world.horizon))
        return end, end, np.inf
    assert item.day is not None  # a milestone has a day or is censored
    best = world.day(item.day)
    if best <= 0.0 or best > world.horizon:
        return None
    low = world.day(item.earliest) if item.earliest else best
    high = world.day(item.latest) if item.latest else best
    return max(low, 0.0), best, high


def _inside(day: float, world: _World) -> bool:
    return 0.0 < day <= world.horizon


def _distances(observed: Observed, world: _World) -> Iterator[Row]:
    for item in observed.front_distance_km:
        day = world.day(item.date)
        if _inside(day, world) and item.town in world.objectives:
            fact = (item.km - item.plus_minus_km, item.km, item.km + item.plus_minus_km)
            sample = world.values(f"front_distance_km:{slug(item.town)}", day)
            yield row_of("distance", f"{item.town} {item.date}", "km", fact, sample)


def _area(observed: Observed, world: _World) -> Iterator[Row]:
    for item in observed.area:
        day = world.day(item.date)
        if _inside(day, world):
            fact = (item.gained_km2, item.gained_km2, item.gained_km2 + item.unknown_km2)
            row = row_of("area", str(item.date), "km2", fact, world.values("area_gained_km2", day))
            before = observed.gained_before_km2
            yield row if before is None else replace(row, persistence=before * day / BEFORE_DAYS)


def _residents(observed: Observed, world: _World) -> Iterator[Row]:
    """Shares of the residents of day 0: the run counts the footprint, a count the whole town."""
    for item in observed.residents:
        day, start = world.day(item.date), world.residents.get(item.town)
        if not _inside(day, world) or start is None or item.town not in world.objectives:
            continue
        measure = f"residents:{slug(item.town)}"
        share = world.values(measure, day) / np.maximum(world.values(measure, 0.0), 1.0)
        fact = tuple(
            x / start for x in (item.value - item.plus_minus, item.value, item.value + item.plus_minus)
        )
        yield row_of("residents", f"{item.town} {item.date}", "share", (fact[0], fact[1], fact[2]), share)


def summarise(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """By kind: how many facts, how many inside the 80 %, and where the truth falls on the mean."""
    found = {}
    for kind in KINDS:
        of_kind = [row for row in rows if row.kind == kind]
        if of_kind:
            found[kind] = {
                "facts": len(of_kind),
                "inside": sum(row.holds for row in of_kind),
                "mean_below": float(np.mean([row.below for row in of_kind])),
                **_errors(of_kind),
            }
    return found


def _errors(rows: Sequence[Row]) -> dict[str, float]:
    """Mean error of the run's median and of persistence, where there is persistence."""
    with_both = [row for row in rows if row.persistence is not None]
    if not with_both:
        return {}
    return {
        "error": float(np.mean([abs(row.p50 - row.observed) for row in with_both])),
        "error_of_persistence": float(
            np.mean([abs((row.persistence or 0.0) - row.observed) for row in with_both])
        ),
    }
