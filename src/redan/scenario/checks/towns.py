"""Places must be where GeoNames has them, under one of its spellings."""

from __future__ import annotations

from redan.scenario.checks.review import Review
from redan.scenario.models.place import NamedPlace
from redan.sources import gazetteer
from redan.sources.gazetteer import Settlement
from redan.vocabulary.errors import quote
from redan.vocabulary.plain import FieldPath


def check(review: Review) -> None:
    """Check every declared place."""
    for path, place in review.items(("places",), NamedPlace):
        if place.geonameid is not None:
            _check_id(review, path, place, place.geonameid)
        elif place.lon is None:
            review.fault((*path, "name"), *_words_for_lost(place.name))


def _check_id(review: Review, path: FieldPath, place: NamedPlace, geonameid: int) -> None:
    found = gazetteer.settlement(geonameid)
    if found is None:
        problem = f"{geonameid} is not a settlement of GeoNames with 500 people or more"
        review.fault((*path, "geonameid"), problem, _remedy_by_name(place.name))
        return
    spellings = [("name", place.name), ("official", place.official)]
    known = {key: gazetteer.is_name_of(text, geonameid) for key, text in spellings if text is not None}
    for key, text in spellings:
        # A press spelling that GeoNames lacks is borne out by the official name beside it.
        if text is None or known[key] or (key == "name" and known.get("official")):
            continue
        problem = f"{quote(text)} is not a name of GeoNames {geonameid}, which is {_label(found)}"
        review.fault((*path, key), problem, _remedy_by_name(place.name))


def _words_for_lost(name: str) -> tuple[str, str]:
    """Problem and remedy for a place without a position."""
    if gazetteer.named(name):
        return f"the place {quote(name)} has no position", _remedy_by_name(name)
    problem = f"the town {quote(name)} is unknown and has no position"
    meant = gazetteer.similar(name)
    if meant is None:
        return problem, "give geonameid, or lon and lat"
    return problem, f"did you mean {_label(meant)}? then add geonameid: {meant.geonameid}"


def _remedy_by_name(name: str) -> str:
    found = gazetteer.named(name)[:3]
    if not found:
        return "look the id up at GeoNames, or give lon and lat"
    return "use " + " or ".join(f"geonameid: {town.geonameid} ({_label(town)})" for town in found)


def _label(town: Settlement) -> str:
    return f"{town.name}, {town.country}, {town.population:,} people"
