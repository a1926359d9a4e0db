"""`redan`, put together: the commands stand in the modules named `about_...`, by what they are about."""

from __future__ import annotations

from importlib import metadata
from typing import Annotated

import typer

from redan.views.cli import (
    about_campaigns,
    about_runs,
    about_scenarios,
    about_serving,
    about_studies,
    about_writing,
)

app = typer.Typer(
    name="redan",
    help="Simulate and forecast an operation against a defence in depth: how long, at what cost, how sure.",
    epilog="SCENARIO: a folder, or a bundled name: slavyansk-kramatorsk, two-belts, mountain-pass,"
    " gothic-line, history/bakhmut and others."
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


PARTS = (about_scenarios, about_campaigns, about_studies, about_runs, about_writing, about_serving)
for part in PARTS:
    app.add_typer(part.commands)
