"""Courses of action: axes, phases, shares of effort, preferences and triggers. Nothing else differs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Strict, model_validator

from redan.scenario.models.base import Closed, Name, Num, PointRef, Share, Text, faulty

StrongholdChoice = Literal["clear", "seal", "bypass"]
TriggerKind = Literal[
    "day",
    "taken_share",
    "supply_share",
    "front_distance_km",
    "neck_km",
    "phase_days",
    "readiness",
    "strength",
    "executed_share",
]
SHARE_KINDS: tuple[str, ...] = ("taken_share", "supply_share", "readiness", "executed_share")
#: What is watched of the attacker or the calendar, not of an objective.
PLACELESS: tuple[str, ...] = ("day", "phase_days", "readiness", "strength", "executed_share")
Weight = Annotated[float, Strict(), Field(ge=-5, le=5)]


class Axis(Closed):
    """A direction of effort."""

    name: Name = Field(description="Name, by which phases share out effort.")
    toward: PointRef = Field(description="A declared place, or [lon, lat] inside the theatre.")


class Prefer(Closed):
    """Weights by which edges to attack are chosen; negative avoids."""

    progress: Weight = Field(1.0, description="Edges that lead to the goal.")
    built: Weight = Field(0.0, description="Built-up ground.")
    flank: Weight = Field(0.0, description="Cells already half enveloped.")
    route: Weight = Field(0.0, description="Cells that carry the defender's supply.")
    weak: Weight = Field(0.0, description="Thinly held cells.")


class Trigger(Closed):
    """When to go on to another phase."""

    when: TriggerKind = Field(
        description="day: days since the start; taken_share: share of the objective occupied; supply_share: "
        "delivered share of its garrison; front_distance_km: line to objective; neck_km: corridor's width; "
        "phase_days: days in this phase; readiness: cohesion times supply of the attacker's line; strength: "
        "his men over establishment; executed_share: effort executed over ordered in 30 days."
    )
    of: Name | None = Field(
        None, description="Objective; only for what is a property of one (not day, readiness and the like)."
    )
    at_least: Num | None = Field(None, description="Fires at or above.")
    at_most: Num | None = Field(None, description="Fires at or below.")
    then: Name = Field(description="Phase that is entered.")

    @model_validator(mode="after")
    def _whole(self) -> Trigger:
        if (self.at_least is None) == (self.at_most is None):
            raise faulty("needs at_least or at_most", "give exactly one of them")
        if self.when in PLACELESS and self.of is not None:
            raise faulty(f"`{self.when}` is not a property of an objective", "remove `of`")
        if self.when not in PLACELESS and self.of is None:
            raise faulty(f"`{self.when}` needs an objective", "add `of:` with an objective")
        if self.threshold < 0:
            raise faulty(f"the threshold {self.threshold:g} is below 0", "give a number of at least 0")
        if self.when in SHARE_KINDS and self.threshold > 1:
            raise faulty(f"{self.threshold:g} is not a share", "a share is between 0 and 1: 95 % is 0.95")
        return self

    @property
    def threshold(self) -> float:
        """Number at which it fires."""
        return self.at_least if self.at_least is not None else self.at_most or 0.0

    @property
    def sense(self) -> int:
        """+1 fires at or above the threshold, -1 at or below."""
        return 1 if self.at_least is not None else -1


class Phase(Closed):
    """A stretch of the course with one distribution of effort."""

    name: Name = Field(description="Name, for triggers and the trace.")
    effort: Share = Field(1.0, description="Share of the effort that the forces can make.")
    shares: dict[Name, Share] | None = Field(
        None, description="Share by axis, sum 1; axes not listed: 0; absent: all axes alike."
    )
    prefer: Prefer = Field(
        default_factory=lambda: Prefer.model_validate({}), description="How edges to attack are chosen."
    )
    strongholds: StrongholdChoice | None = Field(None, description="Instead of the course's choice.")
    until: tuple[Trigger, ...] = Field((), description="The first that fires is followed.")


class Pause(Closed):
    """Operational pauses: no attacks for some days whenever the line is worn."""

    when_readiness_below: Share = Field(description="Cohesion times supply of the attacker's line.")
    days: Annotated[float, Strict(), Field(ge=1, le=365)] = Field(
        description="Days without attacks; the next pause comes no sooner than as many days later."
    )


class Course(Closed):
    """A course of action: a conditional plan, not a forecast."""

    summary: Text = Field(description="The plan in a sentence or two.")
    strongholds: StrongholdChoice = Field(
        "clear", description="What is done with strongholds behind the front."
    )
    pause: Pause | None = Field(None, description="Operational pauses; absent: none is ordered.")
    axes: Annotated[tuple[Axis, ...], Field(min_length=1, max_length=32)] = Field(
        description="Directions between which phases share out effort."
    )
    phases: Annotated[tuple[Phase, ...], Field(min_length=1, max_length=32)] = Field(
        description="The first is entered on day 0."
    )

    def shares_of(self, phase: Phase) -> dict[str, float]:
        """Share of effort of every axis in the phase; sums to 1, or 0 where there is no effort."""
        names = [axis.name for axis in self.axes]
        if phase.shares is None:
            return {name: 1.0 / len(names) for name in names}
        total = sum(phase.shares.values())
        return {name: phase.shares.get(name, 0.0) / total if total else 0.0 for name in names}

    def strongholds_of(self, phase: Phase) -> StrongholdChoice:
        """What is done with strongholds behind the front in the phase."""
        return phase.strongholds or self.strongholds
