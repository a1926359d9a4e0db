"""`redan engage` and `redan validate --battles` as a stranger meets them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from redan.calibration.battles import learners
from redan.calibration.battles import validate as battles
from redan.calibration.engage.table import COLUMNS
from redan.views.cli.main import run
from tests.calibration.battles.invented import invented_text
from tools import battles_table

BATTLE = "a,1944,20000,10000,100,20,150,80,0,0,10.5,prepared,rolling,mixed,0,3"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{BATTLE}\nb{',' * 15}\n")
    return path


def test_one_json_document_and_nothing_else(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = table.with_name("out.csv")
    code = run(["engage", "--csv", str(table), "--out", str(out), "--replications", "10", "--json"])
    document = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [battle["id"] for battle in document["battles"]] == ["a", "b"]
    assert out.read_text().count("\n") == 3


def test_the_screen_fits_a_hundred_columns(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["engage", "--csv", str(table), "--replications", "10"]) == 0
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 100
    assert "2 battles" in shown


def test_a_fault_of_the_table_is_a_line_with_its_place(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table.write_text(table.read_text().replace("prepared", "dug-in"))
    assert run(["engage", "--csv", str(table)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{table}:2: posture: 'dug-in' is not a posture; " in err


def test_scores_are_shown_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "battles.csv"
    path.write_text(invented_text(20))
    monkeypatch.setattr(battles, "find_battles", lambda root: (path, "checked"))
    monkeypatch.setattr(learners, "TREES", 2)
    assert run(["validate", "--battles", "--replications", "10"]) == 0
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 100
    assert "losses of the defender" in shown
    assert run(["validate", "--battles", "--replications", "10", "--json"]) == 0
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    written = battles_table.section(document, None)
    assert "| redan, priors |" in written
    assert written.count("| who wins |") == 2


def test_absent_data_are_a_reason_and_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--battles", "--data", str(tmp_path)]) == 0
    assert "skipped (not checked here: data absent)" in capsys.readouterr().out
