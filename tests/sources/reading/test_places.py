"""Places are what the company they keep makes them, and what is no place is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redan.sources.reading.names import candidate_names, find_mentions, runs_of
from redan.sources.reading.places import Places, find_places
from redan.sources.reading.spelling import may_be_one
from redan.sources.reading.strangers import find_strangers
from redan.sources.reading.text import split_text
from tests.sources.reading.samples import read

EXPECTED = {
    "gothic": {
        "Rimini": 3169361,
        "Pesaro": 3171173,
        "Coriano": 3178097,
        "Bologna": 3181928,
        "Gemmano": 3176236,
    },
    "sahel": {"Bamako": 2460596, "Gao": 2457163, "Kidal": 2455290, "Bourem": 2459657, "Timbuktu": 2449067},
    "harbour": {
        "Norfolk": 4776222,
        "Paris": 4717560,
        "Moscow": 5601538,
        "Hampton": 4762894,
        "Newport News": 4776024,
        "Virginia Beach": 4791259,
    },
    "dateline": {"Kharkov": 706483, "Chuguev": 710374, "Volchansk": 689304, "Belyi Kolodez": 712474},
    "hills": {"Lashio": 1314759, "Mandalay": 1311874, "Kyaukme": 1316943, "Pyin Oo Lwin": 1309937},
    "noplace": {},
}


def places(text: str) -> Places:
    return find_places(split_text(text).sentences)


def ids(found: Places) -> dict[str, int]:
    return {town.name: town.settlement.geonameid for town in found.towns}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_town_of_a_text_and_no_other(name: str) -> None:
    assert ids(read(name).places) == EXPECTED[name]


def test_what_could_not_be_placed_is_told() -> None:
    lost = {name: {found.name for found in read(name).places.unplaced} for name in EXPECTED}
    assert lost["gothic"] == {"Metauro"}  # a river
    assert lost["sahel"] == {"Anefis"}
    assert lost["hills"] == {"Hsipaw", "Nampong"}
    assert all(found.why for name in EXPECTED for found in read(name).places.unplaced)


def test_regions_and_countries_are_no_towns() -> None:
    assert [name for name, _ in read("gothic").places.regions] == ["Apennines"]
    assert read("sahel").places.countries == ("ML",), "the Niger is a river here"
    assert read("harbour").places.countries == ("US",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Two towns of one name: each time the one near the others.
        ("Guns were heard in Seversk and in Tomsk.", {"Seversk": 1538637, "Tomsk": 1489425}),
        ("Guns were heard in Seversk and in Bakhmut.", {"Seversk": 694403, "Bakhmut": 713174}),
        ("They marched from Pokrovsk to Mirnograd.", {"Pokrovsk": 704422, "Mirnograd": 710035}),
        ("They sailed from Saratov to Pokrovsk.", {"Saratov": 498677, "Pokrovsk": 563464}),
        # Named with its country, against the company.
        ("From Berlin he went to Paris, Texas.", {"Berlin": 2950159, "Paris": 4717560}),
        # A spelling that GeoNames lacks, near one that it has.
        ("From Sloviansk they saw Mykolayivka burn near Bilen'ke.", {"Sloviansk": 693468}),
        # Ordinary words and persons.
        ("Reading in bed is nice. May I leave? Mobile units and Male nurses came.", {}),
        ("Jackson Harris said so. Harris was sure. Mr Lincoln agreed, and President Washington left.", {}),
        ("The Wellington regiment and Nice people like Victoria.", {}),
        ("Jordan Henderson and Georgia Stanway met Queen Victoria of the Boston Globe at Lake Victoria.", {}),
        # A saint in short, and a capital that is a state as well.
        ("St. Vith fell. Near Malmedy and Bastogne it snowed.", {"St. Vith": 2787315, "Malmedy": 2791834}),
        ("Talks in Washington went on.", {"Washington": 4140963}),
    ],
)
def test_company_and_context(text: str, expected: dict[str, int]) -> None:
    found = ids(places(text))
    assert {name: found.get(name) for name in expected} == expected
    if not expected:
        assert found == {}


def test_why_it_is_that_one_is_said() -> None:
    (town,) = [town for town in places("From Saratov to Pokrovsk.").towns if town.name == "Pokrovsk"]
    assert town.is_sure
    assert "by the company it keeps" in town.why
    assert {other.geonameid for other in town.others} >= {704422}
    (alone,) = places("He lives in Pokrovsk.").towns
    assert not alone.is_sure
    assert "of 3 of that name" in alone.why


def test_a_town_in_another_part_of_the_world_is_not_placed_there() -> None:
    found = places("From Nyala to El Fasher, and from Tawila to Mellit.")
    assert {town.name for town in found.towns if town.is_sure} >= {"Nyala", "El Fasher"}
    why = {lost.name: lost.why for lost in found.unplaced}
    assert why["Tawila"].startswith("doubtful: GeoNames has ")
    assert "km from the nearest other" in why["Tawila"]


def test_a_great_city_is_known_by_its_name_wherever_the_others_are() -> None:
    found = ids(places("Envoys from London saw Lashio, Hsipaw and Kyaukme. They left Mandalay."))
    assert found["London"] == 2643743


def test_a_region_of_that_name_far_away_is_none() -> None:
    text = "The Peruvian column left Cuzco for Abancay. Provence (pop. 900) lies 12 km from Abancay in Peru."
    found = places(text)
    assert not found.regions
    assert {lost.name: lost.why for lost in found.unplaced}["Provence"].startswith("doubtful: a region")
    near = places("They left Avignon for Arles, and all Provence was theirs.")
    assert [name for name, _ in near.regions] == ["Provence"]


def test_whatever_stands_like_a_place_is_told() -> None:
    found = places(
        "The camp lies four miles west of Xvarla. It stands 12 km from Xvarlb, on a hill. They dug in to "
        "the north-east of Xvarlc. North of Xvarld it rained. They withdrew to Xvarle and marched from "
        "Xvarlf. The village of Xvarlg burned; so did the hamlet Xvarlh. Xvarli, about nine kilometres "
        "away, burned. Xvarlj, a mountain village, held. Xvarlk is 3 km off. They shelled Xvarll, Xvarlm "
        "and Xvarln. He rode on from Zvyrka to Xvarlo. Xvarlp (population 900) was empty. Xvarlq village,"
        " too, and the outskirts of Xvarlr."
    )
    assert not found.towns
    assert {name.name for name in found.unplaced} == {f"Xvarl{letter}" for letter in "abcdefghijklmnopqr"}


def test_a_person_and_a_body_are_not_told_as_places() -> None:
    found = places(
        "He spoke to Xvarlov. All of Xvarlov's men left, and Dzhubin wept. They reached it, Qvarlov said."
        " General Zvyrkin stood west of Zvyrkin. The XQV stood west of the XQV. They held Monday, and "
        "Dzhubin laughed."
    )
    assert not found.towns
    assert not found.unplaced


def test_a_person_is_no_country() -> None:
    assert places("Jordan Henderson ran. Georgia Stanway, too.").countries == ()


def test_a_name_with_a_word_for_a_region_is_none_of_a_town() -> None:
    found = places("In the Kharkiv region and in Donetsk oblast. They crossed the Oskil River near Kupiansk.")
    assert set(ids(found)) == {"Kupiansk"}
    assert {name for name, _ in found.regions} == {"Kharkiv", "Donetsk"}


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Seversk", "Siversk", True),
        ("Slavyansk", "Sloviansk", True),
        ("Mirnograd", "Myrnohrad", True),
        ("Kharkov", "Kharkiv", True),
        ("Belyi Kolodez", "Bilyi Kolodiaz", True),
        ("Pokrovsk", "Petrovsk", False),
        ("Hsipaw", "Hsupwo", False),
        ("Kyiv", "Kiev", False),  # too few consonants to be sure of
        ("", "", False),
    ],
)
def test_spellings_of_one_name(a: str, b: str, *, expected: bool) -> None:
    assert may_be_one(a, b) is expected
    assert may_be_one(b, a) is expected


def test_capitalised_words_stand_in_runs() -> None:
    runs = runs_of("General Oleh Orlov's men left Novy-Bykiv, in Ukraine, for Rio de Janeiro.")
    assert [[token.text for token in run] for run in runs] == [
        ["General", "Oleh", "Orlov"],
        ["Novy-Bykiv"],
        ["Ukraine"],
        ["Rio"],
        ["Janeiro"],
    ]
    names = candidate_names(split_text("He flew to Rio de Janeiro and KHARKIV.").sentences)
    assert {"Rio de Janeiro", "Kharkiv"} <= names


@settings(max_examples=25)  # each goes through the gazetteer
@given(st.text(alphabet=st.sampled_from("ABab cde.,-'’é Ж中ע\n"), max_size=200))
def test_any_text_has_places_within_it(text: str) -> None:
    sentences = split_text(text).sentences
    names = frozenset(candidate_names(sentences))
    mentions, persons = find_mentions(sentences, names, others=frozenset())
    for mention in (*mentions, *find_strangers(sentences, [], persons)):
        assert 0 <= mention.start < mention.end <= len(sentences[mention.sentence].text)
