"""What a distance lies between."""

from __future__ import annotations

import pytest

from redan.sources.reading.links import Named, link
from redan.sources.reading.measures import find_measures
from redan.sources.reading.text import Sentence

TOWNS = ("Seversk", "Slavyansk", "Kramatorsk", "Bourem", "Gao")


def ends(text: str) -> list[tuple[str, str, str]]:
    """Start, end and extent of every distance of a sentence."""
    names = [Named(town, text.index(town), text.index(town) + len(town)) for town in TOWNS if town in text]
    measures, _ = find_measures(Sentence(1, 1, 0, text))
    links = [link(text, measure, names) for measure in measures if measure.kind == "distance"]
    return [(found.start, found.end, found.extent) for found in links]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seversk lies 36 kilometers from Slavyansk.", [("Seversk", "Slavyansk", "")]),
        (
            "Seversk lies 36 kilometers from Slavyansk, while the distance from the current frontline to "
            "Kramatorsk is roughly 14 kilometers.",
            [("Seversk", "Slavyansk", ""), ("front", "Kramatorsk", "")],
        ),
        ("The distance between Seversk and Slavyansk is 36 km.", [("Seversk", "Slavyansk", "")]),
        ("It is 36 km from Seversk to Slavyansk.", [("Seversk", "Slavyansk", "")]),
        ("The front line is 14 km east of the city of Kramatorsk.", [("front", "Kramatorsk", "")]),
        ("Bourem, a town on the river some 90 km from Gao, is quiet.", [("Bourem", "Gao", "")]),
        ("Bourem, 90 km north-west of Gao, is quiet.", [("Bourem", "Gao", "")]),
        ("Bourem lies 60 miles west of the capital Gao.", [("Bourem", "Gao", "")]),
        ("Bourem lies 90 km from the old regional capital, Gao.", [("Bourem", "Gao", "")]),
        ("Bourem lies 90 km from the port city of Gao.", [("Bourem", "Gao", "")]),
        ("Bourem lies 90 km from the capital, as they say in Gao.", [("Bourem", "the capital", "")]),
        (
            "Seversk lies 5 km from the border and about 60 km from Slavyansk.",
            [("Seversk", "the border", ""), ("Seversk", "Slavyansk", "")],
        ),
        ("They stand within 8 km of Kramatorsk.", [("", "Kramatorsk", "")]),
        ("A 20-kilometer zone saturated with drones.", [("", "", "zone")]),
        ("The belt was about 10 miles deep.", [("", "", "deep")]),
        ("They advanced 3 km in Kramatorsk.", [("", "", "")]),
        ("Trenches run 12 km behind the town.", [("", "the town", "")]),
        ("The road from Seversk to Slavyansk passes 5 km from Kramatorsk.", [("", "Kramatorsk", "")]),
    ],
)
def test_ends(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert ends(text) == expected
