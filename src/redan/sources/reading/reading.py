"""Reads a text: everything in it that can be checked, each with its paragraph and the words it rests on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from redan.sources.reading.lexicon import FUTURE, SAYING
from redan.sources.reading.links import Link, Named, link
from redan.sources.reading.measures import Aside, Measured, find_measures
from redan.sources.reading.places import Places, find_places
from redan.sources.reading.speakers import Speaker, find_firmness, find_speakers
from redan.sources.reading.text import Sentence, Text, quote_of
from redan.sources.reading.times import Dated, find_dates, latest_day

NO_LINK: Final = Link("", "", "")


@dataclass(frozen=True)
class Item:
    """Something that the text says and that can be checked.

    Attributes
    ----------
    kind
        `distance`, `area`, `pace`, `duration`, `share`, `count` or `date`.
    low, high
        The number in `unit`, twice the same where it is no range; None for a date.
    unit, noun
        As in `Measured`; `date` for a date.
    date, relation
        A prefix of an ISO date, and `since`, `by` and the like; empty for other kinds.
    sentence
        Its index in the text.
    paragraph, line
        Where its paragraph is.
    quote
        The words it rests on, as they stand.
    context
        The words of the sentence: to be shown, never to be stored.
    who, who_basis
        Who says it; `stated`, `carried` on from the sentence before, or `none`.
    hedge, hedge_words
        How firmly, as in the claims format, and the words that show it.
    link
        Ends of a distance.
    names
        Towns named in the sentence, as the text has them, each once.
    is_future
        Whether the sentence speaks of what is to come.
    """

    kind: str
    low: float | None
    high: float | None
    unit: str
    noun: str
    date: str
    relation: str
    sentence: int
    paragraph: int
    line: int
    quote: str
    context: str
    who: str
    who_basis: str
    hedge: str
    hedge_words: tuple[str, ...]
    link: Link
    names: tuple[str, ...]
    is_future: bool


@dataclass(frozen=True)
class SetAside:
    """Something that was read and not made a finding of, with the reason."""

    quote: str
    paragraph: int
    why: str


@dataclass(frozen=True)
class Reading:
    """What a text was read to say.

    Attributes
    ----------
    text
        The text in sentences.
    places
        Its places.
    items
        What can be checked, in the order of the text.
    aside
        What was set aside, with the reason.
    last_day
        The latest full date in it, up to today; None where it has none.
    is_english
        Whether it has the small words of English, without which the grammar finds little.
    """

    text: Text
    places: Places
    items: tuple[Item, ...]
    aside: tuple[SetAside, ...]
    last_day: dt.date | None
    is_english: bool


def read_text(text: Text, *, today: dt.date) -> Reading:
    """Read a text that was split into sentences."""
    places = find_places(text.sentences)
    named = named_by_sentence(places)
    speakers = find_speakers(text.sentences)
    items: list[Item] = []
    aside: list[SetAside] = []
    dates: list[Dated] = []
    for index, sentence in enumerate(text.sentences):
        measures, not_measured = find_measures(sentence)
        dated, not_dated = find_dates(sentence)
        measures = [m for m in measures if not any(m.start < d.end and d.start < m.end for d in dated)]
        dates += dated
        if not sentence.is_heading:
            names = named.get(index, [])
            items += [_measured(index, sentence, m, names, speakers[index]) for m in measures]
            items += [_dated(index, sentence, d, names, speakers[index]) for d in dated]
        aside += _asides(sentence, [*not_measured, *not_dated], [*measures, *dated])
    items.sort(key=lambda item: item.sentence)
    return Reading(
        text=text,
        places=places,
        items=tuple(items),
        aside=tuple(aside),
        last_day=latest_day(iter(dates), today),
        is_english=_is_english(text.sentences),
    )


def named_by_sentence(places: Places) -> dict[int, list[Named]]:
    """Towns that each sentence names, in order, by the sentence's index."""
    found: dict[int, list[Named]] = {}
    for town in places.towns:
        for mention in town.mentions:
            found.setdefault(mention.sentence, []).append(Named(town.name, mention.start, mention.end))
    return {index: sorted(names, key=lambda name: name.start) for index, names in found.items()}


def _measured(
    index: int, sentence: Sentence, found: Measured, names: Sequence[Named], speaker: Speaker
) -> Item:
    firmness = find_firmness(sentence.text, found.start, found.end, found.before, speaker.verb)
    linked = link(sentence.text, found, names) if found.kind == "distance" else NO_LINK
    return Item(
        kind=found.kind,
        low=found.number.low,
        high=found.number.high,
        unit=found.unit,
        noun=found.noun,
        date="",
        relation=found.before,
        hedge=firmness.hedge,
        hedge_words=firmness.words,
        link=linked,
        **_common(index, sentence, found.start, max(found.end, linked.until), names, speaker),
    )


def _dated(index: int, sentence: Sentence, found: Dated, names: Sequence[Named], speaker: Speaker) -> Item:
    firmness = find_firmness(sentence.text, found.start, found.end, "", speaker.verb)
    return Item(
        kind="date",
        low=None,
        high=None,
        unit="date",
        noun=found.part,
        date=found.iso,
        relation=found.relation,
        hedge=firmness.hedge,
        hedge_words=firmness.words,
        link=NO_LINK,
        **_common(index, sentence, found.start, found.end, names, speaker),
    )


def _common(
    index: int, sentence: Sentence, start: int, end: int, names: Sequence[Named], speaker: Speaker
) -> dict[str, Any]:
    return {
        "sentence": index,
        "paragraph": sentence.paragraph,
        "line": sentence.line,
        "quote": quote_of(sentence.text, start, end),
        "context": sentence.text,
        "who": speaker.who,
        "who_basis": speaker.basis,
        "names": tuple(dict.fromkeys(name.name for name in names)),
        "is_future": re.search(FUTURE, sentence.text) is not None,
    }


def _asides(
    sentence: Sentence, named: Sequence[Aside], found: Sequence[Measured | Dated]
) -> Iterator[SetAside]:
    """What was set aside, and numbers that nothing else has taken."""
    spans = [(item.start, item.end) for item in (*named, *found)]
    for aside in named:
        yield SetAside(quote_of(sentence.text, aside.start, aside.end), sentence.paragraph, aside.why)
    for match in re.finditer(r"(?<![\w.,-])[0-9][0-9.,]*[0-9](?![\w-])", sentence.text):
        if not any(match.start() < end and start < match.end() for start, end in spans):
            after = re.match(r"(?:\s+[\w'’-]+){0,2}", sentence.text[match.end() :])
            quote = quote_of(sentence.text, match.start(), match.end() + (after.end() if after else 0))
            yield SetAside(quote, sentence.paragraph, "a number whose unit the grammar does not know")


def _is_english(sentences: Sequence[Sentence]) -> bool:
    words = [word for sentence in sentences[:200] for word in re.findall(r"[a-z']+", sentence.text.lower())]
    small = sum(
        word in ("the", "of", "and", "to", "in", "a", "is", "was", "that", "it") or word in SAYING
        for word in words
    )
    return small >= 0.12 * max(len(words), 1) and len(words) > 0
