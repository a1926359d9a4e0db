"""From a run folder to the story of one of its campaigns, played again where it is not kept whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from redan.analysis.censored import of_course
from redan.analysis.shown import shown
from redan.analysis.trace.build import build_setting
from redan.analysis.trace.campaign import read_campaign
from redan.analysis.trace.choose import CHOICES, RULE, choose
from redan.analysis.trace.document import tell
from redan.numerics.compile import cpu
from redan.runs.collect import Progress
from redan.runs.faults import refuse
from redan.runs.folder import RunFolder
from redan.runs.manifest import versions
from redan.runs.prepare import check
from redan.runs.replay import Replay, recorded, replay
from redan.runs.run import Job, no_progress
from redan.scenario.parameters import resolve
from redan.scenario.posterior import from_document, with_posterior
from redan.vocabulary.errors import InputError

TOLERANCE: Final = 1e-6  # relative: a series holds float32


class Traced(dict[str, Any]):
    """The story of one campaign: the document of `redan trace --json`, which shows itself in a notebook."""

    def table(self) -> pl.DataFrame:
        """Return the timeline as a frame: `day`, `date`, `kind`, `objective`, `major`, `text`."""
        kinds = {"day": pl.Int64, "date": pl.String, "kind": pl.String, "objective": pl.String}
        schema = kinds | {"major": pl.Boolean, "text": pl.String}
        rows = [tuple(entry[name] for name in schema) for entry in self["timeline"]]
        found = pl.DataFrame(rows, schema=schema, orient="row")
        return found.with_columns(pl.col("date").str.to_date())

    def _repr_html_(self) -> str:
        """Show how the campaign stands among the others, and why each objective fell or did not."""
        caption = (
            f"{self['scenario']}, course {self['course']}: replication {self['replication']} among"
            f" {self['replications']:,}. A dash: not within {self['horizon_days']:,} days."
        )
        return shown([one["text"] for one in self["objectives"]], [(caption, pl.DataFrame(self["standing"]))])

    def __repr__(self) -> str:
        said = f"{self['course']!r}, replication {self['replication']}"
        return f"Traced({self['scenario']!r}, {said}, {len(self['timeline'])} entries)"


def trace(
    run: RunFolder,
    *,
    course: str | None = None,
    replication: int | str | None = None,
    is_full: bool = False,
    progress: Progress = no_progress,
) -> Traced:
    """Tell the story of one campaign of a run.

    Parameters
    ----------
    course : by default the run's first
    replication : its number, or `median` (the default), `soonest` or `latest` by the rule in the document
    is_full : stretches of four weeks, however long the campaign is
    progress : called with (done, in all, phase) where the campaign has to be played again

    Returns
    -------
    The document of `redan trace --json`.

    Raises
    ------
    InputError : no such course or replication; or the campaign is not kept whole and another one comes out
        when it is played again, because versions or processor differ from the run's
    """
    from redan.forecast.run import rebuilt  # brings the engine

    course = run.courses[0] if course is None else course
    check([course], run.courses, run.requested, run.horizon_days, run.seed)
    rows = of_course(run.replications, course)
    number, chosen = _number(run, rows, replication)
    record = record_of(rows, number)
    scenario, compiled, job = rebuilt(run.manifest)
    kept = recorded(run, course, number)
    if kept is None:
        progress(0, 1, "compile")
    fit = job.request["posterior"]
    drawn = None if fit is None else from_document(fit["content"], "manifest.json")
    parameters = with_posterior(resolve(scenario), drawn)
    found, notes = (kept, []) if kept is not None else played_again(run, job, course, number, record)
    setting = build_setting(scenario, compiled, course, run.horizon_days)
    campaign = read_campaign(setting, found.events, found.series, record)
    told = tell(campaign, rows, number, parameters, is_full=is_full)
    head = {
        "run": str(run.path),
        "seed": run.seed,
        "chosen": chosen,
        "kept": kept is not None,
    }
    return Traced({**head, **told, "notes": [*notes, *told["notes"]]})


def record_of(rows: pl.DataFrame, replication: int) -> dict[str, Any]:
    """One replication among the rows of its course: events, measures, parameters by name."""
    return rows.filter(pl.col("replication") == replication).row(0, named=True)


def _number(run: RunFolder, rows: pl.DataFrame, asked: int | str | None) -> tuple[int, str]:
    """The number of the replication to be told, and how it was chosen."""
    choice = "median" if asked is None else str(asked)
    if choice in CHOICES:
        place = {"median": "in the middle", "soonest": "first", "latest": "last"}[choice]
        return choose(rows, choice), f"{place} of the {rows.height:,} replications, {RULE}"
    if choice.isdecimal() and int(choice) < run.done:
        return int(choice), "by its number"
    last = f"a number from 0 to {run.done - 1}"
    raise InputError.of(
        "--replication", 0, choice, "is not a replication of this run", f"give {last}, or {_or(CHOICES)}"
    )


def _or(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def played_again(
    run: RunFolder, job: Job, course: str, replication: int, record: Mapping[str, Any]
) -> tuple[Replay, list[str]]:
    """A campaign played again from its key, after making sure that it is the run's.

    Raises
    ------
    InputError : another campaign comes out
    """
    found = replay(job.world, job.names, course, replication)
    changed = changes(run.manifest)
    differing = differing_measures(found.series, record)
    if differing:
        here = f" ({', '.join(changed)} differ)" if changed else ""
        raise refuse(
            run.path,
            f"replication {replication} is not kept whole, and played again here it is another"
            f" campaign{here}: {differing[0]} is not the run's",
            "trace it on the machine and with the version that made the run, or run the forecast again",
            field=f"replication {replication}",
        )
    if not changed:
        return found, []
    return found, [
        f"The run was made with other versions or on another processor ({', '.join(changed)} differ); every"
        " measure of this replication, played again here, is that of the run."
    ]


def changes(manifest: Mapping[str, Any]) -> list[str]:
    """Names of what decides results and is not here as it was where the run was made."""
    here = versions()
    there = manifest["versions"]
    found = [name for name in sorted({*here, *there}) if here.get(name) != there.get(name)]
    same_cpu = manifest["cpu"] == dict(zip(("name", "features"), cpu(), strict=True))
    return found if same_cpu else [*found, "cpu"]


def differing_measures(series: pl.DataFrame, record: Mapping[str, Any]) -> list[str]:
    """Measures whose value on the last day is not that of the run."""
    last = series.sort("day").row(-1, named=True)
    return [
        name
        for name, value in last.items()
        if name in record
        and name not in ("course", "replication")
        and abs(float(value) - float(record[name])) > TOLERANCE * max(1.0, abs(float(record[name])))
    ]
