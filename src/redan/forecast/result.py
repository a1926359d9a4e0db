"""A forecast in a Python session: tables to work with, and a short one to look at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import polars as pl

from redan.analysis.asked import is_asked
from redan.analysis.censored import of_course
from redan.analysis.parted.group import read_group
from redan.analysis.parted.separate import Separation, separate
from redan.analysis.shown import shown
from redan.forecast.document import document, to_json
from redan.forecast.exports.control import control
from redan.forecast.exports.residents import residents
from redan.forecast.exports.write import export
from redan.forecast.headline import headline
from redan.forecast.tables import MODEL_ID
from redan.forecast.tracing import Traced, trace
from redan.runs.collect import Progress
from redan.runs.folder import RunFolder
from redan.runs.prepare import check
from redan.runs.query import query
from redan.runs.run import no_progress
from redan.runs.stepwise import rule_of
from redan.vocabulary.counting import how_many

COLUMNS: Final = ("course", "event", "p_by_horizon", "se", "p10", "p50", "p90")
#: How a notebook names them.
HEADINGS: Final = {
    "course": "course",
    "event": "event",
    "p_by_horizon": "probability by the horizon",
    "se": "standard error",
    "p10": "10 % by day",
    "p50": "50 % by day",
    "p90": "90 % by day",
}


class Forecast:
    """What a run says: `to_dict()` is the document of the command line, `table()` its events.

    Parameters
    ----------
    run : the run folder; one that was stopped early counts with the replications it has
    """

    def __init__(self, run: RunFolder) -> None:
        self.run = run

    @property
    def path(self) -> Path:
        """The run folder."""
        return self.run.path

    @property
    def complete(self) -> bool:
        """False where the run was stopped before all its replications were played."""
        return self.run.complete

    @cached_property
    def until(self) -> dict[str, Any] | None:
        """By what rule a run of `--until-width` stopped, its looks, and whether it was reached; else None."""
        return rule_of(self.run.path)

    @property
    def replications(self) -> pl.DataFrame:
        """One row per course and replication: events, measures, parameters drawn."""
        return self.run.replications

    @property
    def daily(self) -> pl.DataFrame:
        """Quantiles of every measure by course and day."""
        return self.run.daily

    @cached_property
    def _document(self) -> dict[str, Any]:
        return document(self.run)

    def to_dict(self) -> dict[str, Any]:
        """Return the document of `redan forecast --json`."""
        return self._document

    def to_json(self) -> str:
        """Return the document as strict JSON text."""
        return to_json(self._document)

    def table(self, events: Sequence[str] | None = None) -> pl.DataFrame:
        """Probability and day of events, one row per course and event.

        Parameters
        ----------
        events : ids such as `taken:kramatorsk`, or kinds such as `taken`; by default every event

        Returns
        -------
        `course`, `event`, `p_by_horizon`, `se`, and `p10`, `p50`, `p90` of the day (null past the horizon).
        """
        rows = [
            (course, event, found["p_by_horizon"], found["se"], *found["day"].values())
            for course, content in self._document["courses"].items()
            for event, found in content["events"].items()
            if is_asked(event, events)
        ]
        schema = {name: pl.String if name in ("course", "event") else pl.Float64 for name in COLUMNS}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def measures(self, measures: Sequence[str] | None = None) -> pl.DataFrame:
        """Mean and quantiles of measures at the horizon, one row per course and measure."""
        rows = [
            {"course": course, "measure": measure, **found}
            for course, content in self._document["courses"].items()
            for measure, found in content["measures"].items()
            if is_asked(measure, measures)
        ]
        return pl.DataFrame(rows)

    def comparison(self) -> pl.DataFrame:
        """Paired comparison of every two courses: one row per measure, `low` and `high` of the 90 %."""
        rows = [
            {
                **{key: value for key, value in entry.items() if key != "interval90"},
                "low": None if entry["interval90"] is None else entry["interval90"][0],
                "high": None if entry["interval90"] is None else entry["interval90"][1],
            }
            for entry in self._document["comparison"]
        ]
        numbers = ("p_a_better", "median_difference", "low", "high")
        schema = {"a": pl.String, "b": pl.String, "measure": pl.String} | dict.fromkeys(numbers, pl.Float64)
        return pl.DataFrame(rows, schema=schema)

    def by_day(self) -> dict[str, dict[str, dict[int, float]]]:
        """Probability by the simulator that an event has come: course -> event -> day -> probability."""
        rows = self.run.forecast.filter(
            (pl.col("output_type") == "cdf") & (pl.col("model_id") == MODEL_ID)
        )  # fmt: skip
        found: dict[str, dict[str, dict[int, float]]] = {}
        for course, event, day, value in rows.select("scenario_id", "target", "horizon", "value").iter_rows():
            found.setdefault(course, {}).setdefault(event, {})[day] = value
        return found

    def trace(
        self,
        course: str | None = None,
        replication: int | str | None = None,
        *,
        is_full: bool = False,
        progress: Progress = no_progress,
    ) -> Traced:
        """Tell the story of one campaign: the document of `redan trace --json`; `table()`: its timeline.

        Parameters
        ----------
        course : by default the first
        replication : its number, or `median` (the default), `soonest` or `latest`
        is_full : stretches of four weeks, however long the campaign is
        progress : called with (done, in all, phase) where the campaign has to be played again

        Raises
        ------
        InputError : no such course or replication, or it cannot be played again here
        """
        return trace(self.run, course=course, replication=replication, is_full=is_full, progress=progress)

    def separate(self, group: str, course: str | None = None) -> Separation:
        """Say what separated a group of replications from the others: `taken:kramatorsk<=365`.

        Parameters
        ----------
        course : by default the first

        Raises
        ------
        InputError : no such course, or a group that cannot be read or is too small
        """
        course = self.run.courses[0] if course is None else course
        check([course], self.run.courses, self.run.requested, self.run.horizon_days, self.run.seed)
        events = self.run.event_ids(course)
        return separate(
            of_course(self.replications, course),
            read_group(group, events, [m.name for m in self.run.measures]),
            events=events,
            measures=self.run.measures,
            units={name: said["unit"] for name, said in self.run.manifest["parameters"].items()},
        )

    def control(self, days: Sequence[int] = ()) -> pl.DataFrame:
        """Probability of control: in how many replications the attacker holds each cell, by course and date.

        Parameters
        ----------
        days : each is moved to the end of the last full week; by default day 0 and a few up to the horizon

        Raises
        ------
        InputError : a day lies outside the run
        """
        return control(self.run, days)

    def residents(self, days: Sequence[int] = ()) -> pl.DataFrame:
        """Quantiles of residents present and departed, by course, town and date.

        Parameters
        ----------
        days : by default day 0, every week and the horizon

        Raises
        ------
        InputError : a day lies outside the run
        """
        return residents(self.run, days)

    def export(
        self, to: str, out: str | Path | None = None, *, days: Sequence[int] = ()
    ) -> tuple[Path, Path]:
        """Write a table or map for other programs, as `redan export`.

        Parameters
        ----------
        to : `geoparquet`, `geojson`, `residents` or `hubverse`
        out : the file; by default one in `exports` in the run folder
        days : of what changes by date

        Returns
        -------
        The file, and the one beside it that says what its columns are.

        Raises
        ------
        InputError : no such kind, a file that cannot be written there, a day outside the run
        """
        return export(self.run, to, None if out is None else Path(out), days)

    def query(self, sql: str) -> pl.DataFrame:
        """Answer SQL over the tables of the run (extra `query`).

        Raises
        ------
        InputError : the query is at fault
        """
        return query(self.run, sql)

    def __repr__(self) -> str:
        said = f"{self.run.done} of {self.run.requested} replications"
        return f"Forecast({self.run.scenario!r}, {said}, run={str(self.run.path)!r})"

    def _repr_html_(self) -> str:
        """Show the headline and a short table of events in a notebook."""
        kinds = ("contested", "isolated", "taken", "ended")
        caption = (
            f"{self.run.scenario}, day 0 is {self.run.as_of}: {how_many(self.run.done, 'replication')} of"
            f" each course, {how_many(self.run.horizon_days, 'day')}. A dash: past the horizon."
        )
        return shown(headline(self._document), [(caption, self.table(kinds))], HEADINGS)
