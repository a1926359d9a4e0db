"""`redan validate`: measure what the model must show, and show how it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from redan.calibration.stylised.run import run_stylised
from redan.views.cli import output, show_stylised
from redan.views.cli.progress import progress
from redan.vocabulary.errors import InputError


def validate(*, stylised: bool, facts: Sequence[str], settings: Mapping[str, int | None], json: bool) -> None:
    """Run what was asked for; `settings` that are None keep their defaults."""
    if not stylised:
        problem = "nothing to validate is named"
        raise InputError.of("--stylised", 0, "validate", problem, "give --stylised for the stylised facts")
    given = {name: value for name, value in settings.items() if value is not None}
    with progress() as (report, _):
        document = run_stylised(facts=facts, progress=report, **given)
    if json:
        output.print_json(document)
    else:
        show_stylised.show(output.console(), document)
