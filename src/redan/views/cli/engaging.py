"""`redan engage`: predict the battles of a table, write the result and show it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from redan.calibration.engage.run import run_engage
from redan.views.cli import output, show_engage
from redan.views.cli.progress import progress


def engage(*, table: Path, out: Path | None, settings: Mapping[str, int | None], json: bool) -> None:
    """Run what was asked for; `settings` that are None keep their defaults."""
    given = {name: value for name, value in settings.items() if value is not None}
    with progress() as (report, _):
        document = run_engage(table, out=out, progress=report, **given)
    if json:
        output.print_json(document)
    else:
        show_engage.show(output.console(), document, None if out is None else str(out))
