"""Commands about a scenario: what is in it, and whether it is whole.

Each asks a `Case` or a run and hands the answer to a function that shows it. What is heavy is imported
inside the command, so that `redan --help` answers at once.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from redan.views.cli import options
from redan.vocabulary.counting import how_many

commands = typer.Typer()


@commands.command()
def describe(
    scenario: options.Scenario,
    overlay: options.Overlays = None,
    sets: options.Sets = None,
    posterior: options.PosteriorOption = None,
    json: options.Json = False,
) -> None:
    """What will happen, before it is run.

    Ground, layers, forces with their ranges, places and residents, plans, parameters by grade.
    """
    from redan.views.case import Case
    from redan.views.cli import output, show_description

    case = Case.load(scenario, overlays=overlay or (), sets=sets or (), posterior=posterior)
    document = case.describe()
    if json:
        output.print_json(document)
    else:
        show_description.show(output.console(), document)


@commands.command()
def check(
    scenario: options.Scenario,
    overlay: options.Overlays = None,
    sets: options.Sets = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Also fault placeholders, and statements without a source.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Validate; every problem, with its line."""
    from redan.views.case import Case
    from redan.views.cli import output, show_description
    from redan.vocabulary.errors import InputError

    try:
        summary = Case.load(scenario, overlays=overlay or (), sets=sets or ()).check(strict=strict)
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


@commands.command()
def claims(
    scenario: options.Scenario,
    run: options.RunOption = None,
    data: options.Data = None,
    overlay: options.Overlays = None,
    sets: options.Sets = None,
    json: options.Json = False,
) -> None:
    """The sources' claims and what supports them.

    For each: who says it, what it became in Redan, what independent data say, and the verdict.
    """
    from redan.views.case import Case
    from redan.views.cli import output, show_claims

    case = Case.load(scenario, overlays=overlay or (), sets=sets or ())
    findings = case.claims(run=run, data=data)
    if json:
        output.print_json(show_claims.document(case.scenario.name, case.scenario.as_of, findings))
    else:
        title = f"{case.scenario.name}: {how_many(len(findings), 'claim')}, as known on {case.scenario.as_of}"
        show_claims.show(output.console(), title, findings)
