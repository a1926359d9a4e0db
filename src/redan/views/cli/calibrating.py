"""`redan calibrate`: fit with progress, or go on with a fit that was cut off, and show what it says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import typer

from redan.calibration.calibrate import DEFAULT_SEED, go_on_with, resume_calibration, run_calibration
from redan.views.cli import output, show_calibration
from redan.views.cli.main import say
from redan.views.cli.progress import progress
from redan.vocabulary.errors import InputError

FOLDERS: Final = "redan-fits"


def calibrate(
    cases: tuple[str, ...],
    *,
    out: Path | None,
    resume: Path | None,
    settings: Mapping[str, Any],
    json: bool,
) -> None:
    """Fit, and show the document or the text; a fit that was stopped says how to go on and exits 1."""
    given = {name: value for name, value in settings.items() if value is not None}
    if resume is not None and (cases or out is not None or {"seed", "csv"} & set(given)):
        problem = "cannot stand beside another case, seed or folder: the fit holds its own"
        raise InputError.of("--resume", 0, str(resume), problem, "leave them out")
    folder = resume or out or Path(FOLDERS) / str(given.get("seed", DEFAULT_SEED))
    try:
        with progress() as (report, _):
            if resume is not None:
                document = resume_calibration(resume, progress=report, **given)
            else:
                document = run_calibration(cases, out=folder, progress=report, **given)
    except KeyboardInterrupt:
        say(f"redan: stopped; go on with: {go_on_with(folder)}")
        raise typer.Exit(1) from None
    if json:
        output.print_json(document)
    else:
        show_calibration.show(output.console(), document)
