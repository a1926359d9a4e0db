"""Where a campaign was played: names of places, objectives, axes, phases and cells, and the days' dates."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from redan.analysis.trace.words import direction

AT_PLACE_KM: Final = 1.5  # nearer than that is "at" a place
DECLARED_FIRST_KM: Final = 6.0  # a village names a cell only where no declared place is this near
UNNAMED: Final = "an unnamed place"


@dataclass(frozen=True)
class Spot:
    """A named point in the theatre's plane, km east and north of its centre."""

    name: str
    x_km: float
    y_km: float


@dataclass(frozen=True)
class Target(Spot):
    """An objective."""

    slug: str


@dataclass(frozen=True)
class Ground:
    """A cell: centre, area, and the belt that covers it."""

    x_km: float
    y_km: float
    area_km2: float
    belt: str | None = None


@dataclass(frozen=True)
class Stage:
    """A phase of the course: share of the effort it could make, shares by axis, what is done with sites."""

    name: str
    effort: float
    shares: Mapping[str, float]
    strongholds: str


@dataclass(frozen=True)
class Setting:
    """Names behind a log.

    Attributes
    ----------
    targets
        Objectives in the order of the scenario.
    cells
        By H3 index as the log writes it.
    places, villages
        What cells are named after: declared places, and settlements of the gazetteer.
    stages
        Phases in order, the first entered on day 0.
    axes
        Slug of an axis -> slug of the objective it leads to, None where it leads to another point.
    sites
        Name of a stronghold -> slug of its objective, None where it has none.
    """

    scenario: str
    course: str
    as_of: date
    horizon_days: int
    targets: Sequence[Target]
    cells: Mapping[str, Ground]
    places: Sequence[Spot]
    stages: Sequence[Stage]
    axes: Mapping[str, str | None]
    sites: Mapping[str, str | None]
    villages: Sequence[Spot] = ()

    def date(self, day: float) -> str:
        """The date of a day, as in `2026-07-12`."""
        return (self.as_of + timedelta(days=int(day))).isoformat()

    def on(self, day: float) -> str:
        """`day 212 (2026-07-12)`."""
        return f"day {int(day):,} ({self.date(day)})"

    def target(self, slug: str) -> Target:
        """An objective by its slug."""
        return next(target for target in self.targets if target.slug == slug)

    def name(self, slug: str) -> str:
        """The name of an objective, its slug where there is none."""
        return next((target.name for target in self.targets if target.slug == slug), slug)

    def where(self, cell: str) -> str:
        """A cell by the nearest named place: `3 km north of Druzhkivka`, `at Druzhkivka`."""
        ground = self.cells.get(cell)
        if ground is None or not (self.places or self.villages):
            return UNNAMED
        spot, away = _nearest(ground, self.places)
        if away > DECLARED_FIRST_KM and self.villages:
            village, nearer = _nearest(ground, self.villages)
            spot, away = (village, nearer) if nearer < away else (spot, away)
        if away < AT_PLACE_KM:
            return f"at {spot.name}"
        return f"{away:.0f} km {direction(ground.x_km - spot.x_km, ground.y_km - spot.y_km)} of {spot.name}"

    def away(self, cell: str, target: Target) -> float:
        """Distance of a cell from an objective, km; infinite for a cell that is not known."""
        ground = self.cells.get(cell)
        return (
            math.inf if ground is None else math.hypot(ground.x_km - target.x_km, ground.y_km - target.y_km)
        )

    def side_of(self, cell: str, target: Target) -> str:
        """The eighth of the compass in which a cell lies from an objective."""
        ground = self.cells[cell]
        return direction(ground.x_km - target.x_km, ground.y_km - target.y_km)

    def nearest_target(self, cell: str) -> Target | None:
        """The objective nearest to a cell."""
        if cell not in self.cells or not self.targets:
            return None
        return min(self.targets, key=lambda target: self.away(cell, target))


def _nearest(ground: Ground, spots: Sequence[Spot]) -> tuple[Spot, float]:
    """The nearest of some spots, and how far it is; infinitely far where there are none."""
    if not spots:
        return Spot(UNNAMED, ground.x_km, ground.y_km), math.inf
    found = min(spots, key=lambda spot: math.hypot(ground.x_km - spot.x_km, ground.y_km - spot.y_km))
    return found, math.hypot(ground.x_km - found.x_km, ground.y_km - found.y_km)
