"""Distances, areas, paces and counts with their units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from redan.sources.reading.numerals import BEFORE, RANGE, Number, number_of
from redan.sources.reading.text import Sentence

#: Unit as written -> its size in the unit that Redan keeps: km, km2, days.
LENGTHS: Final = {
    r"kilomet(?:er|re)s?|kms?": 1.0,
    r"nautical miles?|nmi": 1.852,
    r"miles?|mi": 1.609344,
    r"met(?:er|re)s?|m": 0.001,
    r"yards?|yds?": 0.0009144,
    r"feet|foot|ft": 0.0003048,
}
AREAS: Final = {
    r"(?:square|sq\.?)[ -](?:kilomet(?:er|re)s?|kms?)|km2|km²": 1.0,
    r"(?:square|sq\.?)[ -](?:miles?|mi)": 2.589988,
    r"hectares?|ha": 0.01,
    r"acres?": 0.00404686,
}
DAYS: Final = {
    r"minutes?": 1.0 / 1_440.0,
    r"hours?": 1.0 / 24.0,
    r"days?": 1.0,
    r"weeks?": 7.0,
    r"fortnights?": 14.0,
    r"months?": 30.4375,
    r"years?": 365.25,
    r"decades?": 3_652.5,
}
#: What is counted, by what it is to Redan.
COUNTED: Final = {
    "men": "men|troops|soldiers|servicemen|fighters|militants|personnel|conscripts|recruits|mercenaries"
    "|volunteers|reservists|paratroopers|infantrymen|infantry|strong",
    "units": "battalions?|brigades?|divisions?|regiments?|companies|squads?|platoons?",
    "people": "people|residents|inhabitants|civilians|villagers|townspeople|refugees|children|families"
    "|households|evacuees|persons",
    "casualties": "casualties|dead|deaths|killed|wounded|injured|prisoners|captives",
    "equipment": "tanks?|vehicles?|guns?|howitzers?|artillery pieces|launchers?|aircraft|jets?|warplanes?"
    "|planes?|helicopters?|ships?|boats?|vessels?|carriers?|trucks?|lorries|trains?",
    "munitions": "missiles?|rockets?|shells?|rounds|drones?|UAVs?|FPVs?|bombs?|mines|torpedoes|projectiles"
    "|grenades",
    "buildings": "buildings?|houses|homes|apartments|flats|bridges|schools|hospitals|factories|plants"
    "|shelters|warehouses|churches",
    "settlements": "villages|towns|cities|settlements|hamlets|neighbou?rhoods",
    "strikes": "attacks|assaults|strikes|raids|sorties|clashes|engagements|battles",
    "tonnes": "tonnes?|tons?",
}
MODIFIER: Final = (
    r"(?:(?!(?:and|or|of|in|to|from|at|for|with|the|were|was|are|is|have|had|has)\b)[A-Za-z][\w'’-]*\s+)"
)
PER: Final = (
    r"(?:\s+(?:a|per|each|every)\s+(?P<per>day|week|month|year)\b|\s*/\s*(?P<slash>day|week|month|year)\b)?"
)
GAP: Final = r"[\s\u00a0\u202f-]?\s?"
SCALES: Final = {"": 1.0, "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9}
#: What makes a number with "m" no length: money and people.
NO_LENGTH: Final = re.compile(
    r"^[- ]?(?:people|residents|men|dollars|euros|pounds|users|tonnes|tons)\b|^/s\b", re.IGNORECASE
)
MONEY: Final = re.compile(r"[$€£¥₽₴₹]\s?$|\b(?:USD|EUR|GBP)\s$")
#: Numbers that are read and set aside, each with the reason.
ASIDE: Final = (
    (r"(?:mm|millimet(?:er|re)s?|cm|centimet(?:er|re)s?|inch(?:es)?)\b", "a calibre or a small length"),
    (
        r"(?:km/h|kph|kmh|mph|knots?|m/s|kilomet(?:er|re)s per hour|miles per hour)\b|miles an hour\b",
        "a speed",
    ),
    (r"(?:°|degrees?\b)", "a temperature or an angle"),
    (
        r"(?:(?:million|billion|thousand)?\s?(?:dollars|euros|pounds|roubles|rubles|hryvnias?|yen|yuan|lira)\b)",
        "money",
    ),
    (
        r"(?:kg|kilograms?|kilos?|litres?|liters?|barrels?|watts?|megawatts?|MW|volts?|calib(?:er|re)s?)\b",
        "no unit of Redan",
    ),
    (r"(?:st|nd|rd|th)\b", "an ordinal"),
)


@dataclass(frozen=True)
class Measured:
    """Something with a number and a unit.

    Attributes
    ----------
    kind
        `distance`, `area`, `pace`, `duration`, `share` or `count`.
    number
        In `unit`.
    unit
        km, km2, km/day, days, share, or what is counted (`men`, `buildings`).
    noun
        What is counted as the text has it; empty for other kinds.
    before
        The word before the number that says how it is meant; empty where there is none.
    start, end
        Where it stands in its sentence, that word included.
    """

    kind: str
    number: Number
    unit: str
    noun: str
    before: str
    start: int
    end: int


@dataclass(frozen=True)
class Aside:
    """A number that was read and set aside, with the reason."""

    start: int
    end: int
    why: str


def _any(*tables: dict[str, float]) -> str:
    return "|".join(pattern for table in tables for pattern in table)


#: An area goes before a length, or "square kilometres" would be kilometres.
UNIT: Final = (
    rf"(?P<area>{_any(AREAS)})|(?P<length>{_any(LENGTHS)})|(?P<time>{_any(DAYS)})"
    r"|(?P<share>per ?cent|percent|%)"
)
MEASURE: Final = re.compile(
    rf"{BEFORE}{RANGE}(?P<half>\s+and\s+a\s+half)?(?:{GAP}(?P<unit>{UNIT})(?![\w²]))"
    rf"(?:[-\s](?P<old>old)\b)?{PER}",
    re.IGNORECASE,
)
COUNT: Final = re.compile(
    rf"{BEFORE}{RANGE}(?P<scale>\s?(?:mn?|bn|k)\b)?[\s-]+(?:of\s+(?:the\s+)?)?{MODIFIER}{{0,3}}?(?P<noun>{'|'.join(COUNTED.values())})\b{PER}",
    re.IGNORECASE,
)
SET_ASIDE: Final = re.compile(
    rf"{BEFORE}{RANGE}{GAP}(?P<why>{'|'.join(f'(?:{p})' for p, _ in ASIDE)})", re.IGNORECASE
)
A_HALF: Final = re.compile(r"^\s+and a half\b", re.IGNORECASE)


def find_measures(sentence: Sentence) -> tuple[list[Measured], list[Aside]]:
    """All measures of a sentence in order, and the numbers set aside."""
    aside = list(_asides(sentence.text))
    taken = [(item.start, item.end) for item in aside]
    found: list[Measured] = []
    for reader in (_measures, _counts):
        for item in reader(sentence.text):
            if not any(item.start < end and start < item.end for start, end in taken):
                found.append(item)
                taken.append((item.start, item.end))
    return sorted(found, key=lambda item: item.start), aside


def _asides(text: str) -> Iterator[Aside]:
    for match in SET_ASIDE.finditer(text):
        if number_of(match) is not None and re.search(r"[0-9]", match["low"]):
            why = next(why for pattern, why in ASIDE if re.fullmatch(pattern, match["why"], re.IGNORECASE))
            yield Aside(match.start(), match.end(), why)


def _measures(text: str) -> Iterator[Measured]:
    for match in MEASURE.finditer(text):
        number = number_of(match)
        is_bare = match["low"].lower() in ("a", "an") and match["length"] is not None
        is_age = match["old"] is not None
        if number is None or is_age or _is_other(text, match) or is_bare:
            continue
        end = match.end()
        half = A_HALF.match(text[end:])
        if half or match["half"]:
            number, end = Number(number.low + 0.5, number.high + 0.5), end + (half.end() if half else 0)
        kind, unit, factor = _kind(match)
        per = (match["per"] or match["slash"] or "").lower()
        if per and kind == "distance":
            kind, unit, factor = "pace", "km/day", factor / DAYS[f"{per}s?"]
        yield Measured(
            kind, number.times(factor), unit, "", (match["before"] or "").lower(), match.start(), end
        )


def _is_other(text: str, match: re.Match[str]) -> bool:
    """Whether "5m" is five million of something, or money."""
    unit = match["unit"].lower()
    if unit in ("m", "mi") and (
        MONEY.search(text[: match.start("low")]) or NO_LENGTH.search(text[match.end() :])
    ):
        return True
    return unit in ("m", "ha", "mi", "ft") and not re.search(r"[0-9]", match["low"])


def _kind(match: re.Match[str]) -> tuple[str, str, float]:
    if match["area"]:
        return "area", "km2", _factor(AREAS, match["area"])
    if match["length"]:
        return "distance", "km", _factor(LENGTHS, match["length"])
    if match["time"]:
        return "duration", "days", _factor(DAYS, match["time"])
    return "share", "share", 0.01


def _factor(table: dict[str, float], written: str) -> float:
    return next(size for pattern, size in table.items() if re.fullmatch(pattern, written, re.IGNORECASE))


def _counts(text: str) -> Iterator[Measured]:
    for match in COUNT.finditer(text):
        number, noun = number_of(match), match["noun"]
        unit = next(unit for unit, nouns in COUNTED.items() if re.fullmatch(nouns, noun, re.IGNORECASE))
        in_words = not re.search(r"[0-9]", match["low"])
        is_one = match["low"].lower() in ("a", "an", "one", "half")
        is_figure_of_speech = in_words and (
            is_one or (unit == "settlements" and match["low"].lower() == "two")
        )
        is_year = number is not None and 1_900 <= number.low <= 2_100 and "," not in match["low"]
        if number is None or is_figure_of_speech or (is_year and number.low == round(number.low)):
            continue
        number = number.times(SCALES[(match["scale"] or "").strip().lower()])
        yield Measured(
            "count", number, unit, noun, (match["before"] or "").lower(), match.start(), match.end()
        )
