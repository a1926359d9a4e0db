"""How alternatives are written: `SCENARIO:COURSE+CHANGE+CHANGE`, or the folder of a run.

A change is a setting (`forces.attacker.drones_per_day=2800`) or an overlay file (`more-digging.yaml`).
Without a course all courses of the scenario are meant. What begins with `:` takes the scenario and changes of
the alternative before it; what begins with `+` takes its course as well, and adds to its changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from redan.runs.assemble import MANIFEST
from redan.scenario.bundled import bundled_names
from redan.vocabulary.errors import Fault, InputError

OPTION: Final = "--alternative"
#: A plus sign before a digit belongs to a number (1e+5).
CHANGE: Final = re.compile(r"\+(?=[^\d+])")
REMEDY: Final = "write SCENARIO:COURSE+CHANGE, such as slavyansk-kramatorsk:storm"


@dataclass(frozen=True)
class Spec:
    """One alternative as it was written.

    Attributes
    ----------
    scenario
        Bundled name or path; None where it is a run.
    course
        None: every course.
    changes
        Settings and overlay files, in order.
    common
        Changes that every alternative has, before its own.
    run
        Folder of a run whose courses are meant.
    """

    shown: str
    scenario: str | None = None
    course: str | None = None
    changes: tuple[str, ...] = ()
    run: Path | None = None
    common: tuple[str, ...] = ()

    @property
    def sets(self) -> tuple[str, ...]:
        """Changes of the form a.b=v."""
        return tuple(change for change in (*self.common, *self.changes) if "=" in change)

    @property
    def overlays(self) -> tuple[Path, ...]:
        """Overlay files."""
        return tuple(Path(change) for change in (*self.common, *self.changes) if "=" not in change)


def read_specs(texts: Sequence[str], common: Sequence[str] = ()) -> list[Spec]:
    """Read alternatives in the order in which they are given.

    Raises
    ------
    InputError : every one that cannot be read
    """
    found: list[Spec] = []
    faults = []
    for text in texts:
        try:
            found.append(_read(text, found[-1] if found else None))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return [replace(spec, common=tuple(common)) for spec in found]


def _read(text: str, before: Spec | None) -> Spec:
    if (Path(text) / MANIFEST).is_file():
        return Spec(shown=Path(text).name, run=Path(text))
    head, *changes = CHANGE.split(text)
    if not head.startswith(":") and head:
        scenario, course = _scenario_and_course(head)
        return Spec(text, scenario, course, tuple(changes))
    if before is None or before.scenario is None:
        problem = "begins with nothing, and there is no scenario before it to take"
        raise InputError([Fault(OPTION, 0, text, problem, REMEDY)])
    course = head.removeprefix(":") or before.course
    added = (*before.changes, *changes)
    shown = "+".join((f"{before.scenario}{f':{course}' if course else ''}", *added))
    return Spec(shown, before.scenario, course, added)


def _scenario_and_course(head: str) -> tuple[str, str | None]:
    if head in bundled_names() or Path(head).exists() or ":" not in head:
        return head, None
    scenario, _, course = head.rpartition(":")
    return scenario, course or None
