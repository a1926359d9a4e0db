"""Models agree with the coded lists, and answer what the compiler asks them."""

from __future__ import annotations

import typing
from collections.abc import Callable

import pytest
from pydantic import BaseModel

from redan.scenario.models import base, courses, quantities, works
from redan.scenario.models.place import FrontProfile
from redan.scenario.models.scenario import ScenarioFields
from redan.scenario.scenario import Scenario
from redan.scenario.schema import json_schema
from redan.vocabulary import codes, distributions

Load = Callable[..., Scenario]


def models(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """Every model that a scenario is made of."""
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            for part in parts(field.annotation):
                models(part, seen)
    return seen


def parts(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [part for argument in typing.get_args(annotation) for part in parts(argument)]


def test_choices_are_those_of_the_codes() -> None:
    assert typing.get_args(base.Side) == codes.SIDES
    assert typing.get_args(courses.TriggerKind) == codes.TRIGGERS
    assert typing.get_args(courses.StrongholdChoice) == codes.STRONGHOLD_CHOICES
    assert tuple(quantities.SideSchedules.model_fields) == codes.SCHEDULES
    assert typing.get_args(base.Grade) == distributions.GRADES
    assert tuple(courses.Prefer.model_fields) == ("progress", "built", "flank", "route", "weak")


def test_kinds_of_distribution_are_those_of_the_register() -> None:
    spreads = parts(quantities.Quantity.model_fields["distribution"].annotation)
    written = {
        typing.get_args(spread.model_fields["kind"].annotation)[0]: tuple(spread.model_fields)[1:]
        for spread in spreads
    }
    assert written == dict(distributions.KINDS)


def test_every_model_is_closed_and_frozen() -> None:
    found = models(ScenarioFields, set())
    assert works.Belt in found
    assert len(found) > 20
    for model in found:
        assert model.model_config["extra"] == "forbid", model
        assert model.model_config["frozen"], model
        assert model.model_config["allow_inf_nan"] is False, model


def test_every_model_says_what_it_is() -> None:
    assert [m.__name__ for m in models(ScenarioFields, set()) if not m.__doc__] == []


@pytest.mark.parametrize(
    ("km", "share"), [(-5, 0.2), (0, 0.1), (5, 0.2), (10, 0.3), (20, 0.4), (30, 0.5), (99, 0.5)]
)
def test_a_profile_is_linear_between_its_corners(km: float, share: float) -> None:
    corners = [{"km": 0, "share": 0.1}, {"km": 10, "share": 0.3}, {"km": 30, "share": 0.5}]
    profile = FrontProfile.model_validate(
        {"by_front_km": corners, "share_behind_attacker": 0.2, "source": "invented", "grade": "C"}
    )
    assert profile.share_at(km) == pytest.approx(share)


def test_shares_of_effort_are_completed(load: Load) -> None:
    course = load(sets=["courses.storm.phases.0.shares=null"]).courses["storm"]
    approach, assault = course.phases
    assert course.shares_of(approach) == {"road": 0.5, "west": 0.5}
    assert course.shares_of(assault) == {"road": 1.0, "west": 0.0}
    assert (course.strongholds_of(approach), course.strongholds_of(assault)) == ("clear", "seal")


def test_a_trigger_knows_its_sense(load: Load) -> None:
    distance, day = load().courses["storm"].phases[0].until
    assert (distance.sense, distance.threshold) == (-1, 2)
    assert (day.sense, day.threshold) == (1, 60)


def test_the_schema_describes_what_is_written() -> None:
    schema = json_schema()
    assert schema["additionalProperties"] is False
    assert "format" in schema["required"]
    assert "control" not in schema["required"]
    definitions = schema["$defs"]
    assert definitions["OpenFlank"]["required"] == ["from", "to"]
    assert "quantities" not in definitions["SideForces"]["properties"]
    assert definitions["Trigger"]["properties"]["when"]["enum"] == list(codes.TRIGGERS)
    short_forms = definitions["Quantity"]["anyOf"][1:]
    assert short_forms == [{"type": "number"}, {"const": "fixed"}]
    for name, definition in definitions.items():
        described = definition.get("anyOf", [definition])[0]
        assert described.get("description"), name
