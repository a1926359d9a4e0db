"""The tables of a run folder, built from chunks in the order of courses and replications."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

import h3
import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.runs.chunk import FULL_REPLICATIONS, Chunk
from redan.runs.files import Arrays
from redan.runs.fold import Fold
from redan.runs.histogram import LEVELS, quantiles
from redan.runs.world import World
from redan.vocabulary.arrays import Plan
from redan.vocabulary.codes import CAUSES, LEDGER, LOG_KINDS, SIDES, TRIGGER_DAY, TRIGGERS

QUANTILES: Final = tuple(f"p{round(level * 100):02d}" for level in LEVELS)
PARAMETER: Final = "parameter:"
ROW_GROUP: Final = 1 << 18
# What the entity of a log row is, by kind; every other kind is about an objective.
ABOUT: Final = {
    **dict.fromkeys(("control", "breach", "counter_attack", "belt_reached"), "cell"),
    **dict.fromkeys(("surrender", "sealed", "cleared", "re_emerged", "slipped_out", "starved"), "site"),
    **dict.fromkeys(("rout", "trapped"), "formation"),
    **dict.fromkeys(("phase", "effort_ordered", "effort_executed", "pause"), "phase"),
    **dict.fromkeys(("sent", "reached", "lost_marching", "counter_ordered", "replaced"), "side"),
    **dict.fromkeys(("captured", "line_density", "sorties"), "side"),
    "trigger": "trigger",
    "attacked": "axis",
    "loss": "loss",
}

ReadRows = Callable[[Chunk], Arrays]


@dataclass(frozen=True)
class Tables:
    """The tables that others are derived from, over replications 0 to `done` - 1 of every course."""

    request: dict[str, Any]
    done: int
    replications: pl.DataFrame
    daily: pl.DataFrame


def write_table(table: pl.DataFrame, file: IO[bytes], metadata: dict[str, str] | None = None) -> None:
    """Write Parquet with every choice that shows in the bytes fixed.

    Parameters
    ----------
    metadata : of the whole file, by key

    Raises
    ------
    OSError : the disk is full or fails
    """
    try:
        table.rechunk().write_parquet(
            file,
            compression="zstd",
            compression_level=1,
            statistics=True,
            row_group_size=ROW_GROUP,
            metadata=metadata,
        )
    except pl.exceptions.PolarsError as problem:
        # What the system said reaches us as text: "... IO error: No space left on device (os error 28)".
        number = re.search(r"\(os error (\d+)\)", str(problem))
        if number is None:
            raise
        raise OSError(int(number[1]), os.strerror(int(number[1]))) from problem


def replications_table(world: World, chunks: Sequence[Chunk], rows: ReadRows, done: int) -> pl.DataFrame:
    """One row per course and replication: events, measures, ledger, causes, parameters drawn.

    Columns: `course`, `replication`; events by id (day, null if it never came or the course has no such
    axis); measures by id at the horizon; `men:SIDE:ENTRY`; `losses_by:SIDE:CAUSE`; `parameter:NAME`.
    """
    every_event = list(dict.fromkeys(name for course in world.courses for name in world.events(course)))
    parameters = world.draw(range(done))
    parts = []
    for index, course in enumerate(world.courses):
        found = [rows(chunk) for chunk in chunks if chunk.course == index and chunk.start < done]
        joined = {
            name: np.concatenate([part[name] for part in found])[:done]
            for name in ("event_day", "measure", "ledger", "cause")
        }
        parts.append(_course_rows(world, course, every_event, joined, parameters))
    days = pl.col(every_event)
    return pl.concat(parts, rechunk=True).with_columns(
        _category("course", world.courses), pl.when(days >= 0).then(days).name.keep()
    )


def _course_rows(
    world: World, course: str, every_event: Sequence[str], joined: Arrays, parameters: NDArray[Any]
) -> pl.DataFrame:
    n = joined["measure"].shape[0]
    columns: dict[str, pl.Series] = {
        "course": pl.repeat(course, n, eager=True),
        "replication": pl.Series(np.arange(n, dtype=np.int32)),
    }
    position = {name: i for i, name in enumerate(world.events(course))}
    never = np.full(n, -1, np.int32)
    for name in every_event:
        columns[name] = pl.Series(joined["event_day"][:, position[name]] if name in position else never)
    for i, measure in enumerate(world.measures):
        columns[measure.name] = pl.Series(joined["measure"][:, i])
    for s, side in enumerate(SIDES):
        for i, entry in enumerate(LEDGER):
            columns[f"men:{side}:{entry}"] = pl.Series(joined["ledger"][:, s, i])
        for i, cause in enumerate(CAUSES):
            columns[f"losses_by:{side}:{cause}"] = pl.Series(joined["cause"][:, s, i])
    for name in parameters.dtype.names or ():
        columns[f"{PARAMETER}{name}"] = pl.Series(np.ascontiguousarray(parameters[name]))
    return pl.DataFrame(columns)


def _category(column: str, names: Sequence[str]) -> pl.Expr:
    return pl.col(column).cast(pl.Enum(list(names)))


def daily_table(world: World, fold: Fold) -> pl.DataFrame:
    """Quantiles by course, measure and day: `course`, `measure`, `day`, `p05` ... `p95` (float32)."""
    parts = []
    days = np.arange(fold.days, dtype=np.int32)
    for index, course in enumerate(world.courses):
        for m, measure in enumerate(world.measures):
            found = quantiles(
                fold.of_measure(index, m), fold.binner.bins[m], fold.low[index, :, m], fold.high[index, :, m]
            ).astype(np.float32)
            columns = {name: pl.Series(found[:, i]) for i, name in enumerate(QUANTILES)}
            head = {
                "course": pl.repeat(course, days.size, eager=True),
                "measure": pl.repeat(measure.name, days.size, eager=True),
                "day": pl.Series(days),
            }
            parts.append(pl.DataFrame({**head, **columns}))
    names = [measure.name for measure in world.measures]
    return pl.concat(parts, rechunk=True).with_columns(
        _category("course", world.courses), _category("measure", names)
    )


def control_table(world: World, fold: Fold) -> pl.DataFrame:
    """In how many replications the attacker holds each cell at the end of each week.

    Columns: `course`, `week` (0 is the start), `cell` (H3 index), `n_attacker`.
    """
    courses, weeks, cells = fold.control.shape
    course = np.repeat(np.arange(courses, dtype=np.uint32), weeks * cells)
    return pl.DataFrame(
        {
            "course": _coded(course, world.courses),
            "week": np.tile(np.repeat(np.arange(weeks, dtype=np.int16), cells), courses),
            "cell": np.tile(world.theatre.cell_id, courses * weeks),
            "n_attacker": fold.control.reshape(-1),
        }
    )


def _coded(codes: NDArray[Any], names: Sequence[str]) -> pl.Series:
    """Return text from codes, without a Python string for every row."""
    return pl.Series(codes.astype(np.uint32)).replace_strict(
        list(range(len(names))), list(names), return_dtype=pl.Enum(list(names))
    )


def series_table(world: World, chunks: Sequence[Chunk], rows: ReadRows, done: int) -> pl.DataFrame:
    """Every day of the first replications: `course`, `replication`, `day`, and a column per measure."""
    full = min(done, FULL_REPLICATIONS)
    days = world.horizon_days + 1
    # Measure by measure and filled in place: the largest table of a run should not be in memory twice.
    values = np.empty((len(world.measures), len(world.courses) * full, days), np.float32)
    for chunk in chunks:
        if chunk.start < full:
            found = rows(chunk)["series"][: full - chunk.start]
            first = chunk.course * full + chunk.start
            values[:, first : first + found.shape[0]] = np.moveaxis(found, 2, 0)
    return _series_columns(world, values, world.courses, range(full))


def series_frame(world: World, series: NDArray[Any], replications: range, course: str) -> pl.DataFrame:
    """Daily series [replication, day, measure] of one course as a table."""
    values = np.ascontiguousarray(np.moveaxis(series, 2, 0))
    return _series_columns(world, values, [course], replications)


def _series_columns(
    world: World, values: NDArray[np.float32], courses: Sequence[str], replications: range
) -> pl.DataFrame:
    """Lay out values [measure, course and replication, day]."""
    days, n = values.shape[2], len(replications)
    numbers = np.array([world.courses.index(course) for course in courses])
    columns = {
        "course": _coded(np.repeat(numbers, n * days), world.courses),
        "replication": pl.Series(np.tile(np.repeat(np.array(replications, np.int32), days), len(courses))),
        "day": pl.Series(np.tile(np.arange(days, dtype=np.int32), n * len(courses))),
    }
    for measure, own in zip(world.measures, values, strict=True):
        columns[measure.name] = pl.Series(own.reshape(-1))
    return pl.DataFrame(columns)


def events_table(
    world: World, names: Names, chunks: Sequence[Chunk], rows: ReadRows, done: int
) -> pl.DataFrame:
    """The log of the first replications: ground, orders, efforts, marches, losses, ways in, ends of towns.

    Columns: `course`, `replication`, `day`, `kind`, `entity` (H3 cell, objective, stronghold, formation,
    phase, axis, trigger, side or cause), `value` (its meaning by kind: vocabulary.codes.LOG_KINDS).
    """
    full = min(done, FULL_REPLICATIONS)
    parts = [
        log_frame(world, names, rows(chunk), chunk.start, course)
        for index, course in enumerate(world.courses)
        for chunk in chunks
        if chunk.course == index and chunk.start < full
    ]
    return pl.concat(parts, rechunk=True).filter(pl.col("replication") < full)


def log_frame(world: World, names: Names, arrays: Arrays, first: int, course: str) -> pl.DataFrame:
    """Log rows of neighbouring replications of one course, `first` being the number of the first of them."""
    counts = arrays["log_rows"]
    kind = arrays["log_kind"]
    return pl.DataFrame(
        {
            "course": pl.repeat(course, kind.size, dtype=pl.Enum(world.courses), eager=True),
            "replication": np.repeat(np.arange(first, first + counts.size, dtype=np.int32), counts),
            "day": arrays["log_day"],
            "kind": _coded(kind, LOG_KINDS),
            "entity": names.of(course, kind, arrays["log_entity"]),
            "value": arrays["log_value"],
        }
    )


class Names:
    """Names of what a log row is about: the log itself holds positions in arrays."""

    def __init__(
        self,
        world: World,
        *,
        sites: Sequence[str] = (),
        phases: dict[str, list[str]] | None = None,
    ) -> None:
        whole: dict[str, list[str]] = {
            "cell": [h3.int_to_str(int(cell)) for cell in world.theatre.cell_id],
            "objective": list(world.objectives),
            "site": list(sites),
            "formation": [f"formation-{int(f):016x}" for f in world.theatre.formation_id],
            "side": list(SIDES),
            "loss": [f"{side}:{cause}" for cause in CAUSES for side in SIDES],
        }
        self._known = {
            course: {
                **whole,
                "phase": (phases or {}).get(course, []),
                "axis": list(world.axes[course]),
                "trigger": _triggers(plan, world.objectives),
            }
            for course, plan in world.plans.items()
        }

    def of(self, course: str, kind: NDArray[Any], entity: NDArray[Any]) -> pl.Series:
        """Return the name of each row's entity, `#POSITION` where a position has no name."""
        text = np.array([f"#{value}" for value in entity], dtype=object)
        for code, name in enumerate(LOG_KINDS):
            known = self._known[course][ABOUT.get(name, "objective")]
            rows = np.flatnonzero((kind == code) & (entity >= 0) & (entity < len(known)))
            text[rows] = np.array(known, dtype=object)[entity[rows]]
        return pl.Series(text.tolist(), dtype=pl.String)


def _triggers(plan: Plan, objectives: Sequence[str]) -> list[str]:
    """Name what each trigger of a course watches: `taken_share:seversk>=0.95`."""
    found = []
    for kind, entity, sense, threshold in zip(
        plan.trigger_kind, plan.trigger_entity, plan.trigger_sense, plan.trigger_threshold, strict=True
    ):
        of = f":{objectives[entity]}" if kind != TRIGGER_DAY and 0 <= entity < len(objectives) else ""
        found.append(f"{TRIGGERS[kind]}{of}{'>=' if sense > 0 else '<='}{threshold:g}")
    return found
