"""Read a run folder, after checking that it is one and that it is whole."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import polars as pl

from redan.runs.assemble import MANIFEST
from redan.runs.faults import refuse
from redan.runs.log import resume_command
from redan.runs.manifest import KIND, SCHEMA_VERSION, file_hash
from redan.runs.store import FOLDER
from redan.runs.written import damaged_field
from redan.vocabulary.errors import quote
from redan.vocabulary.outcomes import Measure, event_names

NAMED: Final = "give the folder that redan forecast named"


class RunFolder:
    """A run on disk. Tables are read when first asked for.

    Parameters
    ----------
    path : the folder
    partial : accept a run that was stopped early, whose tables cover `done` of `requested` replications

    Raises
    ------
    InputError : not a run folder, of another schema version, cut off, incomplete, or with files missing
    """

    def __init__(self, path: str | Path, *, partial: bool = False) -> None:
        self.path = Path(path)
        self.manifest = read_manifest(self.path)
        if not self.complete and not partial:
            raise refuse(
                self.path,
                f"the run was stopped after {self.done} of {self.requested} replications",
                f"finish it with: {resume_command(self.path)}",
            )
        for name in self.manifest["files"]:
            if not (self.path / name).is_file():
                raise refuse(self.path / name, "the file is missing", "run the forecast again")

    @property
    def complete(self) -> bool:
        """Whether every replication asked for is in the tables."""
        return bool(self.manifest["complete"])

    @property
    def done(self) -> int:
        """Replications of each course in the tables."""
        return int(self.manifest["replications_done"])

    @property
    def requested(self) -> int:
        """Replications of each course asked for."""
        return int(self.manifest["replications"])

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return str(self.manifest["scenario"])

    @property
    def as_of(self) -> date:
        """Day 0: nothing known later went in."""
        return date.fromisoformat(self.manifest["as_of"])

    @property
    def seed(self) -> int:
        """Seed of every draw."""
        return int(self.manifest["seed"])

    @property
    def horizon_days(self) -> int:
        """Days played."""
        return int(self.manifest["horizon_days"])

    @property
    def courses(self) -> list[str]:
        """Courses in the order they are reported."""
        return [course["name"] for course in self.manifest["courses"]]

    @property
    def objectives(self) -> list[str]:
        """Slugs of the objectives."""
        return list(self.manifest["objectives"])

    @property
    def measures(self) -> list[Measure]:
        """Measures with unit and direction of "better"."""
        names = ("name", "unit", "better", "meaning")
        return [Measure(**{name: m[name] for name in names}) for m in self.manifest["measures"]]

    def axes(self, course: str) -> list[str]:
        """Slugs of a course's axes."""
        return next(list(c["axes"]) for c in self.manifest["courses"] if c["name"] == course)

    def event_ids(self, course: str) -> list[str]:
        """Ids of the events that a course can bring."""
        return event_names(self.objectives, self.axes(course))

    @cached_property
    def replications(self) -> pl.DataFrame:
        """One row per course and replication."""
        table = self.table("replications")
        needed = ["course", "replication", *(measure.name for measure in self.measures)]
        needed += [event for course in self.courses for event in self.event_ids(course)]
        lacking = [name for name in needed if name not in table.columns]
        if lacking:
            path = self.path / "replications.parquet"
            raise refuse(path, f"has no column {quote(lacking[0])}", "run the forecast again")
        return table

    @cached_property
    def daily(self) -> pl.DataFrame:
        """Quantiles by course, measure and day."""
        return self.table("daily")

    @cached_property
    def control(self) -> pl.DataFrame:
        """Replications in which the attacker holds each cell, by course and week."""
        return self.table("control")

    @cached_property
    def events(self) -> pl.DataFrame:
        """Log of the first replications."""
        return self.table("events")

    @cached_property
    def series(self) -> pl.DataFrame:
        """Every day of the first replications."""
        return self.table("series")

    @cached_property
    def forecast(self) -> pl.DataFrame:
        """Statements in hubverse columns."""
        return self.table("forecast")

    def table(self, name: str) -> pl.DataFrame:
        """Read a table by its file's name without `.parquet`.

        Raises
        ------
        InputError : the run has no such table, or it cannot be read
        """
        return self._read(name, pl.read_parquet)

    def of_campaign(self, name: str, course: str, replication: int) -> pl.DataFrame:
        """Read the rows of one campaign, without holding the whole table.

        Raises
        ------
        InputError : as `table`
        """
        chosen = (pl.col("course") == course) & (pl.col("replication") == replication)
        return self._read(name, lambda path: pl.scan_parquet(path).filter(chosen).collect())

    def _read(self, name: str, read: Callable[[Path], pl.DataFrame]) -> pl.DataFrame:
        path = self.path / f"{name}.parquet"
        if path.name not in self.manifest["files"]:
            raise refuse(self.path, f"the run has no table {name}", "run the forecast again")
        try:
            return read(path)
        except (OSError, pl.exceptions.PolarsError) as problem:
            reason = str(problem).splitlines()[0]
            raise refuse(path, f"cannot be read ({reason})", "run the forecast again") from None

    def verify(self) -> list[str]:
        """Return the names of the files whose content is not what the manifest says."""
        return [
            name
            for name, facts in self.manifest["files"].items()
            if file_hash(self.path / name) != facts["sha256"]
        ]


def read_manifest(path: Path) -> dict[str, Any]:
    """Read the manifest of a run folder.

    Raises
    ------
    InputError : no run, cut off before any result, damaged, or written by another schema version
    """
    file = path / MANIFEST
    if not path.is_dir():
        raise refuse(path, "there is no such folder", NAMED)
    if not file.is_file():
        if (path / FOLDER).is_dir():
            raise refuse(path, "the run was cut off", f"finish it with: {resume_command(path)}")
        raise refuse(path, "is not a run folder (no manifest.json)", NAMED)
    try:
        found: Any = json.loads(file.read_bytes(), parse_constant=_finite, parse_float=_finite)
    except (OSError, ValueError, RecursionError):
        raise refuse(file, "is damaged", "run the forecast again") from None
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise refuse(file, "is not the manifest of a run", NAMED)
    check_version(file, found)
    damaged = damaged_field(found)
    if damaged is not None:
        raise refuse(file, f"is damaged ({damaged})", "run the forecast again")
    return found


def _finite(text: str) -> float:
    """Read a number of a manifest; none that Redan writes is NaN or infinite."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def check_version(file: Path, found: Mapping[str, Any]) -> None:
    """Refuse what another version of the format wrote.

    Raises
    ------
    InputError : with the Redan that wrote it
    """
    there = found.get("schema_version")
    if there != SCHEMA_VERSION:
        versions = found.get("versions")
        by = versions.get("redan") if isinstance(versions, dict) else None
        wrote = f"Redan {by}, which wrote it" if isinstance(by, str) else "the Redan that wrote it"
        problem = f"has schema version {quote(there)}, this Redan reads {SCHEMA_VERSION}"
        raise refuse(file, problem, f"read it with {wrote}, or run the forecast again")


def differences(there: Mapping[str, Any], here: Mapping[str, Any]) -> list[str]:
    """Name the fields in which two requests differ, with their values where these are short."""
    found = []
    for name in sorted({*there, *here}):
        one, other = there.get(name), here.get(name)
        if one != other:
            short = all(isinstance(value, str | int) and len(str(value)) < 40 for value in (one, other))
            found.append(f"{name} ({one} there, {other} here)" if short else name)
    return found
