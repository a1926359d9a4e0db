"""A run whose number of replications is not known when it begins: it goes on until told that it is enough.

It is played in growing stages, with a look at the end of each. What is then in the folder is, to the byte, a
run of that number of replications: `until.json` beside it says by what rule it stopped.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import polars as pl

from redan.runs import log, manifest
from redan.runs.assemble import MANIFEST, Derive
from redan.runs.chunk import Chunk, chunk_size
from redan.runs.collect import Collector, Progress
from redan.runs.elsewhere import Elsewhere
from redan.runs.executor import default_threads
from redan.runs.faults import refuse
from redan.runs.files import locked, write_whole
from redan.runs.folder import RunFolder, read_manifest
from redan.runs.run import (
    RESULT_FIELDS,
    RUNS,
    Job,
    begin,
    campaigns,
    finish,
    is_finished,
    make,
    make_ready,
    no_progress,
    tidy,
)
from redan.runs.store import ChunkStore
from redan.runs.tables import Tables, replications_table

FILE: Final = "until.json"
#: A look comes after so many replications more than the last, at least a chunk.
GROWTH: Final = 1.05
AGAIN: Final = "choose another --out, or remove the folder"


@dataclass(frozen=True)
class Stopping:
    """When to stop.

    Attributes
    ----------
    rule
        Plain data that says the rule, for the folder.
    look
        Takes the replications so far and says, as plain data, what was seen, and whether that is enough.
    least
        Replications before the first look; the most are those the job asks for.
    """

    rule: Mapping[str, Any]
    look: Callable[[Tables], tuple[Mapping[str, Any], bool]]
    least: int


def default_folder(job: Job, rule: Mapping[str, Any]) -> Path:
    """Return `redan-runs/NAME-SEED-HASH`, the hash being of the run and the rule."""
    mark = manifest.digest({**job.request, "until": rule})[:8]
    return Path(RUNS) / f"{job.request['scenario']}-{job.request['seed']}-{mark}"


def rule_of(folder: Path) -> dict[str, Any] | None:
    """Return what a folder says of the rule by which its run stops; None where it has none."""
    file = folder / FILE
    if not file.is_file():
        return None
    try:
        found: dict[str, Any] = json.loads(file.read_bytes())
    except (OSError, ValueError):
        raise refuse(file, "is damaged", "remove the folder and run again") from None
    return found


def looks(least: int, most: int) -> Iterator[int]:
    """Yield the numbers of replications after which to look; the last is the most."""
    size = chunk_size(most)
    n = 0
    while n < most:
        wanted = max(least, n + size, math.ceil(GROWTH * n))
        n = min(most, size * math.ceil(wanted / size))
        yield n


def run_until(
    job: Job,
    stopping: Stopping,
    *,
    out: Path,
    threads: int | None = None,
    progress: Progress = no_progress,
    derive: Derive,
    preview: Callable[[Tables], None] | None = None,
    elsewhere: Elsewhere | None = None,
) -> RunFolder:
    """Play a job, whose replications are the most, until a look says that it is enough.

    Returns
    -------
    The run; a finished one by the same rule is returned as it is. After Ctrl-C it covers what all courses
    have, and is not complete: the same call goes on with it.

    Raises
    ------
    As `redan.runs.run.run`.
    """
    threads = threads or default_threads()
    finished = _finished(out, job, stopping)
    if finished is not None:
        return finished
    make(out)
    with locked(out):
        is_finished(out, job.request)  # refuses what is another run
        begin(out, job)
        _write(out, {"rule": dict(stopping.rule)})
        collector = Collector(job.world, ChunkStore(out), job.replications)
        todo = collector.take_up()
        facts = {"threads": threads, "played": collector.played, "until": dict(stopping.rule)}
        log.write(out, "start", **facts, resume=log.resume_command(out), **log.machine())
        if todo:
            progress(collector.played, job.replications * len(job.world.courses), "compile")
            make_ready(job, elsewhere)
        said = _stages(job, collector, todo, stopping, threads, _at_most(progress), preview, elsewhere)
        stopped = said is None
        if said is not None:
            # From here on it is a run of just so many replications.
            collector.replications = collector.done
            job = replace(job, request={**job.request, "replications": collector.done})
            _write(out, {"rule": dict(stopping.rule), **said})
        return finish(out, job, collector, stopped, progress, derive)


def _at_most(progress: Progress) -> Progress:
    """Say of the campaigns that they are the most there can be."""
    return lambda done, total, phase: progress(done, total, "until" if phase == "campaigns" else phase)


def _stages(
    job: Job,
    collector: Collector,
    todo: Sequence[Chunk],
    stopping: Stopping,
    threads: int,
    progress: Progress,
    preview: Callable[[Tables], None] | None,
    elsewhere: Elsewhere | None,
) -> dict[str, Any] | None:
    """Play stage by stage until a look says that it is enough; None where it was stopped on the way."""
    seen: list[dict[str, Any]] = []
    begun = 0
    for stop in looks(stopping.least, job.replications):
        stage = [chunk for chunk in todo if begun <= chunk.start < stop]
        if stage:
            campaigns(job, collector, stage, threads, progress, None if seen else preview, elsewhere)
        if collector.done < stop:
            return None
        # A run that is taken up again may have more than this: each look sees what it would have seen.
        table = replications_table(job.world, collector.chunks, collector.rows, stop)
        found, enough = stopping.look(Tables(job.request, stop, table, pl.DataFrame()))
        seen.append({"replications": stop, **found})
        if enough:
            return {"reached": True, "looks": seen}
        begun = stop
    return {"reached": False, "looks": seen}


def _finished(folder: Path, job: Job, stopping: Stopping) -> RunFolder | None:
    """The finished run of the same job by the same rule, if the folder holds it.

    Raises
    ------
    InputError : it holds another finished run
    """
    if not (folder / MANIFEST).is_file():
        return None
    there, until = read_manifest(folder), rule_of(folder)
    if not there["complete"]:
        return None
    asked = {name: value for name, value in there.items() if name not in RESULT_FIELDS}
    same = manifest.digest({**asked, "replications": job.replications}) == manifest.digest(job.request)
    if until is None or until["rule"] != dict(stopping.rule) or not same:
        raise refuse(folder, "holds another run", AGAIN)
    tidy(folder)
    log.write(folder, "reused")
    return RunFolder(folder)


def _write(folder: Path, content: Mapping[str, Any]) -> None:
    text = manifest.canonical(content)
    write_whole(folder / FILE, lambda file: file.writelines((text,)))
