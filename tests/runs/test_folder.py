"""What a run folder holds, how it is read back, and what is said of folders that are something else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import h3
import numpy as np
import polars as pl
import pytest

from redan.runs.executor import simulate
from redan.runs.folder import RunFolder
from redan.runs.histogram import LEVELS
from redan.runs.prepare import check
from redan.runs.query import query
from redan.runs.replay import recorded, replay
from redan.runs.run import run
from redan.runs.world import allocate, play
from redan.runs.written import Written
from redan.vocabulary.errors import InputError, MissingExtra
from tests.runs.fakes import LOG_CAPACITY, draw, event_ids, job

REPLICATIONS = 30


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    return run(job(replications=REPLICATIONS), out=tmp_path_factory.mktemp("runs") / "run", threads=2)


def test_replications_say_what_the_campaigns_left(found: RunFolder) -> None:
    world = job().world
    table = found.replications
    assert table["course"].to_list() == ["storm"] * REPLICATIONS + ["bypass"] * REPLICATIONS
    assert table["replication"].to_list() == [*range(REPLICATIONS)] * 2
    for course in world.courses:
        output = play(world, course, 17, draw(1, range(17, 18))[0], allocate(world, course))
        row = table.filter((pl.col("course") == course) & (pl.col("replication") == 17)).row(0, named=True)
        for name, day in zip(event_ids(course), output.event_day, strict=True):
            assert row[name] == (None if day < 0 else day)
        for measure, value in zip(world.measures, output.measure, strict=True):
            assert row[measure.name] == value
        assert row["men:defender:killed"] == output.ledger[1, 3]
        assert row["losses_by:attacker:fires"] == output.cause[0, 1]


def test_parameters_are_shared_by_all_courses(found: RunFolder) -> None:
    drawn = draw(1, range(REPLICATIONS))["attacker_men"].tolist()
    assert found.replications["parameter:attacker_men"].to_list() == drawn * 2


def test_an_axis_another_course_has_is_null(found: RunFolder) -> None:
    storm = found.replications.filter(pl.col("course") == "storm")
    assert storm["breakthrough:north"].null_count() == REPLICATIONS


def test_control_counts_replications(found: RunFolder) -> None:
    world = job().world
    counted = np.zeros(world.theatre.cell_id.size, np.int64)
    memory = allocate(world, "bypass")
    for k, row in enumerate(draw(1, range(REPLICATIONS))):
        counted += play(world, "bypass", k, row, memory).control[4]
    week = found.control.filter((pl.col("course") == "bypass") & (pl.col("week") == 4))
    assert week["n_attacker"].to_list() == counted.tolist()
    assert week["cell"].to_list() == world.theatre.cell_id.tolist()


def test_daily_quantiles_are_those_of_the_series(found: RunFolder) -> None:
    for name in ("area_gained_km2", "losses:attacker"):
        day = found.series.filter((pl.col("course") == "storm") & (pl.col("day") == 33))[name].to_numpy()
        row = found.daily.filter(
            (pl.col("course") == "storm") & (pl.col("measure") == name) & (pl.col("day") == 33)
        ).row(0)
        assert row[3:] == pytest.approx(np.quantile(day, LEVELS), rel=1 / 32)
    start = found.daily.filter(pl.col("day") == 0).select("p05", "p95")
    assert start["p05"].to_list() == start["p95"].to_list()


def test_events_are_named_and_cut_at_the_capacity(found: RunFolder) -> None:
    events = found.events
    assert set(events["kind"].to_list()) == {"control", "phase"}
    cells = events.filter(pl.col("kind") == "control")["entity"].unique().to_list()
    assert all(h3.is_valid_cell(cell) or cell.startswith("87") for cell in cells)
    assert "approach" in events.filter(pl.col("kind") == "phase")["entity"].to_list()
    own = events.filter((pl.col("course") == "storm") & (pl.col("replication") == 1))
    assert own.height == LOG_CAPACITY
    last = json.loads((found.path / "log.jsonl").read_text().splitlines()[-1])
    assert last["log_rows_dropped"] == 10


def test_a_replication_can_be_played_again(found: RunFolder) -> None:
    kept = recorded(found, "bypass", 5)
    again = replay(job().world, job().names, "bypass", 5)
    assert kept is not None
    assert again.series.equals(kept.series)
    assert again.events.equals(kept.events)
    assert recorded(found, "bypass", REPLICATIONS) is None


def test_simulate_gives_the_same_without_a_folder(found: RunFolder) -> None:
    arrays = simulate(job().world, range(12, 27), threads=2)
    table = found.replications.filter(
        (pl.col("course") == "bypass") & pl.col("replication").is_between(12, 26)
    )
    assert arrays["bypass"]["measure"][:, 0].tolist() == table["losses:attacker"].to_list()
    days = arrays["bypass"]["event_day"]
    assert [None if day < 0 else day for day in days[:, -1].tolist()] == table["breakthrough:north"].to_list()


def test_sql_answers_and_reaches_nothing_else(found: RunFolder, tmp_path: Path) -> None:
    answer = query(found, "SELECT course, count(*) AS n FROM replications GROUP BY course ORDER BY course")
    assert answer["n"].to_list() == [REPLICATIONS, REPLICATIONS]
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    local = pl.DataFrame({"a": [1]})  # noqa: F841  Python variables are out of reach too
    for sql in (
        f"SELECT * FROM read_csv('{secret}')",
        f"SELECT * FROM '{secret}'",
        f"COPY replications TO '{tmp_path / 'out.csv'}'",
        f"ATTACH '{tmp_path / 'db'}'",
        "SELECT * FROM local",
        "SET enable_external_access = true",
        "INSTALL httpfs",
        "SELEC 1",
    ):
        with pytest.raises(InputError, match="the tables are control, daily"):
            query(found, sql)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.csv"]


def test_a_missing_extra_is_named(found: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra, match=r"redan\[query\]"):
        query(found, "SELECT 1")


def copy_of(found: RunFolder, folder: Path, **changes: object) -> Path:
    folder.mkdir()
    for path in found.path.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    manifest = {**found.manifest, **changes}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_other_folders_are_refused_with_a_remedy(found: RunFolder, tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match="there is no such folder; give the folder that redan forecast named"
    ):
        RunFolder(tmp_path / "none")
    with pytest.raises(InputError, match=r"is not a run folder \(no manifest.json\)"):
        RunFolder(tmp_path)
    with pytest.raises(InputError, match="has schema version 99, this Redan reads 1; read it with"):
        RunFolder(copy_of(found, tmp_path / "new", schema_version=99))
    with pytest.raises(InputError, match="is not the manifest of a run"):
        RunFolder(copy_of(found, tmp_path / "alien", kind="something"))
    older = copy_of(found, tmp_path / "older", schema_version=0, versions={"redan": "0.0.9"})
    with pytest.raises(InputError, match=r"has schema version 0, .* with Redan 0\.0\.9, which wrote it"):
        RunFolder(older)
    for name in Written.model_fields:
        with pytest.raises(InputError, match=rf"manifest.json:1: run: is damaged \({name}\); run"):
            RunFolder(copy_of(found, tmp_path / f"no-{name}", **{name: None}))
    lacking = copy_of(found, tmp_path / "lacking")
    (lacking / "daily.parquet").unlink()
    with pytest.raises(InputError, match=r"daily.parquet:1: run: the file is missing"):
        RunFolder(lacking)
    broken = copy_of(found, tmp_path / "broken")
    (broken / "manifest.json").write_text("{")
    with pytest.raises(InputError, match="is damaged; run the forecast again"):
        RunFolder(broken)


def test_changed_tables_are_found(found: RunFolder, tmp_path: Path) -> None:
    folder = RunFolder(copy_of(found, tmp_path / "run"))
    assert folder.verify() == []
    (folder.path / "series.parquet").write_bytes(b"PAR1")
    assert folder.verify() == ["series.parquet"]
    with pytest.raises(InputError, match=r"series.parquet:1: run: cannot be read"):
        _ = folder.series


def test_what_is_asked_for_is_checked() -> None:
    with pytest.raises(InputError) as error:
        check(["strom", "bypass", "bypass"], ["storm", "bypass"], 0, 10**6, -1)
    assert [str(fault) for fault in error.value.faults] == [
        "--course strom: there is no such course; did you mean storm?",
        "--course bypass: is named twice; name it once",
        "--replications 0: is out of range; give a number from 1 to 1000000",
        "--horizon-days 1000000: is out of range; give a number from 1 to 7300",
        "--seed -1: is out of range; give a number from 0 to 18446744073709551615",
    ]
