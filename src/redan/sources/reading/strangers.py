"""Capitalised words that no gazetteer holds and that stand where a place stands: told, never dropped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from redan.sources.reading.lexicon import (
    CUES,
    DEMONYMS,
    DESCRIBERS,
    FEATURES,
    PLACE_NOUNS,
    REGION_WORDS,
    WAYS,
    WEAK_CUES,
)
from redan.sources.reading.names import Mention, Token, is_plain, mention_at, runs_of
from redan.sources.reading.text import Sentence

LOOK_BACK: Final = 60  # [characters] before a name that may say what it is
#: What comes after a place and after no person.
AFTER_A_PLACE: Final = re.compile(
    r"\s*,?\s*(?:(?:which|that)\s+)?(?:(?:lies|is|was|sits|stands|stood|lay|located|situated)\s+)?(?:(?:only|just|"
    r"about|some|roughly|around|nearly|approximately)\s+)?(?:[0-9][0-9.,]*|[a-z]+(?:-[a-z]+)?)[\s-]?"
    r"(?:km|kilomet(?:er|re)s?|miles?|metres|meters)\b"
    r"|\s*,?\s+(?:an?|the)\s+(?:[\w-]+\s+){0,2}(?:city|town|village|port|capital|settlement|hamlet|suburb)\b"
    r"|\s+(?:village|settlement|hamlet|suburb)\b"
    r"|\s+(?:lies|sits)\s+(?:in|on|at|near|by|between|north|south|east|west|beside|beyond|behind)\b"
    r"|\s*\((?:pop(?:ulation|\.)?:?)\s"
)
JOINT: Final = re.compile(r"(?:,|,?\s+(?:and|or))\s+$")
#: Ends a list of names: what follows a person there is a verb.
LIST_GOES_ON: Final = re.compile(
    r"\s*(?:[.;:)]|$|,\s+(?:[^\W\d_a-z]|and\s+[^\W\d_a-z])|,?\s+(?:and|or)\s+[^\W\d_a-z])"
)


def find_strangers(
    sentences: Sequence[Sentence], known: Sequence[Mention], persons: Collection[str]
) -> list[Mention]:
    """Mentions of names that nothing knows and that stand like a place.

    Parameters
    ----------
    sentences
        The text.
    known
        Mentions of names that are known.
    persons
        Words of names that somebody bears who is titled or says something.
    """
    by_sentence: dict[int, list[Mention]] = {}
    for mention in known:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    found: list[Mention] = []
    for index, sentence in enumerate(sentences):
        if not sentence.is_heading:
            strange = _in_sentence(index, sentence, by_sentence.get(index, []))
            found += [mention for mention in strange if not set(mention.name.split()) & set(persons)]
    return found


def _in_sentence(index: int, sentence: Sentence, known: Sequence[Mention]) -> Iterator[Mention]:
    text = sentence.text
    places = [mention for mention in known if mention.is_strong and not mention.is_doubtful]
    for run in runs_of(text):
        start, end = run[0].start, run[-1].end
        is_known = any(m.start < end and start < m.end and not m.is_doubtful for m in known)
        if is_known or not _may_be_name(run) or text[start:end].isupper():
            continue
        follows = AFTER_A_PLACE.match(text, end) is not None
        if follows or (start > 0 and (_is_led_to(text, start) or _is_listed(text, start, end, places))):
            mention = mention_at(index, sentence, text[start:end], start, end)
            places.append(mention)
            yield mention


def _may_be_name(run: Sequence[Token]) -> bool:
    """Whether no word of it is an ordinary one, or tells what the rest is."""
    others = DESCRIBERS | FEATURES | REGION_WORDS | DEMONYMS.keys()
    return not any(is_plain(token.text) or token.text.lower() in others for token in run)


def _is_led_to(text: str, start: int) -> bool:
    """Whether the words before say that a place follows: "west of", "12 km from", "the village of"."""
    before = [word.lower() for word in re.findall(r"[\w'’-]+", text[max(0, start - LOOK_BACK) : start])]
    if not re.search(r"[\w'’-]\s+$", text[:start]):
        return False  # a mark between them parts the name from what was before
    if before and before[-1] in PLACE_NOUNS:
        return True
    while before and before[-1] in DESCRIBERS | {"the"}:
        before.pop()
    if not before:
        return False
    is_way = len(before) > 1 and before[-1] in ("to", "of", "from") and before[-2] in WAYS | PLACE_NOUNS
    is_far_end = before[-1] == "to" and re.search(r"\bfrom\s+[^\W\d_a-z][\w'’-]*\s+to\s+$", text[:start])
    return before[-1] in CUES - WEAK_CUES or is_way or bool(is_far_end)


def _is_listed(text: str, start: int, end: int, places: Sequence[Mention]) -> bool:
    """Whether it stands in a list of places that goes on or ends with it."""
    joint = JOINT.search(text[:start])
    return (
        joint is not None
        and any(place.end == joint.start() for place in places)
        and LIST_GOES_ON.match(text, end) is not None
    )
