"""The whole of what a person writes in `scenario.yaml`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from redan.scenario.models.base import Closed, Day, FileName, Flag, Name, Slug, Text, faulty
from redan.scenario.models.courses import Course
from redan.scenario.models.network import Rim, River, Road, SupplySource
from redan.scenario.models.place import Capacity, FrontProfile, NamedPlace, PlaceFrame
from redan.scenario.models.quantities import Forces, Overrides, Schedules
from redan.scenario.models.works import Belt, Control, Stronghold
from redan.vocabulary.errors import quote


def _format(value: Any) -> Any:
    if isinstance(value, bool) or value != 1:
        raise faulty(f"format {quote(value)} is not known", "this version of Redan reads format: 1")
    return value


Format = Annotated[Literal[1], BeforeValidator(_format)]


class ScenarioFields(Closed):
    """A scenario: place, works, forces and courses of action, with their sources."""

    format: Format = Field(description="Version of this format: 1.")
    name: Slug = Field(description="Short name; names the run folder.")
    title: Text = Field(description="What the scenario is, in one line.")
    summary: Text = Field(description="What it is about, in a few sentences.")
    as_of: Day = Field(description="Day 0: nothing in the scenario may be known later.")
    real_place: Flag = Field(description="A real place: the line of contact must be at least 90 days old.")
    place: PlaceFrame
    places: Annotated[tuple[NamedPlace, ...], Field(min_length=1, max_length=500)] = Field(
        description="Towns by name; a position that is left out is looked up in GeoNames."
    )
    residents_share_left: FrontProfile | None = Field(
        None, description="Share of residents still at home on day 0; absent: all."
    )
    destroyed: FrontProfile | None = Field(
        None, description="Share of the built-up area destroyed on day 0; absent: none."
    )
    capacity: Capacity | None = Field(None, description="Capacity of ways by class; absent: defaults.")
    objectives: Annotated[tuple[Name, ...], Field(min_length=1, max_length=32)] = Field(
        description="Declared places whose fall is forecast."
    )
    roads: tuple[Road, ...] = Field((), description="Roads and railways that carry supply.")
    rivers: tuple[River, ...] = Field((), description="Rivers that slow an attack across them.")
    supply_sources: tuple[SupplySource, ...] = Field((), description="Where supply enters the theatre.")
    rim: Rim = Field(default_factory=lambda: Rim.model_validate({}))
    control: Control | None = Field(
        None, description="Line of contact; absent: the attacker starts at his supply sources on the rim."
    )
    belts: tuple[Belt, ...] = Field((), description="Lines of works, each with start and effort.")
    strongholds: tuple[Stronghold, ...] = Field(
        (), description="Sites that can hold out by themselves: a kind and a place, never a named plant."
    )
    forces: Forces
    schedules: Schedules = Field(default_factory=lambda: Schedules.model_validate({}))
    policy: Overrides = Field(default_factory=dict, description="The defender's policy: group `policy`.")
    parameters: Overrides = Field(default_factory=dict, description="Overrides of the register.")
    courses: Annotated[dict[Name, Course], Field(min_length=1, max_length=16)] = Field(
        description="Courses of action by name; all are compared on the same luck."
    )
    observed: FileName | None = Field(
        None, description="File of what was observed, in the scenario's folder: an operation of the past."
    )
    claims: FileName | None = Field(None, description="File of claims, in the scenario's folder.")

    @model_validator(mode="before")
    @classmethod
    def _empty_sections(cls, given: Any) -> Any:
        # `policy:` with nothing under it is an empty section, as a person would expect.
        if not isinstance(given, dict):
            return given
        return {key: value for key, value in given.items() if value is not None}
