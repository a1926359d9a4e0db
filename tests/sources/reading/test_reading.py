"""Other regions, styles and units; and nothing that is not in the text."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redan.sources.reading.drafts import amount_of
from redan.sources.reading.reading import read_text
from redan.sources.reading.text import split_text
from tests.sources.reading.samples import NAMES, TODAY, article, read

#: For each text: kind, amount as it is shown, words.
EXPECTED = {
    "gothic": [
        ("distance", "about 16.1 km", "about 10 miles deep"),
        ("date", "since autumn 1943", "since the autumn of 1943"),
        ("date", "by end 1944-09", "by the end of September 1944"),
        ("distance", "9.66 km", "six miles from Rimini"),
        ("distance", "roughly 113 km", "roughly 70 miles"),
        ("count", "72,517 mines", "72,517 mines"),
        ("count", "nearly 14,000 men", "Nearly 14,000 men"),
    ],
    "harbour": [
        ("duration", "36 hours", "36 hours"),
        ("distance", "7.41 km", "4 nautical miles"),
        ("distance", "15.2 m", "50 feet deep"),
        ("distance", "2.4 m", "2.4 m"),
        ("duration", "42 days", "six weeks"),
    ],
    "sahel": [
        ("pace", "30 to 40 km/day", "between 30 and 40 km a day"),
        ("share", "about 40 %", "About 40 percent"),
        ("distance", "320 km", "320 km west of Gao"),
        ("date", "since 2023-08", "since August 2023"),
        ("count", "at least 45 soldiers", "at least 45 soldiers"),
    ],
    "dateline": [
        ("date", "on 2024-05-14", "on 14 May 2024"),
        ("distance", "about 60 km", "about 60 km from Kharkov"),
        ("count", "7,531 people", "7,531 people"),
        ("count", "2,000 men", "2,000-strong"),
        ("duration", "at least 61 days", "at least two months"),
    ],
    "hills": [
        ("distance", "within 8 km", "within 8 km of Lashio"),
        ("count", "130,000 people", "130,000 people"),
        ("distance", "1.07 km", "1,070 metres"),
    ],
    "noplace": [
        ("duration", "about 91 days", "about three months"),
        ("share", "30 to 50 %", "30 to 50 per cent"),
        ("duration", "913 days", "two and a half years"),
    ],
}


@pytest.mark.parametrize("name", NAMES)
def test_units_styles_and_regions(name: str) -> None:
    found = [(item.kind, amount_of(item), item.quote) for item in read(name).items]
    assert [row for row in EXPECTED[name] if row not in found] == []


@pytest.mark.parametrize("name", [*NAMES, "article"])
def test_nothing_is_invented(name: str) -> None:
    """Every finding rests on words that stand in its paragraph, and on a number or date within them."""
    reading = article() if name == "article" else read(name)
    for item in reading.items:
        sentence = reading.text.sentences[item.sentence]
        assert item.quote in sentence.text
        assert len(item.quote) <= 160
        assert item.paragraph == sentence.paragraph
        assert re.search(
            r"\d|\b(?:a|an|half|two|three|four|five|six|seven|eight|nine|ten)\b", item.quote.lower()
        )
        if item.kind == "date":
            assert item.date[:4] in item.quote
    for town in reading.places.towns:
        for mention in town.mentions:
            words = reading.text.sentences[mention.sentence].text[mention.start : mention.end]
            assert words.lower() == town.name.lower()


def test_who_says_it_elsewhere() -> None:
    who = {item.quote: item.who for item in read("sahel").items}
    assert who["at least 45 soldiers"] == "Ag Moussa"
    assert who["about 300 vehicles"] == "army"
    assert who["About 40 percent"] == "United Nations"
    dateline = {item.quote: (item.who, item.hedge) for item in read("dateline").items}
    assert dateline["at least two months"] == ("Denis Orlov", "conditional")


def test_the_day_of_a_text_is_its_latest_full_date() -> None:
    assert read("dateline").last_day == dt.date(2024, 5, 14)
    assert read("gothic").last_day == dt.date(1944, 9, 21)
    assert read("noplace").last_day is None


@pytest.mark.parametrize(
    "text",
    [
        "تقع خاركيف على بعد 60 كيلومترا من الحدود.\nقال المتحدث إن 300 جندي وصلوا.",
        "Северск находится в 36 километрах от Славянска.",
        "\u202eKramatorsk 14 km\u202c \u200bשלום",
        "北京の東20キロメートル。",
    ],
    ids=["arabic", "russian", "bidi", "japanese"],
)
def test_other_languages_are_read_for_what_they_hold_and_said_to_be_other(text: str) -> None:
    reading = read_text(split_text(text), today=TODAY)
    assert not reading.is_english
    assert read("gothic").is_english


@pytest.mark.parametrize(
    "text",
    [
        "The front lies 14 km from Kramatorsk and 20 miles from Pokrovsk, he said. " * 1_500,  # no line break
        "Kramatorsk and 14 km " * 4_000,  # no end of a sentence
        "A" * 100_000,  # no word's end
        "1," * 40_000 + " km",
        "\"'" * 30_000 + " 14 km from Kramatorsk",
    ],
    ids=["no lines", "no sentences", "no words", "digits", "quotes"],
)
def test_a_long_text_without_breaks_takes_no_more_than_its_length(text: str) -> None:
    """Far above what it takes (5 s on a loaded machine), far below what the square of its length would."""
    began = time.process_time()
    read_text(split_text(text), today=TODAY)
    assert time.process_time() - began < 60.0


@settings(max_examples=20)
@given(st.text(alphabet=st.sampled_from("ab CD 0123456789.,-–—'\"()kmof\n\t\u00a0é%$"), max_size=400))
def test_any_text_is_read(text: str) -> None:
    reading = read_text(split_text(text), today=TODAY)
    for item in reading.items:
        assert item.quote in reading.text.sentences[item.sentence].text
