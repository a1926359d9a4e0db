"""Faults read `file:line: field: problem; remedy`, on one line, whatever the input holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redan.vocabulary.errors import Fault, InputError, MissingExtra, nearest_of, quote, suggest


def test_a_fault_names_place_problem_and_remedy() -> None:
    assert str(Fault("a.yaml", 3, "b.c", "is x", "do y")) == "a.yaml:3: b.c: is x; do y"
    assert str(Fault("--set", 0, "b.c", "is x", "do y")) == "--set b.c: is x; do y"


def test_an_error_holds_each_fault_once() -> None:
    fault = Fault("a.yaml", 3, "b", "is x", "do y")
    assert InputError([fault, fault]).faults == [fault]


def test_a_missing_extra_says_what_to_install() -> None:
    error = MissingExtra("query", "duckdb", "`redan query`")
    assert isinstance(error, InputError)
    assert "pip install 'redan[query]'" in str(error)


@given(st.text(), st.text(), st.text())
def test_a_fault_is_one_printable_line(file: str, field: str, problem: str) -> None:
    assert str(Fault(file, 1, field, problem, "mend it")).isprintable()


def test_long_values_are_cut() -> None:
    assert len(quote("x" * 500)) < 70


def test_suggestions_prefer_the_nearest_word() -> None:
    assert suggest("Kramatrosk", ["Kramatorsk", "Lyman"]) == "did you mean Kramatorsk?"
    assert suggest("zz", ["a", "b"]) == "use one of a, b"
    assert suggest("zz", []) == "remove it"
    assert nearest_of("KRAMATORSK", ["Kramatorsk"]) == "Kramatorsk"
