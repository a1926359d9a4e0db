"""Capitalised words that may name a place: where they stand, and what the words beside them say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from redan.sources.reading.lexicon import (
    AFTER,
    COMMON,
    CUES,
    DEMONYMS,
    DESCRIBERS,
    FEATURES,
    OPINING,
    REGION_WORDS,
    SAYING,
    TITLES,
    listed,
)
from redan.sources.reading.text import Sentence

#: A word, or a saint's name with its abbreviation.
TOKEN: Final = re.compile(r"(?:\b(?:St|Ste|Mt|Ft)\. (?=[^\W\d_a-z]))?[^\W\d_](?:[\w'’ʼʻ‘-]*[^\W_])?")
SAINTS: Final = {
    "St. ": ("Saint ", "Sankt ", "San "),
    "Ste. ": ("Sainte ",),
    "Mt. ": ("Mount ",),
    "Ft. ": ("Fort ",),
}
JOINTS: Final = frozenset(listed("joints"))
LONGEST_NAME: Final = 5  # [words]


@dataclass(frozen=True)
class Token:
    """A word of a sentence that is capitalised."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Mention:
    """A name at a place of the text.

    Attributes
    ----------
    name
        As written.
    sentence
        Index of its sentence in the text.
    start, end
        Where it stands in it.
    is_strong
        Whether the words beside it say that it is a place ("near", "captured").
    is_doubtful
        Whether it is one word of a longer name that is none of a place, as a person's.
    is_first
        Whether it begins its sentence, where every word is capitalised; or stands in a headline.
    follows
        What comes after it: `region` or `feature` words that make it another thing than a town; else empty.
    within
        Country or state that is named right after it, after a comma; else empty.
    """

    name: str
    sentence: int
    start: int
    end: int
    is_strong: bool
    is_doubtful: bool
    is_first: bool
    follows: str
    within: str


def runs_of(text: str) -> list[list[Token]]:
    """Capitalised words that stand together, as lists; a possessive `'s` is left out."""
    runs: list[list[Token]] = []
    for match in TOKEN.finditer(text):
        word = re.sub(r"['’]s?$", "", match[0])
        if not word[:1].isupper():
            continue
        token = Token(word, match.start(), match.start() + len(word))
        gap = text[runs[-1][-1].end : token.start] if runs else ""
        if runs and gap == " ":
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


def candidate_names(sentences: Iterable[Sentence]) -> set[str]:
    """Everything that may be looked up as a name: stretches of capitalised words, and their parts."""
    found: set[str] = set()
    for sentence in sentences:
        for run in runs_of(sentence.text):
            for first in range(len(run)):
                for last in range(first, min(first + LONGEST_NAME, len(run))):
                    phrase = sentence.text[run[first].start : run[last].end]
                    found |= set(_forms(phrase))
        found |= {text for _, _, text in _joined(sentence.text)}
    return {name for name in found if 1 < len(name) <= 60}


def _forms(phrase: str) -> Iterator[str]:
    """A phrase as it may be listed: as written, in small capitals, and in the parts that hyphens join."""
    yield phrase
    if phrase.isupper() and len(phrase) > 3:
        yield phrase.title()
    for short, full in SAINTS.items():
        if phrase.startswith(short):
            yield from (phrase.replace(short, word, 1) for word in full)
    for part in re.split(r"[-–—]", phrase):
        if part != phrase and part[:1].isupper():
            yield part


def _joined(text: str) -> Iterator[tuple[int, int, str]]:
    """Names with small words in them, such as `Rio de Janeiro`: start, end, name."""
    tokens = list(TOKEN.finditer(text))
    for first, token in enumerate(tokens):
        if not token[0][:1].isupper():
            continue
        for last in range(first + 2, min(first + LONGEST_NAME, len(tokens))):
            inner = tokens[first + 1 : last]
            is_tight = all(
                text[a.end() : b.start()] == " "
                for a, b in zip(tokens[first:last], tokens[first + 1 : last + 1], strict=True)
            )
            has_joint = any(word[0] in JOINTS for word in inner)
            fits = all(word[0] in JOINTS or word[0][:1].isupper() for word in inner)
            if is_tight and has_joint and fits and tokens[last][0][:1].isupper():
                end = tokens[last].end() - len(re.search(r"(['’]s)?$", tokens[last][0])[0])  # type: ignore[index]
                yield token.start(), end, text[token.start() : end]


def find_mentions(
    sentences: Sequence[Sentence], known: frozenset[str], *, others: frozenset[str]
) -> tuple[list[Mention], frozenset[str]]:
    """Mentions of the `known` names, the longest first, and words of names that persons bear.

    Parameters
    ----------
    sentences
        The text.
    known
        Names that the gazetteer or the list of regions holds.
    others
        Names of countries: known, and no towns.
    """
    parts = _parts_of_persons(sentences, known | others)
    found: list[Mention] = []
    for index, sentence in enumerate(sentences):
        here = list(_in_sentence(index, sentence, known | others))
        found += [_weighed(sentence, mention, here, parts) for mention in here]
    return found, parts


