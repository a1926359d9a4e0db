"""A campaign with laws of your own in the place of bundled ones.

The day calls its rules by name (decision 0002), and functions passed as arguments never hit numba's cache. So
the engine's modules are imported once more with another function under the rule's name, and that copy is
compiled: once per process, never kept on disk.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import pkgutil
import sys
import threading
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import redan.engine
import redan.rules
from redan.numerics.compile import kernel, uncached
from redan.runs.world import Engine
from redan.vocabulary.errors import InputError, suggest

ENGINE: Final = "redan.engine"
RULES: Final = "redan.rules"
Rule = Callable[..., Any]
_ONE_AT_A_TIME: Final = threading.Lock()


def build_campaign(**rules: Rule) -> Engine:
    """Return an engine that plays every campaign with these rules instead of the bundled ones of their names.

    Parameters
    ----------
    rules
        By the name of the bundled rule (docs/reference/rules): a plain function of the same arguments, in the
        same order, that numba can compile. It may be compiled already.

    Returns
    -------
    An engine for `Case.forecast(engine=...)`. Its first campaign compiles it, which takes as long as a first
    forecast after installation, in every process.

    Raises
    ------
    InputError
        No rule has that name, or the arguments are not those of the bundled rule.
    """
    homes = {name: _home(name) for name in rules}
    for name, rule in rules.items():
        _check_arguments(name, getattr(homes[name], name), rule)
    with _ONE_AT_A_TIME, _swapped(homes, rules), _engine_afresh():
        campaign = importlib.import_module(f"{ENGINE}.campaign")
        allocate = importlib.import_module(f"{ENGINE}.allocate")
    label = "bundled with " + ", ".join(f"{name} {_digest(rule)}" for name, rule in sorted(rules.items()))
    return Engine(campaign.run_campaign, allocate.allocate_state, allocate.allocate_output, label)


def rule_names() -> dict[str, types.ModuleType]:
    """Every rule by name, with its module."""
    found = {}
    for info in pkgutil.iter_modules(redan.rules.__path__):
        module = importlib.import_module(f"{RULES}.{info.name}")
        for name, value in vars(module).items():
            plain = getattr(value, "py_func", value)
            if inspect.isfunction(plain) and plain.__module__ == module.__name__ and not name.startswith("_"):
                found[name] = module
    return found


def _home(name: str) -> types.ModuleType:
    known = rule_names()
    if name not in known:
        raise InputError.of("build_campaign", 0, name, "there is no such rule", suggest(name, sorted(known)))
    return known[name]


def _check_arguments(name: str, bundled: Any, rule: Rule) -> None:
    wanted, given = (list(inspect.signature(_plain(function)).parameters) for function in (bundled, rule))
    if wanted != given:
        problem = f"takes ({', '.join(given)})"
        raise InputError.of("build_campaign", 0, name, problem, f"take ({', '.join(wanted)}), in that order")


def _plain(function: Any) -> Any:
    """The Python function of one that may be compiled."""
    return getattr(function, "py_func", function)


def _digest(rule: Rule) -> str:
    """Tells apart rules that may give other results: by their code and the numbers they read."""
    plain = _plain(rule)
    code = plain.__code__
    outside = {name: _told(plain.__globals__.get(name)) for name in code.co_names}
    told = (code.co_code.hex(), repr(code.co_consts), plain.__defaults__, sorted(outside.items()))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


def _told(value: Any) -> str:
    """A number or text as it is, anything else by its kind: addresses in memory tell nothing."""
    return repr(value) if isinstance(value, int | float | str | tuple) else type(value).__name__


@contextmanager
def _swapped(homes: Mapping[str, types.ModuleType], rules: Mapping[str, Rule]) -> Iterator[None]:
    """Put the rules under the bundled names while the engine is imported."""
    bundled = {name: getattr(home, name) for name, home in homes.items()}
    try:
        for name, home in homes.items():
            setattr(home, name, kernel(_plain(rules[name])))
        yield
    finally:
        for name, home in homes.items():
            setattr(home, name, bundled[name])


@contextmanager
def _engine_afresh() -> Iterator[None]:
    """Import the engine's modules anew inside, and give back those that were there before."""
    before = {name: module for name, module in sys.modules.items() if name.startswith(f"{ENGINE}.")}
    attributes = {name: getattr(redan.engine, name) for name in _children() if hasattr(redan.engine, name)}
    try:
        for name in before:
            del sys.modules[name]
        with uncached():
            yield
    finally:
        for name in [name for name in sys.modules if name.startswith(f"{ENGINE}.")]:
            del sys.modules[name]
        sys.modules.update(before)
        for name, module in attributes.items():
            setattr(redan.engine, name, module)


def _children() -> list[str]:
    return [info.name for info in pkgutil.iter_modules(redan.engine.__path__)]
