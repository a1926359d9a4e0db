"""The commands. Each asks a `Case` or a run and hands the answer to a function that shows it.

What is heavy is imported inside the command, so that `redan --help` answers at once.
"""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import typer

from redan.views.cli import options

app = typer.Typer(
    name="redan",
    help="Simulate and forecast an operation against a defence in depth: how long, at what cost, how sure.",
    epilog="SCENARIO: a bundled name (slavyansk-kramatorsk, two-belts, mountain-pass) or a folder."
    " Exit codes: 0 worked, 2 the input is at fault, 1 anything else.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"redan {metadata.version('redan')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def redan(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Simulate and forecast an operation against a defence in depth: how long, at what cost, how sure."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def describe(
    scenario: options.Scenario,
    sets: options.Sets = None,
    posterior: options.PosteriorOption = None,
    json: options.Json = False,
) -> None:
    """What will happen, before it is run.

    Ground, layers, forces with their ranges, places and residents, plans, parameters by grade.
    """
    from redan.views.case import Case
    from redan.views.cli import output, show_description

    document = Case.load(scenario, sets=sets or (), posterior=posterior).describe()
    if json:
        output.print_json(document)
    else:
        show_description.show(output.console(), document)


@app.command()
def check(scenario: options.Scenario, sets: options.Sets = None, json: options.Json = False) -> None:
    """Validate; every problem, with its line."""
    from redan.views.case import Case
    from redan.views.cli import output, show_description
    from redan.vocabulary.errors import InputError

    try:
        summary = Case.load(scenario, sets=sets or ()).check()
    except InputError as error:
        if json:
            output.print_json({"ok": False, "faults": [_fault(fault) for fault in error.faults]})
        raise
    if json:
        output.print_json(summary)
    else:
        show_description.show_summary(output.console(), summary)


def _fault(fault: Any) -> dict[str, Any]:
    return {name: getattr(fault, name) for name in ("file", "line", "field", "problem", "remedy")}


@app.command()
def claims(
    scenario: options.Scenario,
    run: options.RunOption = None,
    data: options.Data = None,
    sets: options.Sets = None,
    json: options.Json = False,
) -> None:
    """The sources' claims and what supports them.

    For each: who says it, what it became in Redan, what independent data say, and the verdict.
    """
    from redan.views.case import Case
    from redan.views.cli import output, show_claims

    case = Case.load(scenario, sets=sets or ())
    findings = case.claims(run=run, data=data)
    if json:
        output.print_json(show_claims.document(case.scenario.name, case.scenario.as_of, findings))
    else:
        title = f"{case.scenario.name}: {len(findings)} claims, as known on {case.scenario.as_of}"
        show_claims.show(output.console(), title, findings)


@app.command()
def forecast(  # noqa: PLR0917  each is an option
    scenario: Annotated[
        str | None, typer.Argument(help="A bundled name, or a folder.", show_default=False)
    ] = None,
    course: options.Courses = None,
    replications: options.Replications = None,
    horizon_days: options.Horizon = None,
    seed: options.Seed = None,
    out: options.Out = None,
    sets: options.Sets = None,
    threads: options.Threads = None,
    resume: options.Resume = None,
    posterior: options.PosteriorOption = None,
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
        sets=tuple(sets or ()),
        threads=threads,
        resume=resume,
        posterior=posterior,
    )
    forecasting.forecast(asked, json=json)


@app.command()
def trace(
    run: Annotated[Path, typer.Argument(help="A run folder.")],
    course: Annotated[
        str | None, typer.Option(metavar="NAME", help="Course; default the run's first.", show_default=False)
    ] = None,
    replication: Annotated[
        str | None,
        typer.Option(
            metavar="K",
            help="Its number, or median (the default), soonest or latest.",
            show_default=False,
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Every entry of every day, and stretches of four weeks.")
    ] = False,
    json: options.Json = False,
) -> None:
    """The story of one campaign, day by day, with causes.

    What was ordered, what moved, what was lost on the way, and why each objective fell or did not. A
    replication that the run folder does not keep whole is played again.
    """
    from redan.views.cli import output, show_trace
    from redan.views.results import story

    document = story(run, course=course, replication=replication, is_full=full)
    if json:
        output.print_json(document)
    else:
        show_trace.show(output.console(), document, is_full=full)


@app.command()
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
    last day, and the statistics of the front. Skipped where the data are absent.
    """
    from redan.views.cli import validating

    settings = {"replications": replications, "seed": seed, "threads": threads}
    asked = validating.Asked(stylised, battles, grid, tuple(fact or ()), data, posterior, settings)
    validating.validate(asked, json=json)


@app.command()
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


@app.command()
def calibrate(
    case: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CASE]...", help="battles, front; default both.", show_default=False),
    ] = None,
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
    identified keeps its prior. Needs the extra `study` and the data.
    """
    from redan.views.cli import calibrating

    settings = {"draws": draws, "seed": seed, "data": data, "threads": threads}
    calibrating.calibrate(tuple(case or ()), out=out, resume=resume, settings=settings, json=json)


@app.command()
def ablate(
    scenario: options.Scenario,
    course: options.Courses = None,
    layer: options.Layers = None,
    replications: options.Pairs = None,
    horizon_days: options.Horizon = None,
    seed: options.Seed = None,
    sets: options.Sets = None,
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
    case = Case.load(scenario, sets=sets or ())
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


@app.command()
def report(
    run: options.RunFolder,
    out: options.Page = None,
    day: options.ShownDays = None,
    ablation: options.AblationFile = None,
    geojson: options.GeoJson = None,
    data: options.Data = None,
    json: options.Json = False,
) -> None:
    """One self-contained HTML page.

    The answer in plain words, how long, who holds what, towns and people, losses, courses in pairs, claims,
    assumptions, limits and how to make it again. Nothing is loaded from elsewhere.
    """
    from redan.views.cli import reporting

    reporting.report(
        run, out=out, days=tuple(day or ()), ablation=ablation, data=data, geojson=geojson, json=json
    )


@app.command()
def query(
    run: Annotated[Path, typer.Argument(help="A run folder.")],
    sql: Annotated[str, typer.Argument(help="A question in SQL; every table of the run is a view.")],
    json: options.Json = False,
) -> None:
    """SQL over a run folder.

    Every table of the run is a view: replications, daily, control, events, series, forecast. Needs the extra
    `query`.
    """
    from redan.runs.folder import RunFolder
    from redan.runs.query import query as ask
    from redan.views.cli import output, show_query

    found = ask(RunFolder(run), sql)
    if json:
        output.print_json(show_query.document(found))
    else:
        show_query.show(output.console(), found)


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario: small letters, digits, hyphens.")],
    around: options.Around = None,
    radius_km: options.RadiusKm = None,
    attacker_from: options.AttackerFrom = None,
    as_of: options.AsOf = None,
    out: options.NewFolder = None,
    json: options.Json = False,
) -> None:
    """A commented scenario to start from, anywhere.

    About a real town with the towns of GeoNames, or on an invented island. It runs as it is; the line of
    contact is invented and every number is a placeholder that says so.
    """
    from redan.views.cli import authoring

    authoring.new(
        name,
        around=around,
        radius_km=radius_km,
        attacker_from=attacker_from,
        as_of=as_of,
        out=out,
        json=json,
    )


@app.command()
def read(
    article: Annotated[Path, typer.Argument(help="A plain text file in English, UTF-8.")],
    as_of: options.TextAsOf = None,
    out: options.NewFolder = None,
    json: options.Json = False,
) -> None:
    """Draft claims and a scenario from a news text.

    Finds places, distances, numbers, dates and durations, who says them and how firmly, each with its
    paragraph and words, for a person to confirm. A regular grammar and the gazetteer: the same words for the
    same text, and nothing invented. It says what it could not place.
    """
    from redan.views.cli import authoring

    authoring.read(article, as_of=as_of, out=out, json=json)


@app.command()
def bench(json: options.Json = False) -> None:
    """Speed on this machine, as ratios if possible."""
    from redan.runs.bench import bench as measure
    from redan.views.cli import output, show_bench

    found = measure()
    if json:
        output.print_json(found)
    else:
        show_bench.show(output.console(), found)
