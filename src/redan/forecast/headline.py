"""The forecast in a few plain sentences, put together from its document."""

from __future__ import annotations

from typing import Any, Final

from redan.vocabulary.counting import how_many
from redan.vocabulary.outcomes import slug

#: Below this probability in every course, the headline says "at most".
RARE: Final = 0.05
#: One course is said to be better from this share of the pairs on, in at most so many sentences.
CLEAR: Final = 0.60
MOST_PAIRS: Final = 3
BETTER_WORDS: Final = {
    "ended": "On the same luck {better} ends sooner than {other}",
    "area_gained_km2": "On the same luck {better} gains more ground than {other}",
    "losses:attacker": "On the same luck {better} costs the attacker fewer men than {other}",
    "residents_left": "On the same luck {better} leaves more residents at home than {other}",
}


def headline(document: dict[str, Any]) -> list[str]:
    """Sentences a stranger can read: which objectives fall, when, and which course does better."""
    courses = document["courses"]
    objectives = [
        event.removeprefix("taken:")
        for event in next(iter(courses.values()))["events"]
        if event.startswith("taken:")
    ]
    sentences = [_taken(document, name) for name in objectives]
    sentences.append(_ended(document))
    sentences += _better(document)
    return sentences


def _taken(document: dict[str, Any], objective: str) -> str:
    """How often an objective is taken, and when."""
    event = f"taken:{objective}"
    chance = {name: c["events"][event]["p_by_horizon"] for name, c in document["courses"].items()}
    name, horizon = title(objective), document["horizon_days"]
    best = max(chance, key=lambda course: chance[course])
    if chance[best] == 0:
        return f"{name} is taken within {how_many(horizon, 'day')} in no replication of any course."
    if chance[best] < RARE:
        return (
            f"{name} is taken within {how_many(horizon, 'day')} in at most {_percent(chance[best])} of the"
            f" replications of any course ({best})."
        )
    each = ", ".join(f"{_percent(p)} of {course}" for course, p in chance.items())
    median = document["courses"][best]["events"][event]["day"]["p50"]
    when = "" if median is None else f"; the median day of {best} is {median:.0f}"
    return f"{name} is taken within {how_many(horizon, 'day')} in {each}{when}."


def _ended(document: dict[str, Any]) -> str:
    chance = {name: c["events"]["ended"]["p_by_horizon"] for name, c in document["courses"].items()}
    horizon = document["horizon_days"]
    if max(chance.values()) == 0:
        within = how_many(horizon, "day")
        return f"In no replication are all objectives taken or left by their garrisons within {within}."
    each = ", ".join(f"{_percent(p)} of {course}" for course, p in chance.items())
    return f"All objectives are taken or left by their garrisons within {how_many(horizon, 'day')} in {each}."


def _better(document: dict[str, Any]) -> list[str]:
    """Where one course is clearly better than another on the same luck: the clearest differences."""
    found: list[tuple[float, str]] = []
    for row in document["comparison"]:
        p = row["p_a_better"]
        if row["measure"] not in BETTER_WORDS or p is None:
            continue
        better, other, share = (row["a"], row["b"], p) if p >= 0.5 else (row["b"], row["a"], 1.0 - p)
        if share >= CLEAR:
            words = BETTER_WORDS[row["measure"]].format(better=better, other=other)
            found.append((share, f"{words} in {_percent(share)} of the pairs."))
    if not found and document["comparison"]:
        return ["On the same luck no course is clearly better than another."]
    return [sentence for _, sentence in sorted(found, key=lambda item: -item[0])[:MOST_PAIRS]]


def title(objective: str) -> str:
    """`chasiv-yar` -> `Chasiv Yar`."""
    return " ".join(word.capitalize() for word in slug(objective).split("-"))


def _percent(p: float) -> str:
    if 0 < p < 0.001:
        return "less than 0.1 %"
    return f"{100 * p:.1f} %" if 0 < p < 0.1 or 0.9 < p < 1 else f"{100 * p:.0f} %"
