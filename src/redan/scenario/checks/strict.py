"""What an author still has to mend in a scenario that runs: placeholders, statements without grounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from redan.scenario.models.quantities import NO_SOURCE
from redan.scenario.scenario import Scenario
from redan.vocabulary.errors import Fault

PLACEHOLDER: Final = "placeholder"
#: A judgement says why: a word of at least three letters after the word itself.
REASONED: Final = re.compile(r"^judgement\W+(?:\S+\s+)*?\w{3,}", re.IGNORECASE)
CITE: Final = "name the citation, or write `judgement: why`"


def strict_faults(scenario: Scenario) -> list[Fault]:
    """Every statement of the scenario that names no source, no reason, or is a placeholder.

    Returns
    -------
    Faults in the order of the model, each at the line of its `source` or of the statement.
    """
    found: list[Fault] = []
    for path, source in _sources(scenario.model_dump(mode="json", by_alias=True), ""):
        problem = _problem(source)
        if problem is not None:
            found.append(scenario.fault(f"{path}.source", problem, CITE))
    return found


def _problem(source: str) -> str | None:
    if source == NO_SOURCE or not source.strip():
        return "names no source"
    if source.lower().startswith(PLACEHOLDER):
        return "is still a placeholder"
    if source.lower().startswith("judgement") and not REASONED.match(source):
        return "is a judgement without a reason"
    return None


def _sources(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Path and source of every statement in a dumped model."""
    if isinstance(value, dict):
        if isinstance(value.get("source"), str):
            yield path, value["source"]
        for key, item in value.items():
            yield from _sources(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _sources(item, f"{path}[{i}]")
