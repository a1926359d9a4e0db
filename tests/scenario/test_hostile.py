"""Whatever stands in a scenario, the answer is a scenario or faults: never another error, never a hang."""

from __future__ import annotations

import copy
import datetime as dt
import json
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redan.scenario.scenario import Scenario
from redan.vocabulary.documents import parse_document
from redan.vocabulary.errors import Fault, InputError
from redan.vocabulary.plain import FieldPath, walk

Load = Callable[..., Scenario]

ISLAND = Path(__file__).resolve().parents[1] / "bad_inputs" / "base" / "scenario.yaml"
TEXT = ISLAND.read_text(encoding="utf-8")
TREE: dict[str, Any] = parse_document(TEXT, "scenario.yaml").value
PATHS: list[FieldPath] = [path for path, _ in walk(TREE) if path]
TOKENS = (
    *("&a ", "*a", "!t ", "<<: ", "[", "{", "]", "}", ": ", "- ", "\n", "\t", '"', "'", "|", ">", "%", "#"),
    *("---\n", "...", "? ", ",", "\x00", "\u2028", "\x85", "é", "\U0001f642", ".nan", "1e999", "~", "9" * 30),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**17, 10**40, 0.5, 1e308, -1e308, math.nan, math.inf, "", "x", "Harbour"),
    *(
        "2024-01-01",
        "2024-13-01",
        [],
        [1],
        [[1, 2]],
        {},
        {"a": 1},
        {"kind": "fixed"},
        "fixed",
        "a\nb",
        "../x",
    ),
    *(".", "*", "line.geojson", "scenario.yaml", "x" * 5000, [None], [{}], {"": 1}, dt.date(2024, 1, 1)),
)
#: Of each kind; `make fuzz` plays more.
EXAMPLES = int(os.environ.get("REDAN_FUZZ", "150"))
unhurried = settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

cuts = st.tuples(st.integers(0, len(TEXT)), st.integers(0, 12), st.sampled_from(("", *TOKENS)))
changes = st.tuples(st.sampled_from(PATHS), st.sampled_from(VALUES), st.booleans())


def is_told(load: Load, path: Path, sets: list[str]) -> None:
    """Load, and check that what went wrong, if anything, is said as it should be."""
    faults: list[Fault] = []
    try:
        load(path, sets=sets).resolved()
    except InputError as error:
        faults = error.faults
        assert faults
    for fault in faults:
        assert str(fault).isprintable()
        assert fault.problem
        assert fault.remedy
        assert fault.line >= 1 or fault.file == "--set"


@unhurried
@given(st.lists(cuts, min_size=1, max_size=3))
def test_spoilt_text(load: Load, island: Path, spoilt: list[tuple[int, int, str]]) -> None:
    text = TEXT
    for at, count, token in spoilt:
        text = text[:at] + token + text[at + count :]
    (island / "scenario.yaml").write_text(text, encoding="utf-8", newline="")
    is_told(load, island, [])


@unhurried
@given(st.lists(changes, min_size=1, max_size=3))
def test_spoilt_values(load: Load, island: Path, spoilt: list[tuple[FieldPath, Any, bool]]) -> None:
    tree = copy.deepcopy(TREE)
    for path, value, is_removed in spoilt:
        spoil(tree, path, value, is_removed)
    text = json.dumps(tree, indent=1, default=str).replace("NaN", ".nan").replace("Infinity", ".inf")
    (island / "scenario.yaml").write_text(text, encoding="utf-8")
    is_told(load, island, [])


def spoil(tree: Any, path: FieldPath, value: Any, is_removed: bool) -> None:
    """Remove or replace what stands at `path`, where an earlier change has left it."""
    for part in path[:-1]:
        in_list = isinstance(tree, list) and isinstance(part, int) and part < len(tree)
        if not in_list and not (isinstance(tree, dict) and part in tree):
            return
        tree = tree[part]
    if isinstance(tree, dict):
        tree.pop(path[-1], None)
        if not is_removed:
            tree[path[-1]] = copy.deepcopy(value)
    elif isinstance(tree, list) and isinstance(path[-1], int) and path[-1] < len(tree):
        tree[path[-1]] = copy.deepcopy(value)


@unhurried
@given(
    st.sampled_from(PATHS),
    st.sampled_from(("=", "", "==", ".x=", "[0]=", ".=")),
    st.sampled_from((*TOKENS, "1", "-1", "fixed", "[1, 2]", "{a: 1}", "null", "Harbour", "true")),
)
def test_spoilt_settings(load: Load, path: FieldPath, join: str, value: str) -> None:
    is_told(load, ISLAND, [".".join(map(str, path)) + join + value])


@given(st.text(max_size=30))
def test_any_setting(load: Load, text: str) -> None:
    is_told(load, ISLAND, [text])


@pytest.mark.parametrize("name", ["line.geojson", "scenario.yaml"])
def test_binary_files(load: Load, island: Path, name: str) -> None:
    (island / name).write_bytes(bytes(range(256)) * 10)
    is_told(load, island, [])
