"""Commands that play campaigns and judge by them.

Each asks a `Case` or a run and hands the answer to a function that shows it. What is heavy is imported
inside the command, so that `redan --help` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from redan.views.cli import options

commands = typer.Typer()


@commands.command()
def forecast(
    scenario: Annotated[
        str | None, typer.Argument(help="A bundled name, or a folder.", show_default=False)
    ] = None,
    course: options.Courses = None,
    replications: options.Replications = None,
    horizon_days: options.Horizon = None,
    seed: options.Seed = None,
    out: options.Out = None,
    overlay: options.Overlays = None,
    sets: options.Sets = None,
    threads: options.Threads = None,
    resume: options.Resume = None,
    until_width: options.UntilWidth = None,
    posterior: options.PosteriorOption = None,
    cluster: options.ClusterAddress = None,
    allow_mixed: options.AllowMixed = False,
    gpu: options.Gpu = False,
    json: options.Json = False,
) -> None:
    """How long, at what cost, how sure.

    Plays every course of action on the same luck. The result is a run folder, and a summary of it.
    """
    from redan.views.cli import forecasting

    asked = forecasting.Asked(
        scenario=scenario,
        courses=tuple(course or ()),
        replications=replications,
        horizon_days=horizon_days,
        seed=seed,
        out=out,
        overlays=tuple(overlay or ()),
        sets=tuple(sets or ()),
        threads=threads,
        resume=resume,
        until_width=tuple(until_width or ()),
        posterior=posterior,
        cluster=cluster,
        allow_mixed=allow_mixed,
        gpu=gpu,
    )
    forecasting.forecast(asked, json=json)


@commands.command()
def ablate(
    scenario: options.Scenario,
    course: options.Courses = None,
    layer: options.Layers = None,
    replications: options.Pairs = None,
    horizon_days: options.Horizon = None,
    seed: options.Seed = None,
    overlay: options.Overlays = None,
    sets: options.Sets = None,
    posterior: options.PosteriorOption = None,
    threads: options.Threads = None,
    json: options.Json = False,
) -> None:
    """What each layer of the defence is worth.

    Each layer off in turn, and each alone, on the same luck: in days, ground, men, housing and residents.
    """
    from redan.views.case import Case
    from redan.views.cli import output, show_ablate
    from redan.views.cli.progress import progress

    numbers = {"replications": replications, "horizon_days": horizon_days, "seed": seed}
    case = Case.load(scenario, overlays=overlay or (), sets=sets or (), posterior=posterior)
    with progress() as (report, _):
        found = case.ablate(
            courses=course,
            layers=layer,
            threads=threads,
            progress=report,
            **{name: number for name, number in numbers.items() if number is not None},
        )
    if json:
        output.print_json(found.document())
    else:
        show_ablate.show(output.console(), found)


@commands.command()
def engage(
    csv: Annotated[Path, typer.Option("--csv", metavar="IN", help="Table of battles; blanks are allowed.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="OUT", help="Table of predictions to write.", show_default=False),
    ] = None,
    posterior: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="A fit to draw its parameters from, or the word priors; default the fit that ships.",
            show_default=False,
        ),
    ] = None,
    replications: options.BattleReplications = None,
    seed: options.Seed = None,
    threads: options.Threads = None,
    json: options.Json = False,
) -> None:
    """Who wins single battles, and at what cost.

    Each row is fought by the campaign's own rules on a strip of cells as wide as its front. Columns: id,
    year, attacker_men, defender_men, attacker_tanks, defender_tanks, attacker_guns, defender_guns,
    attacker_sorties, defender_sorties, front_km, posture, terrain, cover, urban, days.
    """
    from redan.views.cli import engaging

    settings = {"replications": replications, "seed": seed, "threads": threads}
    engaging.engage(table=csv, out=out, posterior=posterior, settings=settings, json=json)


@commands.command()
def validate(
    stylised: Annotated[
        bool, typer.Option("--stylised", help="The ten stylised facts, on invented theatres.")
    ] = False,
    battles: Annotated[
        bool, typer.Option("--battles", help="The training battles, by war, beside baselines.")
    ] = False,
    grid: Annotated[
        bool, typer.Option("--grid", help="The front on held-out time, beside persistence and climatology.")
    ] = False,
    log: options.Outcomes = None,
    forecasts: options.Forecasts = None,
    fact: options.Facts = None,
    data: options.Data = None,
    posterior: options.PosteriorOption = None,
    replications: options.FactReplications = None,
    seed: options.Seed = None,
    threads: options.Threads = None,
    json: options.Json = False,
) -> None:
    """Does the model show what it must?

    With --stylised: ten regularities of war, each with its interval and the band it must lie in. A fact that
    does not hold is reported, and is no error. With --battles: predicted single battles against what
    happened, scored by war beside baselines that know no mechanism. With --grid: area gained after the fit's
    last day, and the statistics of the front. Skipped where the data are absent. With --log: forecasts that
    were put down, scored against a table of what became known.
    """
    from redan.views.cli import validating

    settings = {"replications": replications, "seed": seed, "threads": threads}
    asked = validating.Asked(
        stylised, battles, grid, tuple(fact or ()), data, posterior, settings, log, forecasts
    )
    validating.validate(asked, json=json)


@commands.command()
def calibrate(
    case: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CASE]...", help="battles, front; default both.", show_default=False),
    ] = None,
    csv: options.OwnBattles = None,
    draws: options.Draws = None,
    seed: options.Seed = None,
    out: options.FitFolder = None,
    resume: options.FitResume = None,
    data: options.Data = None,
    threads: options.Threads = None,
    json: options.Json = False,
) -> None:
    """Fit the free parameters to history.

    Two stages with a cut: single battles first, then the front on the grid of the control data, holding what
    the battles said. Prior draws are simulated once, into a table that can be gone on with. What was not
    identified keeps its prior. Needs the extra `study` and the data; with --csv battles of your own are
    fitted in their place.
    """
    from redan.views.cli import calibrating

    settings = {"csv": csv, "draws": draws, "seed": seed, "data": data, "threads": threads}
    calibrating.calibrate(tuple(case or ()), out=out, resume=resume, settings=settings, json=json)


@commands.command()
def bench(json: options.Json = False) -> None:
    """Speed on this machine, as ratios if possible."""
    from redan.runs.bench import bench as measure
    from redan.views.cli import output, show_bench

    found = measure()
    if json:
        output.print_json(found)
    else:
        show_bench.show(output.console(), found)
