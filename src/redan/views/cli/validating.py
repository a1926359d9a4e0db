"""`redan validate`: measure what the model must show, and show how it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from redan.calibration.battles.validate import run_battles
from redan.calibration.grid.validate import run_grid
from redan.calibration.stylised.run import run_stylised
from redan.views.cli import output, recording, show_battles, show_grid, show_stylised
from redan.views.cli.progress import progress
from redan.vocabulary.errors import InputError


@dataclass(frozen=True)
class Asked:
    """What the command line asked for; None keeps a default."""

    stylised: bool
    battles: bool
    grid: bool
    facts: Sequence[str]
    data: Path | None
    posterior: str | None
    settings: Mapping[str, int | None]
    log: Path | None = None
    forecasts: Path | None = None


def validate(asked: Asked, *, json: bool) -> None:
    """Run what was asked for and show it."""
    _check(asked)
    if asked.log is not None:
        recording.score(asked.log, folder=asked.forecasts, json=json)
        return
    given = {name: value for name, value in asked.settings.items() if value is not None}
    show: Callable[[Console, dict[str, Any]], None]
    with progress() as (report, _):
        if asked.battles:
            document = run_battles(data=asked.data, progress=report, **given)
            show = show_battles.show
        elif asked.grid:
            document = run_grid(data=asked.data, posterior=asked.posterior, progress=report, **given)
            show = show_grid.show
        else:
            document = run_stylised(facts=asked.facts, progress=report, **given)
            show = show_stylised.show
    if json:
        output.print_json(document)
    else:
        show(output.console(), document)


def _check(asked: Asked) -> None:
    named = sum((asked.stylised, asked.battles, asked.grid, asked.log is not None))
    if named != 1:
        problem = "more than one thing is named" if named else "nothing to validate is named"
        remedy = "give --stylised, --battles for single battles, --grid for the front, or --log for a log"
        raise InputError.of("--stylised", 0, "validate", problem, remedy)
    if asked.forecasts is not None and asked.log is None:
        raise InputError.of("--forecasts", 0, str(asked.forecasts), "is not used", "give --log with it")
    if not asked.stylised and asked.facts:
        raise InputError.of("--fact", 0, asked.facts[0], "is not used", "give --stylised with it")
    if not (asked.battles or asked.grid) and asked.data is not None:
        raise InputError.of("--data", 0, str(asked.data), "is not used", "give --battles or --grid with it")
    if asked.posterior is not None and not asked.grid:
        raise InputError.of("--posterior", 0, asked.posterior, "is not used", "give --grid with it")
