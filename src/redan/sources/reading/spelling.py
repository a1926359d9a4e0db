"""Whether two spellings may be of one name that was carried from another script."""

from __future__ import annotations

import difflib
import re
from typing import Final

from redan.sources.gazetteer import folded

#: Letters that transliterations of Slavic and other names exchange; the longer first.
EXCHANGED: Final = tuple(
    pair.split("=")
    for pair in [
        "shch=S",
        "sch=S",
        "tsch=C",
        "tch=C",
        "sh=S",
        "ch=C",
        "cz=C",
        "sz=S",
        "zh=Z",
        "kh=h",
        "ts=c",
        "tz=c",
        "ck=k",
        "ph=f",
        "x=ks",
        "q=k",
        "w=v",
        "g=h",
        "j=i",
        "y=i",
    ]
)
VOWELS: Final = "aeiou"
ALIKE: Final = 0.72  # [-] least similarity of the letters of two spellings of one name
LEAST_SOUNDS: Final = 3  # [-] consonants that a name must have for its bare frame to mean anything


def frame(name: str) -> str:
    """The consonants of a name, those alike that transliterations exchange: `Siversk` and `Seversk` agree."""
    text = re.sub(r"[^a-z]", "", folded(name))
    for written, sound in EXCHANGED:
        text = text.replace(written, sound)
    return re.sub(r"(.)\1+", r"\1", "".join(char for char in text if char not in VOWELS))


def may_be_one(a: str, b: str) -> bool:
    """Whether `a` and `b` may be one name: the same frame of consonants, and letters that are alike."""
    frame_a = frame(a)
    if len(frame_a) < LEAST_SOUNDS or frame_a != frame(b):
        return False
    return difflib.SequenceMatcher(None, folded(a), folded(b)).ratio() >= ALIKE
