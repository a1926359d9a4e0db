"""The outside view of a run: for each objective the reference class, the simulator and both pooled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.censored import event_days, of_course
from redan.forecast.outside import pool
from redan.forecast.outside.base_rate import Standing, Unknown, ended_how, standing, taken_by
from redan.forecast.outside.cases import bundled_scores, learned_weight
from redan.forecast.outside.settings import load_settings
from redan.sources.reference import ReferenceClass, load_reference_class
from redan.vocabulary.outcomes import slug

F64 = NDArray[np.float64]
#: The only course that is a forecast of what will be done, and so the only one that is pooled (DESIGN 5).
POOLED_COURSE: Final = "as_is"
REFERENCE: Final = "reference_class"
SIMULATOR: Final = "simulator"
POOLED: Final = "pooled"
LEVELS: Final = (0.10, 0.50, 0.90)
CLOCK_WORDS: Final = {
    "within_20km": "front within 20 km",
    "within_10km": "front within 10 km",
    "within_5km": "front within 5 km",
    "assault": "under assault",
}


@dataclass(frozen=True)
class Objective:
    """What is known of one objective on every view.

    Attributes
    ----------
    front_km
        Front to the town's point on day 0; None where the run does not hold it.
    at
        Its clock, or why there is none.
    curves
        View -> probability that it is taken by the end of each day, [0 .. horizon].
    selections
        Selection of the class -> the same.
    """

    front_km: float | None
    at: Standing | Unknown
    curves: dict[str, F64]
    selections: dict[str, F64]


def objectives(
    request: Mapping[str, Any], daily: pl.DataFrame, replications: pl.DataFrame
) -> dict[str, Objective]:
    """Return the views of each objective of a run, by slug.

    Parameters
    ----------
    request : the run's manifest, or what it will be
    daily, replications : its tables
    """
    resolved, horizon = request["resolved"], int(request["horizon_days"])
    day = date.fromisoformat(request["as_of"])
    known = load_reference_class().known_on(day)
    courses = [course["name"] for course in request["courses"]]
    fronts = fronts_of(daily, courses[0])
    ids = {slug(place["name"]): place.get("geonameid") for place in resolved.get("places") or ()}
    own = of_course(replications, POOLED_COURSE) if POOLED_COURSE in courses else None
    found = {}
    for name in request["objectives"]:
        front = fronts.get(name)
        if not resolved.get("real_place"):
            at: Standing | Unknown = Unknown("the place is invented: no battle of the past is like it")
        elif front is None:
            at = Unknown("the run does not hold the distance of the front on day 0")
        else:
            at = standing(known, ids.get(name), front, day)
        came = None if own is None else event_days(own, f"taken:{name}")
        found[name] = _objective(known, at, front, came, horizon)
    return found


def fronts_of(daily: pl.DataFrame, course: str) -> dict[str, float]:
    """Distance of the front on day 0, km, by objective."""
    measure = pl.col("measure").cast(pl.String)
    rows = daily.filter(
        (pl.col("day") == 0)
        & (pl.col("course").cast(pl.String) == course)
        & measure.str.starts_with("front_distance_km:")
    )
    return {
        name.partition(":")[2]: float(value)
        for name, value in rows.select(measure, "p50").iter_rows()
        if np.isfinite(value)
    }


def _objective(
    known: ReferenceClass, at: Standing | Unknown, front: float | None, came: F64 | None, horizon: int
) -> Objective:
    """Views of one objective; `came` is the simulator's day of each replication."""
    if isinstance(at, Unknown):
        return Objective(front, at, {}, {})
    settings = load_settings()
    base = taken_by(known, at, horizon)
    if base is None:
        return Objective(front, Unknown("too few battles of the class were known on the date"), {}, {})
    curves = {REFERENCE: base}
    if came is not None:
        edges = pool.edges_within(settings.interval_edges_days, horizon)
        weight = learned_weight()
        joint = pool.pool(pool.of_sample(came, edges), pool.of_cdf(base, edges), weight.value, weight.kind)
        days = np.arange(horizon + 1, dtype=np.float64)
        simulated = np.searchsorted(np.sort(came), days, side="right") / came.size
        curves |= {SIMULATOR: np.asarray(simulated, np.float64), POOLED: pool.cdf_of(joint, edges)}
    others = {one.name: taken_by(known, at, horizon, one) for one in settings.selections}
    return Objective(front, at, curves, {name: c for name, c in others.items() if c is not None})


