"""The commands of an analyst's study: how sure, which is better, what if there were more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from redan.views.cli import options


def sensitivity(
    scenario: options.Scenario,
    course: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Course; default the scenario's first.", show_default=False),
    ] = None,
    measure: options.Measures = None,
    trajectories: Annotated[
        int | None, typer.Option(help="Trajectories of the screening.  [default: 40]", show_default=False)
    ] = None,
    samples: Annotated[
        int | None,
        typer.Option(
            help="Points of each of the two samples of the indices.  [default: 512]", show_default=False
        ),
    ] = None,
    keep: Annotated[
        int | None, typer.Option(help="Groups that the screening leaves.  [default: 8]", show_default=False)
    ] = None,
    split: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GROUP", help="Look at this group parameter by parameter. Repeatable.", show_default=False
        ),
    ] = None,
    horizon_days: options.Horizon = None,
    seed: options.Seed = None,
    sets: options.Sets = None,
    threads: options.Threads = None,
    out: options.StudyOut = None,
    json: options.Json = False,
) -> None:
    """Where the spread comes from.

    Morris screening of the register's groups of parameters, then Sobol indices on what is left: the share of
    the variance from chance, from each group and from grade C judgement. Needs the extra `study`.
    """
    from redan.analysis.sensitivity import store
    from redan.analysis.sensitivity.run import Budget
    from redan.views.case import Case
    from redan.views.cli import output, show_sensitivity
    from redan.views.cli.progress import progress

    sizes = {"trajectories": trajectories, "samples": samples, "keep": keep}
    case = Case.load(scenario, sets=sets or ())
    with progress() as (report, _):
        found = case.sensitivity(
            course=course,
            measures=measure,
            budget=Budget(**given(sizes)),
            split_groups=split or (),
            threads=threads,
            progress=report,
            **given({"horizon_days": horizon_days, "seed": seed}),
        )
    folder = out or store.default_folder(found, case.scenario)
    store.write(found, case.scenario, folder)
    if json:
        output.print_json({**found.document(), "folder": str(folder)})
    else:
        show_sensitivity.show(output.console(), found.document(), str(folder))


def given(numbers: Mapping[str, int | None]) -> dict[str, int]:
    """Return what the user gave; the rest keeps its default."""
    return {name: value for name, value in numbers.items() if value is not None}


def add(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (sensitivity,):
        app.command()(command)
