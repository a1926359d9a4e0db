"""`redan report`: write the page on a run, print its document, or write its map for another program."""

from __future__ import annotations

import json as json_text
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

import typer

from redan.forecast.study.geojson import control_geojson
from redan.runs.files import write_whole
from redan.views.cli import output
from redan.views.report.ask import gather
from redan.views.report.page import render
from redan.vocabulary.errors import InputError

NAME: Final = "report.html"


def report(
    run: Path,
    *,
    out: Path | None,
    days: Sequence[int],
    ablation: Path | None,
    sensitivity: Path | None,
    data: Path | None,
    geojson: Path | None,
    json: bool,
) -> None:
    """Write the page into the run folder or to `out`; with `json`, print what it shows and write only `out`.

    Raises
    ------
    InputError : the run or an option is at fault
    RunError : the disk is full or fails
    """
    for option, file in (("--out", out), ("--geojson", geojson)):
        if file is not None:
            _check_target(option, file)
    document = gather(run, days=days, ablation=ablation, sensitivity=sensitivity, data=data)
    said = []
    if out is not None or not json:
        said.append(_write(out or run / NAME, render(document)))
    if geojson is not None:
        found = control_geojson(document)
        said.append(_write(geojson, json_text.dumps(found, ensure_ascii=False, allow_nan=False)))
    if json:
        output.print_json(document)
    else:
        for line in said:
            typer.echo(line)


def _check_target(option: str, file: Path) -> None:
    if file.is_dir():
        raise InputError.of(option, 0, str(file), "is a folder", "name a file in it")
    if not file.parent.is_dir():
        raise InputError.of(option, 0, str(file), f"there is no folder {file.parent}", "make it first")


def _write(file: Path, text: str) -> str:
    content = text.encode()

    def put(stream: IO[bytes]) -> None:
        stream.write(content)

    write_whole(file, put)
    return f"{file} ({len(content) / 1e6:.1f} MB)"
