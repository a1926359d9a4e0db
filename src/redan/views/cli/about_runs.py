"""Commands about a run folder: its story, its page, its tables, its sources.

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
    group: options.Group = None,
    json: options.Json = False,
) -> None:
    """The story of one campaign, day by day, with causes.

    What was ordered, what moved, what was lost on the way, and why each objective fell or did not. A
    replication that the run folder does not keep whole is played again. With --group: what separated the
    campaigns in which something came about from the others.
    """
    from redan.views.cli import output, parting, show_trace
    from redan.views.results import story

    if group is not None:
        alone = {"--replication": replication, "--full": full}
        parting.part(run, group, course=course, alone=alone, json=json)
        return
    document = story(run, course=course, replication=replication, is_full=full)
    if json:
        output.print_json(document)
    else:
        show_trace.show(output.console(), document, is_full=full)


@commands.command()
def record(run: options.RunFolder, forecasts: options.Forecasts = None, json: options.Json = False) -> None:
    """Put a forecast down, to be scored later.

    Writes the course that is a forecast (as_is), the base rate and both pooled in hubverse columns, one file
    with its hash in its name, and a row of the index. What was put down never changes; score it with
    `redan validate --log`.
    """
    from redan.views.cli import recording

    recording.put_down(run, folder=forecasts, json=json)


@commands.command()
def report(
    run: options.RunFolder,
    out: options.Page = None,
    day: options.ShownDays = None,
    ablation: options.AblationFile = None,
    sensitivity: options.SensitivityFolder = None,
    data: options.Data = None,
    json: options.Json = False,
) -> None:
    """One self-contained HTML page.

    The answer in plain words, how long, who holds what, towns and people, losses, courses in pairs, claims,
    assumptions, limits and how to make it again. Nothing is loaded from elsewhere.
    """
    from redan.views.cli import reporting

    reporting.report(
        run,
        out=out,
        days=tuple(day or ()),
        ablation=ablation,
        sensitivity=sensitivity,
        data=data,
        json=json,
    )


@commands.command()
def export(
    run: options.RunFolder,
    to: Annotated[str, typer.Option(metavar="WHAT", help="geoparquet, geojson, residents or hubverse.")],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The file; default one in exports/ of the run folder.", show_default=False
        ),
    ] = None,
    day: Annotated[
        list[int] | None,
        typer.Option(
            metavar="D",
            help="A day, counted from day 0. Repeatable; default day 0 and a few up to the horizon, of"
            " residents every week.",
            show_default=False,
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Tables and maps for other programs.

    geoparquet and geojson: probability of control by date, cell by cell. residents: who is still at home and
    who left, by town and date, for a displacement model (CSV or Parquet, by the file's ending). hubverse:
    every statement of the forecast. Beside each file goes another that says what its columns are.
    """
    from redan.views.cli import reporting

    reporting.export(run, to=to, out=out, days=tuple(day or ()), json=json)


@commands.command()
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


@commands.command()
def cite(
    run: options.RunFolder,
    full: Annotated[bool, typer.Option("--full", help="List judgements too.")] = False,
    json: options.Json = False,
) -> None:
    """What a run rests on, for a list of references.

    How to cite it, every source by grade with what rests on it, and the terms of the data.
    """
    from redan.views.cli import publishing

    publishing.cite(run, is_full=full, json=json)
