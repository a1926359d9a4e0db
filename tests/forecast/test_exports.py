"""Exports: what is written is what the run holds, and each format is what its name says."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import h3
import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest
import shapely
from pyproj import CRS

import redan
from redan.analysis.censored import of_course
from redan.forecast.exports.columns import SUFFIX
from redan.forecast.exports.control import with_geometry
from redan.forecast.exports.write import EXPORTS
from redan.forecast.result import Forecast
from redan.views.cli.main import run
from redan.vocabulary.errors import InputError

DAYS = (0, 10, 35)
#: What GeoParquet 1.1.0 asks of a column of polygons in WKB.
GEO: dict[str, Any] = {
    "type": "object",
    "required": ["version", "primary_column", "columns"],
    "properties": {
        "version": {"const": "1.1.0"},
        "primary_column": {"const": "geometry"},
        "columns": {
            "type": "object",
            "required": ["geometry"],
            "additionalProperties": {
                "type": "object",
                "required": ["encoding", "geometry_types"],
                "additionalProperties": False,
                "properties": {
                    "encoding": {"const": "WKB"},
                    "geometry_types": {"type": "array", "uniqueItems": True, "items": {"const": "Polygon"}},
                    "crs": {"type": "object", "required": ["type", "name"]},
                    "edges": {"enum": ["planar", "spherical"]},
                    "orientation": {"const": "counterclockwise"},
                    "bbox": {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "number"}},
                },
            },
        },
    },
}


@pytest.fixture(scope="module")
def forecast(tmp_path_factory: pytest.TempPathFactory) -> Forecast:
    settings: dict[str, Any] = {"replications": 6, "horizon_days": 40, "courses": ["storm", "bypass"]}
    folder = tmp_path_factory.mktemp("runs") / "run"
    return redan.load("slavyansk-kramatorsk").forecast(**settings, out=folder, threads=1)


def test_control_is_that_of_the_run(forecast: Forecast) -> None:
    table = forecast.control(DAYS)
    assert table["day"].unique().sort().to_list() == [0, 7, 35], "each day at the end of its last full week"
    own = forecast.run.control.filter((pl.col("course") == "bypass") & (pl.col("week") == 5))
    rows = table.filter((pl.col("course") == "bypass") & (pl.col("day") == 35))
    assert rows["n_attacker"].to_list() == own["n_attacker"].to_list()
    assert [h3.str_to_int(cell) for cell in rows["cell"]] == own["cell"].to_list()
    assert rows["p_attacker"].to_list() == [n / 6 for n in own["n_attacker"]]
    assert rows["date"].unique().to_list() == [forecast.run.as_of + timedelta(days=35)]
    assert forecast.control()["day"].unique().sort().to_list() == [0, 28, 35], "day 0, 30 and the horizon"


def test_geoparquet_is_one_and_comes_back(forecast: Forecast, tmp_path: Path) -> None:
    import jsonschema  # here: its grammars take seconds, which every worker that collects would wait for

    file, _ = forecast.export("geoparquet", tmp_path / "control.parquet", days=DAYS)
    geo = json.loads(pq.read_metadata(file).metadata[b"geo"])
    jsonschema.validate(geo, GEO)
    column = geo["columns"]["geometry"]
    assert CRS.from_json_dict(column["crs"]) == CRS.from_user_input("OGC:CRS84")
    table = pl.read_parquet(file)
    assert table.drop("geometry").equals(forecast.control(DAYS))
    outlines = shapely.from_wkb(table["geometry"].to_list())
    assert {one.geom_type for one in outlines} == {"Polygon"}
    assert shapely.is_valid(outlines).all()
    assert all(one.exterior.is_ccw for one in outlines)
    assert column["bbox"] == pytest.approx(list(shapely.total_bounds(outlines)))
    for outline, cell in list(zip(outlines, table["cell"], strict=True))[:50]:
        lat, lon = h3.cell_to_latlng(cell)
        assert outline.contains(shapely.Point(lon, lat))


def test_cells_with_other_numbers_of_corners_have_outlines() -> None:
    """Pentagons have five corners, and cells on an edge of the icosahedron have more than others."""
    pentagon = h3.get_pentagons(7)[0]
    cells = [pentagon, *h3.grid_disk(pentagon, 40)]
    table, _ = with_geometry(pl.DataFrame({"cell": cells}))
    outlines = shapely.from_wkb(table["geometry"].to_list())
    assert len({len(one.exterior.coords) for one in outlines}) >= 2
    assert shapely.is_valid(outlines).all()


def test_geojson_has_a_closed_cell_with_every_probability(forecast: Forecast, tmp_path: Path) -> None:
    file, _ = forecast.export("geojson", tmp_path / "control.geojson", days=DAYS)
    content = json.loads(file.read_text())
    assert content["type"] == "FeatureCollection"
    assert content["properties"]["dates"]["day_35"] == "2026-01-16"
    names = [f"{course}_day_{day}" for course in ("storm", "bypass") for day in (0, 7, 35)]
    told = {row["cell"]: row for row in forecast.control(DAYS).filter(
        (pl.col("course") == "storm") & (pl.col("day") == 35)
    ).iter_rows(named=True)}  # fmt: skip
    assert len(content["features"]) == len(told)
    for feature in content["features"]:
        (ring,) = feature["geometry"]["coordinates"]
        assert ring[0] == ring[-1]
        assert len(ring) >= 6
        assert sorted(feature["properties"]) == sorted(["cell", *names])
        own = told[feature["properties"]["cell"]]
        assert feature["properties"]["storm_day_35"] == own["p_attacker"]


def test_residents_present_and_departed_add_up(forecast: Forecast) -> None:
    table = forecast.residents()
    assert table["day"].unique().sort().to_list() == [0, 7, 14, 21, 28, 35, 40]
    places = [*forecast.run.objectives, "theatre"]
    assert table["place"].unique(maintain_order=True).to_list() == places
    assert table.height == 2 * len(places) * 7 * 2
    start = table.filter((pl.col("day") == 0) & (pl.col("quantity") == "present"))
    at_first = {row["place"]: row["p50"] for row in start.iter_rows(named=True)}
    last = table.filter((pl.col("day") == 40) & (pl.col("course") == "storm"))
    rows = of_course(forecast.replications, "storm")
    for place in places:
        measure = "residents_left" if place == "theatre" else f"residents:{place}"
        present, departed = (
            last.filter((pl.col("place") == place) & (pl.col("quantity") == quantity)).row(0, named=True)
            for quantity in ("present", "departed")
        )
        assert present["p90"] == pytest.approx(np.quantile(rows[measure].to_numpy(), 0.9), abs=0.06)
        assert departed["p10"] == pytest.approx(at_first[place] - present["p90"], abs=0.16)
    displaced = np.quantile(rows["displaced"].to_numpy(), 0.5)
    assert displaced > 0
    assert forecast.residents([0, 20])["day"].unique().sort().to_list() == [0, 20]


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
@pytest.mark.parametrize("to", ["residents", "hubverse"])
def test_tables_come_back(forecast: Forecast, tmp_path: Path, to: str, ending: str) -> None:
    file, _ = forecast.export(to, tmp_path / f"table{ending}")
    wanted = forecast.residents() if to == "residents" else forecast.run.forecast
    read = (
        pl.read_csv(file, schema=dict(wanted.schema)) if ending == ".csv" else pl.read_parquet(file)
    )  # fmt: skip
    assert read.equals(wanted)


@pytest.mark.parametrize("to", list(EXPORTS))
def test_every_column_is_explained(forecast: Forecast, to: str) -> None:
    file, note = forecast.export(to)
    assert file.parent == forecast.path / "exports"
    assert note.name == file.name + SUFFIX
    told = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", note.read_text(), re.MULTILINE)
    if to == "geojson":
        columns = ["cell", "COURSE_day_N"]
    else:
        read = pl.read_csv(file) if file.suffix == ".csv" else pl.read_parquet(file)
        columns = read.columns
    assert [name for name, _ in told] == columns
    assert forecast.run.verify() == [], "a run folder with exports is still the run"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--to", "shapefile"), "--to shapefile: there is no such export"),
        (
            ("--to", "geojson", "--out", "c.csv"),
            "is no name for --to geojson; let it end with .geojson or .json",
        ),
        (("--to", "residents", "--out", "no/such.csv"), "there is no folder no; make it first"),
        (("--to", "residents", "--day", "41"), "--day 41: is not a day of this run"),
        (("--to", "geojson", "--day", "-1"), "--day -1: is not a day of this run"),
        (("--to", "hubverse", "--day", "7"), "--day 7: does not go with --to hubverse"),
    ],
)
def test_what_is_at_fault_is_one_line_and_2(
    forecast: Forecast, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run(["export", str(forecast.path), *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


def test_the_command_says_where_it_is(
    forecast: Forecast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "people.parquet"
    asked = ["export", str(forecast.path), "--to", "residents", "--out", str(file), "--day", "0"]
    assert run([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "run": str(forecast.path),
        "to": "residents",
        "file": str(file),
        "columns": f"{file}{SUFFIX}",
    }
    assert pl.read_parquet(file)["day"].unique().to_list() == [0]
    assert run(asked) == 0
    assert f"{file} (" in capsys.readouterr().out


def test_a_day_that_is_no_number_is_refused(forecast: Forecast) -> None:
    with pytest.raises(InputError, match="is not a day of this run"):
        forecast.control([400])
