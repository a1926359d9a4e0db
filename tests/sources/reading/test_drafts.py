"""Drafts are claims that the reader of claims reads, each for a person to confirm."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from redan.sources.claim_checks import check_claims
from redan.sources.claim_grounds import Grounds
from redan.sources.claims import Claims
from redan.sources.claims_reader import read_claims
from redan.sources.reading.drafts import claims_yaml, draft_claims
from redan.sources.reading.reading import Reading, read_text
from redan.sources.reading.text import split_text
from tests.sources.reading.samples import NAMES, TODAY, article, read

DAY = dt.date(2024, 6, 1)


def text_of(reading: Reading) -> str:
    title = reading.text.title
    return claims_yaml(draft_claims(reading, "there"), title=title, date=DAY, is_dated=False, note="none")


def written(reading: Reading, folder: Path) -> Claims:
    path = folder / "claims.yaml"
    path.write_text(text_of(reading), encoding="utf-8")
    return read_claims(path, "claims.yaml", as_of=DAY)


@pytest.mark.parametrize("name", [*NAMES, "article"])
def test_the_reader_reads_them(name: str, tmp_path: Path) -> None:
    reading = article() if name == "article" else read(name)
    claims = written(reading, tmp_path).claims
    assert len(claims) == len(reading.items)
    assert {claim.status for claim in claims} == {"draft"}
    assert [claim.quote for claim in claims] == [item.quote for item in reading.items]
    assert [claim.paragraph for claim in claims] == [item.paragraph for item in reading.items]


def test_towns_of_two_parts_of_the_world_are_not_paired() -> None:
    alone, together = (
        draft_claims(read_text(split_text(text), today=TODAY), "there")[0]
        for text in ("Tawila lies 15 km from Mellit.", "Mellit lies 60 km from El Fasher.")
    )
    assert alone.claim["check"]["kind"] == "stated"
    assert any(remark.startswith("doubtful: ") for remark in alone.remarks)
    assert together.claim["check"]["kind"] == "distance"


def test_a_draft_is_not_judged_until_it_is_confirmed(tmp_path: Path) -> None:
    drafts = written(read("gothic"), tmp_path)
    grounds = Grounds(DAY, "there")
    assert {finding.verdict for finding in check_claims(drafts, grounds)} == {"draft"}
    path = tmp_path / "claims.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("status: draft", "status: confirmed"), encoding="utf-8"
    )
    verdicts = {
        finding.claim.id: finding.verdict
        for finding in check_claims(read_claims(path, "claims.yaml"), grounds)
    }
    assert verdicts["distance-coriano-rimini-9-66-km"] == "supported"
    assert verdicts["distance-rimini-bologna-roughly-113-km"] == "supported"
    assert set(verdicts.values()) == {"supported", "unchecked"}


def test_the_same_text_gives_the_same_bytes() -> None:
    first = text_of(read("sahel"))
    again = read_text(split_text((Path(__file__).parent / "texts" / "sahel.txt").read_text()), today=TODAY)
    assert text_of(again) == first


def test_the_text_itself_is_not_copied() -> None:
    """No claim holds a stretch of the text longer than a short quotation."""
    for name in NAMES:
        reading = read(name)
        drafted = text_of(reading)
        for sentence in reading.text.sentences:
            words = sentence.text.split()
            runs = (" ".join(words[i : i + 14]) for i in range(len(words) - 13))
            assert not any(run in drafted for run in runs if run not in reading.text.title)


def test_what_a_person_should_look_at_is_said() -> None:
    drafted = text_of(read("dateline"))
    assert "# who: the sentence names nobody; Oleh Hrytsenko speaks in the one before" in drafted
    assert "# place: is Belyi Kolodez Bilyi Kolodiaz, UA (712474)?" in drafted
    assert "# hedge: unless" in drafted
    assert "# from where to where?" in drafted


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    raw = (
        'In Kramatorsk "}: {{7*7}} # yaml: [bad said 14 km from Slavyansk.\n'
        "- item: {a: b} & *ref | > % @ `x` \\ 300 men, ${HOME} said.\n"
        "'yes' no: 5 miles off, null said."
    )
    claims = written(read_text(split_text(raw), today=TODAY), tmp_path).claims
    assert [claim.quote for claim in claims] == ["14 km from Slavyansk", "300 men", "5 miles"]
    assert all("49" not in claim.says for claim in claims)
