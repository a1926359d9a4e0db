"""Numbers as people write them: digits, words, ranges, and what stands before them ("about", "up to")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from redan.sources.reading.lexicon import listed

ONES: Final = {word: number for number, word in enumerate(listed("ones"))}
TENS: Final = {word: 10 * number for number, word in enumerate(listed("tens"), start=2)}
SCALES: Final = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "dozen": 12,
}
SCALED: Final = r"(?:[ -]?(?:hundred|thousand|million|billion|dozen)\b)"
#: 1,200 or 1 200 (with a space that does not break) or 12.5 or 12,5
DIGITS: Final = (
    r"(?<![\w.,])(?:[0-9]{1,3}(?:[,\u00a0\u202f\u2009][0-9]{3})+(?:\.[0-9]+)?"
    r"|[0-9]+(?:[.,][0-9]{1,2}(?![0-9]))?)"
)
IN_WORDS: Final = "|".join(sorted((*ONES, *TENS), key=len, reverse=True))
WORD: Final = rf"\b(?:{IN_WORDS})(?:[ -](?:{IN_WORDS}))?\b"
ONE: Final = r"\b(?:half an?|half|an?|a dozen|a couple of|a hundred|a thousand|a million)\b"
NUMBER: Final = rf"(?:{DIGITS}{SCALED}?|{WORD}{SCALED}{{0,2}}|{ONE})"
#: After "between" a range is joined by "and", elsewhere "and" begins something else. It follows `BEFORE`.
RANGE: Final = (
    rf"(?P<low>{NUMBER})(?:(?:\s?[-–—]\s?|\s+(?(between)(?:and|to)|(?:to|or))\s+)(?P<high>{NUMBER}))?"
)
#: Words before a number that say how it is meant; the first are hedges, the others bounds.
ABOUT: Final = (
    r"about|around|roughly|approximately|approx\.?|nearly|almost|some|close to|an estimated|estimated|circa"
    r"|ca\.|just over|just under"
)
MOST_DIGITS: Final = 18
BOUND: Final = (
    r"up to|as many as|as much as|at least|at most|no more than|no less than|no fewer than|more than"
    r"|less than|fewer than|over|under|within|only|just|every"
)
BEFORE: Final = rf"(?:\b(?P<before>(?:{ABOUT}|{BOUND}))\s+)?(?P<between>\bbetween\s+)?"


@dataclass(frozen=True)
class Number:
    """A number or a range: `low` equals `high` where it is one number."""

    low: float
    high: float

    def times(self, factor: float) -> Number:
        """The same in another unit."""
        return Number(float(f"{self.low * factor:.6g}"), float(f"{self.high * factor:.6g}"))

    @property
    def middle(self) -> float:
        """The number, or the middle of the range."""
        return 0.5 * (self.low + self.high)


def value_of(text: str) -> float | None:
    """The value of one number as matched by `NUMBER`; None where it is none."""
    words = re.sub(
        r"[-\s]+", " ", text.lower().replace("\u00a0", "").replace("\u202f", "").replace("\u2009", "")
    )
    words = words.strip()
    fixed = {
        "a": 1.0,
        "an": 1.0,
        "half": 0.5,
        "half a": 0.5,
        "half an": 0.5,
        "a dozen": 12.0,
        "a couple of": 2.0,
    }
    if words in fixed:
        return fixed[words]
    total, part, seen = 0.0, 0.0, False
    for word in words.split():
        if word in SCALES:
            scale = SCALES[word]
            part = (part or 1.0) * scale
            if scale >= 1_000:
                total, part = total + part, 0.0
        elif word in ONES or word in TENS:
            part += ONES.get(word, TENS.get(word, 0))
        elif word in ("a", "an"):
            part += 1.0
        else:
            number = _digits(word)
            if number is None:
                return None
            part += number
        seen = True
    return total + part if seen else None


def _digits(text: str) -> float | None:
    if len(text) > MOST_DIGITS:
        return None  # no number of anything that is counted here
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
        text = text.replace(",", "")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def number_of(match: re.Match[str]) -> Number | None:
    """The number or range of a match of `RANGE`; a range upside down ("2014-15") is None."""
    low = value_of(match["low"])
    high = low if match["high"] is None else value_of(match["high"])
    if low is None or high is None or high < low:
        return None
    # "2 to 3 million": the scale of the second counts for the first.
    scale = next((SCALES[word] for word in SCALES if (match["high"] or "").lower().endswith(word)), 1)
    if scale >= 1_000 and low < 1_000 <= high and not any(word in match["low"].lower() for word in SCALES):
        low *= scale
    return Number(low, high) if low <= high else None
