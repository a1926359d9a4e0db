"""What all models share: closed and frozen, strict numbers, dates, names, points and sources."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

from redan.vocabulary.errors import quote

FAULT: Final = "redan_fault"  # error type whose context holds our own problem and remedy
LONGEST_TEXT: Final = 4_000  # [characters]
HIGHEST_LATITUDE: Final = 85.0  # [deg] nearer the poles neither H3 nor the projection is of use


def faulty(problem: str, remedy: str) -> PydanticCustomError:
    """Build a validation error in our own words."""
    return PydanticCustomError(FAULT, "{problem}; {remedy}", {"problem": problem, "remedy": remedy})


class Closed(BaseModel):
    """A section of a scenario: unknown keys are faults, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True)


def _date(value: Any) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise faulty(f"{quote(value)} is not a day of the calendar", "mend the date") from None
    raise faulty(f"{quote(value)} is not a date", "write it as YYYY-MM-DD")


def _month(value: Any) -> Any:
    if isinstance(value, dt.date):
        return f"{value.year:04d}-{value.month:02d}"
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return f"{value:04d}-01"
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", value):
        return value
    raise faulty(f"{quote(value)} is not a month", "write it as YYYY-MM")


def _name(value: str) -> str:
    if not re.fullmatch(r"[^\W_][\w '’/-]{0,59}", value):
        allowed = "use up to 60 letters, digits, spaces, hyphens, apostrophes, slashes and _"
        raise faulty(f"{quote(value)} cannot be a name", allowed)
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", value):
        raise faulty(f"{quote(value)} cannot be a name here", "use small letters, digits and hyphens")
    return value


def _file(value: str) -> str:
    # Files are found relative to the scenario's folder only, so that a scenario cannot read anything else.
    parts = value.split("/")
    if value.startswith(("/", "~")) or ".." in parts or "\\" in value or ":" in value or "\0" in value:
        raise faulty(
            f"{quote(value)} leads out of the scenario's folder", "put the file beside scenario.yaml"
        )
    return value


def _point(value: Any) -> Any:
    if isinstance(value, str):
        return _name(value.strip())
    numbers = list(value) if isinstance(value, list | tuple) else []
    plain = all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers)
    if len(numbers) != 2 or not plain:
        raise faulty(f"{quote(value)} is not a point", "give the name of a place, or [lon, lat] in degrees")
    lon, lat = float(numbers[0]), float(numbers[1])
    if not (-180.0 <= lon <= 180.0 and -HIGHEST_LATITUDE <= lat <= HIGHEST_LATITUDE):
        raise faulty(f"{quote(value)} is not on the map", "give [lon, lat] in degrees, east and north")
    return lon, lat


def _lonlat(value: Any) -> Any:
    if isinstance(value, str):
        raise faulty(f"{quote(value)} is not a point", "give [lon, lat] in degrees")
    return _point(value)


_PAIR_SCHEMA: Final = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}

Num = Annotated[float, Strict()]
NonNegative = Annotated[float, Strict(), Field(ge=0)]
Positive = Annotated[float, Strict(), Field(gt=0)]
Share = Annotated[float, Strict(), Field(ge=0, le=1)]
Flag = Annotated[bool, Strict()]
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Name = Annotated[str, AfterValidator(_name)]
Slug = Annotated[str, AfterValidator(_slug)]
FileName = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_file)]
Day = Annotated[dt.date, BeforeValidator(_date)]
Month = Annotated[str, BeforeValidator(_month), WithJsonSchema({"type": ["string", "integer"]})]
LonLat = Annotated[tuple[float, float], BeforeValidator(_lonlat), WithJsonSchema(_PAIR_SCHEMA)]
PointRef = Annotated[
    str | tuple[float, float],
    BeforeValidator(_point),
    WithJsonSchema({"anyOf": [{"type": "string"}, _PAIR_SCHEMA]}),
]
Grade = Literal["A", "B", "C"]
Side = Literal["attacker", "defender"]


class Sourced(Closed):
    """A statement about the world: it names its source and how good it is."""

    source: Text = Field(description="Citation, or `judgement: why`.")
    grade: Grade = Field(description="A: primary source read; B: second-hand; C: judgement.")
    note: Annotated[str, Field(max_length=LONGEST_TEXT)] = Field("", description="Remark for the reader.")
    known: Day | None = Field(None, description="Date the fact was known; not later than as_of.")
