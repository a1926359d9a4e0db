"""Places of a text: towns with their GeoNames ids, regions, countries, and what could not be placed."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

from redan.sources import gazetteer
from redan.sources.gazetteer import Settlement
from redan.sources.reading.company import CLEAR, Choice, choose, distances_km
from redan.sources.reading.doubts import FAR_KM as FARTHEST_KM
from redan.sources.reading.doubts import astray_regions, is_astray, why_astray
from redan.sources.reading.lexicon import DEMONYMS, SAYING, WORDS
from redan.sources.reading.names import SAINTS, Mention, candidate_names, find_mentions
from redan.sources.reading.spelling import may_be_one
from redan.sources.reading.strangers import find_strangers
from redan.sources.reading.text import Sentence
from redan.vocabulary.documents import read_document

MOST_NAMES: Final = 300  # [-] that are weighed against each other
MOST_CANDIDATES: Final = 30  # [-] settlements of one name that are considered, the largest
IN_COMPANY: Final = 0.3  # [-] support from which a place is in company: another one within 180 km
ALONE: Final = 0.1  # [-] less support than this is none
FAR_KM: Final = 400.0  # [km] from all others: then another spelling nearby may be meant
CITIES: Final = ("Washington", "New York", "Singapore", "Monaco", "Gibraltar")  # ... and not so much the land
NEARBY_KM: Final = 150.0  # [km] of the company in which other spellings are sought
MOST_ANCHORS: Final = 12


@dataclass(frozen=True)
class Town:
    """A name that was taken for a settlement.

    Attributes
    ----------
    name
        As the text has it.
    settlement
        What GeoNames has under it.
    mentions
        Where it is named.
    is_sure
        Whether nothing else was likely.
    why
        Why this one.
    others
        Other settlements of that name, the likeliest first.
    """

    name: str
    settlement: Settlement
    mentions: tuple[Mention, ...]
    is_sure: bool
    why: str
    others: tuple[Settlement, ...]


@dataclass(frozen=True)
class Unplaced:
    """A name that stands like a place and was not placed, with the reason."""

    name: str
    mention: Mention
    why: str


@dataclass(frozen=True)
class Places:
    """All places of a text."""

    towns: tuple[Town, ...]
    regions: tuple[tuple[str, tuple[Mention, ...]], ...]
    countries: tuple[str, ...]
    unplaced: tuple[Unplaced, ...]


def find_places(sentences: Sequence[Sentence]) -> Places:
    """Settle every name of a text."""
    names = candidate_names(sentences)
    regions = frozenset(names & regions_by_name().keys())
    lands = country_names()
    listed = gazetteer.named_any(names - regions - lands.keys())
    mentions, persons = find_mentions(
        sentences, frozenset(listed) | regions, others=frozenset(names & lands.keys())
    )
    strange = find_strangers(sentences, mentions, persons)
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_name.setdefault(mention.name, []).append(mention)
    named_regions, asides = _not_towns(by_name, regions, lands)
    hints = _countries(sentences, by_name, lands)
    of_regions = {code for name in named_regions for code in _codes(name)}
    meant = {n: m for n, m in by_name.items() if n not in asides}
    towns, doubtful = _towns(sentences, meant, listed, hints | of_regions)
    company = [town.settlement for town in towns if town.is_sure]
    astray = astray_regions({name: _codes(name) for name in named_regions}, company, hints)
    if astray:  # what they would have hinted at is no company for towns
        of_regions = {code for name in named_regions.keys() - astray.keys() for code in _codes(name)}
        towns, doubtful = _towns(sentences, meant, listed, hints | of_regions)
    strange += [mention for name in astray for mention in named_regions.pop(name)]
    towns, lost = _respelt(towns, strange, astray)
    towns, gone = _without_astray(towns, hints | of_regions)
    countries = [lands[name] for name, found in by_name.items() if name in lands and _is_land(found)]
    return Places(
        towns=tuple(towns),
        regions=tuple((name, tuple(found)) for name, found in named_regions.items()),
        countries=tuple(dict.fromkeys(countries)),
        unplaced=(*doubtful, *lost, *gone),
    )


@functools.cache
def regions_by_name() -> dict[str, tuple[str, ...]]:
    """Countries of the regions that are known, by name."""
    path = resources.files(__package__).joinpath("regions.yaml")
    return {
        str(name): tuple(str(codes).split())
        for name, codes in read_document(path, "regions.yaml").value.items()
    }


def _codes(region: str) -> tuple[str, ...]:
    """Countries that a region lies in; none where it is at sea or not known."""
    return tuple(code for code in regions_by_name().get(region, ()) if code != "XX")


@functools.cache
def country_names() -> dict[str, str]:
    """Two letters of countries (and, for the USA, of none) by their names."""
    named = {name: code for code, name in gazetteer.countries().items()} | dict(WORDS["countries"])
    states = dict.fromkeys(gazetteer.us_states().values(), "US")
    return {name: code for name, code in (states | named).items() if name not in CITIES}


def _not_towns(
    by_name: Mapping[str, list[Mention]], regions: frozenset[str], lands: Mapping[str, str]
) -> tuple[dict[str, list[Mention]], set[str]]:
    """Regions with their mentions, and all names that stand for no town."""
    found: dict[str, list[Mention]] = {}
    asides: set[str] = set()
    for name, mentions in by_name.items():
        others = {mention.follows for mention in mentions}
        if name in lands:
            asides.add(name)
        elif name in regions or others == {"region"}:
            found[name] = mentions
            asides.add(name)
        elif "feature" in others and "" not in others:
            asides.add(name)
    return found, asides


def _countries(
    sentences: Sequence[Sentence],
    by_name: Mapping[str, list[Mention]],
    lands: Mapping[str, str],
) -> frozenset[str]:
    """Countries that the text speaks of, by name or by what is theirs."""
    found = {lands[name] for name, mentions in by_name.items() if name in lands and _is_land(mentions)}
    for sentence in sentences:
        words = re.findall(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?", sentence.text)
        found |= {DEMONYMS[word.lower()] for word in words if word.lower() in DEMONYMS}
    return frozenset(found)


def _is_land(mentions: Sequence[Mention]) -> bool:
    """Whether the name of a country stands for it, and not for a river or a street of that name."""
    return any(mention.follows != "feature" and not mention.is_doubtful for mention in mentions)


def _towns(
    sentences: Sequence[Sentence],
    by_name: Mapping[str, list[Mention]],
    listed: Mapping[str, list[Settlement]],
    hints: frozenset[str],
) -> tuple[list[Town], list[Unplaced]]:
    """Names that are towns, with the settlement meant; and names that may or may not be."""
    small = Counter(word for sentence in sentences for word in re.findall(r"\b[a-z]+\b", sentence.text))
    ranks = {name: _rank(name, mentions, sentences, small) for name, mentions in by_name.items()}
    order = sorted(
        (name for name in ranks if ranks[name] > 0), key=lambda n: (-ranks[n], -len(by_name[n]), n)
    )
    chosen = order[:MOST_NAMES]
    candidates = {name: _candidates(name, by_name[name], listed[name]) for name in chosen}
    weights = {name: 1.0 if ranks[name] == 3 else 0.3 for name in chosen}
    choices = choose(candidates, weights, hints)
    towns, doubtful = [], []
    for name in sorted(chosen, key=lambda n: (by_name[n][0].sentence, by_name[n][0].start)):
        choice = choices[name]
        if _is_town(ranks[name], choice):
            shown = _as_written(name, by_name[name][0], sentences)
            towns.append(_town(shown, by_name[name], choice, candidates[name]))
        elif ranks[name] == 2:
            listed_as = f"{choice.chosen.name}, {choice.chosen.country}"
            why = f"nothing beside it says that it is a place; GeoNames has {listed_as}"
            doubtful.append(Unplaced(name, by_name[name][0], why))
    return towns, doubtful


def _as_written(name: str, mention: Mention, sentences: Sequence[Sentence]) -> str:
    """The name as the text has it, where it was looked up in full: `St. Vith`."""
    words = sentences[mention.sentence].text[mention.start : mention.end]
    return words if words.startswith(tuple(SAINTS)) else name


def _rank(
    name: str, mentions: Sequence[Mention], sentences: Sequence[Sentence], small: Mapping[str, int]
) -> int:
    """How surely a name stands for a place: 3 the words say so, 2 it may, 1 hardly, 0 not at all."""
    good = [mention for mention in mentions if not mention.is_doubtful and not mention.follows]
    inside = [mention for mention in good if not sentences[mention.sentence].is_heading]
    if not inside:
        return 0
    if any(mention.is_strong or mention.within in country_names() for mention in inside):
        return 3
    if " " not in name and small.get(name.lower(), 0) > 0:
        return 0  # an ordinary word of this text
    speaks = [mention for mention in inside if _says(sentences[mention.sentence].text, mention)]
    later = [mention for mention in inside if not mention.is_first and mention not in speaks]
    return 2 if later or (len(inside) > 1 and len(speaks) < len(inside)) else 1


def _says(text: str, mention: Mention) -> bool:
    """Whether the name is that of who says something ("Moscow said")."""
    after = re.match(r"\s+(?:has |have |had |also )?([a-z]+)", text[mention.end :])
    return after is not None and after[1] in SAYING


def _candidates(name: str, mentions: Sequence[Mention], towns: Sequence[Settlement]) -> list[Settlement]:
    """Settlements of that name; only those of the country or state named after it, where there are any."""
    lands = country_names()
    states = {state: code for code, state in gazetteer.us_states().items()}
    for mention in mentions:
        code, state = lands.get(mention.within), states.get(mention.within)
        inside = [
            t for t in towns if (state and t.admin1 == state) or (not state and code and t.country == code)
        ]
        if inside:
            return inside[:MOST_CANDIDATES]
    return list(towns[:MOST_CANDIDATES])


def _is_town(rank: int, choice: Choice) -> bool:
    """Whether the words say so, or else the company: twice as much where the words hardly allow it."""
    return rank == 3 or choice.support >= (IN_COMPANY if rank == 2 else 2.0 * IN_COMPANY)


def _town(name: str, mentions: Sequence[Mention], choice: Choice, towns: Sequence[Settlement]) -> Town:
    within = next((mention.within for mention in mentions if mention.within in country_names()), "")
    if within and choice.chosen.country == country_names()[within]:
        return Town(name, choice.chosen, tuple(mentions), True, f"named with {within}", ())
    others = [town for town in towns if town.geonameid != choice.chosen.geonameid]
    close = ""
    if choice.nearest is not None and choice.support >= ALONE:
        close = f"{choice.nearest[1]:.0f} km from {choice.nearest[0].name}"
    if not others:
        is_far = choice.nearest is not None and choice.nearest[1] > FARTHEST_KM
        far = (
            f", though {choice.nearest[1]:,.0f} km from the nearest other"
            if choice.nearest and is_far
            else ""
        )
        why = "the only settlement of that name" + (f", {close}" if close else far)
        return Town(name, choice.chosen, tuple(mentions), not is_far, why, ())
    is_sure = choice.lead >= CLEAR and choice.support >= IN_COMPANY
    count = len(others) + 1
    best = (
        f"by the company it keeps: {close}"
        if close
        else "the largest"
        if choice.chosen == towns[0]
        else "the likeliest"
    )
    return Town(
        name, choice.chosen, tuple(mentions), is_sure, f"of {count} of that name {best}", tuple(others[:3])
    )


def _without_astray(towns: Sequence[Town], countries: Collection[str]) -> tuple[list[Town], list[Unplaced]]:
    """Towns without those that lie in another part of the world, and these as names that were not placed."""
    kept: list[Town] = []
    gone: list[Unplaced] = []
    for town in towns:
        company = [other.settlement for other in towns if other.is_sure and other is not town]
        if not town.is_sure and is_astray(town.settlement, company, countries):
            gone.append(Unplaced(town.name, town.mentions[0], why_astray(town.settlement, company)))
        else:
            kept.append(town)
    return kept, gone


def _respelt(
    towns: list[Town], strange: Sequence[Mention], reasons: Mapping[str, str]
) -> tuple[list[Town], list[Unplaced]]:
    """Names without a settlement, or with one far from all others, under another spelling near the others."""
    sure = [town for town in towns if town.is_sure][:MOST_ANCHORS]
    lonely = [town for town in towns if not town.is_sure and _is_lonely(town, sure)]
    wanted = dict.fromkeys([*(town.name for town in lonely), *(mention.name for mention in strange)])
    near = _spelt_near([town.settlement for town in sure], list(wanted)) if sure and wanted else {}
    kept = [
        town if town not in lonely or town.name not in near else _moved(town, *near[town.name])
        for town in towns
    ]
    lost: list[Unplaced] = []
    for name in dict.fromkeys(mention.name for mention in strange):
        mentions = tuple(mention for mention in strange if mention.name == name)
        if name in near:
            found, spelling = near[name]
            near_by = "near the others"
            why = (
                f"spelt {spelling} at GeoNames, {near_by}" if spelling != name else f"a settlement {near_by}"
            )
            kept.append(Town(name, found, mentions, False, why, ()))
        else:
            why = reasons.get(name, "no settlement of GeoNames has that name")
            lost.append(Unplaced(name, mentions[0], why))
    return kept, lost


def _is_lonely(town: Town, sure: Sequence[Town]) -> bool:
    others = [other.settlement for other in sure if other is not town]
    return bool(others) and float(distances_km([town.settlement, *others])[0, 1:].min()) > FAR_KM


def _moved(town: Town, found: Settlement, spelling: str) -> Town:
    far = f"{town.settlement.name}, {town.settlement.country}"
    why = f"spelt {spelling} at GeoNames, near the others; {far}, is far away"
    return Town(town.name, found, town.mentions, False, why, (town.settlement, *town.others)[:3])


def _spelt_near(anchors: Sequence[Settlement], wanted: Sequence[str]) -> dict[str, tuple[Settlement, str]]:
    """For each name the largest settlement near the anchors with a spelling that may be the same."""
    around: dict[int, Settlement] = {}
    for anchor in anchors:
        high = NEARBY_KM / 111.0
        wide = high / max(0.1, 1.0 - abs(anchor.lat) / 90.0)
        box = (anchor.lon - wide, anchor.lat - high, anchor.lon + wide, anchor.lat + high)
        around |= {town.geonameid: town for town in gazetteer.settlements_within(*box)}
    found: dict[str, tuple[Settlement, str]] = {}
    for town in sorted(around.values(), key=lambda each: (-each.population, each.geonameid)):
        spellings = [spelling for spelling in gazetteer.names(town.geonameid) if spelling.isascii()]
        for name in wanted:
            match = next((s for s in spellings if may_be_one(name, s)), None)
            if match is not None:
                found.setdefault(name, (town, match))
    return found
