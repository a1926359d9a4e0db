"""`redan report` as a stranger meets it: one file, one document, one line for each fault."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from redan.analysis.ablation import Ablation
from redan.views.cli.main import run
from tests.views.cli.test_show_ablate import made_up
from tests.views.report.pages import city_run, read

CITY = Path(__file__).parents[3] / "verification" / "city-fight"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(city_run(), tmp_path / "city"))


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and return its exit code, stdout and stderr."""

    def called(*arguments: object) -> tuple[int, str, str]:
        code = run(["report", *map(str, arguments)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return called


def test_the_page_lies_in_the_run_folder(folder: Path, call: Run) -> None:
    code, out, err = call(folder)
    assert (code, err) == (0, "")
    assert out.startswith(f"{folder / 'report.html'} (")
    assert read((folder / "report.html").read_text()).one("h1").text == "City fight"
    assert [path.name for path in folder.iterdir() if path.name.startswith(".tmp")] == []


def test_json_is_one_document_and_writes_nothing(folder: Path, call: Run, tmp_path: Path) -> None:
    code, out, err = call(folder, "--json", "--day", "14", "--day", "60")
    assert (code, err) == (0, "")
    document = json.loads(out)
    assert [row["day"] for row in document["days"]] == [14, 60]
    assert document["forecast"]["replications"] == 4
    assert set(document) >= {"survival", "endings", "comparison", "ground", "parameters", "rebuild", "claims"}
    assert not (folder / "report.html").exists()
    assert call(folder, "--json", "--out", tmp_path / "page.html")[0] == 0
    assert (tmp_path / "page.html").read_text().startswith("<!doctype html>")


def test_chosen_days_are_on_the_page(folder: Path, call: Run) -> None:
    assert call(folder, "--day", "14")[0] == 0
    page = read((folder / "report.html").read_text())
    headings = [panel.text for panel in page.all("p", "heading")]
    assert "storm, 15 Jun 2024 (day 14)" in headings


def test_an_ablation_puts_its_chart_on_the_page(folder: Path, call: Run, tmp_path: Path) -> None:
    found = named(made_up(**{"losses:attacker": -120.0}), "city-fight", "2024-06-01")
    file = tmp_path / "ablation.json"
    file.write_text(json.dumps(found))
    assert call(folder, "--ablation", file)[0] == 0
    page = read((folder / "report.html").read_text())
    (figure,) = [f for f in page.all("figure") if f.attributes["id"] == "fig-layers"]
    assert "without the drone zone the attacker loses 120 fewer men" in figure.one("figcaption").text
    assert "40 pairs of campaigns" in figure.text
    assert len(figure.all("div", "panel")) == 3


def named(made: Ablation, scenario: str, as_of: str) -> dict[str, Any]:
    return {**made.document(), "scenario": scenario, "as_of": as_of}


def test_an_ablation_of_another_scenario_is_refused(folder: Path, call: Run, tmp_path: Path) -> None:
    file = tmp_path / "ablation.json"
    file.write_text(json.dumps(made_up().document()))
    code, out, err = call(folder, "--ablation", file)
    assert (code, out) == (2, "")
    assert "is one of toy as of 2025-12-12, not of city-fight as of 2024-06-01" in err
    assert err.count("\n") == 1


def test_a_sensitivity_study_puts_its_chart_on_the_page(folder: Path, call: Run, tmp_path: Path) -> None:
    small = ["--trajectories", "4", "--samples", "16", "--keep", "2", "--horizon-days", "20"]
    assert run(["sensitivity", str(CITY), *small, "--out", str(tmp_path / "study")]) == 0
    assert call(folder, "--sensitivity", tmp_path / "study")[0] == 0
    page = read((folder / "report.html").read_text())
    (figure,) = [f for f in page.all("figure") if f.attributes["id"] == "fig-spread"]
    assert "of the variance is chance alone" in figure.one("figcaption").text
    assert "attacker losses" in [panel.text for panel in figure.all("p", "heading")]
    code, _, err = call(folder, "--sensitivity", folder)
    assert (code, err.count("\n")) == (2, 1)
    assert "is not the manifest of a sensitivity study" in err


def unfinished(folder: Path) -> None:
    edit(folder, complete=False, replications_done=2)


def of_another_version(folder: Path) -> None:
    edit(folder, schema_version=99)


def of_an_unknown_format(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    edit(folder, resolved={**manifest["resolved"], "format": 2})


def altered(folder: Path) -> None:
    (folder / "daily.parquet").write_bytes((folder / "control.parquet").read_bytes())


def incomplete(folder: Path) -> None:
    (folder / "control.parquet").unlink()


def no_run(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def edit(folder: Path, **changes: Any) -> None:
    file = folder / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (unfinished, "the run was stopped after 2 of 4 replications"),
        (of_another_version, "has schema version 99"),
        (of_an_unknown_format, "this version of Redan reads format: 1"),
        (altered, "is not the table that the run wrote"),
        (incomplete, "the file is missing"),
        (no_run, "is not a run folder"),
    ],
)
def test_a_run_at_fault_is_one_line_and_2(
    folder: Path, call: Run, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(folder)
    code, out, err = call(folder)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert not (folder / "report.html").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--day", "61"), "--day 61: is not a day of this run; give one from 1 to 60"),
        (("--day", "soon"), "redan report:"),
        (("--out", "."), "--out .: is a folder; name a file in it"),
        (("--out", "no/such/page.html"), "there is no folder no/such; make it first"),
        (("--ablation", "none.json"), "there is no such file"),
    ],
)
def test_an_option_at_fault_is_one_line_and_2(
    folder: Path, call: Run, arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = call(folder, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_no_folder(call: Run, tmp_path: Path) -> None:
    code, out, err = call(tmp_path / "nowhere")
    assert (code, out) == (2, "")
    assert "there is no such folder" in err
