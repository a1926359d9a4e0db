"""Play one campaign from a start and see it on the grid: the numbers of a row of the table, and its area."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.grid.front import Start
from redan.calibration.grid.observe import Reports, control_by_day
from redan.calibration.grid.record import CELL_KM2, F64, Record, weekly
from redan.calibration.grid.settings import Residents
from redan.calibration.grid.statistics import (
    Dwell,
    autocorrelation,
    distances_km,
    dwell,
    falls,
    taken,
    unevenness,
)
from redan.runs.world import play
from redan.vocabulary import outcomes as out
from redan.vocabulary.codes import LOG_CONTROL
from redan.vocabulary.outcomes import slug

#: Falls are counted from here on: a line coarsened to whole cells takes a while to become a front.
SETTLED_DAYS: Final = 28
TAKEN_SHARE: Final = 0.95
WEEK: Final = 7
LEAST_GAIN_KM2: Final = 5.0  # of a campaign whose share inside the grid is read off
RATIO: Final = (0.0, 1.2)  # a share beyond this is a quotient of small numbers


@dataclass(frozen=True)
class Seen:
    """A campaign, or the truth, on the grid.

    Attributes
    ----------
    area_km2
        [day] area gained since day 0, as the maps of each day show it.
    front
        The maps of day 0, 7, 14 ...
    residents
        Log ratios of counts, in the order asked for; NaN where the town is not in the theatre.
    """

    area_km2: F64
    front: Record
    residents: F64


def play_start(
    start: Start, row: Any, number: int, reports: Reports, memory: Any, facts: Sequence[Residents] = ()
) -> Seen:
    """Play replication `number` with the parameters of `row`."""
    world = start.world
    output = play(world, start.course, number, row, memory)
    days = world.horizon_days
    shown = reports.shown(days, seed=[world.seed, number, start.day.toordinal()])
    n = min(int(output.log_count[0]), output.log_day.shape[0])
    rows = np.flatnonzero(output.log_kind[:n] == LOG_CONTROL)
    changes = list(
        zip(
            output.log_day[rows].tolist(),
            output.log_entity[rows].tolist(),
            output.log_value[rows].astype(int).tolist(),
            strict=True,
        )
    )
    held = control_by_day(world.theatre.cell_control0, changes, days)
    stamps = weekly(start.day, start.day + dt.timedelta(days=days))
    front = start.operator.record(stamps, held[shown[::WEEK]])
    gained = output.series[:, out.MEASURE_AREA].astype(np.float64)
    inside = gained * _share_inside(start, memory[0], float(gained[-1]))
    return Seen(inside[shown], front, _residents(start, output.series, facts))


def _share_inside(start: Start, state: Any, gained: float) -> float:
    """Share of the ground gained in a theatre that lies on the cells that count."""
    theatre = start.world.theatre
    change = np.asarray(state.cells["share"], np.float64) - theatre.cell_share0
    per_cell = start.operator.weight @ change
    seen = float(per_cell[start.operator.inside.ravel()].sum()) * CELL_KM2
    if abs(gained) < LEAST_GAIN_KM2:
        return 1.0
    return float(np.clip(seen / gained, *RATIO))


def _residents(start: Start, series: NDArray[Any], facts: Sequence[Residents]) -> F64:
    found = np.full(len(facts), np.nan)
    names = [measure.name for measure in start.world.measures]
    for k, fact in enumerate(facts):
        measure = f"residents:{slug(fact.town)}"
        if fact.start == start.day and measure in names:
            column = series[:, names.index(measure)]
            days = [(count.date - start.day).days for count in (fact.first, fact.second)]
            first, second = (max(1.0, float(column[day])) for day in days)
            found[k] = np.log(second / first)
    return found


def observed(
    record: Record, start: Start, facts: Sequence[Residents] = (), *, open_share: float = 0.0
) -> Seen:
    """What the data show of the same days on the same cells."""
    days = start.world.horizon_days
    last = start.day + dt.timedelta(days=days)
    every = np.arange(np.datetime64(start.day), np.datetime64(last) + 1)
    masked = Record(
        record.days,
        np.where(start.operator.inside, record.occupied, np.float32(0.0)),
        np.where(start.operator.inside, record.unknown, np.float32(0.0)),
        start.operator.inside,
        record.x_m,
        record.y_m,
    )
    area = masked.on(every).area_km2(open_share=open_share)
    ratios = [fact.log_ratio if fact.start == start.day else np.nan for fact in facts]
    return Seen(area - area[0], masked.on(weekly(start.day, last)), np.array(ratios))


def numbers(
    seen: Seen, towns: Mapping[str, tuple[float, float]], horizons: Sequence[int]
) -> dict[str, float]:
    """The numbers kept of a campaign or of the truth, by name: what summaries are pooled from."""
    found = {f"area_{day}": float(seen.area_km2[day]) for day in horizons}
    settled = SETTLED_DAYS // WEEK
    later = seen.front.on(seen.front.days[settled:])
    count = falls(later, stride=WEEK)
    found |= {f"cells_{n}": float(count.cells[n]) for n in range(9)}
    found |= {f"fell_{n}": float(count.fell[n]) for n in range(9)}
    gains = np.diff(seen.area_km2[::WEEK])
    found |= {"week_correlation": autocorrelation(gains), "week_unevenness": unevenness(gains)}
    away = distances_km(seen.front, towns)
    stay: Dwell = dwell(away, WEEK)
    found |= {"dwell_days": stay.days, "dwell_nearer": float(stay.nearer)}
    share = taken(seen.front, towns)
    found["towns_taken"] = float(((share[0] < TAKEN_SHARE) & (share[-1] >= TAKEN_SHARE)).sum())
    return found | {f"residents_{k}": float(ratio) for k, ratio in enumerate(seen.residents)}
