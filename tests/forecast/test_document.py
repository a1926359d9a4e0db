"""The JSON document and the hubverse table of a run."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from redan.forecast.document import document, to_json
from redan.forecast.headline import headline
from redan.forecast.result import Forecast
from redan.forecast.run import open_forecast, play
from redan.vocabulary.errors import InputError
from redan.vocabulary.outcomes import measures
from tests.runs.fakes import OBJECTIVES, event_ids, job

REPLICATIONS, HORIZON = 120, 60


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Forecast:
    folder = tmp_path_factory.mktemp("runs") / "run"
    return play(job(replications=REPLICATIONS, horizon_days=HORIZON), folder, threads=2)


def strict(text: str) -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not JSON")

    return json.loads(text, parse_constant=refuse)


def test_the_document_has_the_agreed_shape(found: Forecast) -> None:
    said = strict(found.to_json())
    assert list(said) == [
        "scenario", "as_of", "seed", "replications", "horizon_days", "run", "courses", "comparison",
        "outside_view",
    ]  # fmt: skip
    assert (said["scenario"], said["as_of"], said["seed"]) == ("toy", "2025-12-12", 1)
    assert (said["replications"], said["horizon_days"]) == (REPLICATIONS, HORIZON)
    assert said["run"] == str(found.path)
    assert list(said["courses"]) == ["storm", "bypass"]
    for course, content in said["courses"].items():
        assert list(content["events"]) == event_ids(course)
        for event in content["events"].values():
            assert list(event) == ["p_by_horizon", "se", "day"]
            assert list(event["day"]) == ["p10", "p50", "p90"]
            assert (event["day"]["p50"] is None) == (event["p_by_horizon"] < 0.5)
        names = [m.name for m in measures(OBJECTIVES)]
        restricted = [f"restricted_mean_days:{event}" for event in event_ids(course)]
        assert list(content["measures"]) == [*names, *restricted]
        for measure in content["measures"].values():
            assert list(measure) == ["unit", "mean", "p10", "p50", "p90"]
    for entry in said["comparison"]:
        assert list(entry) == ["a", "b", "measure", "p_a_better", "median_difference", "interval90"]
    compared = {entry["measure"] for entry in said["comparison"]}
    assert "breakthrough:east" in compared
    assert "breakthrough:north" not in compared


def test_numbers_are_those_of_the_replications(found: Forecast) -> None:
    rows = found.replications.filter(pl.col("course") == "bypass")
    content = found.to_dict()["courses"]["bypass"]
    days = rows["taken:alpha"]
    p = 1 - days.null_count() / REPLICATIONS
    assert content["events"]["taken:alpha"]["p_by_horizon"] == pytest.approx(p)
    assert content["events"]["taken:alpha"]["se"] == pytest.approx((p * (1 - p) / REPLICATIONS) ** 0.5)
    mean = content["measures"]["restricted_mean_days:taken:alpha"]["mean"]
    assert mean == pytest.approx(days.fill_null(HORIZON).mean())
    losses = rows["losses:attacker"].to_numpy()
    assert content["measures"]["losses:attacker"]["p90"] == pytest.approx(np.quantile(losses, 0.9))


def test_infinity_never_reaches_the_document() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json({"x": float("inf")})


def test_hubverse_columns_and_kinds(found: Forecast) -> None:
    table = found.run.forecast
    assert table.columns == [
        "model_id", "reference_date", "scenario_id", "target", "horizon", "target_end_date", "location",
        "output_type", "output_type_id", "value",
    ]  # fmt: skip
    assert set(table["output_type"].to_list()) == {"cdf", "quantile", "mean"}
    assert table["value"].null_count() == 0
    assert table["value"].is_finite().all()
    keys = table.select(pl.exclude("value"))
    assert keys.is_duplicated().sum() == 0


def test_events_by_date_rise_to_the_horizon(found: Forecast) -> None:
    by_day = found.by_day()
    said = found.to_dict()["courses"]
    for course, events in by_day.items():
        assert list(events) == event_ids(course)
        for event, chances in events.items():
            assert list(chances) == [30, HORIZON]
            assert chances[30] <= chances[HORIZON] == said[course]["events"][event]["p_by_horizon"]
    rows = found.run.forecast.filter(pl.col("output_type") == "cdf", pl.col("horizon") == 30)
    assert set(rows["target_end_date"].to_list()) == {date(2025, 12, 12) + timedelta(days=30)}
    assert set(rows["output_type_id"].to_list()) == {"30"}


def test_measures_by_date_rise_with_the_level(found: Forecast) -> None:
    rows = found.run.forecast.filter(
        pl.col("output_type") == "quantile",
        pl.col("target") == "losses:attacker",
        pl.col("scenario_id") == "storm",
    )
    for _, own in rows.group_by("horizon"):
        assert own["output_type_id"].to_list() == ["0.05", "0.1", "0.25", "0.5", "0.75", "0.9", "0.95"]
        assert own["value"].to_list() == sorted(own["value"].to_list())
    series = found.run.series.filter((pl.col("course") == "storm") & (pl.col("day") == 30))["losses:attacker"]
    at30 = rows.filter((pl.col("horizon") == 30) & (pl.col("output_type_id") == "0.5"))["value"].item()
    assert at30 == pytest.approx(series.median(), rel=1 / 32)


def test_tables_for_people(found: Forecast) -> None:
    table = found.table(["taken"])
    assert table.height == 2 * len(OBJECTIVES)
    assert table.columns == ["course", "event", "p_by_horizon", "se", "p10", "p50", "p90"]
    assert found.measures(["exchange_ratio"]).height == 2
    assert found.comparison().height == len(found.to_dict()["comparison"])
    assert repr(found).startswith("Forecast('toy', 120 of 120 replications")
    assert found.query("SELECT count(*) AS n FROM forecast")["n"].item() == found.run.forecast.height


def test_a_notebook_shows_the_headline_and_a_table(found: Forecast) -> None:
    shown = found._repr_html_()
    for sentence in headline(found.to_dict()):
        assert f"<li>{sentence}</li>" in shown
    rows = found.table(["contested", "isolated", "taken", "ended"])
    assert shown.count("<tr>") == 1 + rows.height
    assert shown.count("<td>") == rows.height * rows.width
    assert "<td>taken:alpha</td>" in shown


def test_a_forecast_is_read_back(found: Forecast, tmp_path: Path) -> None:
    assert open_forecast(found.path).to_dict() == document(found.run)
    with pytest.raises(InputError, match="no such folder"):
        open_forecast(tmp_path / "none")


def test_a_provisional_document_after_100(tmp_path: Path) -> None:
    shown: list[dict[str, Any]] = []
    play(job(replications=110, horizon_days=20), tmp_path / "run", preview=shown.append)
    assert len(shown) == 1
    assert 100 <= shown[0]["replications"] < 110
    assert list(shown[0]["courses"]["storm"]["events"]) == event_ids("storm")
