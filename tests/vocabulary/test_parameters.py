"""The register is read with a line for every fault; the one that ships is whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from redan.vocabulary.errors import InputError
from redan.vocabulary.parameters import Register, load_register, params_dtype, read_register

FIXTURE = Path(__file__).parent / "register.yaml"
ENTRY = """\
- name: depth_km
  group: drones
  unit: km
  value: 20
  distribution: {kind: triangular, low: 15, mode: 20, high: 25}
  range: [0, 60]
  grade: B
  source: "invented"
"""


@pytest.fixture
def register() -> Register:
    return read_register(FIXTURE, "register.yaml")


def faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "r.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_register(path, "r.yaml")
    return [str(fault) for fault in caught.value.faults]


def test_the_register_that_ships_is_whole() -> None:
    register = load_register()
    assert register is load_register()
    assert register.given_keys("attacker")
    assert register.given_keys("defender")


def test_names_keep_the_order_of_the_file(register: Register) -> None:
    assert register.names[:4] == ("drone_depth_km", "tempo", "jamming_share", "withdraw_supply_share")
    assert params_dtype(register).names == register.names
    assert set(params_dtype(register).fields or ()) == set(register.names)


def test_a_date_chooses_among_entries_of_one_name(register: Register) -> None:
    assert register.at(dt.date(2023, 12, 31))["jamming_share"].value == 0.2
    assert register.at(dt.date(2024, 1, 1))["jamming_share"].value == 0.4
    assert list(register.at(dt.date(2024, 1, 1))) == list(register.names)


def test_given_keys_lose_their_prefix(register: Register) -> None:
    assert register.given_keys("attacker") == ("men", "reserve_share")
    assert register.given_keys("defender") == ("men", "drones_per_day")
    assert register.of_group("policy") == ("withdraw_supply_share",)


def test_draws_are_clipped_to_the_range(register: Register) -> None:
    tempo = register.at(dt.date(2024, 1, 1))["tempo"]
    values = tempo.ppf(np.array([1e-12, 0.5, 1 - 1e-12]))
    assert values[0] == tempo.low
    assert values[1] == pytest.approx(1.0)
    assert values[2] == tempo.high


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("grade: B", "grade: D", "r.yaml:7: depth_km.grade: is 'D'; use one of A, B, C"),
        ("grade: B", "garde: B", "r.yaml:7: depth_km.garde: is not a known key; did you mean grade?"),
        ("name: depth_km", "name: Depth", "r.yaml:1: Depth.name: is not in snake_case"),
        ("value: 20", "value: .nan", "r.yaml:4: depth_km.value: nan is not a finite number"),
        ("value: 20", "value: true", "r.yaml:4: depth_km.value: true is not a finite number"),
        ("value: 20", "value: 70", "r.yaml:4: depth_km.value: lies outside the range 0 to 60"),
        ("[0, 60]", "[60, 0]", "r.yaml:6: depth_km.range: must rise"),
        ("[0, 60]", "60", "r.yaml:6: depth_km.range: must be [lowest, highest]"),
        ("high: 25", "high: 65", "r.yaml:5: depth_km.distribution: reaches outside the range 0 to 60"),
        ("high: 25", "top: 25", "r.yaml:5: depth_km.distribution.top: is not a known key"),
        ("mode: 20", "mode: 30", "r.yaml:5: depth_km.distribution.mode: the mode must lie"),
        ("triangular", "triangle", "r.yaml:5: depth_km.distribution: has no known kind"),
        ('source: "invented"', "source: 7", "r.yaml:8: depth_km.source: must be a text"),
        ('source: "invented"', "valid: {from: 2025-01-01, to: 2024-01-01}", "ends before it begins"),
        ('source: "invented"', "valid: soon", "r.yaml:8: depth_km.valid: must be {from: date, to: date}"),
        ('source: "invented"', "known: yesterday", "r.yaml:8: depth_km.known: 'yesterday' is not a date"),
        ('source: "invented"', "given_by: me", "r.yaml:8: depth_km.given_by: is 'me'"),
    ],
)
def test_a_faulty_entry_is_reported(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert any(expected in fault for fault in faults(tmp_path, ENTRY.replace(old, new)))


def test_entries_of_one_name_may_not_overlap_or_differ(tmp_path: Path) -> None:
    found = faults(tmp_path, ENTRY + ENTRY.replace("unit: km", "unit: m"))
    assert "r.yaml:9: depth_km.unit: differs from line 1; use one unit and group" in found
    assert any("covered by line 1" in fault for fault in found)


def test_a_given_entry_belongs_to_a_side(tmp_path: Path) -> None:
    text = "- {name: men, group: forces, unit: men, range: [0, 1], given_by: scenario}\n"
    assert faults(tmp_path, text) == [
        "r.yaml:1: men.given_by: no section gives it; begin the name with attacker_ or defender_"
    ]


@pytest.mark.parametrize("text", ["", "a: 1", "[]", "- 7"])
def test_a_register_is_a_list_of_entries(tmp_path: Path, text: str) -> None:
    assert "must be a" in faults(tmp_path, text)[0]
