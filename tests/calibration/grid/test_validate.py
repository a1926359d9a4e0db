"""Scores of forecasts of area, and what is said where there are no data."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from redan.calibration.grid.validate import run_grid, scores_of
from redan.views.cli.main import run


def test_a_forecast_is_scored() -> None:
    members = np.linspace(0.0, 100.0, 101)
    sample = np.array([members, members, members, members])
    found = scores_of(sample, np.array([50.0, 10.5, 150.0, -10.0]))
    assert found["rmse_km2"] == pytest.approx(np.sqrt((39.5**2 + 100.0**2 + 60.0**2) / 4))
    assert found["bias_km2"] == pytest.approx((39.5 - 100.0 + 60.0) / 4)
    assert found["cover80"] == 0.5  # 10 to 90 holds the first two
    assert found["pit"] == [2, 0, 1, 0, 1]
    assert found["crps_interval90"][0] < found["crps_km2"] < found["crps_interval90"][1]
    sure = scores_of(np.full((2, 5), 7.0), np.array([7.0, 9.0]))
    assert sure["crps_km2"] == pytest.approx(1.0)  # of a certain forecast: its mean absolute error
    assert sure["crps_interval90"] is None


def test_it_is_skipped_without_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_grid(data=tmp_path)["skipped"] == "not checked here: data absent"
    assert run(["validate", "--grid", "--data", str(tmp_path), "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"seed", "replications", "skipped"}
    assert run(["validate", "--grid", "--data", str(tmp_path)]) == 0
    assert "skipped" in capsys.readouterr().out
    assert run(["calibrate", "front", "--data", str(tmp_path), "--out", str(tmp_path / "fit")]) == 2
    assert "data absent; give the folder of the data with --data" in capsys.readouterr().err
