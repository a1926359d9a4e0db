"""The page: sections of words and figures laid into the template, from the document and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import jinja2
from markupsafe import Markup

from redan.analysis.ablation_reader import from_document
from redan.sources.claims import VERDICTS
from redan.views.cli.show_claims import FIRMNESS
from redan.views.report import compared, durations, fighting, outside, places, spread, words
from redan.views.report.figures import Figure, Table
from redan.views.report.numbers import came_by, percent, rounded

TEMPLATE: Final = "page.html.j2"
STYLE: Final = "style.css"
#: Parameters of grade C that are listed first: those whose range is widest for their value.
WIDEST: Final = 15


@dataclass(frozen=True)
class Section:
    """One chapter: its anchor, its heading, and its figures in order."""

    id: str
    title: str
    figures: tuple[tuple[int, Figure], ...] = ()


def render(document: Mapping[str, Any]) -> str:
    """Return the whole page for a document of `gather`."""
    content = dict(document)
    sections = _sections(content)
    template = _environment().get_template(TEMPLATE)
    page = template.render(
        doc=content,
        sections=sections,
        style=Markup(_text(STYLE)),  # our own file, with no quotation of the run in it
        question=words.question(content),
        answer=words.answer(content),
        details=words.details(content),
        facts=words.facts(content),
        claimed=_claimed(content),
        cell_km2=rounded(content["ground"]["area_km2"] / len(content["ground"]["cells"]), digits=2),
        verdicts=VERDICTS,
        firmness=FIRMNESS,
        beside=durations.beside(content),
        past=outside.past_battles(content),
        fitted=words.fitted(content),
        widest=_widest(content),
        every=_every(content),
    )
    return typeset(page)


def typeset(page: str) -> str:
    """Keep a number and its per cent on one line, and raise the square of km2 where it is no name's part."""
    return re.sub(r"(?<![\w:])km2(?!\w)", "km²", re.sub(r"(?<=\d) %", "\u00a0%", page))


def _sections(content: dict[str, Any]) -> dict[str, Section]:
    """Chapters by anchor, in the order of the page, figures numbered through."""
    drawn: list[tuple[str, str, list[Figure | None]]] = [
        ("time", "How long", [durations.ended(content), durations.not_yet(content, "taken"),
                              durations.not_yet(content, "cleared")]),
        ("views", "Three views of the duration", [outside.three_views(content),
                                                  durations.beside_claims(content)]),
        ("ground", "Who holds what", [places.control(content)]),
        ("people", "Towns and people", _people(content)),
        ("losses", "Losses of both sides", [fighting.losses(content), fighting.exchange(content)]),
        ("causes", "How it ended", [fighting.endings(content)]),
        ("courses", "Which course does better", [compared.pairs(content)]),
        ("layers", "What each layer of the defence is worth", _layers(content)),
        ("spread", "Where the spread comes from", _spread(content)),
        ("claims", "The claims, checked", []),
        ("assumptions", "What it rests on", []),
        ("limits", "Limits, and the boundary", []),
        ("rebuild", "How to make it again", []),
    ]  # fmt: skip
    found, number = {}, 0
    for anchor, title, figures in drawn:
        listed = []
        for figure in figures:
            if figure is not None:
                number += 1
                listed.append((number, figure))
        found[anchor] = Section(anchor, title, tuple(listed))
    return found


def _people(content: dict[str, Any]) -> list[Figure | None]:
    footprint = "In the footprint, the built-up area within 2 km of the town's point: not the whole town."
    side = "Residents at home on what was the defender's side on day 0, people"
    return [
        places.by_objective(content, "residents", "fig-residents", "Residents at home", footprint),
        places.by_objective(
            content,
            "destroyed",
            "fig-housing",
            "Housing destroyed, share of the built-up area",
            f"{footprint} What was destroyed before day 0 counts.",
        ),
        places.over_time(content, "residents_left", "fig-left", side, "Whole theatre."),
        places.over_time(
            content,
            "destroyed_km2",
            "fig-destroyed",
            "Built-up area destroyed since day 0, km2",
            "Whole theatre.",
        ),
    ]


def _layers(content: dict[str, Any]) -> list[Figure | None]:
    return [] if content["ablation"] is None else [compared.layers(from_document(content["ablation"]))]


def _spread(content: dict[str, Any]) -> list[Figure | None]:
    return [] if content["sensitivity"] is None else [spread.shares(content["sensitivity"])]


def _claimed(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Each claim on time, with what the forecast says by the day in question."""
    found = content["survival"]
    rows = []
    for claim in content["durations"]:
        answers = []
        for event in claim["events"]:
            if event in found["events"] and claim["days"] in found["days"]:
                at = found["days"].index(claim["days"])
                told = [
                    f"{course} {percent(came_by(curve['share'][at]))}"
                    for course, curve in found["events"][event].items()
                    if not claim["courses"] or course in claim["courses"]
                ]
                answers.append(f"{durations.event_words(content, event)}: {', '.join(told)}")
        rows.append({**claim, "answers": answers})
    return rows


def _widest(content: dict[str, Any]) -> Table:
    """Judgements whose range is widest for their value."""
    judged = [row for row in content["parameters"]["rows"] if row["grade"] == "C"]
    chosen = sorted(judged, key=lambda row: -row["width"])[:WIDEST]
    return Table(
        f"The {len(chosen)} judgements (grade C) with the widest range for their value",
        ["parameter", "source", "value", "5 to 95 % of draws", "unit"],
        [[_named(r), r["source"], f"{r['value']:,.6g}", _range(r), r["unit"]] for r in chosen],
    )


def _every(content: dict[str, Any]) -> Table:
    """Every parameter, grade by grade."""
    rows = sorted(content["parameters"]["rows"], key=lambda row: (row["grade"], row["group"], row["name"]))
    return Table(
        "Every parameter as this run drew it",
        ["parameter", "group", "grade", "source", "value", "5 to 95 % of draws", "unit"],
        [
            [_named(r), r["group"], r["grade"], r["source"], f"{r['value']:,.6g}", _range(r), r["unit"]]
            for r in rows
        ],
        n_labels=4,
    )


def _named(row: dict[str, Any]) -> str:
    return str(row["name"]).replace("_", " ")


def _range(row: dict[str, Any]) -> str:
    low, high = rounded(row["p05"]), rounded(row["p95"])
    return "fixed" if row["width"] == 0.0 else f"{low} to {high}"


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_text),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _text(name: str) -> str:
    """A file of the templates, from wherever the package is installed."""
    return resources.files("redan.views.report").joinpath("templates", name).read_text(encoding="utf-8")
