"""The command that goes on until it is ended: the server of the map in a browser.

What is heavy is imported inside the command, so that `redan --help` answers at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from redan.views.cli import options

commands = typer.Typer()


@commands.command()
def serve(
    scenario: Annotated[
        str | None,
        typer.Argument(help="Opened first: a bundled name, or a folder; all bundled ones can be opened."),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: a free one.")] = 8321,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in a browser.")] = True,
    host: Annotated[
        str, typer.Option(metavar="H", help="Address to listen at; beyond this machine a token is needed.")
    ] = "127.0.0.1",
    token: options.Token = None,
    threads: options.Threads = None,
    basemap: options.BaseMap = None,
) -> None:
    """The map in a browser, on loopback.

    See a campaign, change it and see what changes. Nothing is loaded from elsewhere. Needs the extra `web`.
    """
    from redan.views.cli import serving

    serving.serve(
        scenario, host=host, port=port, token=token, threads=threads, browser=browser, basemap=basemap
    )
