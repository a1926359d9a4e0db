"""`redan report` and `redan export`: write the page on a run, or a table or map of it for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

import typer

from redan.forecast.exports.write import check_target
from redan.forecast.run import open_forecast
from redan.runs.files import write_whole
from redan.views.cli import output
from redan.views.report.ask import gather
from redan.views.report.page import render

NAME: Final = "report.html"


def report(
    run: Path,
    *,
    out: Path | None,
    days: Sequence[int],
    ablation: Path | None,
    sensitivity: Path | None,
    data: Path | None,
    json: bool,
) -> None:
    """Write the page into the run folder or to `out`; with `json`, print what it shows and write only `out`.

    Raises
    ------
    InputError : the run or an option is at fault
    RunError : the disk is full or fails
    """
    if out is not None:
        check_target("--out", out)
    document = gather(run, days=days, ablation=ablation, sensitivity=sensitivity, data=data)
    if out is not None or not json:
        said = _write(out or run / NAME, render(document))
    if json:
        output.print_json(document)
    else:
        typer.echo(said)


def export(run: Path, *, to: str, out: Path | None, days: Sequence[int], json: bool) -> None:
    """Write an export and say where it is.

    Raises
    ------
    InputError : the run or an option is at fault
    RunError : the disk is full or fails
    """
    file, note = open_forecast(run).export(to, out, days=days)
    if json:
        output.print_json({"run": str(run), "to": to, "file": str(file), "columns": str(note)})
    else:
        typer.echo(f"{file} ({file.stat().st_size / 1e6:.1f} MB)")
        typer.echo(f"{note}: what its columns are")


def _write(file: Path, text: str) -> str:
    content = text.encode()

    def put(stream: IO[bytes]) -> None:
        stream.write(content)

    write_whole(file, put)
    return f"{file} ({len(content) / 1e6:.1f} MB)"
