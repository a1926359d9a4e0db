"""The forecast log: what was put down stays, and is scored by what became known."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from redan.forecast.log import INDEX, read_log, record
from redan.forecast.outcomes import read_outcomes, score_log
from redan.forecast.run import play
from redan.runs import manifest
from redan.runs.folder import RunFolder
from redan.vocabulary.errors import InputError
from tests.runs.fakes import job

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2025, 12, 20)
HEADER = "location,target,came_on,value,known_until,source\n"


def run_of_as_is(folder: Path, seed: int = 1) -> RunFolder:
    """A finished run of the fake campaign whose first course is called as_is."""
    play(job(replications=40, horizon_days=120, seed=seed), folder, threads=1)
    table = pl.read_parquet(folder / "forecast.parquet")
    table = table.with_columns(pl.col("scenario_id").str.replace("storm", "as_is"))
    table.write_parquet(folder / "forecast.parquet")
    file = folder / "manifest.json"
    said = json.loads(file.read_text())
    said["courses"][0]["name"] = "as_is"
    said["files"]["forecast.parquet"]["sha256"] = manifest.file_hash(folder / "forecast.parquet")
    file.write_text(json.dumps(said))
    return RunFolder(folder)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    return run_of_as_is(tmp_path_factory.mktemp("runs") / "run")


def test_a_forecast_is_put_down_once(run: RunFolder, tmp_path: Path) -> None:
    entry = record(run, tmp_path / "log", recorded=TODAY)
    assert record(run, tmp_path / "log", recorded=TODAY + timedelta(days=9)) == entry
    assert read_log(tmp_path / "log") == [entry]
    table = pl.read_csv(tmp_path / "log" / entry.file)
    assert entry.sha256[:12] in entry.file
    assert table.height == entry.rows
    assert set(table["scenario_id"].to_list()) == {"as_is"}
    assert {"origin_date", "target", "target_end_date", "location", "output_type", "output_type_id"} < set(
        table.columns
    )
    second = record(run_of_as_is(tmp_path / "other", seed=2), tmp_path / "log", recorded=TODAY)
    assert [one.file for one in read_log(tmp_path / "log")] == [entry.file, second.file]


def test_what_was_put_down_cannot_change_unseen(run: RunFolder, tmp_path: Path) -> None:
    entry = record(run, tmp_path, recorded=TODAY)
    record(run_of_as_is(tmp_path / "other", seed=2), tmp_path, recorded=TODAY)
    file, index = tmp_path / entry.file, tmp_path / INDEX
    whole, rows = file.read_text(), index.read_text()
    for path, changed, says in (
        (
            file,
            whole.replace(",cdf,30,", ",cdf,31,"),
            "is not the forecast that was put down on '2025-12-20'",
        ),
        (index, rows.replace("2025-12-20", "2025-12-19"), "the row is not the one that was written"),
        (index, "\n".join([*rows.splitlines()[:1], *rows.splitlines()[2:], ""]), "the row is not the one"),
        (tmp_path / "stray.csv", "x\n", "is not in the index"),
    ):
        path.write_text(changed)
        with pytest.raises(InputError, match=says):
            read_log(tmp_path)
        file.write_text(whole)
        index.write_text(rows)
        (tmp_path / "stray.csv").unlink(missing_ok=True)
    file.unlink()
    with pytest.raises(InputError, match="is missing"):
        read_log(tmp_path)


def test_a_run_without_the_course_is_no_forecast(tmp_path: Path) -> None:
    play(job(replications=4, horizon_days=40), tmp_path / "run", threads=1)
    with pytest.raises(InputError, match="has no course as_is"):
        record(RunFolder(tmp_path / "run"), tmp_path / "log", recorded=TODAY)
    assert not (tmp_path / "log").exists()


def test_outcomes_score_the_log(run: RunFolder, tmp_path: Path) -> None:
    record(run, tmp_path, recorded=TODAY)
    cdf = run.forecast.filter(
        (pl.col("target") == "taken:alpha") & (pl.col("output_type") == "cdf") & (pl.col("horizon") == 90)
    ).filter(pl.col("scenario_id") == "as_is")["value"].item()  # fmt: skip
    file = tmp_path / "outcomes.txt"
    file.write_text(
        HEADER
        + "toy,taken:alpha,2026-01-20,,2026-03-31,invented\n"  # day 39; day 90 is known
        + "toy,taken:beta,,,2025-12-20,invented\n"  # no date decided yet
        + "toy,losses:attacker,,1e9,2026-01-11,invented\n"  # day 30, past every quantile
    )
    found = score_log(tmp_path, read_outcomes(file))
    event, measure = found["scores"]
    assert (event["decided_by_day"], event["p"], event["came"]) == (90, pytest.approx(cdf, rel=1e-5), True)
    assert event["brier"] == pytest.approx((1.0 - cdf) ** 2, rel=1e-4)
    assert 0.0 < event["crps"] < 90.0
    assert measure["inside80"] is False
    assert found["unanswered"] == ["taken:beta"]
    assert found["means"]["redan-campaign"]["events"] == 1


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("toy,taken:alpha,soon,,2026-03-31,x", ":2: came_on: 'soon' is no date"),
        ("toy,taken:alpha,2026-04-01,,2026-03-31,x", "came_on: is later than known_until"),
        ("toy,taken:alpha,,,,x", "known_until: is empty"),
        ("toy,area_gained_km2,,much,2026-03-31,x", "value: 'much' is no number"),
        ("toy,taken:alpha,,,2026-03-31,", "source: is empty"),
        ("toy,taken:alpha", "row: has 2 cells, not 6"),
    ],
)
def test_a_mistake_in_the_outcomes_has_its_line(tmp_path: Path, row: str, says: str) -> None:
    file = tmp_path / "outcomes.csv"
    file.write_text(HEADER + row + "\n")
    with pytest.raises(InputError) as caught:
        read_outcomes(file)
    assert says in str(caught.value)


def test_the_log_of_the_project_is_as_it_was_put_down() -> None:
    """Every file that the repository's index names has the hash it had, and there is no other."""
    for entry in read_log(ROOT / "forecasts"):
        assert entry.file.startswith(f"{entry.origin_date}-{entry.scenario}-{entry.sha256[:12]}")
