"""Places far from the company of the others: said to be doubtful, and not placed there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from redan.sources import gazetteer
from redan.sources.gazetteer import Settlement
from redan.sources.reading.company import distances_km

FAR_KM: Final = 1_000.0  # [km] from the nearest other: a place of another part of the world
KNOWN_PEOPLE: Final = 500_000  # [-] a city of this size is meant by its name alone, whatever the company
LEAST_COMPANY: Final = 2  # [-] other places that lie together


def nearest_km(town: Settlement, others: Sequence[Settlement]) -> float:
    """Distance to the nearest of the others, km; infinite where there is none."""
    return float(distances_km([town, *others])[0, 1:].min()) if others else float("inf")


def is_astray(town: Settlement, company: Sequence[Settlement], countries: Collection[str]) -> bool:
    """Whether a settlement lies in another part of the world than a text, and is not known by its name.

    Parameters
    ----------
    company
        The other places of the text that are sure.
    countries
        Two letters of countries that the text speaks of.
    """
    if len(company) < LEAST_COMPANY or town.country in countries or town.population >= KNOWN_PEOPLE:
        return False
    return nearest_km(town, company) > FAR_KM


def why_astray(town: Settlement, company: Sequence[Settlement]) -> str:
    """What is said of a name whose settlement lies astray."""
    land = gazetteer.countries().get(town.country, town.country)
    away = f"{nearest_km(town, company):,.0f} km from the nearest other"
    return f"doubtful: GeoNames has {town.name}, {land}, {away}"


def astray_regions(
    regions: Mapping[str, Sequence[str]], company: Sequence[Settlement], countries: Collection[str]
) -> dict[str, str]:
    """Regions of which no country lies near the text, each with the reason.

    Parameters
    ----------
    regions
        Two letters of the countries of each region.
    company
        Places of the text that are sure.
    countries
        Two letters of countries that the text speaks of otherwise; their towns stand for company where the
        text names no town.
    """
    found: dict[str, str] = {}
    for name, codes in regions.items():
        if not codes or set(codes) & set(countries) or not (company or countries):
            continue
        if gazetteer.countries_apart_km(codes, [(t.lon, t.lat) for t in company], countries) > FAR_KM:
            lands = " and ".join(gazetteer.countries().get(code, code) for code in codes)
            found[name] = f"doubtful: a region of that name lies in {lands}, far from all else in the text"
    return found
