"""Who says it, and how sure they sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from redan.sources.reading.lexicon import COMMON, CONDITIONAL, HEDGED, OPINING, ROLES, SAYING, TITLES, listed
from redan.sources.reading.numerals import ABOUT
from redan.sources.reading.text import Sentence

ARTICLE: Final = "article"
CAPITAL: Final = r"[^\W\d_a-z][\w'’-]*"
PERSON: Final = rf"{CAPITAL}(?:\s+(?:al-|de|von|van|bin)?\s?{CAPITAL}){{0,3}}"
ROLE: Final = (
    r"(?:(?:the|a|an|some|several|local|regional|military|senior|two|many|its|his|their)\s+)*"
    rf"(?:[\w'’-]+\s+){{0,3}}?{ROLES}"
)
VERBS: Final = "|".join(sorted(SAYING | OPINING, key=len, reverse=True))
ADVERB: Final = r"(?:(?:has|have|had|also|later|then|himself|herself)\s+)*"
ASIDE: Final = r"(?:,[^,]{1,90},)?"
PRONOUN: Final = r"(?:[Hh]e|[Ss]he|[Tt]hey)"
SPEAKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b[Aa]ccording to\s+(?:the\s+)?(?P<who>{PERSON}|{ROLE}|an?\s+\w+\s+\w+)",
        rf"\b(?P<who>{PERSON})(?:{ASIDE}|,)\s+{ADVERB}(?P<verb>{VERBS})\b(?:\s+(?P<to>(?:the\s+)?{CAPITAL}|[a-z0-9-]+\.[a-z]{{2,}}))?",
        rf"\b(?P<who>{PRONOUN})\s+{ADVERB}(?P<verb>{VERBS})\b",
        rf"[,”\"]\s*(?P<verb>said|says|added|wrote|explained|told)\s+(?P<who>(?:[A-Za-z]+\s+){{0,2}}?{PERSON}|{ROLE})",
        r"\b(?P<who>(?:[Aa]n?|[Tt]he)\s+(?:[\w'’-]+\s+)?[a-z]+)\s+(?P<verb>said|says|told|claimed|reported|warned|added)\b",
        rf"\b(?P<who>{ROLE})(?:,?\s+{PERSON},?)?\s+{ADVERB}(?P<verb>{VERBS})\b(?:\s+(?P<to>(?:the\s+)?{CAPITAL}))?",
    )
)
NOBODY: Final = frozenset(listed("nobody"))


@dataclass(frozen=True)
class Speaker:
    """Who says a sentence.

    Attributes
    ----------
    who
        Name or role, or `article`.
    basis
        `stated` in the sentence, `carried` on from the sentence before, or `none`.
    verb
        The verb of saying; empty where there is none.
    """

    who: str
    basis: str
    verb: str = ""


def find_speakers(sentences: Sequence[Sentence]) -> list[Speaker]:
    """Who says each sentence, in order."""
    found: list[Speaker] = []
    full: dict[str, str] = {}
    person = ""  # whom he and she mean
    for sentence, before in zip(sentences, [None, *sentences], strict=False):
        speaker = None if sentence.is_heading else _stated(sentence.text, full, person)
        if speaker is not None:
            person = speaker.who if speaker.who[:1].isupper() else person
        elif before is not None and before.paragraph == sentence.paragraph and found[-1].basis != "none":
            speaker = Speaker(found[-1].who, "carried", found[-1].verb)
        found.append(speaker or Speaker(ARTICLE, "none"))
    return found


def _stated(text: str, full: dict[str, str], person: str) -> Speaker | None:
    """The speaker that a sentence names; `full` keeps full names by their last word."""
    for pattern in SPEAKS:
        for match in pattern.finditer(text):
            verb = match.groupdict().get("verb") or "according to"
            who = match["who"].strip()
            if re.fullmatch(PRONOUN, who):
                return Speaker(person or f"somebody ({who.lower()})", "stated", verb)
            name = _name(who, full)
            if not name:
                continue
            group = re.search(rf"({ROLE})\s+of\s+(?:the\s+)?$", text[: match.start("who")], re.IGNORECASE)
            name = f"{group[1].lower()} of {name}" if group else name
            told = match.groupdict().get("to")
            told = f" ({verb} {told})" if told and verb in ("told", "tells", "tell") else ""
            return Speaker(f"{name}{told}", "stated", verb)
    return None


def _name(who: str, full: dict[str, str]) -> str:
    """A speaker's name without titles, in full where it was given in full before; empty where it is none."""
    words = who.split()
    if len(words) == 2 and words[0].lower() in ("a", "an") and words[1].islower():
        return f"{words[0].lower()} {words[1]}"
    while words and (words[0].lower() in NOBODY or (words[0].lower() in TITLES and len(words) > 1)):
        words.pop(0)
    if not words:
        return ""
    if not words[0][:1].isupper() or re.fullmatch(ROLES, words[-1].lower()):
        is_name = len(words) > 1 and words[1][:1].isupper()
        is_plain = words[0].lower() in COMMON or re.fullmatch(ROLES, words[0].lower()) is not None
        is_plain = is_plain and not is_name
        return " ".join([words[0].lower() if is_plain else words[0], *words[1:]])
    if len(words) > 1:
        full.setdefault(words[-1], " ".join(words))
    return full.get(words[-1], " ".join(words))


@dataclass(frozen=True)
class Firmness:
    """How firmly something is put, in the words of the claims format, and the words that show it."""

    hedge: str
    words: tuple[str, ...]


def find_firmness(text: str, start: int, end: int, before: str, verb: str) -> Firmness:
    """How firmly what stands from `start` to `end` of a sentence is put.

    Parameters
    ----------
    before
        The word right before the number, such as "about".
    verb
        The verb of saying of the sentence.
    """
    condition = re.search(CONDITIONAL, text, re.IGNORECASE)
    words = [before] if before and re.fullmatch(ABOUT, before) else []
    # In small letters as they stand: "May" is a month.
    words += [word for word in re.findall(r"\b[a-z]+", _clause(text, start, end)) if word in HEDGED]
    told = tuple(dict.fromkeys(words))
    if condition is not None:
        return Firmness("conditional", (condition[0].lower(), *told))
    if told:
        return Firmness("hedged", told)
    if verb in OPINING:
        return Firmness("opinion", (verb,))
    return Firmness("flat", ())


BREAKS: Final = re.compile(
    r"[;:—–]|,?\s+(?:while|whereas|but|although|though)\s+|,\s+(?:and|with|where|which)\s+", re.IGNORECASE
)


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause about a stretch of a sentence begins and ends."""
    low, high = 0, len(text)
    for match in BREAKS.finditer(text):
        if match.end() <= start:
            low = match.end()
        elif match.start() >= end:
            high = match.start()
            break
    return low, high


def _clause(text: str, start: int, end: int) -> str:
    low, high = clause_of(text, start, end)
    return text[low:high]
