"""Roads, rivers, sources of supply and the rim of the theatre."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from redan.scenario.models.base import Closed, Grade, Name, PointRef, Positive, Side, Sourced, Text

Polyline = Annotated[tuple[PointRef, ...], Field(min_length=2, max_length=2_000)]


class Road(Sourced):
    """A road or railway through places or points."""

    name: Name = Field(description="Name or number of the road.")
    kind: Literal["main_road", "road", "rail"] = Field(description="Kind; capacity follows from it.")
    through: Polyline = Field(description="Places or [lon, lat] points, in order.")
    capacity_t_per_day: Positive | None = Field(None, description="Instead of the capacity of its class.")


class River(Sourced):
    """A river that hinders crossing."""

    name: Name = Field(description="Name of the river.")
    width: Literal["major", "minor"] = Field(description="major: a bridge is needed; minor: slows.")
    through: Polyline = Field(description="Places or [lon, lat] points, in order.")


class SupplySource(Sourced):
    """Where one side's supply enters at the rim."""

    name: Name | None = Field(None, description="Name, for the trace.")
    side: Side = Field(description="Whose supply enters here.")
    at: PointRef = Field(description="Place or point; the nearest cell on the rim is taken.")
    t_per_day: Positive = Field(description="Tonnes a day.")


class OpenFlank(Closed):
    """A stretch of the rim where the front beyond may drift: the shorter way between two points."""

    model_config = ConfigDict(validate_by_alias=True, validate_by_name=False, serialize_by_alias=True)

    start: PointRef = Field(alias="from", description="Place or point near the rim.")
    end: PointRef = Field(alias="to", description="Place or point near the rim.")
    source: Text | None = Field(None, description="Citation, or `judgement: why`.")
    grade: Grade | None = Field(None, description="A, B or C, as elsewhere.")
    note: str = Field("", description="Remark for the reader.")


class Rim(Closed):
    """What lies beyond the theatre."""

    open_flanks: tuple[OpenFlank, ...] = Field(
        (), description="Parts of the rim that a front can drift along."
    )
