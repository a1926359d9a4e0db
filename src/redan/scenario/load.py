"""Loads a scenario: finds it, reads it safely, lays changes over it, checks it, freezes it."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from redan.scenario.bundled import MAIN_FILE, bundled_folder, bundled_names, history_names
from redan.scenario.checks import dates, files, geography, names, plans, quantities, towns
from redan.scenario.checks.review import Review
from redan.scenario.overlays import apply_sets, merge
from redan.scenario.scenario import Scenario
from redan.vocabulary.documents import read_document
from redan.vocabulary.errors import Fault, InputError, quote, suggest
from redan.vocabulary.parameters import BY_SET, Register, load_register
from redan.vocabulary.plain import Document, FieldPath, Mark, walk

MANIFEST: Final = "manifest.json"


def load_scenario(
    name_or_path: str | Path,
    *,
    sets: Sequence[str] = (),
    overlays: Sequence[Path] = (),
    today: dt.date | None = None,
    register: Register | None = None,
) -> Scenario:
    """Load a bundled scenario by name, or one from a folder or file.

    Parameters
    ----------
    name_or_path
        Name of a bundled scenario; or a folder with `scenario.yaml`, or that file by any name.
    sets
        Changes of the form `a.b=v`, applied last and in order.
    overlays
        YAML files laid over the scenario, in order.
    today
        Date from which the age of the line of contact counts; default: the system's.
    register
        Register of parameters; default: the one that ships.

    Raises
    ------
    InputError
        All faults found.
    """
    written = read_written(name_or_path)
    document = written.document
    faults: list[Fault] = []
    for overlay in overlays:
        try:
            merge(document, read_document(Path(overlay), str(overlay)))
        except InputError as error:
            faults += error.faults
    faults += apply_sets(document, sets)
    return review_written(written, faults=faults, today=today, register=register)


@dataclass(frozen=True)
class Written:
    """A scenario as it was written, before it is reviewed.

    Attributes
    ----------
    document
        The content of its main file, a mapping.
    folder, shown
        Where the files it names are, and how that folder is shown in faults (empty, or ending with a slash).
    """

    document: Document
    folder: Traversable | None
    shown: str


def read_written(name_or_path: str | Path) -> Written:
    """Find a bundled scenario by name, or one from a folder or file, and read its main file.

    Raises
    ------
    InputError
        There is none, or its text is not a mapping in YAML.
    """
    folder, file, shown = _find(name_or_path)
    document = read_document(folder.joinpath(file), f"{shown}{file}")
    check_mapping(document, f"{shown}{file}")
    return Written(document, folder, shown)


def check_mapping(document: Document, shown: str) -> None:
    """Refuse a main file that is not even a mapping.

    Raises
    ------
    InputError
        It is none.
    """
    if not isinstance(document.value, dict):
        raise InputError.of(shown, 1, "document", "is not a mapping", "begin with `format: 1`")


def review_written(
    written: Written,
    *,
    files: Mapping[str, str] | None = None,
    faults: Sequence[Fault] = (),
    today: dt.date | None = None,
    register: Register | None = None,
) -> Scenario:
    """Check what was written, with all that was laid over it, and freeze it.

    Parameters
    ----------
    files
        Text of files that it names, by name: these stand in for files of its folder.
    faults
        Found before; they are reported with the others.

    Raises
    ------
    InputError
        All faults found.
    """
    review = Review(
        written.document,
        register=register or load_register(),
        today=today or dt.date.today(),
        folder=written.folder,
        shown=written.shown,
    )
    review.given.update(files or {})
    review.faults += faults
    return _finish(review, register)


def from_resolved(
    resolved: Mapping[str, Any], *, today: dt.date | None = None, register: Register | None = None
) -> Scenario:
    """Rebuild a scenario from `Scenario.resolved()`, such as the one in a run's manifest."""
    fields = {key: copy.deepcopy(value) for key, value in resolved.items() if key != "files"}
    # A manifest has no lines: every fault points at its beginning.
    marks: dict[FieldPath, Mark] = {path: Mark(MANIFEST, 1) for path, _ in walk(fields)}
    review = Review(
        Document(fields, marks),
        register=register or load_register(),
        today=today or dt.date.today(),
        folder=None,
        shown="",
    )
    texts = resolved.get("files", {})
    review.files.update({str(name): str(text) for name, text in texts.items()})
    return _finish(review, register)


def _finish(review: Review, register: Register | None) -> Scenario:
    review.check_shape()
    for check in (
        dates.check,
        names.check,
        towns.check,
        geography.check,
        geography.check_sources,
        plans.check,
        quantities.check,
        files.check,
    ):
        check(review)
    if review.faults:
        raise InputError(sorted(review.faults, key=_reading_order))
    scenario = Scenario.model_validate(review.document.value)
    scenario.attach(review.document, review.folder, review.files, register)
    return scenario


def _reading_order(fault: Fault) -> tuple[bool, str, int]:
    return fault.file == BY_SET, fault.file, fault.line


def _find(name_or_path: str | Path) -> tuple[Traversable, str, str]:
    """Folder, file in it, and how the folder is shown in faults (empty, or ending with a slash)."""
    name = str(name_or_path)
    bundled = bundled_folder(name)
    if bundled is not None and isinstance(name_or_path, str):
        return bundled, MAIN_FILE, f"{name}/"
    path = Path(name_or_path)
    try:
        if path.is_dir() and name:
            return path, MAIN_FILE, f"{path}/"
        if path.is_file():
            parent = f"{path.parent}/" if str(path.parent) != "." else ""
            return path.parent, path.name, parent
    except (OSError, ValueError):
        pass  # a name that no file can have
    problem = f"there is no bundled scenario, folder or file {quote(name)}"
    remedy = suggest(name, bundled_names() + history_names(), what="a path, or a bundled scenario")
    raise InputError.of(quote(name).strip("'"), 1, "scenario", problem, remedy)
