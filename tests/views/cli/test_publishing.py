"""`redan cite` and `redan schema` as a stranger meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from redan.scenario.schema import json_schema
from redan.views.cli.main import run
from tests.views.report.pages import city_run


def test_cite_counts_every_parameter_once(capsys: pytest.CaptureFixture[str]) -> None:
    folder = city_run()
    assert run(["cite", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert sum(row["parameters"] for row in told["sources"]) == len(manifest["parameters"])
    grades = [row["grade"] for row in told["sources"]]
    assert grades == sorted(grades)
    assert manifest["versions"]["redan"] in told["reference"]
    assert manifest["resolved"]["title"] in told["reference"]
    assert all(row["terms"] for row in told["datasets"])


def test_cite_lists_judgements_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(city_run())
    assert run(["cite", folder]) == 0
    short = capsys.readouterr().out
    assert run(["cite", folder, "--full"]) == 0
    full = capsys.readouterr().out
    assert "listed with --full" in short
    assert len(full.splitlines()) > len(short.splitlines())
    assert "GeoNames" in short


def test_cite_needs_a_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cite", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_schema_goes_where_it_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--out", str(tmp_path / "s.json")]) == 0
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8")) == json_schema()
    capsys.readouterr()
    assert run(["schema", "--out", str(tmp_path / "no" / "s.json")]) == 2
    assert "cannot be written" in capsys.readouterr().err
