"""Towns about a point, from GeoNames: the largest, apart from each other, and none of them a district."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from redan.scenario.authoring.sketch import Town, fit_name
from redan.scenario.geometry import LonLat, Plane
from redan.sources import gazetteer
from redan.sources.gazetteer import Settlement

MOST_TOWNS: Final = 14  # [-] that are named and joined by roads
APART_SHARE: Final = 0.08  # [-] of the radius: nearer to each other two towns are one on this map
APART_KM: Final = (4.0, 12.0)  # [km] ... but no less and no more than this; footprints are 4 km across
SUBURB: Final = 1.5  # [-] times the radius of a larger town: nearer than this it is a part of it
PEOPLE_PER_BUILT_KM2: Final = 2_500.0  # the default of `place.people_per_built_km2`
KM_PER_DEGREE: Final = 110.5  # [km] of latitude, the least there is
RIM_KM: Final = 3.0  # [km] a town this near the rim is left to the gazetteer


def settlements_about(middle: LonLat, radius_km: float) -> list[Settlement]:
    """All settlements of GeoNames within `radius_km` of a point, the largest first."""
    lon, lat = middle
    high = radius_km / KM_PER_DEGREE
    wide = min(180.0, high / max(math.cos(math.radians(min(abs(lat) + high, 89.0))), 0.01))
    found = [
        town
        for shift in (-360.0, 0.0, 360.0)  # a box may reach over the 180th meridian
        for town in gazetteer.settlements_within(
            lon - wide + shift, lat - high, lon + wide + shift, lat + high
        )
    ]
    if not found:
        return []
    xy = Plane(lon, lat).to_km([(town.lon, town.lat) for town in found])
    near = [
        town for town, km in zip(found, np.hypot(xy[:, 0], xy[:, 1]), strict=True) if km <= radius_km - RIM_KM
    ]
    return sorted(near, key=lambda town: (-town.population, town.geonameid))


def choose_towns(
    found: Sequence[Settlement], middle: LonLat, radius_km: float, first: Sequence[Town] = ()
) -> list[Town]:
    """`first` and then the largest of `found` that are no districts and lie apart, at most `MOST_TOWNS`."""
    plane = Plane(*middle)
    apart = min(max(APART_SHARE * radius_km, APART_KM[0]), APART_KM[1])
    towns = list(first)
    places = [plane.to_km([town.at])[0] for town in towns]
    for other in found:
        if len(towns) >= max(MOST_TOWNS, len(first)):
            break
        xy = plane.to_km([(other.lon, other.lat)])[0]
        gaps = [
            math.dist(xy, place) - max(apart, SUBURB * disc_km(town.people))
            for town, place in zip(towns, places, strict=True)
        ]
        if other.geonameid not in {town.geonameid for town in towns} and min(gaps, default=1.0) > 0.0:
            towns.append(town_of(other, [town.name for town in towns]))
            places.append(xy)
    return towns


def town_of(found: Settlement, taken: Iterable[str], *, called: str | None = None, weight: float = 0) -> Town:
    """A settlement of GeoNames as a town of a scenario; `called`: the name that a text gives it."""
    name = fit_name(called or found.name, taken)
    official = None if gazetteer.is_name_of(name, found.geonameid) and not called else found.name
    return Town(
        name=name,
        at=(found.lon, found.lat),
        people=float(found.population),
        geonameid=found.geonameid,
        official=None if official == name else official,
        weight=weight,
    )


def disc_km(people: float) -> float:
    """Radius of the disc as which a town is drawn, km."""
    return math.sqrt(people / PEOPLE_PER_BUILT_KM2 / math.pi)
