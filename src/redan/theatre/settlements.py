"""Built-up land and residents: a disc of even density about every settlement's point.

The gazetteer gives a point and a population, no outline. The built-up area is the population divided by a
density (a scenario field), laid out as a disc; discs are cut by the cells as polygons, so that resolutions 7
and 8 add up to the same totals. Limits: real towns are not round, and factories outside them are not in it
(those come with the strongholds).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from redan.theatre.cells import Cells, Lonlat, geodesic_km
from redan.vocabulary.arrays import F64

EVEN_AREA_KM2: Final = 0.01  # the disc of a place that has no population: a hectare


@dataclass(frozen=True)
class Town:
    """A settlement with what is known of it on day 0."""

    name: str
    at: Lonlat
    people: float  # GeoNames population, which sets the built-up area
    residents: float  # still at home on day 0
    destroyed: float  # share of its built-up area destroyed on day 0, 0..1
    declared: bool  # named by the scenario: never taken for a district of a larger town

    def radius_km(self, people_per_km2: float) -> float:
        """Radius of the disc of its built-up area."""
        area = max(self.people / people_per_km2, EVEN_AREA_KM2)
        return float(np.sqrt(area / np.pi))


@dataclass(frozen=True)
class Settled:
    """Settlements on the cells."""

    built_land: Any  # union of the discs, in the plane
    built: F64  # [c] 0..1
    residents: F64  # [c]
    destroyed: F64  # [c] 0..1


def without_districts(towns: Sequence[Town], people_per_km2: float) -> list[Town]:
    """Drop settlements whose point lies within the disc of a larger one, which already counts their people.

    GeoNames lists districts beside their town; counting both would double
    the residents. Declared places stay.
    """
    kept: list[Town] = []
    for town in sorted(towns, key=lambda t: (-t.people, t.name, t.at)):
        if not town.declared and any(_holds(other, town, people_per_km2) for other in kept):
            continue
        kept.append(town)
    return kept


def settle(cells: Cells, towns: Sequence[Town], people_per_km2: float) -> Settled:
    """Spread built-up land, residents and destruction of towns over the cells.

    Where discs overlap the land counts once, the residents of both live on it, and the destroyed share is
    their mean weighted by disc area.
    """
    residents, covered, destroyed = np.zeros(cells.n), np.zeros(cells.n), np.zeros(cells.n)
    discs = []
    for town in towns:
        disc = cells.plane.disc(town.at, town.radius_km(people_per_km2))
        overlap = cells.overlap_km2(disc)
        discs.append(disc)
        residents += town.residents * overlap / disc.area
        covered += overlap
        destroyed += town.destroyed * overlap
    land = shapely.union_all(discs) if discs else shapely.Polygon()
    return Settled(
        built_land=land,
        built=cells.fraction(land),
        residents=residents,
        destroyed=np.clip(np.divide(destroyed, covered, out=np.zeros(cells.n), where=covered > 0), 0.0, 1.0),
    )


def people_within(cells: Cells, towns: Sequence[Town], shape: Any, people_per_km2: float) -> F64:
    """[c] residents of each cell who live inside a polygon of the plane."""
    people = np.zeros(cells.n)
    for town in towns:
        disc = cells.plane.disc(town.at, town.radius_km(people_per_km2))
        if town.residents > 0.0 and disc.intersects(shape):
            people += town.residents * cells.overlap_km2(disc.intersection(shape)) / disc.area
    return people


def _holds(larger: Town, smaller: Town, people_per_km2: float) -> bool:
    """Whether the smaller town's point lies in the larger one's disc."""
    distance = geodesic_km(larger.at[0], larger.at[1], smaller.at[0], smaller.at[1])
    return float(distance) < larger.radius_km(people_per_km2)
