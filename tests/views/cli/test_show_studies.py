"""Texts of studies as a stranger reads them: a group in words, bounds once each, means with measures."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from redan.views.cli import show_compare, show_parted


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("taken:kramatorsk", "Kramatorsk was taken"),
        ("taken:chasiv-yar <= 365", "Chasiv Yar was taken by day 365"),
        ("ended > 700", "every objective was taken or left after day 700"),
        ("losses:attacker > 300000", "losses:attacker > 300000"),
        ("within_5km:lyman", "within_5km:lyman came"),
    ],
)
def test_a_group_is_the_end_of_a_sentence(group: str, words: str) -> None:
    assert show_parted.in_which(group) == words


def bound(name: str, value: float, *, is_upper: bool) -> dict[str, Any]:
    return {"parameter": name, "is_upper": is_upper, "value": value, "part": 0.5}


def told() -> dict[str, Any]:
    one = {
        "name": "tempo",
        "unit": "ratio",
        "inside": 1.27,
        "outside": 0.553,
        "standardised": 1.2,
        "p_any": 0.001,
    }
    event = {
        "name": "ended",
        "unit": "share",
        "inside": 1.0,
        "outside": 0.6,
        "standardised": -1.7,
        "p_any": 0.001,
    }
    high = [bound("tempo", 0.53, is_upper=False), bound("tempo", 1.02, is_upper=False)]
    low = [bound("tempo", 0.53, is_upper=True), bound("tempo", 0.34, is_upper=False)]
    sizes = {"replications": 30, "members": 9}
    return {
        "scenario": "toy",
        "course": "storm",
        "group": "taken:town <= 365",
        "horizon_days": 730,
        "replications": 200,
        "members": 47,
        "level": 0.05,
        "parameters": [one],
        "events": [event],
        "measures": [],
        "looked_at": {"parameters": 168, "events": 49, "measures": 46},
        "tree": [
            {"bounds": high, "share": 0.62, "low": 0.44, "high": 0.78, **sizes},
            {"bounds": low, "share": 0.05, "low": 0.01, "high": 0.2, **sizes},
        ],
    }


def shown(show: Any, *arguments: Any, width: int = 80) -> str:
    stream = io.StringIO()
    show(Console(file=stream, width=width, highlight=False, markup=False), *arguments)
    return stream.getvalue()


def test_a_group_is_told_in_words() -> None:
    text = " ".join(shown(show_parted.show, told()).split())
    assert "of the mean ranks, in standard deviations; of an event, later is also never. By luck: how" in text
    assert "what set apart the campaigns in which Town was taken by day 365" in text
    assert "Of 168 uncertain parameters 1 differs by more than chance" in text
    assert "tempo is much higher, 1.27 against 0.553 (means). Where tempo is above 1.02, 62 %" in text
    assert "where tempo is above 0.34, at most 0.53, 5.0 % are" in text
    assert "tempo, ratio" in text
    assert "1.70 sd sooner" in text


def test_means_stand_beside_their_measures_at_80_columns() -> None:
    names = ["two-belts:storm", "two-belts:bypass", "two-belts:one-side"]
    rows = [
        {"alternative": name, "measure": "restricted_mean_days:taken:harrow-bridge", "unit": "days",
         "mean": 1_000_206.0, "interval90": [1_000_197.0, 1_000_214.0]}
        for name in names
    ]  # fmt: skip
    text = shown(show_compare._levels, {"levels": rows}, names, {name: name[10] for name in names})
    assert text.count("days to taken:harrow-bridge") == 3, "one beside another does not fit"
    assert all(len(line) <= 80 for line in text.splitlines())
