"""Commands for those who publish: what a run rests on, and the schema of a scenario for editors."""

from __future__ import annotations

from pathlib import Path

import typer

from redan.forecast.study.citing import citing
from redan.runs.folder import RunFolder
from redan.scenario.schema import schema_text
from redan.views.cli import output, show_cite
from redan.vocabulary.errors import InputError


def cite(run: Path, *, is_full: bool, json: bool) -> None:
    """Say what a run rests on."""
    told = citing(RunFolder(run))
    if json:
        output.print_json({"reference": show_cite.reference(told), **told})
    else:
        show_cite.show(output.console(), told, is_full=is_full)


def schema(out: Path | None) -> None:
    """Print the JSON schema of `scenario.yaml`, or write it to a file.

    Raises
    ------
    InputError : the file cannot be written
    """
    text = schema_text()
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or str(error)
        problem = f"cannot be written ({reason})"
        raise InputError.of("--out", 0, str(out), problem, "name a file in a folder that is there") from None
    typer.echo(str(out))
