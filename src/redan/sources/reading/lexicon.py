"""Words that the grammar knows: what is capitalised and is no town, who says things, what hedges.

Plain lists stand in `words.yaml`; here are the patterns that are made of several words.
"""

from __future__ import annotations

from importlib import resources
from typing import Any, Final

from redan.vocabulary.documents import read_document

WORDS: Final[dict[str, Any]] = read_document(
    resources.files(__package__).joinpath("words.yaml"), "words.yaml"
).value


def listed(key: str) -> list[str]:
    """One list of `words.yaml`, in its order."""
    return str(WORDS[key]).split()


COMMON: Final = frozenset(listed("common"))
TITLES: Final = frozenset(listed("titles"))
DESCRIBERS: Final = frozenset(listed("describers"))
FEATURES: Final = frozenset(listed("features"))
REGION_WORDS: Final = frozenset(listed("regions"))
CUES: Final = frozenset(listed("cues"))
WEAK_CUES: Final = frozenset(listed("weak_cues"))
WAYS: Final = frozenset(listed("ways"))
PLACE_NOUNS: Final = frozenset(listed("place_nouns"))
SAYING: Final = frozenset(listed("saying"))
OPINING: Final = frozenset(listed("opining"))
HEDGED: Final = frozenset(listed("hedged"))
#: Two letters of countries by the words for what is theirs.
DEMONYMS: Final = {word: code for code, words in WORDS["demonyms"].items() for word in words.split()}

#: What comes after the name of a place.
AFTER: Final = (
    r"\s*,?\s*(?:(?:which|that)\s+)?(?:(?:lies|is|sits|stands|located|situated)\s+)?(?:(?:only|just|about|some|"
    r"roughly|around|nearly|approximately)\s+)?(?:[0-9][0-9.,]*|[a-z]+(?:-[a-z]+)?)[\s-]?"
    r"(?:km|kilomet|met(?:er|re)s|miles|nautical)"
    r"|\s*\(pop(?:ulation|\.)?:?\s"
    r"|,\s+(?:an?|the)\s+(?:[\w-]+\s+){0,2}(?:city|town|village|port|capital|settlement|hamlet)\b"
    r"|\s+(?:fell|lies|sits|surrendered|has fallen|held out|is located|was (?:taken|captured|shelled|bombed|"
    r"evacuated|besieged|attacked|hit|encircled|surrounded|lost|held|stormed)|came under)\b"
)
#: Who speaks, where no name is given.
ROLES: Final = (
    r"(?:officials?|ministry|military|army|navy|police|spokes(?:man|woman|person|people)|analysts?|experts?"
    r"|witness(?:es)?|residents?|general staff|command|commanders?|governor|mayor|president|minister|general"
    r"|colonel|officers?|authorities|government|sources?|reports?|media|observers?|researchers?|historians?"
    r"|soldiers?|bloggers?|think tank|study|history|chronicle|document|statement|survey|agency|newspaper"
    r"|chronicler|captain|admiral|engineers?|administration)"
)
CONDITIONAL: Final = (
    r"\b(?:if|unless|provided(?: that)?|assuming|as long as|in case|were\s+\w+\s+to"
    r"|should\s+\w+\s+(?:be|have))\b"
)
FUTURE: Final = (
    r"\b(?:will|would|may|might|could|going to|expected to|likely to|expects?|predicts?|predicted"
    r"|by 20\d\d)\b"
)
#: Words by which a distance is counted from the line of contact and not from a town.
FRONT: Final = (
    r"\b(?:front[- ]?lines?|front|line of contact|contact line|lines? of (?:battle|fire)|battle ?line"
    r"|no man's land)\b"
)
#: Ends of a distance that have no name.
NAMELESS: Final = (
    r"\b(?:the|its|their|a|this)\s+(?:[\w-]+\s+){0,2}?(?:border|coast|shore|sea|river|capital|airport|airfield|base"
    r"|bridge|town|city|village|port|harbour|harbor|ridge|hill|road|railway|dam|island|equator|suburbs?|outskirts)\b"
)
#: What a distance measures where it leads from nowhere to nowhere.
EXTENTS: Final = (
    r"(?:zones?|belts?|buffers?|corridors?|strips?|stretch(?:es)?|radius|range|depth|deep|wide|long|high|front"
    r"|perimeter|lines?|gap|bridgehead|salient|pocket|advance|retreat|walls?|ditch(?:es)?|trench(?:es)?|rivers?"
    r"|roads?|march|convoys?|columns?|ridges?|passage|tunnels?|area)"
)
#: Words beside a number that say what it may become in Redan: (words, mechanism, parameters).
MECHANISMS: Final = (
    (
        r"drones?|fpvs?|uavs?",
        "drone zone: a hazard over depth on everything that moves",
        ("drone_half_depth_km",),
    ),
    (
        r"mine(?:s|d|fields?)|trench(?:es)?|fortif\w+|ditch(?:es)?|bunkers?|belts?|dug|defences?|defenses?|walls?",
        "belts of works: where, how deep, since when",
        (),
    ),
    (
        r"factor(?:y|ies)|plants?|tunnels?|underground|shelters?|industrial|quarr(?:y|ies)|castle|fort(?:ress)?"
        r"|citadel",
        "strongholds: a kind and a town, floor area, tunnels, shelter",
        (),
    ),
    (
        r"suppl(?:y|ies)|roads?|railways?|convoys?|logistics|bridges?|ammunition",
        "roads and sources of supply",
        (),
    ),
    (
        r"evacuat\w+|residents|civilians|refugees|displaced|homes|houses|buildings|destroyed",
        "residents and destruction",
        (),
    ),
)
