"""Commands that write what a person goes on with: scenarios and their schema.

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
def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario: small letters, digits, hyphens.")],
    around: options.Around = None,
    radius_km: options.RadiusKm = None,
    attacker_from: options.AttackerFrom = None,
    elevation: options.Elevation = None,
    land_use: options.LandUse = None,
    roads: options.GivenRoads = None,
    line: options.GivenLine = None,
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
        given={"elevation": elevation, "land_use": land_use, "roads": roads, "line": line},
        around=around,
        radius_km=radius_km,
        attacker_from=attacker_from,
        as_of=as_of,
        out=out,
        json=json,
    )


@commands.command()
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


@commands.command()
def schema(
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it there; default stdout.", show_default=False),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Changes nothing: a schema is JSON.")] = False,
) -> None:
    """The JSON schema of scenario.yaml, for editors.

    With it an editor completes keys and explains them; `redan new` puts it beside the scenario it writes.
    """
    from redan.views.cli import publishing

    publishing.schema(out)
