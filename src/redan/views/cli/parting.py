"""`redan trace --group`: what separated a group of campaigns from the others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from redan.forecast.run import open_forecast
from redan.views.cli import output, show_parted
from redan.vocabulary.errors import Fault, InputError


def part(run: Path, group: str, *, course: str | None, alone: Mapping[str, Any], json: bool) -> None:
    """Show it.

    Parameters
    ----------
    alone : options of the story of one campaign, which do not go with a group

    Raises
    ------
    InputError : the run, the course, the group or an option is at fault
    """
    given = [option for option, value in alone.items() if value]
    if given:
        raise InputError(
            Fault(option, 0, str(alone[option]), "is about one campaign", "leave it out, or --group")
            for option in given
        )
    found = open_forecast(run)
    course = found.run.courses[0] if course is None else course
    head = {
        "run": str(found.path),
        "scenario": found.run.scenario,
        "course": course,
        "horizon_days": found.run.horizon_days,
    }
    told = {**head, **found.separate(group, course).document()}
    if json:
        output.print_json(told)
    else:
        show_parted.show(output.console(), told)
