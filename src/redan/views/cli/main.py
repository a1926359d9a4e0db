"""Entry of the command line: exit codes, and one line for whatever goes wrong.

0 worked; 2 the input is at fault, one line for each fault; 1 anything else. Nobody sees a traceback
unless REDAN_DEBUG is set.
"""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final, TextIO

import typer

from redan.vocabulary.errors import InputError, one_line

OK: Final = 0
FAILED: Final = 1
INPUT_AT_FAULT: Final = 2
#: What typer makes of Ctrl-C.
INTERRUPTED: Final = 130
DEBUG_VARIABLE: Final = "REDAN_DEBUG"
#: Typer's own class of usage errors, whichever library of options it is built on.
USAGE_ERROR: Final[Any] = typer.BadParameter.__base__


def main() -> None:
    """Run `redan` with the arguments of the process and exit."""
    code = run(sys.argv[1:])
    _flush()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; faults go to stderr."""
    from redan.views.cli.app import app

    warnings.showwarning = _warning
    command = typer.main.get_command(app)
    try:
        code = command.main(list(arguments), prog_name="redan", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:  # whatever it is, the user gets one line
        return _failed(error)
    if code == INTERRUPTED:
        return _failed(KeyboardInterrupt())
    return code if isinstance(code, int) else OK


def _failed(error: BaseException) -> int:
    """Say what went wrong and return the exit code."""
    if isinstance(error, InputError):
        for fault in error.faults:
            say(str(fault))
        return INPUT_AT_FAULT
    if isinstance(error, USAGE_ERROR):
        say(_usage(error))
        return INPUT_AT_FAULT
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        say("redan: interrupted")
    elif isinstance(error, BrokenPipeError):
        # The reader of our output has left (`redan describe ... | head`): there is nobody to tell.
        _drop_output()
    else:
        _unexpected(error)
    return FAILED


def say(text: str) -> None:
    """Write one line to stderr, whatever its encoding."""
    with suppress(BrokenPipeError):
        typer.echo(_encodable(one_line(text), sys.stderr), err=True)


def _usage(error: Any) -> str:
    """A usage error as a fault: `redan COMMAND: problem; remedy`."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "redan"
    problem = error.format_message().rstrip(".")
    return f"{command}: {problem[:1].lower()}{problem[1:]}; see {command} --help"


def _unexpected(error: BaseException) -> None:
    from redan.runs.faults import RunError

    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    elif isinstance(error, RunError):
        say(f"redan: {error}")
    else:
        detail = str(error).strip().splitlines()
        summary = f"{type(error).__name__}: {detail[0] if detail else 'no detail'}"
        say(f"redan: {summary}; set {DEBUG_VARIABLE}=1 to see the traceback")


def _warning(message: Warning | str, *_: object, **__: object) -> None:
    say(f"redan: warning: {message}")


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, errors="backslashreplace").decode(encoding)


def _flush() -> None:
    """Flush here, where a reader that left can still be dealt with."""
    try:
        sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        _drop_output()


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that Python does not complain about it at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
