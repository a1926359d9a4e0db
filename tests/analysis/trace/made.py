"""A made-up theatre of two towns, and campaigns written by hand: rows of a log and a few series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from redan.analysis.trace.campaign import Campaign, Row, in_order
from redan.analysis.trace.setting import Ground, Setting, Spot, Stage, Target
from redan.vocabulary.codes import ATTACKER, DEFENDER, LOG_KINDS

AS_OF = date(2025, 12, 12)
HORIZON = 120
TO_ATTACKER, TO_DEFENDER = float(ATTACKER), float(DEFENDER)
#: The factors of an order to leave are computed from these.
PARAMETERS = {
    "break_neck_weight": 2.0,
    "break_supply_weight": 1.5,
    "break_loss_weight": 0.8,
    "withdraw_base_per_day": 0.004,
    "withdraw_contest_share": 0.15,
}


def setting(horizon: int = HORIZON) -> Setting:
    """Redford, with a road to Far Hill 20 km east of it; cells of 5 km2 named after where they lie."""
    return Setting(
        scenario="made-up",
        course="storm",
        as_of=AS_OF,
        horizon_days=horizon,
        targets=[Target("Redford", 0.0, 0.0, "redford"), Target("Far Hill", 20.0, 0.0, "far-hill")],
        cells={
            "west-3": Ground(-3.0, 0.0, 5.0, "old-belt"),
            "west-6": Ground(-6.0, 0.0, 5.0, "old-belt"),
            "north-4": Ground(0.0, 4.0, 5.0),
            "centre": Ground(0.0, 0.0, 5.0),
            "hill": Ground(20.0, 0.5, 5.0, "new-belt"),
        },
        places=[Spot("Redford", 0.0, 0.0), Spot("Far Hill", 20.0, 0.0)],
        stages=[
            Stage("opening", 1.0, {"road": 0.75, "north": 0.25}, "clear"),
            Stage("second", 0.5, {"hill-road": 1.0}, "seal"),
        ],
        axes={"road": "redford", "north": None, "hill-road": "far-hill"},
        sites={"mill": "redford", "mine": "redford", "tower": None},
    )


def campaign(
    rows: Iterable[tuple[int, str, str, float]] = (),
    *,
    events: Mapping[str, float | None] | None = None,
    series: Mapping[str, ArrayLike] | None = None,
    horizon: int = HORIZON,
    has_chronicle: bool = True,
    parameters: Mapping[str, float] | None = None,
) -> Campaign:
    """A campaign of some rows; series that are not given stand still."""
    days = horizon + 1
    made: dict[str, Any] = {
        "area_gained_km2": np.zeros(days),
        "losses:attacker": np.zeros(days),
        "losses:defender": np.zeros(days),
    }
    for slug, away in (("redford", 8.0), ("far-hill", 28.0)):
        made[f"front_distance_km:{slug}"] = np.full(days, away)
        made[f"occupied:{slug}"] = np.zeros(days)
        made[f"supply_share:{slug}"] = np.full(days, 0.9)
    given = {name: np.asarray(values, dtype=np.float64) for name, values in (series or {}).items()}
    return Campaign(
        setting=setting(horizon),
        rows=in_order(Row(*row) for row in rows),
        series={**made, **given},
        event_day=dict(events or {}),
        parameters=PARAMETERS if parameters is None else parameters,
        has_chronicle=has_chronicle,
    )


def supply(day: int, slug: str, share: float, fed: float, lost: float) -> list[tuple[int, str, str, float]]:
    """The three rows that tell of supply."""
    kinds = (("supply", share), ("fed", fed), ("interdicted", lost))
    return [(day, kind, slug, value) for kind, value in kinds]


def order_out(
    day: int, slug: str, hazard: float, corridor: float, share: float, losses: float
) -> list[tuple[int, str, str, float]]:
    """The four rows of an order to leave."""
    return [
        (day, "order_out", slug, hazard),
        (day, "order_out_corridor", slug, corridor),
        (day, "order_out_supply", slug, share),
        (day, "order_out_losses", slug, losses),
    ]


def frames(
    told: Campaign, kinds: Sequence[str] = LOG_KINDS
) -> tuple[pl.DataFrame, pl.DataFrame, dict[str, Any]]:
    """The tables that a run folder would hold of a campaign, and its row of replications."""
    rows = told.rows
    events = pl.DataFrame(
        {
            "course": ["storm"] * len(rows),
            "replication": [0] * len(rows),
            "day": pl.Series([row.day for row in rows], dtype=pl.Int32),
            "kind": pl.Series([row.kind for row in rows], dtype=pl.Enum(list(kinds))),
            "entity": pl.Series([row.entity for row in rows], dtype=pl.String),
            "value": pl.Series([row.value for row in rows], dtype=pl.Float64),
        }
    )
    days = told.horizon + 1
    series = pl.DataFrame(
        {
            "course": ["storm"] * days,
            "replication": [0] * days,
            "day": list(range(days)),
            **{name: pl.Series(values, dtype=pl.Float32) for name, values in told.series.items()},
        }
    )
    record = {
        "course": "storm",
        "replication": 0,
        **told.event_day,
        **{name: float(values[-1]) for name, values in told.series.items()},
        "men:attacker:killed": 1.0,
        "losses_by:defender:fires": 2.0,
        **{f"parameter:{name}": value for name, value in told.parameters.items()},
    }
    return events, series, record
