"""Every rule of plain numbers: its bounds and its direction in each argument, on arguments drawn at large.

A rule without an entry in `laws/` fails `test_known.test_no_rule_is_forgotten`, which says what to add.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.law import Law
from tests.rules.lawbook import LAWS
from tests.rules.test_conformance import RULES, rule

MODULE_OF = {name: module for module, name in RULES}
CASES = [(name, argument) for name, law in LAWS.items() for argument in law.rises + law.falls]


def law_of(name: str) -> tuple[Callable[..., Any], Law]:
    return rule(MODULE_OF[name], name), LAWS[name]


def apply(function: Callable[..., Any], law: Law, arguments: dict[str, float]) -> float:
    """Call a rule with its arguments in their order (drawn dictionaries come in any order)."""
    return float(function(*(arguments[name] for name in law.ranges)))


@functools.cache  # a strategy made anew for every example is looked into anew, for a third of the time
def values(name: str) -> st.SearchStrategy[dict[str, float]]:
    return st.fixed_dictionaries({k: quantity(*limits) for k, limits in LAWS[name].ranges.items()})


@functools.cache
def quantity(low: float, high: float) -> st.SearchStrategy[float]:
    """A quantity of the world: nothing, or no less than a millionth of a man, a kilometre or a day."""
    return st.floats(low, high).map(lambda x: 0.0 if abs(x) < 1e-6 else x)


@pytest.mark.parametrize("name", list(LAWS))
def test_an_entry_has_one_range_for_each_argument(name: str) -> None:
    function = getattr(importlib.import_module(f"redan.rules.{MODULE_OF[name]}"), name)
    wanted = len(inspect.signature(getattr(function, "py_func", function)).parameters)
    assert len(LAWS[name].ranges) == wanted


@pytest.mark.parametrize("name", list(LAWS))
@settings(max_examples=25)  # times 190 cases
@given(data=st.data())
def test_a_rule_stays_within_its_bounds(name: str, data: st.DataObject) -> None:
    function, law = law_of(name)
    found = apply(function, law, data.draw(values(name)))
    assert math.isfinite(found)
    assert law.bounds[0] - 1e-9 <= found <= law.bounds[1] + 1e-9


@pytest.mark.parametrize(("name", "argument"), CASES)
@settings(max_examples=25)  # times 190 cases
@given(data=st.data())
def test_a_rule_rises_and_falls_as_it_should(name: str, argument: str, data: st.DataObject) -> None:
    function, law = law_of(name)
    given_values = data.draw(values(name))
    other = data.draw(quantity(*law.ranges[argument]))
    low, high = sorted((given_values[argument], other))
    before = apply(function, law, given_values | {argument: low})
    after = apply(function, law, given_values | {argument: high})
    slack = 1e-9 * max(1.0, abs(before), abs(after))
    if argument in law.rises:
        assert after >= before - slack
    else:
        assert after <= before + slack
