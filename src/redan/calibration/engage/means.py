"""How the columns of a battle become forces of the model: dated factors, `means.yaml`."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from importlib import resources
from typing import Final

from redan.vocabulary.documents import read_document

MEANS_FILE: Final = "means.yaml"


@functools.cache
def load_means() -> Mapping[str, Mapping[int, float]]:
    """Each factor by the year from which it holds."""
    document = read_document(resources.files("redan.calibration.engage").joinpath(MEANS_FILE), MEANS_FILE)
    return {
        entry["name"]: {int(year): float(value) for year, value in entry["dates"].items()}
        for entry in document.value
    }


def factor(name: str, year: int) -> float:
    """A factor as of a year: the entry begun last."""
    dates = load_means()[name]
    begun = [first for first in dates if first <= year]
    return dates[max(begun)] if begun else dates[min(dates)]


def combat_share(men: float, year: int) -> float:
    """Share of a force that is combat arms: all of a battalion, about a third of an army."""
    over = max(1.0, men / factor("combat_men", year))
    return math.pow(over, -factor("combat_exponent", year))
