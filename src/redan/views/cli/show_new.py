"""A new scenario as a document and as text: where it is, what is invented in it, how to go on."""

from __future__ import annotations

import shlex
from typing import Any

from rich.console import Console
from rich.text import Text

from redan.scenario.authoring.new import Drafted
from redan.vocabulary.counting import how_many


def document(drafted: Drafted, checked: dict[str, Any]) -> dict[str, Any]:
    """What was written, as plain data; `checked` is the summary of `redan check`."""
    sketch, layout = drafted.sketch, drafted.layout
    middle = sketch.towns[0]
    return {
        "scenario": sketch.name,
        "folder": str(drafted.folder),
        "files": list(drafted.files),
        "as_of": sketch.as_of.isoformat(),
        "around": {"name": middle.name, "geonameid": middle.geonameid} if sketch.is_real else None,
        "radius_km": sketch.radius_km,
        "attacker_from": layout.frame.attacker_from,
        "front_km": round(layout.front_km),
        "objectives": [
            {"name": town.name, "geonameid": town.geonameid, "people": round(town.people)}
            for town in layout.objectives
        ],
        "real_place": False,
        "line_is_invented": layout.line_source is None,
        "placeholders": drafted.placeholders,
        "check": checked,
        "next": next_commands(drafted),
    }


def next_commands(drafted: Drafted) -> list[str]:
    """Commands to go on with, in order."""
    folder = shlex.quote(str(drafted.folder))
    return [
        f"redan describe {folder}",
        f"redan forecast {folder} --replications 50 --horizon-days 365",
        f"redan check {folder}",
    ]


def show(screen: Console, told: dict[str, Any]) -> None:
    """Print it for a person who has never seen a scenario."""
    screen.print(Text(f"{told['scenario']}: a scenario to start from, in {told['folder']}", style="bold"))
    around = told["around"]
    where = f"about {around['name']} ({around['geonameid']})" if around else "of an invented island"
    screen.print(
        f"The theatre: {told['radius_km']:g} km {where}, {how_many(told['check']['cells'], 'cell')}; "
        f"day 0 is {told['as_of']}."
    )
    names = ", ".join(town["name"] for town in told["objectives"])
    screen.print(f"{'Objective' if len(told['objectives']) == 1 else 'Objectives'}: {names}.")
    screen.print(_about_line(told))
    screen.print(
        f'Placeholders: {told["placeholders"]} statements say "placeholder: replace", grade C. '
        "scenario.yaml explains each section."
    )
    remarks = told["check"]["warnings"]
    screen.print("Checked: no mistakes." + ("" if not remarks else " Remarks:"))
    for remark in remarks:
        screen.print(f"  {remark}")
    show_next(screen, told["next"])


def _about_line(told: dict[str, Any]) -> str:
    if not told["line_is_invented"]:
        return (
            f"The line of contact is the one given, with the attacker in the {told['attacker_from']}; belts"
            " and flanks are those of a straight one. real_place stays false until you say whose line it is."
        )
    false = ", so the file says real_place: false." if told["around"] else "."
    return (
        f"INVENTED: the line of contact ({told['front_km']} km) and which side attacks, here from the "
        f"{told['attacker_from']}. It is not control data{false}"
    )


def show_next(screen: Console, commands: list[str]) -> None:
    """Print what to type next, each on its own line and unbroken."""
    screen.print("Next:")
    for command in commands:
        screen.print(f"  {command}", soft_wrap=True)
