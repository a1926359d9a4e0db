"""One form for all rules: compiled plain functions that know arrays and numbers only.

The form of their docstrings is checked in `tests/docs/test_rule_pages.py`.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import pytest

import redan.rules

FOLDER = Path(redan.rules.__path__[0])
MODULES = sorted(module.name for module in pkgutil.iter_modules([str(FOLDER)]))
# typing.Any and numbers; `vocabulary` for codes, `numerics` for the decorator and quantiles
ALLOWED = re.compile(r"__future__|math|typing|numpy|redan\.numerics(\.\w+)?|redan\.vocabulary(\.\w+)?")


def rules_of(module: str) -> dict[str, Callable[..., Any]]:
    loaded = importlib.import_module(f"redan.rules.{module}")
    return {
        name: value
        for name, value in vars(loaded).items()
        if not name.startswith("_")
        and callable(value)
        and getattr(value, "__module__", "") == loaded.__name__
        and not inspect.isclass(value)
    }


RULES = [(module, name) for module in MODULES for name in rules_of(module)]


def rule(module: str, name: str) -> Callable[..., Any]:
    return rules_of(module)[name]


def test_there_are_rules() -> None:
    assert len(MODULES) >= 12
    assert len(RULES) >= 45


@pytest.mark.parametrize(("module", "name"), RULES)
def test_a_rule_is_compiled_unless_plain_python_was_asked_for(module: str, name: str) -> None:
    is_compiled = hasattr(rule(module, name), "py_func")
    assert is_compiled != bool(numba.config.DISABLE_JIT), "wears no @kernel"


@pytest.mark.parametrize(("module", "name"), RULES)
def test_a_rule_hints_every_argument(module: str, name: str) -> None:
    function = getattr(rule(module, name), "py_func", rule(module, name))
    signature = inspect.signature(function)
    assert signature.return_annotation is not inspect.Signature.empty
    for argument in signature.parameters.values():
        assert argument.annotation is not inspect.Parameter.empty, argument.name
        assert argument.default is inspect.Parameter.empty, (
            f"{argument.name}: numbers with meaning are passed in"
        )


@pytest.mark.parametrize("module", MODULES)
def test_a_rule_imports_numbers_and_arrays_only(module: str) -> None:
    tree = ast.parse((FOLDER / f"{module}.py").read_text())
    for node in ast.walk(tree):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for imported in names:
            assert ALLOWED.fullmatch(imported), imported


@pytest.mark.parametrize("module", MODULES)
def test_a_rule_module_says_what_law_it_is(module: str) -> None:
    loaded = importlib.import_module(f"redan.rules.{module}")
    assert len((loaded.__doc__ or "").split()) >= 6
