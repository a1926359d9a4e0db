"""Play a run into its folder: start it, go on with it, or find it already done."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from redan.runs import log, manifest
from redan.runs.assemble import MANIFEST, Derive, assemble
from redan.runs.chunk import Chunk, ChunkResult
from redan.runs.collect import Collector, Progress
from redan.runs.elsewhere import Elsewhere
from redan.runs.executor import Player, default_threads, each, stop_on_interrupt, warm_up
from redan.runs.faults import RunError, refuse
from redan.runs.files import LOCK_NAME, locked, write_whole
from redan.runs.folder import RunFolder, check_version, differences, read_manifest
from redan.runs.store import FOLDER, ChunkStore
from redan.runs.tables import Names, Tables, replications_table
from redan.runs.world import AUDIT_NAMES, World
from redan.vocabulary.errors import InputError

REQUEST: Final = "request.json"
RUNS: Final = "redan-runs"
RESULT_FIELDS: Final = ("replications_done", "complete", "files", "unlike_workers")
PREVIEW_AT: Final = 100  # replications of every course after which a provisional table can be shown


def no_progress(done: int, total: int, phase: str) -> None:
    """Show nothing."""


@dataclass(frozen=True)
class Job:
    """A run to be played: `request` says what (it becomes the manifest), `world` plays it."""

    request: dict[str, Any]
    world: World
    names: Names

    @property
    def replications(self) -> int:
        """Replications of each course asked for."""
        return int(self.request["replications"])

    def default_folder(self) -> Path:
        """Return `redan-runs/NAME-SEED-HASH` in the current folder."""
        request = self.request
        mark = manifest.digest(request)[:8]
        return Path(RUNS) / f"{request['scenario']}-{request['seed']}-{mark}"


def run(
    job: Job,
    *,
    out: Path | None = None,
    threads: int | None = None,
    progress: Progress = no_progress,
    derive: Derive | None = None,
    preview: Callable[[Tables], None] | None = None,
    elsewhere: Elsewhere | None = None,
) -> RunFolder:
    """Play a job into a folder; go on where an earlier attempt at the same job was cut off.

    Parameters
    ----------
    out : the run folder, by default `redan-runs/NAME-SEED-HASH`
    threads : by default every core
    progress : called with (done, in all, phase) from this thread
    derive : further tables to be written, by name
    preview : called once with provisional replications (an empty `daily`) when all courses have 100
    elsewhere : where campaigns are played; by default here

    Returns
    -------
    The run. After Ctrl-C it covers the replications that all courses have (`complete` is false). A finished
    run of the same job is returned as it is.

    Raises
    ------
    InputError : the folder holds something else, or another process works on it
    RunError : the disk is full or fails, or the cluster or the card was lost
    RuntimeError : the books of a campaign do not balance
    KeyboardInterrupt : Ctrl-C before any replication was finished for every course, or a second Ctrl-C
    """
    folder = Path(out) if out is not None else job.default_folder()
    if is_finished(folder, job.request):
        tidy(folder)
        log.write(folder, "reused")
        return RunFolder(folder)
    make(folder)
    with locked(folder):
        if not is_finished(folder, job.request):  # another process may have finished it meanwhile
            return _play(
                folder, job, threads or default_threads(), progress, derive or {}, preview, elsewhere
            )
        return RunFolder(folder, partial=True)


def is_finished(folder: Path, request: Mapping[str, Any]) -> bool:
    """Whether the folder holds this very run, finished.

    Raises
    ------
    InputError : it holds something else
    """
    there = _request_in(folder)
    if there is None:
        return False
    if manifest.digest(there) != manifest.digest(request):
        raise _other_run(folder, there, request)
    return (folder / MANIFEST).is_file() and RunFolder(folder, partial=True).complete


def tidy(folder: Path) -> None:
    """Remove what a finished run still holds that was killed before it could."""
    if (folder / FOLDER).exists() or (folder / LOCK_NAME).exists():
        # Whoever works on it will do so himself; where nothing may be written, it stays.
        with suppress(InputError, RunError), locked(folder):
            ChunkStore(folder).remove()


def _other_run(folder: Path, there: Mapping[str, Any], here: Mapping[str, Any]) -> InputError:
    changed = differences(there, here)
    if "versions" in changed or "cpu" in changed:
        problem = (
            "was begun with another version of Redan or of what it computes with, or on another processor"
        )
        return refuse(folder, problem, "go on with it there, or run again into a new --out")
    problem = f"holds another run: {', '.join(changed[:5])}"
    return refuse(folder, problem, "choose another --out, or remove the folder")


def request_of(folder: Path) -> dict[str, Any]:
    """Return what the run in a folder was asked to do, finished or not.

    Raises
    ------
    InputError : there is no run in it
    """
    found = _request_in(folder)
    if found is None and (folder / FOLDER).is_dir():
        problem = "the run was cut off before it was written down what to play"
        raise refuse(folder, problem, "give the command again that began it")
    return found if found is not None else read_manifest(folder)  # which says what is wrong


def _request_in(folder: Path) -> dict[str, Any] | None:
    """Return what the run in a folder was asked to do; None for a folder that is new or empty."""
    if (folder / MANIFEST).is_file():
        return {name: value for name, value in read_manifest(folder).items() if name not in RESULT_FIELDS}
    started = folder / FOLDER / REQUEST
    if started.is_file():
        try:
            found: Any = json.loads(started.read_bytes())
        except (OSError, ValueError):
            found = None
        if not isinstance(found, dict):
            raise refuse(started, "is damaged", "remove the folder and run again")
        check_version(started, found)
        return found
    if folder.exists() and not folder.is_dir():
        raise refuse(folder, "is a file", "give a new folder with --out")
    if folder.is_dir() and any(p.name not in (FOLDER, log.NAME, ".lock") for p in folder.iterdir()):
        raise refuse(folder, "is not empty and holds no run", "give a new folder with --out")
    return None


def make(folder: Path) -> None:
    """Make a run folder.

    Raises
    ------
    InputError : it cannot be made
    """
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise refuse(folder, f"cannot be made ({reason})", "choose another --out") from None


def _play(
    folder: Path,
    job: Job,
    threads: int,
    progress: Progress,
    derive: Derive,
    preview: Callable[[Tables], None] | None,
    elsewhere: Elsewhere | None,
) -> RunFolder:
    begin(folder, job)
    collector = Collector(job.world, ChunkStore(folder), job.replications)
    todo = collector.take_up()
    resume = log.resume_command(folder)
    where: dict[str, Any] = {"threads": threads} if elsewhere is None else elsewhere.facts()
    log.write(folder, "start", **where, played=collector.played, resume=resume, **log.machine())
    if todo:
        progress(collector.played, job.replications * len(job.world.courses), "compile")
        make_ready(job, elsewhere)
    stopped = campaigns(job, collector, todo, threads, progress, preview, elsewhere)
    return finish(folder, job, collector, stopped, progress, derive)


def make_ready(job: Job, elsewhere: Elsewhere | None) -> None:
    """Compile the campaign, unless it is played elsewhere."""
    if elsewhere is None:
        warm_up(job.world)


def begin(folder: Path, job: Job) -> None:
    """Write down what is to be played, unless an earlier attempt has."""
    started = folder / FOLDER / REQUEST
    if not started.is_file():
        content = manifest.canonical(job.request)
        write_whole(started, lambda file: file.writelines((content,)))


def finish(
    folder: Path, job: Job, collector: Collector, stopped: bool, progress: Progress, derive: Derive
) -> RunFolder:
    """Write the tables over what all courses have, and return the run.

    Raises
    ------
    KeyboardInterrupt : it was stopped before any replication was finished for every course
    RunError : the disk is full or fails
    """
    resume = log.resume_command(folder)
    if collector.done == 0:
        log.write(folder, "stopped", done=0, resume=resume)
        raise KeyboardInterrupt
    done = collector.done
    unlike = collector.store.unlike()
    request = {**job.request, "unlike_workers": unlike} if unlike else job.request
    assemble(
        folder, request, job.world, job.names, collector, derive,
        lambda written, total: progress(written, total, "tables"),
    )  # fmt: skip
    audit = dict(zip(AUDIT_NAMES, collector.audit.tolist(), strict=True))
    facts: dict[str, Any] = {"done": done, "audit": audit, "log_rows_dropped": collector.log_dropped}
    if stopped:
        facts["resume"] = resume
    log.write(folder, "stopped" if stopped else "finished", **facts)
    found = RunFolder(folder, partial=True)
    if found.complete:
        ChunkStore(folder).remove()
    return found


def campaigns(
    job: Job,
    collector: Collector,
    todo: Sequence[Chunk],
    threads: int,
    progress: Progress,
    preview: Callable[[Tables], None] | None,
    elsewhere: Elsewhere | None = None,
) -> bool:
    """Play what is left; return whether it was stopped before all that the job asks for is done."""
    total = job.replications * len(job.world.courses)
    shown = preview is None or job.replications <= PREVIEW_AT
    with stop_on_interrupt() as stop:

        def work(chunk: Chunk) -> tuple[ChunkResult, int]:
            result = player(chunk)
            return result, collector.store.put(chunk, result)

        def take(chunk: Chunk, result: tuple[ChunkResult, int]) -> None:
            nonlocal shown
            collector.take(chunk, result)
            progress(collector.played, total, "campaigns")
            if not shown and preview is not None and collector.done >= PREVIEW_AT:
                shown = True
                preview(provisional(job, collector))

        def arrived(chunk: Chunk, result: ChunkResult) -> None:
            collector.store.note_unlike(elsewhere.others if elsewhere is not None else ())
            take(chunk, (result, collector.store.put(chunk, result)))

        if elsewhere is not None:
            resume = log.resume_command(collector.store.folder.parent)
            elsewhere.each(job.world, todo, stop, arrived, resume=resume)
        else:
            player = Player(job.world, stop)
            each(work, todo, threads, stop, take)
    return collector.done < job.replications


def provisional(job: Job, collector: Collector) -> Tables:
    """Return the replications that all courses have so far, without the daily quantiles."""
    table = replications_table(job.world, collector.chunks, collector.rows, collector.done)
    return Tables(job.request, collector.done, table, pl.DataFrame())
