"""The reference pages agree with the sources, and every rule's docstring has the one form."""

from __future__ import annotations

import functools
import subprocess
import sys
from pathlib import Path

import pytest

from redan.vocabulary.parameters import load_register
from tools.build_rule_pages import MEND, REFERENCE, build, out_of_date
from tools.rule_docs import ROOT, Rule, parse_doc, problems, read_rules
from tools.rule_feeds import DRAW, PARAMETER, RULE, STATE, THEATRE, Engine

RULES = read_rules()
REGISTER = load_register()
UNITS = frozenset(entry.unit for entry in REGISTER.entries)
GOOD = """\
Men hit by something in a day.

Equation: y = a x
Arguments:
    men [men, >= 0]: x, men who are
        there
    rate [1/day, 0..1]: a, share of them
Result [men, >= 0]: y
Source: judgement (C): nobody has measured it,
    as far as is known.
Limits: no weather.
"""


@functools.cache
def engine() -> Engine:
    return Engine(rules=RULES)


@functools.cache
def readers() -> dict[str, list[str]]:
    return engine().readers()


@functools.cache
def built() -> dict[Path, str]:
    return build()


def rule(label: str) -> Rule:
    return next(found for found in RULES if found.label == label)


def made(text: str, arguments: tuple[str, ...] = ("men", "rate")) -> list[str]:
    return problems(Rule("things", "hit", 1, arguments, parse_doc(text)), UNITS)


@pytest.mark.parametrize("label", [found.label for found in RULES])
def test_a_docstring_has_every_heading_and_names_the_arguments_with_units(label: str) -> None:
    found = problems(rule(label), UNITS)
    assert found == [], "\n".join(found)


def test_a_docstring_is_read_whole() -> None:
    doc = parse_doc(GOOD)
    assert made(GOOD) == []
    assert doc.does == "Men hit by something in a day."
    assert doc.arguments[0].meaning == "x, men who are there"
    assert (doc.arguments[1].unit, doc.arguments[1].extent) == ("1/day", "0..1")
    assert doc.source == "judgement (C): nobody has measured it, as far as is known."
    assert doc.grades == "C"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("Limits: no weather.\n", "", "no `Limits:`"),
        ("Equation: y = a x", "Equation:", "no `Equation:`"),
        ("    rate [1/day, 0..1]: a, share of them\n", "", "argument rate has no line"),
        ("    rate [", "    share [", "share is no argument"),
        ("[1/day, 0..1]", "[per day, 0..1]", "unit 'per day' is neither"),
        ("[1/day, 0..1]", "[, 0..1]", "unit '' is neither"),
        ("[1/day, 0..1]", "[1/day]", "no range or shape"),
        ("judgement (C)", "judgement", "a source with its grade"),
        ("Result [men, >= 0]: y", "Result: y", "`Result [unit, range]: meaning`"),
        ("Men hit by something in a day.", "Men hit.", "the first line says"),
        ("    men [men, >= 0]: x", "    men: x", "cannot be read"),
    ],
)
def test_what_is_wrong_with_a_docstring_is_named(old: str, new: str, wanted: str) -> None:
    assert old in GOOD
    found = made(GOOD.replace(old, new))
    assert any(wanted in problem for problem in found), found
    assert all(problem.startswith("things.hit: ") for problem in found)


def test_arguments_stand_in_the_order_of_the_function() -> None:
    assert made(GOOD, ("rate", "men")) == ["things.hit: arguments in the order of the function"]


# --- what feeds a rule --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "argument", "kind", "wanted"),
    [
        ("assault.attack_density", "open_density", PARAMETER, "attack_density_open"),  # named in the call
        ("assault.posture_strength", "relief_gain", PARAMETER, "relief_full_m"),  # through a local variable
        ("assault.edge_loss", "rate", PARAMETER, "loss_attacker_won"),  # one of two
        ("assault.edge_loss", "rate", PARAMETER, "loss_attacker_failed"),
        ("assault.edge_loss", "own", PARAMETER, "assault_share"),  # through what an engine function returns
        ("assault.edge_loss", "enemy_power", RULE, "infiltration.harassment"),  # another rule's result
        ("assault.ground_speed", "river", THEATRE, "edge_river"),  # through an argument of three functions
        ("assault.noise_factor", "z_daily", DRAW, "DECISION_ASSAULT_NOISE"),
        ("drones.path_hazard", "hazard_per_km", STATE, "cells.pressure"),
        ("infiltration.infiltration_share", "pressure", STATE, "cells.own_pressure"),  # `here` is a cell
        ("supply.isolation_effect", "short_days", RULE, "supply.next_short_days"),  # one of two results
    ],
)
def test_feeds_are_followed(label: str, argument: str, kind: str, wanted: str) -> None:
    assert wanted in engine().feed(rule(label), argument).of(kind)


def test_a_feed_ends_where_another_rule_answers() -> None:
    feed = engine().feed(rule("assault.edge_loss"), "enemy_power")
    assert "harass_half_men" not in feed.of(PARAMETER)


def test_phases_are_those_of_the_day() -> None:
    day = engine()
    assert day.phases(("assault", "edge_loss")) == ("5", "6")
    assert day.phases(("delivery", "deliver")) == ("day 0", "2")
    assert day.phases(("works", "belt_maturity")) == ("day 0",)
    assert day.phases(("delivery", "unwind_circle")) == day.phases(("delivery", "deliver"))


@pytest.mark.parametrize("label", [found.label for found in RULES])
def test_every_rule_is_called(label: str) -> None:
    found = rule(label)
    key = (found.module, found.name)
    assert engine().calls[key] or engine().inner_callers(key), "neither the engine nor a rule calls it"
    assert engine().phases(key)


@pytest.mark.parametrize("name", REGISTER.names)
def test_every_parameter_is_read(name: str) -> None:
    assert readers().get(name), "no engine function reads it: the register says more than the model"


def test_a_parameter_and_the_argument_it_goes_into_have_one_unit() -> None:
    units = {entry.name: entry.unit for entry in REGISTER.entries}
    differ = [
        f"{found.label}: {argument.name} is in {argument.unit}, the parameter {name} in {units[name]}"
        for found in RULES
        for argument in found.doc.arguments
        for name in engine().feed(found, argument.name).bare
        if units[name] != argument.unit
    ]
    assert differ == []


# --- the pages ----------------------------------------------------------------------------------


def test_the_pages_are_those_of_the_sources() -> None:
    found = out_of_date(built())
    assert found == [], "\n".join([*found, MEND])


def test_a_page_out_of_date_is_named() -> None:
    pages = built()
    path = REFERENCE / "rules" / "assault.md"
    assert out_of_date(pages | {path: "old"}) == ["docs/reference/rules/assault.md: out of date"]
    gone = {key: text for key, text in pages.items() if key != path}
    assert out_of_date(gone) == ["docs/reference/rules/assault.md: no such rule file any more"]
    assert out_of_date(pages | {REFERENCE / "new.md": ""}) == ["docs/reference/new.md: missing"]


def test_the_command_checks() -> None:
    done = subprocess.run(
        [sys.executable, str(Path("tools") / "build_rule_pages.py"), "--check"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_every_rule_and_parameter_has_its_place() -> None:
    pages = built()
    index = pages[REFERENCE / "rules" / "index.md"]
    register = pages[REFERENCE / "parameters.md"]
    for found in RULES:
        page = pages[REFERENCE / "rules" / f"{found.module}.md"]
        assert f"\n## {found.name}\n" in page
        assert f"]({found.module}.md#{found.name})" in index
    for name in REGISTER.names:
        assert f"| `{name}` |" in register
