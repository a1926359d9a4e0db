"""Finds the one settlement that a person means: by name, by name and country, or by GeoNames id."""

from __future__ import annotations

from typing import Final

from redan.sources import gazetteer
from redan.sources.gazetteer import Settlement
from redan.vocabulary.errors import InputError, nearest_of, quote

MOST_SHOWN: Final = 6  # [-] candidates in one message
FAR_LARGER: Final = 10  # [-] times the people: another town of that spelling may well be meant
LONGEST: Final = 120  # [characters]
OPTION: Final = "--around"


def find_town(text: str, option: str = OPTION) -> Settlement:
    """The settlement that `text` names: `Paris, FR`, `Paris, France`, `Sloviansk`, or a GeoNames id.

    Raises
    ------
    InputError
        None or several have that name; the remedy lists what may be meant.
    """
    wanted = " ".join(text.split()).strip(", ")
    if not wanted or len(wanted) > LONGEST:
        problem = "is empty" if not wanted else "is too long for the name of a town"
        raise _refused(option, quote(text), problem, 'name a town, such as "Paris, FR", or a GeoNames id')
    if wanted.isascii() and wanted.isdigit():
        return _by_id(wanted, option)
    name, comma, country = (part.strip() for part in wanted.rpartition(","))
    found = _named(wanted)
    if not found and comma:
        found = _within(_named(name), country, wanted, option)
    if not found:
        raise _refused(option, quote(wanted), "is not a settlement of GeoNames", _meant(name or wanted))
    if len(found) > 1:
        listed = "; ".join(label(town) for town in found[:MOST_SHOWN])
        more = f" and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
        problem = f"{len(found)} settlements have that name: {listed}{more}"
        raise _refused(option, quote(wanted), problem, f"use {_unmistakable(found)}")
    return found[0]


def label(town: Settlement) -> str:
    """A settlement for people: `Paris, FR, 2,138,551 people (2988507)`."""
    state = f" {town.admin1}" if town.admin1.isalpha() else ""
    return f"{town.name}, {town.country}{state}, {town.population:,} people ({town.geonameid})"


def _named(name: str) -> list[Settlement]:
    """Settlements of that main name; where there is none, those with that spelling; the largest first."""
    if not name:
        return []
    main = gazetteer.spelt(name)
    forms = {name, name.title(), name.capitalize()}
    other = {
        town.geonameid: town
        for towns in gazetteer.named_any(forms).values()
        for town in towns
        if town.geonameid not in {known.geonameid for known in main}
    }
    largest = max((town.population for town in main), default=0)
    may_be_meant = [town for town in other.values() if not main or town.population > FAR_LARGER * largest]
    return sorted([*main, *may_be_meant], key=lambda town: (-town.population, town.geonameid))


def _by_id(digits: str, option: str) -> Settlement:
    found = gazetteer.settlement(int(digits[:12]))
    if found is None:
        problem = "is not the id of a settlement of GeoNames with 500 people or more"
        raise _refused(option, digits[:40], problem, 'give another id, or a name such as "Paris, FR"')
    return found


def _within(towns: list[Settlement], area: str, wanted: str, option: str) -> list[Settlement]:
    """Those towns that lie in a country or, by its letters or (in the USA) its name, in a state."""
    letters = area.replace(".", "").upper()
    states = {gazetteer.folded(name): code for code, name in gazetteer.us_states().items()}
    state = states.get(gazetteer.folded(area), letters)
    in_state = [town for town in towns if town.admin1 == state and state.isalpha()]
    code = _code_of(area)
    if towns and code is None and not in_state:
        near = nearest_of(area, sorted(gazetteer.countries().values()))
        remedy = f"did you mean {near}?" if near else "use two letters, such as FR, or an id"
        raise _refused(option, quote(wanted), f"there is no country {quote(area)}", remedy)
    # "CA" is Canada and California: a country goes before a state.
    return [town for town in towns if town.country == code] or in_state


def _code_of(country: str) -> str | None:
    """Two letters of a country given by them or by its name."""
    codes = {gazetteer.folded(name): code for code, name in gazetteer.countries().items()}
    letters = country.upper()
    return letters if letters in gazetteer.countries() else codes.get(gazetteer.folded(country))


def _meant(name: str) -> str:
    """Remedy for a name that nothing has."""
    near = gazetteer.similar(name)
    if near is None:
        return "check the spelling, or look its id up at GeoNames"
    return f"did you mean {label(near)}?"


def _unmistakable(found: list[Settlement]) -> str:
    """How to name the largest so that no other can be meant."""
    first = found[0]
    for area in (first.country, first.admin1):
        alike = [town for town in found if area in (town.country, town.admin1)]
        if area.isalpha() and alike == [first]:
            return f'"{first.name}, {area}" or an id in brackets'
    return "an id in brackets"


def _refused(option: str, field: str, problem: str, remedy: str) -> InputError:
    return InputError.of(option, 0, field, problem, remedy)
