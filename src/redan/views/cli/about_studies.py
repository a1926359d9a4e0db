"""Commands of an analyst's study: where the spread comes from, which is better, what more of it would do.

What is heavy is imported inside the command, so that `redan --help` answers at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Annotated

import typer

from redan.views.cli import options

commands = typer.Typer()


@commands.command()
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
    overlay: options.Overlays = None,
    sets: options.Sets = None,
    posterior: options.PosteriorOption = None,
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
    case = Case.load(scenario, overlays=overlay or (), sets=sets or (), posterior=posterior)
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


@commands.command()
def compare(
    alternatives: Annotated[
        list[str],
        typer.Argument(
            metavar="ALTERNATIVE...",
            help="SCENARIO:COURSE+CHANGE+..., :COURSE, +CHANGE, or a run; CHANGE: a.b=v or an overlay file.",
            show_default=False,
        ),
    ],
    measure: options.Measures = None,
    replications: Annotated[
        int | None, typer.Option(help="Pairs of campaigns.  [default: 400]", show_default=False)
    ] = None,
    horizon_days: options.Horizon = None,
    seed: options.Seed = None,
    gain: Annotated[
        bool, typer.Option("--gain/--no-gain", help="Also measure what pairing gains (twice the campaigns).")
    ] = True,
    overlay: options.Overlays = None,
    sets: options.Sets = None,
    posterior: options.PosteriorOption = None,
    threads: options.Threads = None,
    json: options.Json = False,
) -> None:
    """Any number of courses, variants and scenarios, paired.

    How often each is better, by how much, what would have to be true for the other to win, and what sharing
    luck and parameters gains. A first :COURSE or +CHANGE goes on from the alternative before it.
    """
    from redan.analysis.versus.compare import DEFAULT_SIZE
    from redan.analysis.versus.compare import compare as ask
    from redan.views.cli import output, show_compare
    from redan.views.cli.progress import progress

    sizes = given({"replications": replications, "horizon_days": horizon_days, "seed": seed})
    common = (*map(str, overlay or ()), *(sets or ()))
    size = dataclasses.replace(DEFAULT_SIZE, is_crossed=gain, posterior=posterior, **sizes)
    with progress() as (report, _):
        found = ask(
            alternatives, measures=measure, size=size, common=common, threads=threads, progress=report
        )
    if json:
        output.print_json(found.document())
    else:
        show_compare.show(output.console(), found.document())


@commands.command()
def augment(
    scenario: options.Scenario,
    course: options.Courses = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change",
            metavar="NAME",
            help="Only this change, such as digging_more. Repeatable.",
            show_default=False,
        ),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(help="Campaigns of each course with each change.  [default: 100]", show_default=False),
    ] = None,
    horizon_days: options.Horizon = None,
    seed: options.Seed = None,
    overlay: options.Overlays = None,
    sets: options.Sets = None,
    posterior: options.PosteriorOption = None,
    threads: options.Threads = None,
    json: options.Json = False,
) -> None:
    """What more of it would do.

    25, 50 and 100 % more drones for either side, and two more or fewer years of digging, each paired with the
    scenario as it is on the same luck.
    """
    from redan.views.case import Case
    from redan.views.cli import output, show_augment
    from redan.views.cli.progress import progress

    sizes = given({"replications": replications, "horizon_days": horizon_days, "seed": seed})
    case = Case.load(scenario, overlays=overlay or (), sets=sets or (), posterior=posterior)
    with progress() as (report, _):
        found = case.augment(courses=course, changes=change, threads=threads, progress=report, **sizes)
    if json:
        output.print_json(found.document())
    else:
        show_augment.show(output.console(), found)


def given(numbers: Mapping[str, int | None]) -> dict[str, int]:
    """Return what the user gave; the rest keeps its default."""
    return {name: value for name, value in numbers.items() if value is not None}
