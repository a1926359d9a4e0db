"""What every reader of a run relies on in its manifest: names and types of the fields, checked before use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError


def _day(text: str) -> str:
    dt.date.fromisoformat(text)
    return text


Day = Annotated[str, AfterValidator(_day)]
Count = Annotated[int, Field(ge=0, lt=2**64)]


class _Part(BaseModel):
    """Part of a manifest; what it holds beside this is left to those who use it."""

    model_config = ConfigDict(strict=True)


class Course(_Part):
    """A course that was played."""

    name: str
    axes: list[str]


class Measure(_Part):
    """A measure that was recorded."""

    name: str
    unit: str
    better: Literal["lower", "higher"]
    meaning: str


class File(_Part):
    """A table of the run."""

    sha256: str


class Parameter(_Part):
    """A parameter as it was drawn from."""

    grade: Literal["A", "B", "C"]
    source: str


class Resolved(_Part):
    """The scenario; whoever rebuilds it checks the rest."""

    title: str
    places: list[dict[str, Any]] = []
    claims: str | None = None
    files: dict[str, str] = {}


class Versions(_Part):
    """What it was computed with."""

    redan: str
    redan_sources: str


class Written(_Part):
    """The manifest of a run."""

    scenario: str
    as_of: Day
    seed: Count
    replications: Count
    replications_done: Count
    horizon_days: Count
    complete: bool
    courses: Annotated[list[Course], Field(min_length=1)]
    objectives: list[str]
    measures: list[Measure]
    files: dict[str, File]
    resolved: Resolved
    parameters: dict[str, Parameter]
    engine: str
    versions: Versions


def damaged_field(manifest: Mapping[str, Any]) -> str | None:
    """Name the first field that is missing or not what it should be; None where all are."""
    try:
        Written.model_validate(manifest)
    except ValidationError as error:
        return ".".join(str(part) for part in error.errors()[0]["loc"])
    return None
