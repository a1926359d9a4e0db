"""The runs that a server knows: the folders of `redan-runs`, and those that wait or are being played."""

from __future__ import annotations

import dataclasses
import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from redan.forecast.result import Forecast
from redan.forecast.run import open_forecast
from redan.runs.assemble import MANIFEST
from redan.runs.folder import read_manifest
from redan.runs.log import resume_command
from redan.runs.run import REQUEST, Job
from redan.runs.store import FOLDER
from redan.views.web.jobs.desk import CANCELLED, DONE, Desk, Record
from redan.views.web.scenarios import Scenarios
from redan.views.web.shelf import Shelf
from redan.vocabulary.errors import Fault, InputError

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
#: What a quantity is made of, at the end of a path.
PART: Final = re.compile(r"\.(value|source|grade|unit|note|known|distribution(\..*)?)$")
#: Runs listed, the newest first.
MOST_LISTED: Final = 100
#: Runs kept open with their tables, and documents made of them.
MOST_OPEN: Final = 4
MOST_DOCUMENTS: Final = 64


class UnknownRun(Exception):
    """There is no run of that name here."""


class NotFinished(Exception):
    """The run has no results yet; the text says where it stands."""


class Runs:
    """Runs by name, the name being that of the folder: never a path.

    Parameters
    ----------
    root
        Folder in which the run folders lie.
    desk
        Where runs are asked for.
    scenarios
        With which the scenarios of runs are compared, to say what was changed.
    """

    def __init__(self, root: Path, desk: Desk, scenarios: Scenarios) -> None:
        self.root = root
        self._scenarios = scenarios
        self.desk = desk
        self.replaying = threading.Lock()  # one campaign is played again at a time
        self._told: Shelf[dict[str, Any]] = Shelf(4 * MOST_LISTED)
        self._open: Shelf[Forecast] = Shelf(MOST_OPEN)
        self._documents: Shelf[Any] = Shelf(MOST_DOCUMENTS)

    def ask(self, job: Job) -> dict[str, Any]:
        """Queue a job, unless its run is finished or under way; say how it stands.

        Raises
        ------
        QueueFull
            Too many wait.
        """
        folder = self.root / job.default_folder().name
        if not (folder / MANIFEST).is_file() or not self._on_disk(folder)["complete"]:
            self.desk.submit(folder.name, job.request, folder, self._asked(job.request))
        return self.told(folder.name)

    def told(self, name: str) -> dict[str, Any]:
        """How a run stands.

        Raises
        ------
        UnknownRun
            There is none of that name.
        """
        record = self.desk.find(name)
        if record is not None:
            return _of_record(record)
        return {key: value for key, value in self._on_disk(self._folder(name)).items() if key != "complete"}

    def listed(self) -> list[dict[str, Any]]:
        """How each run stands: those that were asked for here first, then the folders, newest first."""
        asked = [_of_record(record) for record in reversed(self.desk.records())]
        names = {run["id"] for run in asked}
        found = []
        folders = [path for path in self.root.glob("*") if path.is_dir() and NAME.fullmatch(path.name)]
        for folder in sorted(folders, key=_when, reverse=True)[:MOST_LISTED]:
            if folder.name not in names:
                try:
                    found.append(self.told(folder.name))
                except (UnknownRun, InputError):
                    continue  # another's folder, or of another version: nobody asked for this one
        return [*asked, *found]

    def forecast(self, name: str) -> Forecast:
        """A run with results, opened.

        Raises
        ------
        UnknownRun, NotFinished
            There is none of that name, or it has no results.
        InputError
            Its folder is damaged or of another version.
        """
        folder = self._folder(name)
        if not (folder / MANIFEST).is_file():
            raise NotFinished(self.told(name)["state"])
        return self._open.get(_mark(folder), lambda: open_forecast(folder, partial=True))

    def document(self, name: str, kind: str, make: Callable[[Forecast], Any], *asked: Any) -> Any:
        """What `make` makes of a run, kept by the run, `kind` and what was asked.

        Raises
        ------
        UnknownRun, NotFinished, InputError
            As `forecast`, and whatever `make` raises.
        """
        found = self.forecast(name)
        return self._documents.get((_mark(found.path), kind, *asked), lambda: make(found))

    def _folder(self, name: str) -> Path:
        """The folder of a run that is there, or was asked for."""
        folder = self.root / name
        is_ours = NAME.fullmatch(name) is not None and folder.is_dir() and not folder.is_symlink()
        if not is_ours and self.desk.find(name) is None:
            raise UnknownRun(name)
        return folder

    def _on_disk(self, folder: Path) -> dict[str, Any]:
        if (folder / MANIFEST).is_file():
            return self._told.get(_mark(folder), lambda: self._of_manifest(folder))
        started = folder / FOLDER / REQUEST
        if not started.is_file():
            raise UnknownRun(folder.name)
        return self._told.get((str(started), _when(started)), lambda: self._of_started(folder, started))

    def _of_manifest(self, folder: Path) -> dict[str, Any]:
        manifest = read_manifest(folder)
        courses = len(manifest["courses"])
        complete = bool(manifest["complete"])
        return {
            "id": folder.name,
            "state": DONE if complete else CANCELLED,
            "done": manifest["replications_done"] * courses,
            "of": manifest["replications"] * courses,
            "phase": None,
            "faults": [] if complete else [_stopped(folder)],
            "complete": complete,
            **self._asked(manifest),
        }

    def _of_started(self, folder: Path, started: Path) -> dict[str, Any]:
        """A run that was cut off before any table was written, or that another process is playing."""
        try:
            request = json.loads(started.read_bytes())
            asked = self._asked(request)
            of = request["replications"] * len(request["courses"])
        except (OSError, ValueError, KeyError, TypeError):
            raise UnknownRun(folder.name) from None
        state = {"state": CANCELLED, "done": 0, "of": of, "phase": None, "faults": [_stopped(folder)]}
        return {"id": folder.name, **state, "complete": False, **asked}

    def _asked(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """What was asked for, from a manifest or from the request that becomes one."""
        off = list(request["layers_off"])
        changed = self._scenarios.changed(request["scenario"], request["resolved"])
        if changed is not None:
            changed = [*_fields(changed), *(f"layers_off.{layer}" for layer in off)]
        return {
            **{key: request[key] for key in ("scenario", "as_of", "seed", "replications", "horizon_days")},
            "courses": [course["name"] for course in request["courses"]],
            "layers_off": off,
            "changed": changed,
        }


def _when(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # removed meanwhile
        return 0


def _mark(folder: Path) -> tuple[str, int]:
    """What tells one state of a run folder from another."""
    return str(folder), _when(folder / MANIFEST)


def _of_record(record: Record) -> dict[str, Any]:
    state = {name: getattr(record, name) for name in ("state", "done", "of", "phase", "faults")}
    return {"id": record.id, **state, **record.asked}


def _stopped(folder: Path) -> dict[str, Any]:
    remedy = f"ask for it again here, or: {resume_command(folder)}"
    return dataclasses.asdict(Fault(folder.name, 1, "run", "the run was cut off", remedy))


def _fields(paths: Sequence[str]) -> list[str]:
    """Fields as a reader knows them: a quantity once, whichever of its parts were changed."""
    return list(dict.fromkeys(PART.sub("", path) for path in paths))