def quantile_day(by_day: F64, level: float) -> float | None:
    """Earliest day by which the probability reaches `level`; None past the horizon."""
    position = int(np.searchsorted(by_day, level - 1e-12, side="left"))
    return float(position) if position < by_day.size else None


def view_document(
    found: Mapping[str, Objective],
    request: Mapping[str, Any],
    days: Sequence[int],
    claimed: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Say the outside view as plain data: the `outside_view` of the forecast's document.

    Parameters
    ----------
    found : views of each objective
    request : the run's manifest
    days : days at which probabilities are given, none past the horizon
    claimed : what sources say of the time until objectives are taken
    """
    horizon = int(request["horizon_days"])
    at = sorted({*days, *(c["within_days"] for c in claimed if c["within_days"] <= horizon)})
    has_course = POOLED_COURSE in [course["name"] for course in request["courses"]]
    why = None if has_course else f"course {POOLED_COURSE} was not played, and only it is pooled"
    learned, scored = learned_weight(), bundled_scores()
    settings = load_settings()
    return {
        "course": POOLED_COURSE if has_course else None,
        "why_not_pooled": why,
        "reference_class": _class_facts(date.fromisoformat(request["as_of"]), at),
        "weight": {
            "simulator": learned.value,
            "interval90": [learned.low, learned.high],
            "cases": learned.cases,
            "prior_mean": settings.weight_prior_mean,
            "pool": learned.kind,
            "past_log_score": None if scored is None else asdict(scored),
        },
        "claimed": [dict(claim) for claim in claimed],
        "objectives": {name: _said(one, at) for name, one in found.items()},
    }


def _class_facts(day: date, days: Sequence[int]) -> dict[str, Any]:
    """What is in the class on a day, and how its fights had ended by so many days since they began."""
    known = load_reference_class().known_on(day)
    states = [battle.end_state for battle in known.battles]
    return {
        "as_of": day.isoformat(),
        "battles": len(states),
        "wars": len({battle.war for battle in known.battles}),
        "taken": sum(state not in ("held", "censored") for state in states),
        "held": states.count("held"),
        "censored": states.count("censored"),
        "read": sum(battle.is_read for battle in known.battles),
        "approaches": len(known.approaches),
        "selections": {one.name: one.words for one in load_settings().selections},
        "ended_by_day": {
            end: dict(zip(map(str, days), shares, strict=True))
            for end, shares in (ended_how(known.battles, days) if known.battles else {}).items()
        },
    }


def _said(one: Objective, days: Sequence[int]) -> dict[str, Any]:
    """One objective as plain data."""
    if isinstance(one.at, Unknown):
        return {"clock": None, "why": one.at.why, "front_km": one.front_km, "views": {}}
    return {
        "clock": one.at.clock,
        "clock_words": CLOCK_WORDS[one.at.clock],
        "since": one.at.since.isoformat(),
        "elapsed_days": one.at.elapsed_days,
        "note": one.at.note,
        "why": None,
        "front_km": one.front_km,
        "views": {name: _curve(curve, days) for name, curve in one.curves.items()},
        "selections": {name: _curve(curve, days) for name, curve in one.selections.items()},
    }


def _curve(by_day: F64, days: Sequence[int]) -> dict[str, Any]:
    """Probability by each day, and quantiles of the day."""
    return {
        "p_by_day": {str(day): float(by_day[day]) for day in days},
        "day": {f"p{round(100 * level):02d}": quantile_day(by_day, level) for level in LEVELS},
    }
