"""The document of a report: every number is that of the run's tables, and what is at fault is refused."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path
from typing import Any

import h3
import numpy as np
import polars as pl
import pytest

import redan
from redan.analysis.censored import event_days, of_course
from redan.forecast.result import Forecast
from redan.forecast.study.document import chosen_days, study
from redan.forecast.study.footing import differing
from redan.runs.folder import RunFolder
from redan.vocabulary.errors import InputError

NAME = "slavyansk-kramatorsk"
SETTINGS: dict[str, Any] = {"replications": 6, "horizon_days": 40, "courses": ["storm", "bypass"]}
DAYS = (10, 35)


@pytest.fixture(scope="module")
def forecast(tmp_path_factory: pytest.TempPathFactory) -> Forecast:
    folder = tmp_path_factory.mktemp("runs") / "run"
    return redan.load(NAME).forecast(**SETTINGS, out=folder, threads=1)


@pytest.fixture(scope="module")
def found(forecast: Forecast) -> dict[str, Any]:
    return study(forecast.run, days=DAYS, also=[23, 400])


def test_it_is_plain_data(found: dict[str, Any]) -> None:
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["run"] == "run", "the folder's name, not its path: a page is handed on"
    assert [row["day"] for row in found["days"]] == list(DAYS)
    assert found["days"][0]["date"] == "2025-12-22"
    assert found["objectives"]["kramatorsk"]["official"] == "Краматорськ"


def test_shares_left_are_those_of_the_replications(found: dict[str, Any], forecast: Forecast) -> None:
    days = found["survival"]["days"]
    assert set(DAYS) | {0, 23, 40} <= set(days)
    assert days[-1] == 40, "a day past the horizon is not known"
    for event, courses in found["survival"]["events"].items():
        for course, curve in courses.items():
            came = event_days(of_course(forecast.replications, course), event)
            assert curve["share"] == pytest.approx([float((came > day).mean()) for day in days], abs=1e-5)
            assert curve["came"] == int(np.isfinite(came).sum())
            assert all(
                low <= share <= high
                for low, share, high in zip(curve["low"], curve["share"], curve["high"], strict=True)
            )
    assert any(curve["came"] for curve in found["survival"]["events"]["taken:seversk"].values())


def test_causes_add_up_to_what_ended(found: dict[str, Any], forecast: Forecast) -> None:
    for objective, courses in found["endings"]["objectives"].items():
        for course, causes in courses.items():
            rows = of_course(forecast.replications, course)
            days = np.min([event_days(rows, f"{cause}:{objective}") for cause in causes], axis=0)
            for number, day in enumerate(DAYS):
                ended = sum(told["share"][number] for told in causes.values())
                assert ended == pytest.approx((days <= day).mean(), abs=1e-5)


def test_quantiles_on_the_last_day_are_exact(found: dict[str, Any], forecast: Forecast) -> None:
    for measure, content in found["over_time"]["measures"].items():
        for course, levels in content["courses"].items():
            values = of_course(forecast.replications, course)[measure].to_numpy()
            assert levels["p50"][-1] == pytest.approx(np.quantile(values, 0.5), rel=1e-5)
            assert levels["p90"][-1] == pytest.approx(np.quantile(values, 0.9), rel=1e-5)
            assert levels["p10"][0] == levels["p90"][0], "on day 0 all replications agree"


def test_quantiles_within_the_horizon_are_those_of_the_daily_table(
    found: dict[str, Any], forecast: Forecast
) -> None:
    at = found["at_days"]
    assert at["days"] == [0, *DAYS]
    told = at["measures"]["residents:kramatorsk"]["courses"]["bypass"]["p25"][1]
    rows = forecast.daily.filter(
        (pl.col("course") == "bypass") & (pl.col("measure") == "residents:kramatorsk") & (pl.col("day") == 10)
    )
    assert told == pytest.approx(rows["p25"].item(), rel=1e-5)


def test_losses_by_cause_add_up(found: dict[str, Any], forecast: Forecast) -> None:
    for course, sides in found["losses_by_cause"].items():
        for side, causes in sides.items():
            mean = of_course(forecast.replications, course)[f"losses:{side}"].to_numpy().mean()
            assert sum(causes.values()) == pytest.approx(mean, rel=1e-6)


def test_the_map_is_the_control_table(found: dict[str, Any], forecast: Forecast) -> None:
    ground = found["ground"]
    assert ground["days"] == [7, 35], "the ends of the weeks that the days are in"
    rows = forecast.run.control.filter((pl.col("course") == "storm") & (pl.col("week") == 5))
    by_cell = {h3.int_to_str(cell): n for cell, n in rows.select("cell", "n_attacker").iter_rows()}
    assert dict(zip(ground["cells"], ground["n"]["storm"][1], strict=True)) == by_cell
    town = next(town for town in ground["towns"] if town["name"] == "Seversk")
    cell = h3.latlng_to_cell(town["lat"], town["lon"], ground["resolution"])
    assert town["p"]["storm"][1] == by_cell[cell] / 6
    assert town["objective"]
    assert town["lon"] == round(town["lon"], 2), "coarse"
    assert ground["gained_km2"]["storm"][1]["mean"] > 0


def test_pairs_have_an_interval(found: dict[str, Any], forecast: Forecast) -> None:
    assert len(found["comparison"]) == len(forecast.to_dict()["comparison"])
    for row, told in zip(found["comparison"], forecast.to_dict()["comparison"], strict=True):
        assert {key: row[key] for key in told} == told
        low, high = row["p_interval90"]
        assert low <= row["p_a_better"] <= high


def test_parameters_are_those_that_were_drawn(found: dict[str, Any], forecast: Forecast) -> None:
    told = found["parameters"]
    assert sum(told["by_grade"].values()) == told["total"] == len(told["rows"])
    row = next(row for row in told["rows"] if row["name"] == "attacker_men")
    drawn = of_course(forecast.replications, "storm")["parameter:attacker_men"].to_numpy()
    assert (row["p05"], row["p95"]) == pytest.approx(tuple(np.quantile(drawn, (0.05, 0.95))))
    assert row["grade"] in "ABC"
    assert row["source"]
    fixed = [row for row in told["rows"] if row["width"] == 0]
    assert len(fixed) == told["fixed"]
    assert all(row["p05"] == row["p95"] for row in fixed)


def test_the_command_plays_the_run_again(found: dict[str, Any], forecast: Forecast, tmp_path: Path) -> None:
    words = shlex.split(found["rebuild"]["command"])
    assert words[:3] == ["redan", "forecast", NAME]
    options = list(zip(words[3::2], words[4::2], strict=True))
    assert [value for option, value in options if option == "--course"] == SETTINGS["courses"]
    given = dict(options)
    again = redan.load(words[2]).forecast(
        courses=[value for option, value in options if option == "--course"],
        replications=int(given["--replications"]),
        horizon_days=int(given["--horizon-days"]),
        seed=int(given["--seed"]),
        out=tmp_path / "again",
        threads=1,
    )
    assert again.replications.equals(forecast.replications)
    assert found["rebuild"]["changed"] == []
    assert found["rebuild"]["tables"] == {
        name: facts["sha256"] for name, facts in again.run.manifest["files"].items()
    }


def test_a_changed_scenario_is_said(tmp_path: Path) -> None:
    changed = redan.load(NAME, sets=["forces.attacker.men=150000"])
    run = changed.forecast(replications=1, horizon_days=7, courses=["storm"], out=tmp_path / "run").run
    changed_fields = study(run)["rebuild"]["changed"]
    assert "forces.attacker.men.value" in changed_fields
    assert all(name.startswith("forces.attacker.men.") for name in changed_fields)


def test_differing_fields_have_their_path() -> None:
    one = {"a": {"b": [1, 2]}, "c": 3}
    assert differing(one, {"a": {"b": [1, 5]}, "d": 4, "c": 3}) == ["a.b[1]", "d"]
    assert differing(one, {"a": {"b": [1]}, "c": 3}) == ["a.b"]
    assert differing(one, one) == []


def test_days_shown() -> None:
    assert chosen_days([], 1095) == [180, 365, 730, 1095]
    assert chosen_days([], 40) == [30, 40]
    assert chosen_days([], 5) == [5]
    assert chosen_days([30, 7, 30], 40) == [7, 30]


@pytest.mark.parametrize("day", [0, -3, 41])
def test_a_day_outside_the_run_is_refused(day: int) -> None:
    with pytest.raises(InputError, match="is not a day of this run; give one from 1 to 40"):
        chosen_days([day], 40)


def test_an_altered_table_is_refused(forecast: Forecast, tmp_path: Path) -> None:
    shutil.copytree(forecast.path, tmp_path / "run")
    table = tmp_path / "run" / "replications.parquet"
    pl.read_parquet(table).with_columns(pl.col("losses:attacker") / 2).write_parquet(table)
    with pytest.raises(InputError, match=r"replications\.parquet.*is not the table that the run wrote"):
        study(RunFolder(tmp_path / "run"))
