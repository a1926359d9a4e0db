"""Tables of battles: blanks, and one line for whatever is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from redan.calibration.engage.table import COLUMNS, Row, parse_battles, read_battles
from redan.vocabulary.errors import InputError

HEADER = ",".join(COLUMNS)
GOOD = "a,1944,20000,10000,100,20,150,80,0,0,10.5,prepared,rolling,mixed,0,3"


def told(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_battles(text, "in.csv")
    return [str(fault) for fault in caught.value.faults]


def row(**changed: str) -> str:
    cells = dict(zip(COLUMNS, GOOD.split(","), strict=True)) | changed
    return ",".join(cells.values())


def test_a_row_is_read() -> None:
    (found,) = parse_battles(f"{HEADER}\n{GOOD}\n", "in.csv")
    assert found.attacker_men == 20_000.0
    assert (found.front_km, found.posture, found.days, found.urban) == (10.5, "prepared", 3, 0)


def test_blanks_are_none_and_words_may_be_capital() -> None:
    (found,) = parse_battles(f"{HEADER}\nx{',' * 15}\n", "in.csv")
    assert found == Row("x")
    assert parse_battles(f"{HEADER}\n{row(posture='Hasty')}\n", "in.csv")[0].posture == "hasty"


def test_a_mark_windows_line_ends_spare_columns_and_any_order_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    mixed = ["winner", *reversed(COLUMNS)]
    cells = ["attacker", *reversed(GOOD.split(","))]
    path.write_bytes(("\ufeff" + ",".join(mixed) + "\r\n" + ",".join(cells) + "\r\n\r\n").encode())
    assert read_battles(path) == parse_battles(f"{HEADER}\n{GOOD}\n", "in.csv")


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ("", 1, "header"),
        (f"{HEADER}\n", 1, "rows"),
        (f"{HEADER.replace('posture', 'stance')}\n{GOOD}\n", 1, "posture"),
        (f"{HEADER},days\n{GOOD},3\n", 1, "days"),
        (f"{HEADER}\n{row(posture='dug-in')}\n", 2, "posture"),
        (f"{HEADER}\n{row(terrain='hills')}\n", 2, "terrain"),
        (f"{HEADER}\n{row(attacker_men='-5')}\n", 2, "attacker_men"),
        (f"{HEADER}\n{row(attacker_men='0')}\n", 2, "attacker_men"),
        (f"{HEADER}\n{row(attacker_men='nan')}\n", 2, "attacker_men"),
        (f"{HEADER}\n{row(attacker_men='inf')}\n", 2, "attacker_men"),
        (f"{HEADER}\n{row(defender_men='1e300')}\n", 2, "defender_men"),
        (f"{HEADER}\n{row(front_km='ten')}\n", 2, "front_km"),
        (f"{HEADER}\n{row(days='0')}\n", 2, "days"),
        (f"{HEADER}\n{row(days='1.5')}\n", 2, "days"),
        (f"{HEADER}\n{row(urban='2')}\n", 2, "urban"),
        (f"{HEADER}\n{row(id='')}\n", 2, "id"),
        (f"{HEADER}\n{GOOD}\n{GOOD}\n", 3, "id"),
        (f"{HEADER}\n{GOOD},9\n", 2, "row"),
        (f'{HEADER}\n"{GOOD}\n', 2, "row"),
        (f"{HEADER}\n{GOOD}\0\n", 2, "file"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(text: str, line: int, field: str) -> None:
    (fault,) = told(text)
    assert fault.startswith(f"in.csv:{line}: {field}: ")
    assert "; " in fault
    assert "\n" not in fault


def test_every_fault_is_told_but_not_without_end() -> None:
    assert len(told(f"{HEADER}\n{row(posture='x', cover='y', days='-1')}\n")) == 3
    assert len(told(f"{HEADER}\n" + "".join(f"{row(id=str(k), days='-1')}\n" for k in range(99)))) == 20


def test_a_file_that_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes(HEADER.encode() + b"\n\xe9\n")
    for name, word in (("nowhere.csv", "no such file"), ("latin.csv", "not UTF-8"), (".", "directory")):
        with pytest.raises(InputError, match=word):
            read_battles(tmp_path / name)
