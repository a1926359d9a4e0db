"""Who says it, and how firmly it is put."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redan.sources.reading.speakers import find_firmness, find_speakers
from redan.sources.reading.text import split_text


def said(text: str) -> list[tuple[str, str]]:
    return [(speaker.who, speaker.basis) for speaker in find_speakers(split_text(text).sentences)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Military analyst Alexey Zhivov told aif.ru that it holds.", "Alexey Zhivov (told aif.ru)"),
        ("According to Zhivov, it holds.", "Zhivov"),
        ("It holds, according to the United Nations.", "United Nations"),
        ("Analysts say that it holds.", "analysts"),
        ("The army denied it.", "army"),
        ('"It holds," said Mayor Ellen Richmond.', "Ellen Richmond"),
        ("Captain Harold Lincoln, who was there, said it holds.", "Harold Lincoln"),
        ("A spokesman for the groups, Ag Moussa, claimed so.", "Ag Moussa"),
        ("Residents of Bourem, a town on the river, reported it.", "residents of Bourem"),
        ('"We saw dust," a trader said.', "a trader"),
        ("The official history says so.", "official history"),
        ("The South Korean defence ministry said so.", "South Korean defence ministry"),
        ("He believes it holds.", "somebody (he)"),
        ("It holds.", "article"),
    ],
)
def test_who(text: str, who: str) -> None:
    assert said(text)[-1][0].removeprefix("the ") == who.removeprefix("the ")


def test_he_is_who_spoke_last_and_speech_is_carried_on_within_a_paragraph() -> None:
    text = (
        "Analyst Alexey Zhivov said so. It has two lines. If it rains, he said, they stay.\n"
        "The hills are high. Zhivov noted the mud."
    )
    assert said(text) == [
        ("Alexey Zhivov", "stated"),
        ("Alexey Zhivov", "carried"),
        ("Alexey Zhivov", "stated"),
        ("article", "none"),
        ("Alexey Zhivov", "stated"),
    ]


@pytest.mark.parametrize(
    ("text", "number", "before", "verb", "hedge"),
    [
        ("It lies 36 km away.", "36 km", "", "", "flat"),
        ("It lies about 36 km away.", "36 km", "about", "", "hedged"),
        ("It may take 30 days.", "30 days", "", "said", "hedged"),
        ("If it rains it takes 30 days.", "30 days", "", "", "conditional"),
        ("He thinks it takes 30 days.", "30 days", "", "thinks", "opinion"),
        ("It lies 5 km off, while the rest may follow.", "5 km", "", "", "flat"),
        ("On 14 May 2024 some 30 came.", "14 May 2024", "", "", "flat"),  # a month, no "may"
        ("At least 30 men came.", "30 men", "at least", "", "flat"),  # a bound, no hedge
    ],
)
def test_how_firmly(text: str, number: str, before: str, verb: str, hedge: str) -> None:
    start = text.index(number)
    assert find_firmness(text, start, start + len(number), before, verb).hedge == hedge


@given(st.text(max_size=600))
def test_any_text_has_a_speaker_for_each_sentence(text: str) -> None:
    sentences = split_text(text).sentences
    speakers = find_speakers(sentences)
    assert len(speakers) == len(sentences)
    assert all(speaker.who for speaker in speakers)
