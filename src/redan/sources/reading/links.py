"""What a distance lies between: two towns, the line of contact and a town, or a town and something else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from redan.sources.reading.lexicon import EXTENTS, FRONT, NAMELESS
from redan.sources.reading.measures import Measured
from redan.sources.reading.speakers import clause_of

THE_FRONT: Final = "front"
NEAR: Final = 60  # [characters] between two ends and the number that belongs to them, at most
MOST_ENDS: Final = 4  # [-] looked at to either side
LEAD_LENGTH: Final = 60  # [characters] before a name in which "from" or "between" may stand
DIRECTION: Final = (
    r"(?:(?:to\s+the\s+)?(?:north|south|east|west)(?:[- ]?(?:north|south|east|west))?(?:ern)?\s+)?"
)
ARTICLES: Final = (
    r"(?:(?:the|its|their|a)\s+)?(?:[\w-]+(?:\s+[\w-]+)?\s+(?=(?:capital|city|town|village|port)\b))?"
    r"(?:(?:current|present|capital|city|town|village|port|outskirts|centre|center|edge|suburbs?|coast)"
    r"(?:,?\s+)(?:of\s+)?)*"
)
FROM: Final = re.compile(
    rf"\s*(?:away\s+|deep\s+)?{DIRECTION}(?:(?:of|from|outside|off|short\s+of|beyond|behind|past|inside|before|to|up|"
    rf"down)\s+)+{ARTICLES}",
    re.IGNORECASE,
)
OWN: Final = re.compile(rf"\s*-?\s*(?:[\w'’-]+\s+){{0,2}}?(?P<noun>{EXTENTS})\b", re.IGNORECASE)
FRONTS: Final = re.compile(FRONT, re.IGNORECASE)
NAMELESS_ENDS: Final = re.compile(NAMELESS, re.IGNORECASE)
OF_A_NAME: Final = re.compile(r"\s+(?:of\s+)?[^\W\d_a-z]")
NAMED_NEXT: Final = re.compile(r"(?:capital|city|town|village|port)$", re.IGNORECASE)
LEAD: Final = re.compile(rf"\b(from|between)\s+{ARTICLES}$", re.IGNORECASE)
JOINTS: Final = {word: re.compile(rf"\s+{word}\s+{ARTICLES}", re.IGNORECASE) for word in ("to", "and")}
#: What stands between a name and how far it lies from another.
LIES: Final = re.compile(
    r"(?:,|\s*\(|\s+(?:itself\s+)?(?:(?:which|that)\s+)?(?:lies|lie|is|are|was|were|sits|stands|stood|lay|runs|located|"
    r"situated|now|still|only|just|a\s+\w+)\b)[^,;]{0,40}$"
)
APPOSED: Final = re.compile(r",\s+(?:an?|the)\s+(?:[\w'’-]+\s+){1,6}$")


@dataclass(frozen=True)
class Named:
    """A name that a distance may be counted from: of a town as the text has it, or the front."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Link:
    """Ends of a distance.

    Attributes
    ----------
    start, end
        Names as the text has them, `front`, or empty where the grammar does not see any.
    extent
        What the distance is the size of (`zone`, `ridge`); empty where it lies between two ends.
    until
        Where the words in the sentence end that bear it out; 0 where they end with the number.
    """

    start: str
    end: str
    extent: str
    until: int = 0


def link(text: str, measured: Measured, names: Sequence[Named]) -> Link:
    """The ends of a distance of a sentence, from the words of its clause alone."""
    low, high = clause_of(text, measured.start, measured.end)
    here = sorted(_ends(text, low, high, names), key=lambda name: name.start)
    before = [name for name in here if name.end <= measured.start][-MOST_ENDS:]
    after = [name for name in here if name.start >= measured.end][:MOST_ENDS]
    ahead = _between(text, after)
    if ahead is not None and ahead[0].start - measured.end <= NEAR:
        return Link(ahead[0].name, ahead[1].name, "", ahead[1].end)
    far = next((name for name in after if FROM.fullmatch(text, measured.end, name.start)), None)
    if far is not None:
        near = _subject(text, before, measured.start)
        return Link(near.name if near else "", far.name, "", far.end)
    behind = _between(text, before)
    if behind is not None and measured.start - behind[1].end <= NEAR:
        return Link(behind[0].name, behind[1].name, "")
    own = OWN.match(text, measured.end)
    if own is not None:
        return Link("", "", own["noun"].lower(), own.end())
    is_along = bool(before) and re.fullmatch(r",?\s*", text[before[-1].end : measured.start]) is not None
    return Link(before[-1].name if is_along else "", "", "")


def _ends(text: str, low: int, high: int, names: Sequence[Named]) -> list[Named]:
    """Towns of a clause, the front, and ends without a name ("the border") that hold none of the others."""
    found = [name for name in names if low <= name.start and name.end <= high]
    for pattern, called in ((FRONTS, THE_FRONT), (NAMELESS_ENDS, "")):
        for match in pattern.finditer(text, low, high):
            is_free = not any(match.start() < other.end and other.start < match.end() for other in found)
            # "the city of X", "the capital X" and "the capital, X" are X
            is_apposed = NAMED_NEXT.search(match[0]) is not None and any(
                re.fullmatch(r"(?:\s+(?:city|town))?(?:\s+of|,)?\s+", text[match.end() : other.start])
                for other in found
                if other.start > match.end()
            )
            if is_free and not is_apposed and not OF_A_NAME.match(text, match.end()):
                found.append(Named(called or match[0].lower(), match.start(), match.end()))
    return found


def _between(text: str, names: Sequence[Named]) -> tuple[Named, Named] | None:
    """Two names joined by "from A to B" or "between A and B"."""
    for first, second in itertools.pairwise(names):
        lead = LEAD.search(text[max(0, first.start - LEAD_LENGTH) : first.start])
        joint = JOINTS["to" if lead and lead[1].lower() == "from" else "and"]
        if lead and joint.fullmatch(text, first.end, second.start):
            return first, second
    return None


def _subject(text: str, before: Sequence[Named], start: int) -> Named | None:
    """The name that is said to lie so far away: the last before the number, with a verb or a comma."""
    named = [name for name in before if name.name == THE_FRONT or name.name[:1].isupper()] or before
    if not named:
        return None
    between = text[named[-1].end : start]
    return named[-1] if LIES.match(between) or APPOSED.match(between) else None
