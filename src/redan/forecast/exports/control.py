"""Probability of control by date: who is likely to hold each cell, as a table, GeoJSON and GeoParquet.

GeoParquet 1.1.0 (Open Geospatial Consortium): a Parquet file whose metadata `geo` names the column of
geometries, how they are written (WKB) and in what coordinates (OGC:CRS84: degrees east, degrees north).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import polars as pl
import shapely
from pyproj import CRS

from redan.forecast.exports.columns import Column
from redan.forecast.study.document import chosen_days
from redan.forecast.study.geojson import cell_ring
from redan.forecast.study.ground import cells, held
from redan.runs.folder import RunFolder

COLUMNS: Final = {
    "course": Column("-", "course of action: a plan, not a forecast of what will be done"),
    "day": Column("days", "counted from day 0; control is kept by week: the last day of one"),
    "date": Column("date", "that day"),
    "cell": Column("-", "H3 index of the cell"),
    "replications": Column("count", "campaigns of the course"),
    "n_attacker": Column("count", "those in which the attacker holds the cell at the end of that day"),
    "p_attacker": Column("share, 0 to 1", "`n_attacker` over `replications`"),
}
GEOMETRY: Final = Column("degrees", "outline of the cell, WKB, longitude before latitude (OGC:CRS84)")
WHAT: Final = (
    "Probability that the attacker holds a cell, by course and date: a share of campaigns, so it is no"
    " forecast of one front, and the front of no single campaign need look like it. Cells are coarse on"
    " purpose."
)
VERSION: Final = "1.1.0"


def control(run: RunFolder, days: Sequence[int] = ()) -> pl.DataFrame:
    """Return the probability of control, a row per course, day and cell.

    Parameters
    ----------
    days : each is moved to the end of the last full week; by default day 0 and a few up to the horizon

    Raises
    ------
    InputError : a day lies outside the run
    """
    chosen = [day for day in days if day != 0]
    shown = chosen_days(chosen, run.horizon_days) if chosen or not days else []
    weeks = sorted({0 if not days or 0 in days else shown[0] // 7, *(day // 7 for day in shown)})
    names, counts = cells(run), held(run, weeks)
    parts = [
        pl.DataFrame(
            {
                "course": [course] * len(names),
                "cell": names,
                "n_attacker": counts[course][i],
                "p_attacker": counts[course][i] / run.done,
            }
        ).with_columns(
            day=pl.lit(7 * week, pl.Int32), date=pl.lit(run.as_of + timedelta(days=7 * week), pl.Date)
        )
        for course in run.courses
        for i, week in enumerate(weeks)
    ]
    return pl.concat(parts).with_columns(replications=pl.lit(run.done, pl.Int64)).select(list(COLUMNS))


def control_geojson(run: RunFolder, days: Sequence[int] = ()) -> dict[str, Any]:
    """Return one polygon for each cell, with the probability that the attacker holds it.

    Returns
    -------
    A FeatureCollection. Properties: `cell` (H3), and `COURSE_day_N` for every course and day of `control`.
    """
    table = control(run, days)
    wide = table.select(
        "cell", "p_attacker", name=pl.format("{}_day_{}", "course", "day")
    ).pivot("name", index="cell", values="p_attacker", maintain_order=True)  # fmt: skip
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [cell_ring(row["cell"])]},
            "properties": row,
        }
        for row in wide.iter_rows(named=True)
    ]
    head = {
        "scenario": run.scenario,
        "as_of": run.as_of.isoformat(),
        "seed": run.seed,
        "replications": run.done,
        "dates": {
            f"day_{day}": date.isoformat() for day, date in table["day", "date"].unique().sort("day").rows()
        },
    }
    return {"type": "FeatureCollection", "properties": head, "features": features}


def with_geometry(table: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, str]]:
    """Return the table with a column `geometry` of WKB polygons, and the file's metadata of GeoParquet.

    Parameters
    ----------
    table : rows with a column `cell`
    """
    names = table["cell"].unique(maintain_order=True).to_list()
    outlines = [shapely.Polygon(cell_ring(name)) for name in names]
    bounds = [round(float(end), 5) for end in shapely.total_bounds(outlines)]
    drawn = pl.DataFrame(
        {"cell": names, "geometry": [shapely.to_wkb(one, byte_order=1) for one in outlines]},
        schema={"cell": pl.String, "geometry": pl.Binary},
    )
    column = {
        "encoding": "WKB",
        "geometry_types": ["Polygon"],
        "crs": CRS.from_user_input("OGC:CRS84").to_json_dict(),
        "edges": "planar",
        "orientation": "counterclockwise",
        "bbox": bounds,
    }
    geo = {"version": VERSION, "primary_column": "geometry", "columns": {"geometry": column}}
    return table.join(drawn, on="cell", how="left", maintain_order="left"), {"geo": json.dumps(geo)}