def _in_sentence(index: int, sentence: Sentence, known: frozenset[str]) -> Iterator[Mention]:
    text = sentence.text
    taken: list[tuple[int, int]] = []
    for start, end, name in sorted(_joined(text), key=lambda item: item[0] - item[1]):
        if name in known and not _overlaps(taken, start, end):
            taken.append((start, end))
            yield mention_at(index, sentence, name, start, end)
    for run in runs_of(text):
        spans, left = _segments(text, run, known)
        is_other = [
            token.text
            for token in left
            if token.text.lower() not in DESCRIBERS | COMMON and token.text.lower() not in DEMONYMS
        ]
        for name, start, end in spans:
            if _overlaps(taken, start, end):
                continue
            before = [token for token in left if token.end < start]
            is_titled = bool(before) and before[-1].text.lower() in TITLES and before[-1].end + 1 == start
            after = [token for token in left if token.start > end]
            is_feature = bool(after) and after[0].text.lower() in FEATURES | REGION_WORDS
            # Two names in a row are a person's or a body's: Paris Hilton, Boston Globe.
            is_double = len(spans) > 1 and " " in text[run[0].start : run[-1].end]
            doubtful = is_titled or ((bool(is_other) or is_double) and not is_feature and " " not in name)
            mention = mention_at(index, sentence, name, start, end, is_doubtful=doubtful)
            is_lake = bool(before) and before[-1].text.lower() in FEATURES and before[-1].end + 1 == start
            yield replace(mention, follows="feature") if is_lake else mention


def _segments(
    text: str, run: Sequence[Token], known: frozenset[str]
) -> tuple[list[tuple[str, int, int]], list[Token]]:
    """Known names within a run, the longest at each word, and the words that belong to none."""
    spans: list[tuple[str, int, int]] = []
    left: list[Token] = []
    first = 0
    while first < len(run):
        for last in range(min(first + LONGEST_NAME, len(run)) - 1, first - 1, -1):
            phrase = text[run[first].start : run[last].end]
            name = next((form for form in _forms(phrase) if form in known and len(form) >= len(phrase)), "")
            if name in known and not (first == last and is_plain(name)):
                spans.append((name, run[first].start, run[last].end))
                first = last + 1
                break
        else:
            pieces = list(_pieces(run[first], known))
            spans += pieces
            if not pieces:
                left.append(run[first])
            first += 1
    return spans, left


def _pieces(token: Token, known: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """Known names within a word with hyphens: `Kramatorsk-Slavyansk`, `Donbass-based`."""
    at = token.start
    for part in re.split(r"([-–—])", token.text):
        if part != token.text and part in known and not is_plain(part):
            yield part, at, at + len(part)
        at += len(part)


def is_plain(name: str) -> bool:
    """Whether a single word is an ordinary one, what belongs to a country, or an abbreviation."""
    small = name.lower()
    is_short = name.isupper() and len(name) <= 3
    return is_short or small in COMMON | TITLES | FEATURES | REGION_WORDS or small in DEMONYMS


def mention_at(
    index: int, sentence: Sentence, name: str, start: int, end: int, *, is_doubtful: bool = False
) -> Mention:
    """A name at a place of a sentence, with what the words beside it say of it."""
    after = re.match(r"['’]?s?\s+([^\W\d_]+)", sentence.text[end:])
    word = after[1].lower() if after else ""
    follows = "region" if word in REGION_WORDS else "feature" if word in FEATURES else ""
    within = re.match(r",\s+([^\W\d_]+(?:[ -][^\W\d_]+){0,2})", sentence.text[end:])
    return Mention(
        name=name,
        sentence=index,
        start=start,
        end=end,
        is_strong=_is_cued(sentence.text, start) or re.match(AFTER, sentence.text[end:]) is not None,
        is_doubtful=is_doubtful,
        is_first=start == 0 or sentence.is_heading,
        follows=follows,
        within=within[1] if within else "",
    )


def _is_cued(text: str, start: int) -> bool:
    """Whether the words before say that a place follows."""
    before = re.findall(r"[\w'’-]+|[^\w\s]", text[max(0, start - 60) : start])
    while before and (
        before[-1].lower() in DESCRIBERS
        or (
            before[-1].lower() in ("the", "of")
            and before[-2:-1]
            and before[-2].lower() in ("city", "town", "village", "port", "outskirts", "battle", "siege")
        )
    ):
        before.pop()
    word = before[-1].lower() if before else ""
    return word in CUES and not (word == "to" and before[-2:-1] and before[-2].lower() == "according")


def _weighed(sentence: Sentence, mention: Mention, here: Sequence[Mention], parts: frozenset[str]) -> Mention:
    """The mention with what its neighbours in a list say of it, and whether it is part of a person's name."""
    before = sentence.text[: mention.start]
    joined = re.search(r"(?:,\s+and|,\s+or|,|\s+and|\s+or)\s+$", before)
    is_listed = joined is not None and any(
        other.end == joined.start() and (other.is_strong or other.is_first) for other in here
    )
    is_part = mention.name in parts and not mention.is_strong
    return replace(
        mention,
        is_strong=mention.is_strong or is_listed,
        is_doubtful=mention.is_doubtful or is_part,
    )


def _parts_of_persons(sentences: Sequence[Sentence], known: frozenset[str]) -> frozenset[str]:
    """Words of names that no gazetteer holds and that somebody bears who is titled or says something."""
    parts: set[str] = set()
    for sentence in sentences:
        if sentence.is_heading:
            continue
        for run in runs_of(sentence.text):
            words = [token.text for token in run if token.text.lower() not in COMMON | DESCRIBERS]
            name = sentence.text[run[0].start : run[-1].end]
            after = re.match(r"[,\s]+(?:has |have |had |also )?([a-z]+)", sentence.text[run[-1].end :])
            speaks = after is not None and after[1] in SAYING | OPINING
            titled = run[0].text.lower() in TITLES or bool(
                re.search(rf"\b(?:{'|'.join(TITLES)})\s+$", sentence.text[: run[0].start].lower())
            )
            names = [word for word in words if word.lower() not in TITLES and word.lower() not in DEMONYMS]
            if (
                name not in known
                and names
                and (titled or (speaks and (len(names) > 1 or names[0] not in known)))
            ):
                parts |= set(names)
    return frozenset(parts)


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < b and a < end for a, b in taken)
