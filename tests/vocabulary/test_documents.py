"""The safe reader refuses what is unsafe before anything is built, and keeps the line of every key."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redan.vocabulary.documents import LARGEST_BYTES, parse_document, read_document
from redan.vocabulary.errors import Fault, InputError
from redan.vocabulary.plain import Mark, field_name


def problem(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_document(text, "x.yaml")
    return str(caught.value.faults[0])


def test_scalars_follow_the_core_schema() -> None:
    text = "[1, -2.5, 1e3, true, no, null, ~, 2025-12-01, 2014-09, '7', x y, .inf, 007, 0x10, 1_000]"
    value = parse_document(text, "x.yaml").value
    assert value[:4] == [1, -2.5, 1000.0, True]
    assert value[4:] == [
        *("no", None, None, dt.date(2025, 12, 1), "2014-09", "7", "x y", math.inf, 7, "0x10", "1_000")
    ]


def test_every_key_and_item_keeps_its_line() -> None:
    document = parse_document("a: 1\nb:\n  - c: 2\n    d: 3\n  - [4,\n     5]\n", "x.yaml")
    lines = {field_name(path): mark.line for path, mark in document.marks.items() if path}
    assert lines == {
        "a": 1,
        "b": 2,
        "b[0]": 3,
        "b[0].c": 3,
        "b[0].d": 4,
        "b[1]": 5,
        "b[1][0]": 5,
        "b[1][1]": 6,
    }


def test_a_missing_field_is_placed_at_its_nearest_ancestor() -> None:
    document = parse_document("a:\n  b: 1\n", "x.yaml")
    assert document.mark(("a", "c", "d")) == Mark("x.yaml", 1)
    assert document.mark(("a", "b", 0)) == Mark("x.yaml", 2)


def test_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: 1\n" + b"#" * LARGEST_BYTES)
    with pytest.raises(InputError, match="is larger than 2 MiB"):
        read_document(path, "large.yaml")


def test_what_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("a: 1\nb: é\n".encode("latin-1"))
    with pytest.raises(InputError, match=r"^latin.yaml:2: file: is not UTF-8 text"):
        read_document(path, "latin.yaml")
    with pytest.raises(InputError, match="there is no such file"):
        read_document(tmp_path, "folder")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_never_ends_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(InputError, match="there is no such file"):
        read_document(tmp_path / "pipe.yaml", "pipe.yaml")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "marked.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_document(path, "marked.yaml").value == {"a": 1}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth_is_limited(opening: str) -> None:
    assert "nested more than 40 deep" in problem(opening * 60) or opening == "? "
    fits = "[" * 40 + "]" * 40
    assert isinstance(parse_document(fits, "x.yaml").value, list)


def test_faults_of_the_text_are_all_collected() -> None:
    with pytest.raises(InputError) as caught:
        parse_document("a: &x 1\nb: *x\nc: !t 1\nd: 1\nd: 2\n<<: {e: 1}\n", "x.yaml")
    assert [fault.line for fault in caught.value.faults] == [1, 2, 3, 5, 6]


@pytest.mark.parametrize(
    "text",
    [
        *("!" * 2_000_000, "x" * 2_000_000, "- a\n" * 500_000, "a:\n " * 400_000, "[\n" * 1_000_000),
        *('"a\n' * 600_000, "a: |\n" + " \n" * 900_000, "!a\n" * 600_000, "? " * 1_000_000),
        "\n".join("!" * 16_000 for _ in range(120)),
    ],
    ids=lambda text: repr(text[:6]),
)
@pytest.mark.timeout(120)  # seconds by design; without the limits, minutes to hours
def test_hostile_text_of_full_size_ends_in_time(text: str) -> None:
    with contextlib.suppress(InputError):
        parse_document(text, "x.yaml")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:-?[]{}&*!|>'\"%#,\n \t<~0.1\x00\x85é"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    faults: list[Fault] = []
    try:
        document = parse_document(text, "x.yaml")
        assert document.value is None or () in document.marks
    except InputError as error:
        faults = error.faults
    assert all("\n" not in str(fault) for fault in faults)
