"""A text falls into paragraphs and sentences, and what is no text is told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redan.sources.reading.text import LARGEST_BYTES, load_text, quote_of, split_text
from redan.vocabulary.errors import InputError


def _numbered(raw: str) -> list[tuple[int, str]]:
    return [(sentence.paragraph, sentence.text) for sentence in split_text(raw).sentences]


def test_headline_and_standfirst_are_paragraph_0() -> None:
    raw = (
        "A headline without a stop\nA standfirst of one line. It has two.\nThe first paragraph.\nThe second."
    )
    assert _numbered(raw) == [
        (0, "A headline without a stop"),
        (0, "A standfirst of one line."),
        (0, "It has two."),
        (1, "The first paragraph."),
        (2, "The second."),
    ]
    assert split_text(raw).title == "A headline without a stop"
    assert split_text(raw).paragraphs == 2


def test_without_a_headline_the_first_paragraph_is_1() -> None:
    assert _numbered("One sentence here.\nAnother there.") == [
        (1, "One sentence here."),
        (2, "Another there."),
    ]


def test_wrapped_lines_are_joined_and_blank_lines_part() -> None:
    raw = "Here is a line that goes\non in the next and so\non until it ends.\n\nAnd here is\nanother."
    assert [text for _, text in _numbered(raw)] == [
        "Here is a line that goes on in the next and so on until it ends.",
        "And here is another.",
    ]


def test_a_headline_above_wrapped_lines_stays_one() -> None:
    long = "Here is a longer line that goes on and on, and further on, and does not come to its end until the"
    raw = f"A headline\n{long}\nnext. {long}\nnext.\n\n{long}\nnext."
    assert [paragraph for paragraph, _ in _numbered(raw)] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Smith of the U.S. Army told aif.ru so.",
        "It is 12.5 km to St. Louis, approx. 8 miles.",
        'He said "Halt!" and went on.',
        "On Jan. 5 Mr. Orlov left.",
    ],
)
def test_a_stop_that_ends_no_sentence(text: str) -> None:
    assert [sentence.text for sentence in split_text(text).sentences] == [text]


def test_sentences_part_at_quotations_too() -> None:
    assert [text for _, text in _numbered('"We hold." He left! "Why?" she asked. 14 men stayed.')] == [
        '"We hold."',
        "He left!",
        '"Why?" she asked.',
        "14 men stayed.",
    ]


@given(st.text(max_size=3_000))
def test_any_text_is_split_without_loss_of_words(raw: str) -> None:
    text = split_text(raw)
    assert all(sentence.text.strip() and len(sentence.text) <= 1_200 for sentence in text.sentences)
    assert all(sentence.paragraph >= 0 and sentence.line >= 1 for sentence in text.sentences)


def test_a_text_without_any_break_is_cut() -> None:
    text = split_text("word " * 5_000)
    assert len(text.sentences) > 20
    assert text.words == 5_000


def test_a_quotation_is_short() -> None:
    assert quote_of("x" * 500, 0, 500) == "x" * 160
    assert quote_of("about a year", 0, 12) == "about a year"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00binary", "is not UTF-8 text"),
        ("Málaga".encode("latin1"), "is not UTF-8 text"),
        (b"Kramatorsk\x00 lies", "holds control characters"),
        (b"one\ntwo \x1b[2J", "2: file: holds control characters"),
        (b"", "holds no words"),
        (b" \n\t\r\n", "holds no words"),
        (b"a " * LARGEST_BYTES, "is larger than 4 MiB"),
    ],
    ids=["binary", "latin1", "nul", "escape", "empty", "blank", "huge"],
)
def test_what_is_no_text_is_one_line(content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_text(path)
    (fault,) = caught.value.faults
    assert words in str(fault)
    assert ";" in str(fault)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF-1.7", "is a PDF document and no plain text; save its words as a .txt file"),
        ("a.docx", b"PK", "is a DOCX document"),
        ("a.txt", b"<!DOCTYPE html><html><body>14 km</body>", "is HTML; save the words of the page"),
    ],
)
def test_a_document_is_told_apart(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        load_text(path)


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_what_is_no_file_is_one_line(kind: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        load_text(tmp_path if kind == "folder" else tmp_path / "none.txt")
