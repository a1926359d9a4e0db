"""The register of parameters: every number with a meaning, with its unit, spread, source and grade.

The content is `parameters.yaml` beside this file; a scenario overrides entries and supplies those that
are `given_by: scenario` (see `redan.scenario.parameters`).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from redan.vocabulary.codes import SIDES
from redan.vocabulary.distributions import F64, Distribution
from redan.vocabulary.documents import Readable, read_document
from redan.vocabulary.errors import Fault, InputError
from redan.vocabulary.plain import Mark
from redan.vocabulary.register_entries import EntryReader

REGISTER_FILE: Final = "parameters.yaml"
BY_REGISTER: Final = "register"
BY_SCENARIO: Final = "scenario"
BY_SET: Final = "--set"
BY_POSTERIOR: Final = "posterior"


@dataclass(frozen=True)
class Joint:
    """Draws of a parameter that belong together with those of others, row by row.

    Attributes
    ----------
    name
        What they come from: parameters of one name are drawn by the same row.
    draws
        [row], equally weighted.
    """

    name: str
    draws: F64


@dataclass(frozen=True)
class Parameter:
    """One number with everything that must travel with it.

    Attributes
    ----------
    name, group, unit
        Identity; `unit` is `-` for pure numbers.
    value
        Central value; NaN in the register where the scenario gives it.
    distribution, low, high
        Spread, and hard limits to which draws are clipped.
    grade, source, note, known
        A primary read, B second-hand, C judgement; citation; remark; date the fact was known.
    valid_from, valid_to
        Dates it holds for, both included; None: no limit.
    given_by
        `scenario` where the register holds no value of its own.
    origin, mark
        Who gave the value in force (`register`, `scenario`, `posterior` or `--set`), and where.
    joint
        Where it comes from a fit: the draws, so that its dependence on the others fitted is kept.
    """

    name: str
    group: str
    unit: str
    value: float
    distribution: Distribution
    low: float
    high: float
    grade: str
    source: str
    note: str = ""
    known: dt.date | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    given_by: str = BY_REGISTER
    origin: str = BY_REGISTER
    mark: Mark = field(default_factory=lambda: Mark(REGISTER_FILE, 1))
    joint: Joint | None = field(default=None, repr=False, compare=False)

    def ppf(self, u: ArrayLike) -> F64:
        """Value at cumulative probability `u` (any shape, open interval 0..1), clipped to the limits."""
        return np.clip(self.distribution.ppf(u, self.value), self.low, self.high)

    def holds(self, date: dt.date) -> bool:
        """Whether the entry holds on `date`."""
        return (self.valid_from or dt.date.min) <= date <= (self.valid_to or dt.date.max)

    @property
    def is_given(self) -> bool:
        """Whether a scenario must supply it."""
        return self.given_by == BY_SCENARIO

    @property
    def label(self) -> str:
        """Limits for a message: `0 to 60 km`."""
        return f"{self.low:,.10g} to {self.high:,.10g} {self.unit if self.unit != '-' else ''}".rstrip()


@dataclass(frozen=True)
class Register:
    """All entries, in the order of the file."""

    entries: tuple[Parameter, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Each name once, in the order of the file: the order of fields of a row of parameters."""
        return tuple(dict.fromkeys(entry.name for entry in self.entries))

    def at(self, date: dt.date) -> dict[str, Parameter]:
        """Entries that hold on `date`, by name in register order. A name may be absent."""
        found = {entry.name: entry for entry in self.entries if entry.holds(date)}
        return {name: found[name] for name in self.names if name in found}

    def given_keys(self, side: str) -> tuple[str, ...]:
        """Keys that `forces.<side>` of a scenario must hold: given parameters without their prefix."""
        prefix = f"{side}_"
        given = {entry.name: None for entry in self.entries if entry.is_given}
        return tuple(name.removeprefix(prefix) for name in given if name.startswith(prefix))

    def of_group(self, group: str) -> tuple[str, ...]:
        """Names of one group, in register order."""
        return tuple(dict.fromkeys(entry.name for entry in self.entries if entry.group == group))

    def find(self, name: str) -> Parameter | None:
        """First entry of that name, whatever its dates: its unit and limits."""
        return next((entry for entry in self.entries if entry.name == name), None)


def params_dtype(register: Register) -> np.dtype[np.void]:
    """Type of a row of parameters: a float64 field per name, in register order."""
    return np.dtype([(name, np.float64) for name in register.names])


@functools.cache
def load_register() -> Register:
    """Read the register that ships with the package.

    Raises
    ------
    InputError
        Everything that is wrong with it, with lines.
    """
    return read_register(resources.files("redan.vocabulary").joinpath(REGISTER_FILE), REGISTER_FILE)


def read_register(path: Readable, shown: str) -> Register:
    """Read a register from a file; `shown` names it in faults."""
    document = read_document(path, shown)
    faults: list[Fault] = []
    entries: list[Parameter] = []
    if not isinstance(document.value, list) or not document.value:
        raise InputError.of(shown, 1, "register", "must be a list of entries", "begin each with `- name:`")
    for index in range(len(document.value)):
        reader = EntryReader(document, index)
        fields = reader.read()
        faults += reader.faults
        if not reader.faults:
            mark = document.mark((index,))
            entries.append(Parameter(**fields, mark=mark))
    faults += _faults_between(entries)
    if faults:
        raise InputError(faults)
    return Register(tuple(entries))


def _faults_between(entries: Iterable[Parameter]) -> list[Fault]:
    """Entries of one name that contradict each other, and given entries that no section supplies."""
    faults = []
    by_name: dict[str, list[Parameter]] = {}
    for entry in entries:
        for other in by_name.setdefault(entry.name, []):
            if entry.unit != other.unit or entry.group != other.group:
                faults.append(
                    _fault(entry, "unit", f"differs from line {other.mark.line}", "use one unit and group")
                )
            if _overlap(entry, other):
                at = f"holds on dates already covered by line {other.mark.line}"
                faults.append(_fault(entry, "valid", at, "make the dates follow each other"))
        by_name[entry.name].append(entry)
        if entry.is_given and not entry.name.startswith(tuple(f"{side}_" for side in SIDES)):
            prefixes = " or ".join(f"{side}_" for side in SIDES)
            faults.append(_fault(entry, "given_by", "no section gives it", f"begin the name with {prefixes}"))
    return faults


def _overlap(a: Parameter, b: Parameter) -> bool:
    start = max(a.valid_from or dt.date.min, b.valid_from or dt.date.min)
    return start <= min(a.valid_to or dt.date.max, b.valid_to or dt.date.max)


def _fault(entry: Parameter, key: str, problem: str, remedy: str) -> Fault:
    return Fault(entry.mark.file, entry.mark.line, f"{entry.name}.{key}", problem, remedy)
