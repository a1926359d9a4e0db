"""Every rule: values and limits, compiled and as plain Python; and that no rule was forgotten."""

from __future__ import annotations

import importlib
import inspect
from collections import Counter
from collections.abc import Callable
from typing import Any

import numba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.law import Case
from tests.rules.lawbook import APART, HOME, LAWS
from tests.rules.test_conformance import RULES, rule
from tests.rules.test_monotone import law_of, values

CASES = [(name, case) for name, law in LAWS.items() for case in law.values + law.limits]
ADD = """
{module}.{name} has no law. Add to LAWS in tests/rules/laws/{module}.py:
    "{name}": Law(
        {{{ranges}}},
        rises=(...),  # arguments in which the result rises, and below falls
        falls=(...),
        bounds=(0.0, INF),
        values=((({arguments}), result),),  # worked out by hand, or what a study gives
        limits=((({arguments}), result),),  # zero men, no drones, no supply
    ),
or, if it fills arrays or returns several numbers, to APART there the tests of its values, limits, direction:
    "{name}": Apart(values="test_x.test_y", limits="test_x.test_z", direction="test_x.test_w"),
"""


def forms(function: Callable[..., Any]) -> list[Callable[..., Any]]:
    """The rule as it is called, and as plain Python."""
    plain = getattr(function, "py_func", None)
    return [function] if plain is None else [function, plain]


@pytest.mark.parametrize(("module", "name"), RULES)
def test_no_rule_is_forgotten(module: str, name: str) -> None:
    arguments = list(inspect.signature(forms(rule(module, name))[-1]).parameters)
    assert name in LAWS or name in APART, ADD.format(
        module=module, name=name, arguments=", ".join(arguments),
        ranges=", ".join(f'"{argument}": (low, high)' for argument in arguments),
    )  # fmt: skip
    assert HOME[name] == module, f"its law belongs into tests/rules/laws/{module}.py"


def test_no_law_is_left_of_a_rule_that_is_gone() -> None:
    names = Counter(name for _, name in RULES)
    assert [name for name, count in names.items() if count > 1] == [], "two rules of one name"
    assert set(LAWS) & set(APART) == set()
    assert sorted(set(HOME) - set(names)) == []


@pytest.mark.parametrize("name", list(LAWS))
def test_a_law_has_values_limits_and_a_direction(name: str) -> None:
    law = LAWS[name]
    where = f"{name} in tests/rules/laws/{HOME[name]}.py"
    assert law.values, f"{where}: values=, at least one worked out by hand"
    assert law.limits, f"{where}: limits=, at least one"
    assert law.rises or law.falls or law.direction, (
        f"{where}: rises= or falls=, or direction=, the test that says how it moves"
    )
    assert not law.direction or is_test(law.direction), f"{where}: no test {law.direction}"


@pytest.mark.parametrize("name", list(APART))
def test_the_tests_of_a_rule_of_arrays_are_there(name: str) -> None:
    apart = APART[name]
    for test in (apart.values, apart.limits, apart.direction):
        assert is_test(test), f"{name} in tests/rules/laws/{HOME[name]}.py: no test {test}"


def is_test(name: str) -> bool:
    """Whether `module.function` of this folder is a test that pytest collects."""
    module, _, function = name.partition(".")
    found = getattr(importlib.import_module(f"tests.rules.{module}"), function, None)
    return module.startswith("test_") and function.startswith("test_") and callable(found)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_values_and_limits(name: str, case: Case) -> None:
    function, _ = law_of(name)
    arguments, wanted = case
    for form in forms(function):
        assert form(*arguments) == pytest.approx(wanted, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("name", list(LAWS))
@settings(max_examples=25)
@given(data=st.data())
def test_compiled_is_what_is_read(name: str, data: st.DataObject) -> None:
    function, law = law_of(name)
    given_values = data.draw(values(name))
    arguments = [given_values[key] for key in law.ranges]
    for form in forms(function):
        assert form(*arguments) == pytest.approx(function(*arguments), rel=1e-12, abs=1e-300)


def test_there_are_two_forms_unless_plain_python_was_asked_for() -> None:
    count = 1 if numba.config.DISABLE_JIT else 2
    assert {len(forms(law_of(name)[0])) for name in LAWS} == {count}
