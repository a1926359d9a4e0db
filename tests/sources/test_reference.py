"""The reference class: what ships is whole, and every mistake in a table has its line and field."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from redan.sources.reference import (
    FOLDER,
    LAST_DAY,
    TAKEN,
    load_reference_class,
    read_approaches,
    read_battles,
)
from redan.vocabulary.errors import InputError

TEXT = resources.files("redan.bundled").joinpath(FOLDER, "battles.csv").read_text(encoding="utf-8")
HEADER, FIRST, SECOND = TEXT.splitlines()[:3]


def test_what_ships_is_a_class_of_battles() -> None:
    found = load_reference_class()
    assert len(found.battles) >= 40
    assert len({battle.war for battle in found.battles}) >= 20
    assert {battle.end_state for battle in found.battles} == TAKEN | {"held", "censored"}
    assert all(battle.source for battle in found.battles)
    # of the objectives of the bundled forecast, those that were fought for or approached on its date
    running = {a.geonameid for a in found.approaches if a.end_state == "censored"}
    assert {704508, 616743, 705104, 704204} <= running  # Kramatorsk, Druzhkivka, Kostiantynivka, Lyman


def test_nothing_known_later_is_in_the_class_of_a_day() -> None:
    day = date(2023, 12, 1)
    known = load_reference_class().known_on(day)
    assert max(battle.end for battle in known.battles) <= day
    avdiivka = next(battle for battle in known.battles if battle.id == "avdiivka-2023")
    assert (avdiivka.end_state, avdiivka.days) == ("censored", (day - date(2023, 10, 10)).days)
    assert all(b.start < day for b in known.battles)
    # Chasiv Yar was within 10 km then; Bakhmut's approach had ended; Toretsk's had not, nor Pokrovsk's begun
    states = {a.id: (a.within_10km, a.end_state) for a in known.approaches}
    assert states["chasiv-yar"] == (date(2023, 1, 13), "censored")
    assert states["bakhmut"][1] == "fight"
    assert "pokrovsk" not in states
    kurakhove = next(a for a in known.approaches if a.id == "kurakhove")
    assert (kurakhove.within_20km, kurakhove.within_10km) == (date(2022, 2, 24), None)
    assert load_reference_class().known_on(LAST_DAY) == load_reference_class()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("1914-08-05", "1914-13-05", "battles.csv:2: start: '1914-13-05' is no date; write it as 1944-10-21"),
        ("1914-08-05", "1913-08-05", "start: 1913-08-05 lies outside 1914-01-01 to 2025-12-12"),
        ("1914-08-16", "2026-01-16", "end: 2026-01-16 lies outside"),
        ("1914-08-16", "1914-08-01", "end: is not after the start"),
        (
            ",11,",
            ",12,",
            "battles.csv:2: days: is 12, and from start to end are 11; write 11, or mend a date",
        ),
        ("stormed", "strmed", "end_state: 'strmed' is unknown; did you mean stormed?"),
        ("60000", "60,000", "row: the row has 19 cells, not 18"),
        ("60000", "many", "attacker_men: 'many' is no whole number"),
        ("remembered", "surely", "verified: 'surely' says not how the row was verified"),
        ("remembered", "read: Zuber 2010", "grade: does not go with verified"),
        ('"Zuber 2010, Ten Days in August"', "", "source: is empty"),
        ("liege-1914", "namur-1914", "id: 'namur-1914' is given twice"),
    ],
)
def test_a_mistake_has_its_line_and_field(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in FIRST
    file = tmp_path / "battles.csv"
    file.write_text("\n".join([HEADER, FIRST.replace(old, new), SECOND]) + "\n")
    with pytest.raises(InputError) as caught:
        read_battles(file, "battles.csv")
    assert says in str(caught.value)


def test_a_wrong_column_is_named(tmp_path: Path) -> None:
    file = tmp_path / "battles.csv"
    file.write_text(HEADER.replace("country", "land") + "\n")
    with pytest.raises(InputError, match=r"battles.csv:1: land: no column is 'land'"):
        read_battles(file, "battles.csv")


def test_an_approach_runs_forwards(tmp_path: Path) -> None:
    text = resources.files("redan.bundled").joinpath(FOLDER, "approaches.csv").read_text(encoding="utf-8")
    header, row = text.splitlines()[:2]
    file = tmp_path / "a.csv"
    file.write_text("\n".join([header, row.replace("2024-10-21", "2026-10-21")]))
    with pytest.raises(InputError, match=r"a.csv:2: end: the days are not in order"):
        read_approaches(file, "a.csv")
    file.write_text("\n".join([header, row.replace("2024-07-27,2024-10-21", ",")]))
    with pytest.raises(InputError, match="within_20km: no clock is given"):
        read_approaches(file, "a.csv")
