"""A description and a check as text."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from redan.views.cli.output import heading, number, percent, table
from redan.vocabulary.counting import how_many


def show_summary(screen: Console, summary: dict[str, Any]) -> None:
    """Print what `check` found in a scenario without faults."""
    screen.print(
        f"ok: {summary['scenario']}, as of {summary['as_of']}: {how_many(summary['cells'], 'cell')},"
        f" {how_many(summary['formations'], 'formation')},"
        f" {how_many(len(summary['objectives']), 'objective')},"
        f" {'course' if len(summary['courses']) == 1 else 'courses'} {', '.join(summary['courses'])},"
        f" {how_many(summary['parameters'], 'parameter')}, {how_many(summary['claims'], 'claim')}"
    )
    for warning in summary["warnings"]:
        screen.print(f"warning: {warning}")


def show(screen: Console, document: dict[str, Any]) -> None:
    """Print a whole description, section by section."""
    screen.print(Text(f"{document['scenario']}: {document['title']}", style="bold"))
    screen.print(f"as of {document['as_of']}; nothing in it may rest on a fact known later")
    screen.print()
    screen.print(" ".join(document["summary"].split()))
    _ground(screen, document["ground"])
    _layers(screen, document["layers"])
    _forces(screen, document["forces"])
    _places(screen, document["places"])
    _courses(screen, document["courses"])
    _parameters(screen, document["parameters"], document["posterior"])
    heading(screen, "The boundary")
    screen.print(document["boundary"])


def _ground(screen: Console, ground: dict[str, Any]) -> None:
    heading(screen, "Ground")
    low, high = ground["elevation_m"]
    screen.print(
        f"{how_many(ground['cells'], 'H3 cell')} at resolution {ground['resolution']},"
        f" {ground['spacing_km']} km between centres, {ground['area_km2']:,} km2,"
        f" elevation {low} to {high} m, {how_many(ground['residents_on_day_0'], 'resident')} on day 0."
    )
    kinds = Counter(road["kind"].replace("_", " ") for road in ground["roads"])
    ways = (
        ", ".join(how_many(n, "railway" if kind == "rail" else kind) for kind, n in kinds.items()) or "none"
    )
    screen.print(f"Ways: {ways}. Rivers: {', '.join(r['name'] for r in ground['rivers']) or 'none'}.")
    for side in ("defender", "attacker"):
        tonnes = [f"{s['t_per_day']:,.0f}" for s in ground["supply_sources"] if s["side"] == side]
        points = how_many(len(tonnes), "point")
        screen.print(f"Supply of the {side} enters at {points}: {', '.join(tonnes)} t a day.")
    control = ground["control"]
    if control is not None:
        screen.print(f"Line of contact of {control['date']} (grade {control['grade']}): {control['source']}")
    for warning in ground["warnings"]:
        screen.print(f"warning: {warning}")


def _layers(screen: Console, layers: dict[str, Any]) -> None:
    heading(screen, "Layers of the defence")
    belts = table(
        "belt",
        "begun",
        "h/km month",
        "support",
        "mines m",
        "ditch m",
        "teeth",
        "grade",
        right=(2, 3, 4, 5, 6),
    )
    for b in layers["belts"]:
        belts.add_row(
            b["name"],
            b["begun"],
            number(b["effort_h_per_km_month"]),
            f"x{1 + b['outside_support']:g}",
            f"{b['mine_depth_m']:g}",
            f"{b['ditch_m']:g}",
            f"{b['teeth_rows']:g}",
            b["grade"],
        )
    if layers["belts"]:
        screen.print(belts)
        screen.print("(support: own and outside digging together, own = 1)")
        screen.print()
    by_town: dict[str, Counter[str]] = {}
    for site in layers["strongholds"]:
        by_town.setdefault(site["place"], Counter())[site["kind"].replace("_", " ")] += 1
    if by_town:
        towns = (
            f"{town} ({', '.join(f'{n} {kind}' if n > 1 else kind for kind, n in kinds.items())})"
            for town, kinds in by_town.items()
        )
        screen.print(f"Strongholds: {'; '.join(towns)}.")
        screen.print()
    _quantities(screen, "drone zone", layers["drone_zone"])
    screen.print(f"Each can be switched off: {', '.join(layers['can_be_switched_off'])}.")


def _quantities(screen: Console, title: str, quantities: list[dict[str, Any]]) -> None:
    """Parameters with their ranges."""
    if not quantities:
        return
    shown = table(title, "value", "5 to 95 %", "unit", "grade", right=(1, 2))
    for q in quantities:
        spread = "fixed" if q["p05"] == q["p95"] else f"{number(q['p05'])} to {number(q['p95'])}"
        shown.add_row(q["name"].replace("_", " "), number(q["value"]), spread, q["unit"], q["grade"])
    screen.print(shown)
    screen.print()


def _forces(screen: Console, forces: dict[str, Any]) -> None:
    heading(screen, "Forces")
    for side, quantities in forces.items():
        _quantities(screen, side, quantities)


def _places(screen: Console, places: list[dict[str, Any]]) -> None:
    heading(screen, "Places (an objective is forecast; residents before the war unless counted later)")
    shown = table("place", "official name", "GeoNames", "residents", "", right=(2, 3))
    for place in sorted(places, key=lambda place: not place["objective"]):
        residents = "-" if place["residents"] is None else f"{place['residents']:,.0f}"
        geonameid = "-" if place["geonameid"] is None else str(place["geonameid"])
        role = "objective" if place["objective"] else ""
        shown.add_row(place["name"], place["official"] or "", geonameid, residents, role)
    screen.print(shown)


def _courses(screen: Console, courses: dict[str, Any]) -> None:
    heading(screen, "Courses of action (plans, not forecasts; all else is the same for all)")
    for name, course in courses.items():
        screen.print(Text.assemble((name, "bold"), f": {' '.join(course['summary'].split())}"))
        if course["pause"]:
            pause = course["pause"]
            worn = percent(pause["when_readiness_below"])
            days = "1 day" if pause["days"] == 1 else f"{pause['days']:g} days"
            words = f"pauses for {days} when the line's readiness falls to {worn}"
            _indented(screen, words, 2)
        for phase in course["phases"]:
            axes = ", ".join(f"{axis} {percent(share)}" for axis, share in phase["shares"].items())
            liked = ", ".join(f"{key} {weight:+g}" for key, weight in phase["prefer"].items())
            words = (
                f"{phase['name']}: effort {percent(phase['effort'])} ({axes});"
                f" strongholds: {phase['strongholds']}; prefers {liked or 'nothing'}"
            )
            _indented(screen, words, 2)
            for trigger in phase["until"]:
                _indented(screen, trigger, 4)
        screen.print()


def _indented(screen: Console, text: str, by: int) -> None:
    screen.print(Padding(Text(text), (0, 0, 0, by)))


def _parameters(screen: Console, parameters: dict[str, Any], fit: dict[str, Any] | None) -> None:
    heading(screen, "What it rests on")
    grades = parameters["by_grade"]
    screen.print(
        f"{parameters['total']} parameters: {grades['A']} read in a primary source (A),"
        f" {grades['B']} second-hand (B), {grades['C']} judgement (C)."
        " The weakest, of grade C with the widest range:"
    )
    _quantities(screen, "parameter", parameters["weakest"])
    if fit is not None:
        screen.print(f"Drawn together from the posterior {fit['name']} (data to {fit['known']}):")
        _quantities(screen, "parameter", fit["parameters"])
