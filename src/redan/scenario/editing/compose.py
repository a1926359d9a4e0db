"""A scenario with changes laid over it: an overlay, then single values, then what was drawn on a map."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from redan.scenario.bundled import MAIN_FILE
from redan.scenario.editing.difference import SAME, difference, to_yaml
from redan.scenario.editing.drawing import Drawn, draw
from redan.scenario.load import Written, check_mapping, review_written
from redan.scenario.overlays import merge, set_value
from redan.scenario.scenario import Scenario
from redan.vocabulary.documents import parse_document
from redan.vocabulary.errors import Fault, InputError
from redan.vocabulary.plain import Document

BY: Final = "what-if"
OVERLAY: Final = "overlay.yaml"


@dataclass(frozen=True)
class Changes:
    """What is to be laid over a scenario, in this order.

    Attributes
    ----------
    overlay
        YAML, as part of a scenario.
    values
        (path, plain value), as `--set` addresses fields; None takes the key away.
    drawn
        What was drawn on the map.
    files
        Text of files that the overlay, or the scenario itself, names.
    """

    overlay: str = ""
    values: Sequence[tuple[str, Any]] = ()
    drawn: Sequence[Drawn] = ()
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Composed:
    """A scenario after changes.

    Attributes
    ----------
    scenario
        Checked and frozen.
    overlay
        The difference from the scenario as it was, plain data; empty where there is none.
    """

    scenario: Scenario
    overlay: dict[str, Any]

    def overlay_yaml(self) -> str:
        """Return the difference as an overlay file."""
        return to_yaml(self.overlay) if self.overlay else ""

    def folder(self) -> dict[str, str]:
        """Return a whole scenario folder: the text of each of its files, by name."""
        scenario = self.scenario
        made = f"# {scenario.name} with changes; each changed number says who set it.\n"
        named = {name: scenario.file_text(name) for name in scenario.file_hashes()}
        return {MAIN_FILE: made + to_yaml(scenario.document.value), **named}


def compose(base: Written | None, changes: Changes) -> Composed:
    """Lay changes over a scenario and check it as a whole.

    Parameters
    ----------
    base
        The scenario as it was written; it stays as it is. None: it is `scenario.yaml` of the files.

    Raises
    ------
    InputError
        Every fault that was found, by field.
    """
    base = _given(changes.files) if base is None else base
    before = base.document.value
    document = Document(copy.deepcopy(before), dict(base.document.marks))
    written = Written(document, base.folder, base.shown)
    faults = _lay(written.document, changes)
    scenario = review_written(written, files=changes.files, faults=faults)
    if changes.drawn:
        files = dict(changes.files)
        draw(scenario, written.document, files, changes.drawn)
        scenario = review_written(written, files=files)
    found = difference(before, written.document.value)
    return Composed(scenario, {} if found is SAME else found)


def _given(files: Mapping[str, str]) -> Written:
    """A scenario of which only the text is there."""
    if MAIN_FILE not in files:
        raise InputError.of(MAIN_FILE, 1, "files", "is missing", f"give the text of {MAIN_FILE}")
    document = parse_document(files[MAIN_FILE], MAIN_FILE)
    check_mapping(document, MAIN_FILE)
    return Written(document, None, "")


def _lay(document: Document, changes: Changes) -> list[Fault]:
    """Lay the overlay and the values over the document; what cannot be laid comes back as faults."""
    faults: list[Fault] = []
    try:
        if changes.overlay.strip():
            merge(document, parse_document(changes.overlay, OVERLAY))
    except InputError as error:
        faults += error.faults
    for path, value in changes.values:
        try:
            set_value(document, path, copy.deepcopy(value), by=BY)
        except InputError as error:
            faults += error.faults
    return faults
