"""A town is found as people name it, and never guessed where two may be meant."""

from __future__ import annotations

import pytest

from redan.scenario.authoring.finding import find_town
from redan.vocabulary.errors import InputError

PARIS, PARIS_TEXAS, LONDON_ONTARIO = 2988507, 4717560, 6058560


@pytest.mark.parametrize(
    ("text", "geonameid"),
    [
        ("Paris, FR", PARIS),
        (" paris,  france ,", PARIS),
        (str(PARIS), PARIS),
        ("Paris, Texas", PARIS_TEXAS),
        ("Washington, D.C.", 4140963),
        ("London, CA", LONDON_ONTARIO),  # two letters are a country first
        ("Kiev", 703448),  # no other town of that spelling has as many people
        ("Kramatorsk", 704508),
    ],
)
def test_found(text: str, geonameid: int) -> None:
    assert find_town(text).geonameid == geonameid


def _fault(text: str) -> str:
    with pytest.raises(InputError) as caught:
        find_town(text)
    (fault,) = caught.value.faults
    line = str(fault)
    assert "\n" not in line
    assert line.startswith("--around ")
    return line


def test_an_ambiguous_name_lists_what_may_be_meant() -> None:
    line = _fault("Paris")
    assert "Paris, FR, 2,138,551 people (2988507)" in line
    assert "Paris, US TX" in line
    assert 'use "Paris, FR" or an id in brackets' in line
    assert 'use "Anchorage, AK"' in _fault("Anchorage")
    assert 'use "Paris, TX"' in _fault("Paris, US")


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Kramatrosk", "did you mean Kramatorsk, UA"),
        ("Kyiv, Ukrane", "did you mean Ukraine?"),
        ("Paris, XX", "use two letters"),
        ("Paris, DE", "did you mean Paris, FR"),
        ("qzxqzx", "check the spelling"),
        ("1", "give another id"),
        ("9" * 200, "name a town"),
        ("", "name a town"),
        (" , ", "name a town"),
        ("\x00\x1b[2J", "check the spelling"),
    ],
)
def test_what_is_unknown_gets_a_remedy_on_one_line(text: str, remedy: str) -> None:
    line = _fault(text)
    assert remedy in line
    assert line.isprintable()
