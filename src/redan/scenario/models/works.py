"""The line of contact, belts of works and strongholds."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, Strict

from redan.scenario.models.base import (
    Day,
    FileName,
    LonLat,
    Month,
    Name,
    NonNegative,
    Num,
    Positive,
    Sourced,
)


class Control(Sourced):
    """The line of contact on day 0: our own coarse vertices, dated."""

    date: Day = Field(description="Date of the line; for a real place at least 90 days before today.")
    line: FileName = Field(description="GeoJSON LineString (lon, lat) in the scenario's folder.")
    attacker_side: Literal["left", "right"] = Field(
        description="Hand on which the attacker lies when walking from the first to the last vertex."
    )
    pockets: FileName | None = Field(
        None, description="GeoJSON of isolated holdings: polygons with the property `side`."
    )


class Belt(Sourced):
    """A belt of field works, mines and obstacles along a line."""

    name: Name = Field(description="Name of the belt, as it is shown.")
    line: Annotated[tuple[LonLat, ...], Field(min_length=2, max_length=2_000)] = Field(
        description="Vertices [lon, lat] in degrees, in order along the belt."
    )
    width_km: Annotated[float, Strict(), Field(gt=0, le=30)] = Field(description="Width of the belt [km].")
    begun: Month = Field(description="Month in which digging began, YYYY-MM.")
    effort_h_per_km_month: NonNegative = Field(description="Machine-hours per km and month, own engineers.")
    outside_support: NonNegative = Field(0.0, description="Outside support as a multiple of own effort.")
    mine_depth_m: NonNegative = Field(0.0, description="Depth of mined ground across the belt, m.")
    ditch_m: NonNegative = Field(0.0, description="Anti-tank ditch to cross, m.")
    teeth_rows: NonNegative = Field(0.0, description="Rows of dragon's teeth and wire.")

    @property
    def begun_date(self) -> dt.date:
        """First day of the month in which digging began."""
        return dt.date.fromisoformat(f"{self.begun}-01")


class Stronghold(Sourced):
    """A site fit for defence from within: a kind and a place, never a named plant."""

    name: Name = Field(description="Name of the site, generic: a kind and a town.")
    place: Name = Field(description="A declared place.")
    kind: Literal["heavy_industry", "mine", "chemical", "power", "quarry", "other"] = Field(
        description="Kind of site; area, tunnels and stocks follow from it unless given."
    )
    floor_area_m2: Positive = Field(description="Floor area, m2.")
    tunnel_km: NonNegative = Field(0.0, description="Underground passages, km.")
    shelter_men: NonNegative = Field(description="Men it can shelter.")
    stock_days: NonNegative = Field(description="Days of stocks at full garrison.")
    offset_km: tuple[Num, Num] = Field((0.0, 0.0), description="Offset from the place, east and north, km.")
