"""What was observed of an operation of the past: dates of milestones, distances, area, residents."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final, Literal

from pydantic import Field, Strict, model_validator

from redan.scenario.models.base import Closed, Day, Name, NonNegative, Num, Sourced, Text, faulty

Event = Literal["within_20km", "within_10km", "within_5km", "contested", "isolated", "taken", "ended"]
ORDER: Final[tuple[str, ...]] = ("within_20km", "within_10km", "within_5km", "contested", "taken", "ended")


class Milestone(Sourced):
    """When something happened to a town: a day, an interval of days, or not by the end of the record."""

    town: Name = Field(description="A declared place.")
    event: Event = Field(description="As the model defines its own events; ended: taken or left.")
    date: Day | None = Field(None, description="Best single day.")
    earliest: Day | None = Field(None, description="First day it may have been; alone: from then on.")
    latest: Day | None = Field(None, description="Last day it may have been; alone: by then.")
    censored: Text | None = Field(None, description="Why it had not happened by `until`: right-censored.")

    @model_validator(mode="after")
    def _one_kind(self) -> Milestone:
        days = [day for day in (self.earliest, self.date, self.latest) if day is not None]
        if self.censored is None and not days:
            raise faulty("has neither a day nor a reason to be censored", "add `date:` or `censored:`")
        if self.censored is not None and (self.date or self.latest):
            raise faulty("is censored and has a day", "keep one of them")
        if days != sorted(days):
            raise faulty("its days are not in order", "write earliest <= date <= latest")
        return self

    @property
    def day(self) -> dt.date | None:
        """The single best day: the one given, else the middle of the interval; None where censored."""
        if self.censored is not None or self.date is not None:
            return self.date
        ends = [day for day in (self.earliest, self.latest) if day is not None]
        return ends[0] + (ends[-1] - ends[0]) / 2


class DatedDistance(Sourced):
    """Distance from the line of contact to a town's GeoNames point on a day, negative once behind it."""

    town: Name
    date: Day
    km: Num
    plus_minus_km: NonNegative


class DatedArea(Sourced):
    """Ground gained by the attacker in the theatre between as_of and a day."""

    date: Day
    gained_km2: Num = Field(description="Change of the ground shown as occupied.")
    unknown_km2: NonNegative = Field(description="Ground shown as unknown on that day.")
    covered_share: Annotated[float, Strict(), Field(gt=0, le=1)] = Field(
        description="Part of the theatre that the record covers."
    )


class DatedResidents(Sourced):
    """Residents of a town still there on a day."""

    town: Name
    date: Day
    value: NonNegative
    plus_minus: NonNegative = Field(description="Half of an interval that holds it four times in five.")


class Observed(Closed):
    """The whole of `observed.yaml`. Nothing that runs a campaign reads it."""

    format: Literal[1]
    until: Day = Field(description="Last day of the record: what had not happened by then is censored.")
    clock: Text = Field(description="From what the durations count.")
    residents: tuple[DatedResidents, ...] = ()
    reported: tuple[Milestone, ...] = Field((), description="Milestones as reported in public.")
    milestones: tuple[Milestone, ...] = Field((), description="Milestones by the control grid.")
    front_distance_km: tuple[DatedDistance, ...] = ()
    gained_before_km2: Num | None = Field(
        None, description="Ground gained in the theatre in the 90 days before day 0: persistence."
    )
    area: tuple[DatedArea, ...] = ()
