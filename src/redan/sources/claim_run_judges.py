"""Judges of claims about parameters and about the future: the claim against a scenario and a forecast run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from redan.sources import claims
from redan.sources.claim_grounds import Grounds, Judged, RunFacts, percent
from redan.sources.claims import Fact


def _parameter(check: claims.ParameterCheck, _: Mapping[str, Any], grounds: Grounds) -> Judged:
    low, high = check.independent
    used = grounds.parameters.get(check.name)
    says = f"independent: {low:g} to {high:g} {check.unit} ({check.source})"
    numbers: dict[str, Fact | None] = {"independent_low": low, "independent_high": high}
    if used is not None:
        says += (
            f". This scenario draws {check.name} from {used.low:.3g} to {used.high:.3g} {used.unit}"
            f" (grade {used.grade}): {check.meaning}"
        )
        numbers |= {"used_low": used.low, "used_high": used.high}
    if low <= check.says <= high:
        return "supported", says, numbers
    near = low / check.stretch <= check.says <= high * check.stretch
    return ("partly" if near else "contradicted"), says, numbers


def likeliest(run: RunFacts, prefix: str) -> float | None:
    """Largest probability by the horizon of the events that begin with `prefix`, over courses."""
    seen = [
        max(by_day.values())
        for events in run.p_by_day.values()
        for event, by_day in events.items()
        if event.startswith(prefix) and by_day
    ]
    return max(seen, default=None)


def _forecast(check: claims.ForecastCheck, _: Mapping[str, Any], grounds: Grounds) -> Judged:
    chosen = "".join(f" --course {course}" for course in check.courses)
    command = f"redan forecast {grounds.scenario}{chosen}"
    if grounds.run is None:
        return "open", f"no run given: make one with `{command}` and pass its folder with --run", {}
    numbers: dict[str, Fact | None] = {}
    parts: list[str] = []
    for course, events in grounds.run.p_by_day.items():
        if check.courses and course not in check.courses:
            continue
        for event in check.events:
            by_day = events.get(event, {})
            known = [day for day in by_day if day <= check.within_days]
            if not known:
                continue
            day = max(known)
            numbers[f"{course}.{event}.p_by_{day}"] = by_day[day]
            spread = ", ".join(_day_words(v) for v in grounds.run.day[course][event].values())
            parts.append(
                f"{course}, {event} by day {day}: {percent(by_day[day])}; 10, 50, 90 % by day {spread}"
            )
    if not parts:
        return (
            "open",
            f"the run {grounds.run.path} has no such course or events: make one with `{command}`",
            {},
        )
    run = grounds.run
    size = f"{run.replications} replications, horizon {run.horizon_days} days, run {run.path}"
    return "answered", f"{'. '.join(parts)} ({size})", numbers


def _day_words(day: float | None) -> str:
    return "past the horizon" if day is None else f"{day:.0f}"


def _comparison(check: claims.ComparisonCheck, _: Mapping[str, Any], grounds: Grounds) -> Judged:
    if grounds.run is None:
        command = f"redan forecast {grounds.scenario}"
        return "open", f"no run given: make one with `{command}` and pass its folder with --run", {}
    numbers: dict[str, Fact | None] = {}
    parts: list[str] = []
    for measure in check.measures:
        p = _p_better(grounds.run, check.a, check.b, measure)
        if p is not None:
            numbers[f"p_{check.a}_better.{measure}"] = p
            parts.append(f"{measure} {percent(p)}")
    if not parts:
        return "open", f"the run {grounds.run.path} does not compare {check.a} with {check.b}", {}
    return "answered", f"probability that {check.a} is better than {check.b}: " + ", ".join(parts), numbers


def _p_better(run: RunFacts, a: str, b: str, measure: str) -> float | None:
    """Probability that course `a` is better than `b`, whichever way round the run has the pair."""
    for row in run.comparison:
        if row["measure"] == measure and row["p_a_better"] is not None:
            if (row["a"], row["b"]) == (a, b):
                return float(row["p_a_better"])
            if (row["a"], row["b"]) == (b, a):
                return 1.0 - float(row["p_a_better"])
    return None


def _stated(check: claims.StatedCheck, _: Mapping[str, Any], __: Grounds) -> Judged:
    return check.verdict, check.because, {}


JUDGES: dict[str, Callable[[Any, Mapping[str, Any], Grounds], Judged]] = {
    "parameter": _parameter,
    "forecast": _forecast,
    "comparison": _comparison,
    "stated": _stated,
}
