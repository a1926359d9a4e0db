"""What will happen, before it is run: a scenario as one plain document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from redan.vocabulary.codes import LAYERS, SIDES
from redan.vocabulary.outcomes import slug
from redan.vocabulary.parameters import BY_POSTERIOR

if TYPE_CHECKING:
    from redan.scenario.models.courses import Course, Phase, Trigger
    from redan.views.case import Case
    from redan.vocabulary.parameters import Parameter

#: Said wherever a scenario is described (DESIGN 1, "the boundary").
BOUNDARY: Final = (
    "Operational level only: cells of kilometres, days, battalions without names. Public sources only,"
    " control data at least 90 days old, no live feed, no real unit positions, no targeting, no weapon"
    " engineering, and no search for the best attack on a real place. Redan takes no side; a course is a"
    " plan, not a forecast."
)
#: Parameters of grade C listed by `describe`: those whose range is widest for their value.
WEAKEST: Final = 8


def summary(case: Case) -> dict[str, Any]:
    """What `check` reports of a scenario without faults."""
    scenario, compiled = case.scenario, case.compiled
    claims = case.read_claims()
    return {
        "ok": True,
        "scenario": scenario.name,
        "as_of": scenario.as_of.isoformat(),
        "cells": len(compiled.theatre.cell_id),
        "formations": len(compiled.theatre.formation_id),
        "objectives": list(compiled.objectives),
        "courses": list(scenario.courses),
        "parameters": len(case.parameters),
        "claims": 0 if claims is None else len(claims.claims),
        "warnings": [str(warning) for warning in compiled.warnings],
    }


def describe(case: Case) -> dict[str, Any]:
    """Everything that `redan describe` shows, as plain data."""
    scenario = case.scenario
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "summary": scenario.summary,
        "as_of": scenario.as_of.isoformat(),
        "real_place": scenario.real_place,
        "ground": _ground(case),
        "layers": _layers(case),
        "forces": {side: _of_side(case, side) for side in SIDES},
        "places": _places(case),
        "courses": {name: _course(course) for name, course in scenario.courses.items()},
        "parameters": _grades(case.parameters),
        "posterior": _fit(case),
        "boundary": BOUNDARY,
    }


def _ground(case: Case) -> dict[str, Any]:
    scenario, theatre = case.scenario, case.compiled.theatre
    control = scenario.control
    return {
        "resolution": scenario.place.resolution,
        "cells": len(theatre.cell_id),
        "spacing_km": round(float(theatre.spacing_km[0]), 2),
        "area_km2": round(float(theatre.cell_area_km2.sum())),
        "elevation_m": [round(float(f(theatre.cell_elevation_m))) for f in (np.min, np.max)],
        "residents_on_day_0": round(float(theatre.cell_residents.sum())),
        "roads": [{"name": road.name, "kind": road.kind, "grade": road.grade} for road in scenario.roads],
        "rivers": [{"name": river.name, "width": river.width} for river in scenario.rivers],
        "supply_sources": [
            {"side": source.side, "t_per_day": source.t_per_day, "grade": source.grade}
            for source in scenario.supply_sources
        ],
        "control": None
        if control is None
        else {
            "date": control.date.isoformat(),
            "source": control.source,
            "grade": control.grade,
            "note": control.note,
        },
        "warnings": [str(warning) for warning in case.compiled.warnings],
    }


def _layers(case: Case) -> dict[str, Any]:
    scenario = case.scenario
    return {
        "belts": [
            {
                "name": belt.name,
                "begun": belt.begun,
                "width_km": belt.width_km,
                "effort_h_per_km_month": belt.effort_h_per_km_month,
                "outside_support": belt.outside_support,
                "mine_depth_m": belt.mine_depth_m,
                "ditch_m": belt.ditch_m,
                "teeth_rows": belt.teeth_rows,
                "grade": belt.grade,
                "source": belt.source,
            }
            for belt in scenario.belts
        ],
        "strongholds": [
            {
                "name": site.name,
                "place": site.place,
                "kind": site.kind,
                "tunnel_km": site.tunnel_km,
                "shelter_men": site.shelter_men,
                "stock_days": site.stock_days,
                "grade": site.grade,
            }
            for site in scenario.strongholds
        ],
        "drone_zone": [_quantity(p) for p in case.parameters.values() if p.group in ("drones", "drone")],
        "can_be_switched_off": list(LAYERS),
    }


def _of_side(case: Case, side: str) -> list[dict[str, Any]]:
    given = (p for p in case.parameters.values() if p.is_given and p.name.startswith(f"{side}_"))
    return [_quantity(p) for p in given]


def _quantity(parameter: Parameter) -> dict[str, Any]:
    from redan.views.case import parameter_fact

    fact = parameter_fact(parameter)
    return {
        "name": parameter.name,
        "value": fact.value,
        "p05": fact.low,
        "p95": fact.high,
        "unit": fact.unit,
        "grade": fact.grade,
        "source": parameter.source,
    }


def _places(case: Case) -> list[dict[str, Any]]:
    objectives = set(case.scenario.objectives)
    return [
        {
            "name": point.name,
            "official": point.official,
            "geonameid": point.geonameid,
            "lon": point.lon,
            "lat": point.lat,
            "residents": point.residents,
            "objective": point.name in objectives,
            "id": slug(point.name),
        }
        for point in case.scenario.points().values()
    ]


def _course(course: Course) -> dict[str, Any]:
    return {
        "summary": course.summary,
        "strongholds": course.strongholds,
        "pause": None if course.pause is None else course.pause.model_dump(),
        "axes": [
            {"name": axis.name, "toward": axis.toward if isinstance(axis.toward, str) else list(axis.toward)}
            for axis in course.axes
        ],
        "phases": [_phase(course, phase) for phase in course.phases],
    }


def _phase(course: Course, phase: Phase) -> dict[str, Any]:
    liked = phase.prefer.model_dump()
    return {
        "name": phase.name,
        "effort": phase.effort,
        "shares": {name: share for name, share in course.shares_of(phase).items() if share > 0},
        "strongholds": course.strongholds_of(phase),
        "prefer": {name: weight for name, weight in liked.items() if weight},
        "until": [trigger_words(trigger) for trigger in phase.until],
    }


TRIGGER_WORDS: Final = {
    "taken_share": "the attacker holds {bound} of {of}",
    "supply_share": "{bound} of its supply reaches {of}",
    "front_distance_km": "the front is {bound} from {of}",
    "neck_km": "the corridor into {of} is {bound} wide",
    "readiness": "the attacker's line is at {bound} of its readiness",
    "strength": "the attacker has {bound} of his establishment",
    "executed_share": "{bound} of the effort ordered in 30 days was executed",
}


def trigger_words(trigger: Trigger) -> str:
    """A trigger as a sentence: `once the attacker holds 95 % or more of Kostiantynivka: assault`."""
    if trigger.when == "day":
        when = "on" if trigger.sense > 0 else "up to"
        return f"{when} day {trigger.threshold:g}: go on to {trigger.then}"
    if trigger.when == "phase_days":
        when = "after" if trigger.sense > 0 else "within the first"
        return f"{when} {trigger.threshold:g} days of this phase: go on to {trigger.then}"
    in_km = trigger.when.endswith("_km")
    value = f"{trigger.threshold:g} km" if in_km else f"{trigger.threshold:.0%}".replace("%", " %")
    bound = f"{value} or {'more' if trigger.sense > 0 else 'less'}"
    return f"once {TRIGGER_WORDS[trigger.when].format(bound=bound, of=trigger.of)}: go on to {trigger.then}"


def _fit(case: Case) -> dict[str, Any] | None:
    """What of the parameters is drawn from a fit; None where nothing is."""
    fit = case.fit
    if fit is None:
        return None
    drawn = [p for p in case.parameters.values() if p.origin == BY_POSTERIOR]
    return {
        "name": fit.name,
        "known": fit.known.isoformat(),
        "draws": len(fit.rows),
        "parameters": [_quantity(p) for p in drawn],
    }


def _grades(parameters: dict[str, Parameter]) -> dict[str, Any]:
    judged = [p for p in parameters.values() if p.grade == "C"]
    widest = sorted(judged, key=_relative_width, reverse=True)[:WEAKEST]
    return {
        "total": len(parameters),
        "by_grade": {grade: sum(p.grade == grade for p in parameters.values()) for grade in "ABC"},
        "weakest": [_quantity(p) for p in widest],
    }


def _relative_width(parameter: Parameter) -> float:
    """Range from the 5 to the 95 % point over the central value."""
    low, high = float(parameter.ppf(0.05)), float(parameter.ppf(0.95))
    return (high - low) / max(abs(parameter.value), abs(high), 1e-12)
