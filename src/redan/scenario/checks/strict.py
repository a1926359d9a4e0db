"""What an author still has to mend in a scenario that runs: placeholders, statements without grounds."""

from __future__ import annotations

import re
from typing import Final

from redan.scenario.models.quantities import NO_SOURCE
from redan.scenario.scenario import Scenario
from redan.vocabulary.errors import Fault
from redan.vocabulary.plain import field_name, walk

PLACEHOLDER: Final = "placeholder"
#: A judgement says why: a word of at least three letters after the word itself.
REASONED: Final = re.compile(r"^judgement\W+(?:\S+\s+)*?\w{3,}", re.IGNORECASE)
CITE: Final = "name the citation, or write `judgement: why`"


def strict_faults(scenario: Scenario) -> list[Fault]:
    """Every statement of the scenario that names no source, no reason, or is a placeholder.

    Returns
    -------
    Faults in the order of the lines, each at that of its `source` or of the statement.
    """
    found: list[Fault] = []
    for path, value in walk(scenario.model_dump(mode="json", by_alias=True)):
        problem = _problem(value) if path[-1:] == ("source",) and isinstance(value, str) else None
        if problem is not None:
            found.append(scenario.fault(field_name(path), problem, CITE))
    return sorted(found)


def _problem(source: str) -> str | None:
    if source == NO_SOURCE or not source.strip():
        return "names no source"
    if source.lower().startswith(PLACEHOLDER):
        return "is still a placeholder"
    if source.lower().startswith("judgement") and not REASONED.match(source):
        return "is a judgement without a reason"
    return None
