"""The commands that write scenarios: what they are asked, and what they answer."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from redan.scenario.authoring.new import new_scenario
from redan.views.case import Case
from redan.views.cli import output, show_new
from redan.vocabulary.errors import InputError, quote


def new(
    name: str,
    *,
    around: str | None,
    radius_km: float | None,
    attacker_from: str | None,
    as_of: str | None,
    out: Path | None,
    json: bool,
) -> None:
    """Write a scenario to start from, check it, and say what is in it."""
    drafted = new_scenario(
        name,
        around=around,
        radius_km=radius_km,
        attacker_from=attacker_from,
        as_of=parse_day(as_of),
        out=out,
    )
    told = show_new.document(drafted, Case.load(drafted.folder).check())
    if json:
        output.print_json(told)
    else:
        show_new.show(output.console(), told)


def parse_day(text: str | None) -> dt.date | None:
    """The day that `--as-of` names.

    Raises
    ------
    InputError
        It is none.
    """
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise InputError.of("--as-of", 0, quote(text), "is not a day", "write it as YYYY-MM-DD")
