"""The place: its frame, named points, ground, residents and destruction on day 0."""

from __future__ import annotations

import itertools
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, GetJsonSchemaHandler, Strict, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from redan.scenario.models.base import (
    HIGHEST_LATITUDE,
    Closed,
    Day,
    FileName,
    Flag,
    Name,
    NonNegative,
    PointRef,
    Positive,
    Share,
    Sourced,
    Text,
    faulty,
)
from redan.scenario.models.quantities import NO_SOURCE

GeonameId = Annotated[int, Strict(), Field(gt=0)]


class Ground(Sourced):
    """Coarse ground by point: a CSV with columns lon, lat and any of elevation_m, relief_m, cover, built,
    industry (shares 0..1); blank cells are unknown. A cell takes the nearest row within 10 km.
    """

    file: FileName = Field(description="CSV file in the scenario's folder.")


class PlaceFrame(Closed):
    """Extent and grid of the theatre."""

    resolution: Annotated[int, Strict(), Field(ge=5, le=9)] = Field(7, description="H3 resolution.")
    around: Annotated[tuple[PointRef, ...], Field(min_length=1, max_length=200)] = Field(
        description="Places or points whose hull, buffered, is the theatre."
    )
    buffer_km: Annotated[float, Strict(), Field(gt=0, le=300)] = Field(description="Buffer of the hull.")
    closed_rim: Flag = Field(False, description="Nothing crosses the rim except at supply sources.")
    settlements: Literal["geonames", "declared"] = Field(
        "geonames", description="Take all GeoNames settlements inside, or only the declared places."
    )
    settlements_exclude: tuple[GeonameId, ...] = Field(
        (), description="GeoNames ids to leave out, such as districts listed beside their city."
    )
    people_per_built_km2: Annotated[float, Strict(), Field(ge=200, le=30_000)] = Field(
        2_500, description="Residents per km2 of built-up land: sets the built-up area of a settlement."
    )
    ground: Ground | None = Field(None, description="Elevation, relief, cover; absent: flat and open.")


class Stated(Closed):
    """A number with its source; a plain number stands for grade C without a source."""

    value: NonNegative = Field(description="The number.")
    source: Text = Field(NO_SOURCE, description="Citation, or `judgement: why`.")
    grade: Literal["A", "B", "C"] = Field(
        "C", description="A: primary source read; B: second-hand; C: judgement."
    )
    date: Day | None = Field(None, description="Date it was true; not later than as_of.")
    known: Day | None = Field(None, description="Date it was known; not later than as_of.")
    note: str = Field("", description="Remark for the reader.")

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, given: Any) -> Any:
        return {"value": given} if isinstance(given, int | float) and not isinstance(given, bool) else given

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Let editors accept a plain number too."""
        return {"anyOf": [handler(core_schema), {"type": "number"}]}


class StatedShare(Stated):
    """A share 0..1 with its source, or a plain number."""

    value: Share = Field(description="Between 0 and 1.")


class NamedPlace(Closed):
    """A named point: by GeoNames id, or given outright."""

    name: Name = Field(description="Name used throughout the scenario (the article's spelling).")
    geonameid: GeonameId | None = Field(None, description="GeoNames id: gives coordinates and residents.")
    official: Text | None = Field(None, description="Official name.")
    lon: Annotated[float, Strict(), Field(ge=-180, le=180)] | None = Field(None, description="Degrees east.")
    lat: Annotated[float, Strict(), Field(ge=-HIGHEST_LATITUDE, le=HIGHEST_LATITUDE)] | None = Field(
        None, description="Degrees north."
    )
    residents: Stated | None = Field(
        None, description="Residents; with a date, as counted then (no share left is applied)."
    )
    destroyed: StatedShare | None = Field(None, description="Share of the built-up area destroyed on day 0.")

    @model_validator(mode="after")
    def _one_position(self) -> NamedPlace:
        # A place without any position is left to the checks, which can look its name up.
        if (self.lon is None) != (self.lat is None):
            raise faulty("has only one of lon and lat", "give both")
        if self.geonameid is not None and self.lon is not None:
            raise faulty("has both geonameid and lon/lat", "keep one of them")
        return self


class ProfilePoint(Closed):
    """One corner of a profile."""

    km: NonNegative = Field(description="Distance from the line of contact, defender's side.")
    share: Share = Field(description="Between 0 and 1, at that distance.")


class FrontProfile(Sourced):
    """A share as a piecewise linear function of the distance from the line of contact."""

    by_front_km: Annotated[tuple[ProfilePoint, ...], Field(min_length=1, max_length=50)] = Field(
        description="Corners by rising km; the ends go on."
    )
    share_behind_attacker: Share | None = Field(
        None, description="Share on the attacker's side; absent: that at the first corner."
    )
    date: Day | None = Field(None, description="Date it was true; not later than as_of.")

    @model_validator(mode="after")
    def _rising(self) -> FrontProfile:
        distances = [corner.km for corner in self.by_front_km]
        if any(b <= a for a, b in itertools.pairwise(distances)):
            raise faulty("the corners are not in rising order of km", "sort them, each km once")
        return self

    def share_at(self, km: float) -> float:
        """Share at `km` from the line of contact; negative: behind the attacker's line."""
        if km < 0 and self.share_behind_attacker is not None:
            return self.share_behind_attacker
        corners = self.by_front_km
        return float(np.interp(km, [corner.km for corner in corners], [corner.share for corner in corners]))


class Capacity(Sourced):
    """Supply a day that ways can carry, by class."""

    main_road_t_per_day: Positive = Field(4_000.0, description="A main road.")
    road_t_per_day: Positive = Field(1_500.0, description="A lesser paved road.")
    rail_t_per_day: Positive = Field(6_000.0, description="A railway.")
    track_t_per_day_per_km: Positive = Field(60.0, description="Tracks, per km of edge.")
