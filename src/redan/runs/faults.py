"""What goes wrong with a run folder, said the way every other input problem is said."""

from __future__ import annotations

from pathlib import Path

from redan.vocabulary.errors import Fault, InputError


class RunError(Exception):
    """A run stopped for a reason that is no fault of the input, such as a full disk.

    The text says what happened and how to go on; the command line prints it and exits 1.
    """


def refuse(path: Path, problem: str, remedy: str, *, field: str = "run") -> InputError:
    """Return the error that names the run folder, what is wrong with it and how to mend it."""
    return InputError([Fault(file=str(path), line=1, field=field, problem=problem, remedy=remedy)])
