"""Addresses of scenarios: their theatre, what may be changed, and changes checked and saved."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from redan.forecast.atlas.theatre import theatre_document
from redan.scenario.editing.field import GROUPS
from redan.scenario.editing.fields import fields_of
from redan.views.case import Case
from redan.views.cli.show_claims import document as claims_document
from redan.views.report.words import question
from redan.views.web.api.answers import FAULTS, answer, encode
from redan.views.web.api.models import Draft
from redan.views.web.scenarios import Scenarios
from redan.views.web.shelf import Documents
from redan.vocabulary.errors import InputError
from redan.vocabulary.outcomes import slug


def scenario_addresses(scenarios: Scenarios, kept: Documents) -> APIRouter:
    """Return the addresses under `/api/scenarios`."""
    router = APIRouter(prefix="/api/scenarios", tags=["scenarios"], responses=FAULTS)

    def shelved(name: str, kind: str, make: Any) -> Response:
        key = (kind, *scenarios.state(name))
        return answer(kept.get(key, lambda: encode(make(scenarios.case(name)))))

    @router.get("")
    def listed() -> Response:
        """Name, title, date and summary of every scenario; first the one the server was started with."""
        return answer(scenarios.summaries())

    @router.post("/check")
    def check(draft: Draft) -> Response:
        """Check a scenario with changes as `redan check` does: every fault, by field."""
        try:
            composed = scenarios.compose(draft.scenario, draft.to_changes())
            summary = Case(composed.scenario, composed.scenario.name).check()
        except InputError as error:
            return answer({"ok": False, "faults": [vars(fault) for fault in error.faults]})
        return answer({"ok": True, "faults": [], "summary": summary})

    @router.post("/export")
    def export(draft: Draft) -> Response:
        """Save changes: the overlay, and a whole scenario folder that `redan check` passes."""
        composed = scenarios.compose(draft.scenario, draft.to_changes())
        Case(composed.scenario, composed.scenario.name).check()
        document = {"overlay_yaml": composed.overlay_yaml(), "files": composed.folder(), "faults": []}
        return answer(document)

    @router.post("/theatre")
    def drafted_theatre(draft: Draft) -> Response:
        """The theatre of a scenario with changes: what a belt that was drawn lies on, before it is run."""
        composed = scenarios.compose(draft.scenario, draft.to_changes())
        case = Case(composed.scenario, composed.scenario.name)
        return answer(theatre_document(case.scenario, case.compiled))

    @router.get("/{name}")
    def told(name: str) -> Response:
        """What a scenario asks, its courses and objectives, and every field that may be changed."""
        return shelved(name, "scenario", _told)

    @router.get("/{name}/theatre")
    def theatre(name: str) -> Response:
        """The theatre of day 0 as GeoJSON: cells, lines, points, legend, sources."""
        return shelved(name, "theatre", lambda case: theatre_document(case.scenario, case.compiled))

    @router.get("/{name}/parameters")
    def parameters(name: str) -> Response:
        """Every parameter in force, with unit, distribution, source and grade."""
        return shelved(name, "parameters", _parameters)

    @router.get("/{name}/claims")
    def claims(name: str) -> Response:
        """The sources' claims, with verdicts; the newest run of the scenario answers for the future."""
        case = scenarios.case(name)
        if case.scenario.claims is None:
            return answer(claims_document(case.scenario.name, case.scenario.as_of, []))
        return answer(claims_document(case.scenario.name, case.scenario.as_of, case.claims()))

    return router


def _told(case: Case) -> dict[str, Any]:
    scenario = case.scenario
    points = scenario.points()
    return {
        "name": scenario.name,
        "title": scenario.title,
        "as_of": scenario.as_of.isoformat(),
        "date_start": scenario.as_of.isoformat(),
        "question": question({"courses": scenario.courses}),
        "summary": " ".join(scenario.summary.split()),
        "real_place": scenario.real_place,
        "courses": [
            {"name": name, "title": " ".join(course.summary.split())}
            for name, course in scenario.courses.items()
        ],
        "objectives": [
            {
                "id": slug(name),
                **{key: getattr(points[name], key) for key in ("name", "official", "lon", "lat")},
            }
            for name in scenario.objectives
        ],
        "layers": case.describe()["layers"]["can_be_switched_off"],
        "groups": [{"id": group, "title": title} for group, title in GROUPS.items()],
        "fields": [field.document() for field in fields_of(scenario, case.parameters)],
    }


def _parameters(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "name": parameter.name,
            "group": parameter.group,
            "unit": parameter.unit,
            "value": parameter.value,
            "distribution": {"kind": parameter.distribution.kind, **parameter.distribution.numbers},
            "low": parameter.low,
            "high": parameter.high,
            "source": parameter.source,
            "grade": parameter.grade,
            "note": parameter.note,
            "origin": parameter.origin,
        }
        for parameter in case.parameters.values()
    ]
