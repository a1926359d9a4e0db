"""`redan forecast`: play with progress, or go on with a run that was cut off, and show the result."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import typer

from redan.forecast.result import Forecast
from redan.forecast.run import Preview, resume_forecast
from redan.runs import gpu
from redan.runs.cluster import connected
from redan.runs.elsewhere import Elsewhere
from redan.views.case import Case
from redan.views.cli import output, show_forecast
from redan.views.cli.main import say
from redan.views.cli.progress import Report, progress
from redan.views.results import footing
from redan.vocabulary.errors import Fault, InputError

#: Settings of a forecast that a run which is resumed already holds.
OWN_SETTINGS: Final = (
    *("scenario", "courses", "replications", "horizon_days", "seed", "out", "overlays", "sets"),
    *("posterior", "until_width"),
)


@dataclass(frozen=True)
class Asked:
    """What the user asked for; None or empty: the default."""

    scenario: str | None
    courses: tuple[str, ...]
    replications: int | None
    horizon_days: int | None
    seed: int | None
    out: Path | None
    overlays: tuple[Path, ...]
    sets: tuple[str, ...]
    threads: int | None
    resume: Path | None
    posterior: str | None = None
    until_width: tuple[str, ...] = ()
    cluster: str | None = None
    allow_mixed: bool = False
    gpu: bool = False


def forecast(asked: Asked, *, json: bool) -> None:
    """Play, and show the document or the text; a run that was stopped is shown and then exits 1."""
    card = _card(asked)
    with progress() as (report, screen), connected(asked.cluster, allow_mixed=asked.allow_mixed) as cluster:

        def preview(document: dict[str, Any]) -> None:
            if screen.is_terminal:
                show_forecast.show_provisional(screen, document)

        found = _played(asked, report, preview, cluster or card)
    if json:
        until = {} if found.until is None else {"until": found.until}
        output.print_json({**found.to_dict(), **until})
    else:
        show_forecast.show(output.console(), found.to_dict(), found.by_day(), footing(found))
        if found.until is not None and found.complete:
            show_forecast.show_until(output.console(), found.until)
    if not found.complete:
        done = f"redan: stopped after {found.run.done} of {found.run.requested} replications of each course"
        say(f"{done}; finish it with: redan forecast --resume {shlex.quote(str(found.path))}")
        raise typer.Exit(1)


def _card(asked: Asked) -> gpu.Gpu | None:
    if asked.gpu and asked.cluster is not None:
        raise InputError.of(gpu.OPTION, 0, "true", "cannot be given with --cluster", "leave one of them out")
    card = gpu.card(asked=asked.gpu, threads=asked.threads)
    if card is not None:
        say(f"redan: {gpu.OPTION}: {card.name}")
    return card


def _played(asked: Asked, report: Report, preview: Preview, elsewhere: Elsewhere | None) -> Forecast:
    if asked.resume is not None:
        _refuse_settings(asked)
        return resume_forecast(
            asked.resume, threads=asked.threads, progress=report, preview=preview, elsewhere=elsewhere
        )
    if asked.scenario is None:
        problem = "neither a scenario nor a run to finish is given"
        raise InputError.of("--resume", 0, "RUN", problem, "name a scenario, such as slavyansk-kramatorsk")
    settings: dict[str, Any] = {
        name: getattr(asked, name)
        for name in ("replications", "horizon_days", "seed")
        if getattr(asked, name) is not None
    }
    case = Case.load(asked.scenario, overlays=asked.overlays, sets=asked.sets, posterior=asked.posterior)
    return case.forecast(
        courses=asked.courses or None,
        out=asked.out,
        threads=asked.threads,
        progress=report,
        preview=preview,
        until_width=asked.until_width,
        elsewhere=elsewhere,
        **settings,
    )


def _refuse_settings(asked: Asked) -> None:
    """A run holds its own settings: others beside --resume would be silently ignored."""
    given = [name for name in OWN_SETTINGS if getattr(asked, name) not in (None, ())]
    if given:
        raise InputError(
            Fault(
                "--resume",
                0,
                "SCENARIO" if name == "scenario" else f"--{_option(name)}",
                "cannot be given with --resume: the run holds its own",
                "leave it out",
            )
            for name in given
        )


def _option(name: str) -> str:
    return {"courses": "course", "overlays": "overlay", "sets": "set"}.get(name, name.replace("_", "-"))
