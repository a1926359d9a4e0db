"""Faults of the input: what is wrong, where, and how to mend it.

Every problem with something a person wrote ends as an `InputError`; the command line prints its
faults, one a line, and exits 2. Nothing here is for defects of the program itself.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WRITTEN = {id(True): "true", id(False): "false", id(None): "nothing"}  # as a person writes them
LONGEST_QUOTE = 60  # [characters] of a wrong value that are shown
SHOWN_CHOICES = 12  # [-] choices listed in a remedy before the list is cut


@dataclass(frozen=True, order=True)
class Fault:
    """One problem, with its place and its remedy.

    Attributes
    ----------
    file
        File as the user named it, or an option of the command line such as `--set`.
    line
        Line counted from 1; ignored for options.
    field
        Path of the field, such as `forces.attacker.men`.
    problem, remedy
        Half sentences: what is wrong; how to mend it.
    """

    file: str
    line: int
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        where = self.file if self.file.startswith("--") else f"{self.file}:{max(self.line, 1)}:"
        return one_line(f"{where} {self.field}: {self.problem}; {self.remedy}")


class InputError(Exception):
    """The input is at fault. Holds every fault that was found, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: list[Fault] = list(dict.fromkeys(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))

    @classmethod
    def of(cls, file: str, line: int, field: str, problem: str, remedy: str) -> InputError:
        """Build an error with a single fault."""
        return cls([Fault(file, line, field, problem, remedy)])


class MissingExtra(InputError):
    """An optional package is not installed: names the extra that brings it."""

    def __init__(self, extra: str, package: str, purpose: str) -> None:
        self.extra = extra
        self.package = package
        super().__init__(
            [
                Fault(
                    "--extra",
                    0,
                    extra,
                    f"{purpose} needs the package {package}, which is not installed",
                    f"install it with: pip install 'redan[{extra}]'",
                )
            ]
        )


def out_of_range(*limits: tuple[str, int, int, int]) -> list[Fault]:
    """Faults of the options whose number is not within its limits: (option, number, least, most) each."""
    return [
        Fault(option, 0, str(number), "is out of range", f"give a number from {least} to {most}")
        for option, number, least, most in limits
        if not least <= number <= most
    ]


def misnamed(option: str, what: str, names: Sequence[str], known: Sequence[str]) -> list[Fault]:
    """Faults of the names given to an option that are not among the known ones, or stand there twice."""
    faults = []
    for place, name in enumerate(names):
        if name not in known:
            faults.append(Fault(option, 0, name, f"there is no such {what}", suggest(name, known)))
        elif name in names[:place]:
            faults.append(Fault(option, 0, name, "is named twice", "name it once"))
    return faults


def one_line(text: str) -> str:
    """Escape line breaks and control characters, so that a fault is one line on any terminal."""
    if text.isprintable():  # nearly always
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def quote(value: object) -> str:
    """Show a value in a message: short, and on one line."""
    text = value if isinstance(value, str) else _WRITTEN.get(id(value), repr(value))
    text = one_line(text)
    if len(text) > LONGEST_QUOTE:
        text = text[: LONGEST_QUOTE - 3] + "..."
    return f"'{text}'" if isinstance(value, str) else text


def suggest(word: str, choices: Sequence[str], *, what: str = "") -> str:
    """Word a remedy for an unknown word: the nearest choice, else the list of choices."""
    nearest = nearest_of(word, choices)
    if nearest is not None:
        return f"did you mean {nearest}?"
    if not choices:
        return "remove it"
    listed = ", ".join(choices[:SHOWN_CHOICES]) + (", ..." if len(choices) > SHOWN_CHOICES else "")
    return f"use one of {what + ': ' if what else ''}{listed}"


def nearest_of(word: str, choices: Sequence[str]) -> str | None:
    """Return the choice nearest in spelling to `word`, or None where none is near."""
    by_fold = {choice.casefold(): choice for choice in reversed(choices)}
    found = difflib.get_close_matches(word[:200].casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None
