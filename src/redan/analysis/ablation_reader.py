"""Read back what `redan ablate --json` wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from redan.analysis.ablation import SHARE, Ablation, compared
from redan.analysis.compare import RESTRICTED
from redan.analysis.effect import Effect
from redan.vocabulary.documents import read_limited
from redan.vocabulary.errors import InputError
from redan.vocabulary.outcomes import Measure

LARGEST_BYTES: Final = 32 * 2**20
TAKEN: Final = f"{RESTRICTED}taken:"


def read_ablation(path: Path) -> Ablation:
    """Read a document of `redan ablate --json`.

    Raises
    ------
    InputError : no such file, or it holds something else
    """
    shown = str(path)
    text = read_limited(path, shown, largest=LARGEST_BYTES)
    try:
        return from_document(json.loads(text))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        problem = "is not a document of redan ablate --json"
        raise InputError.of(shown, 1, "document", problem, "write it with: redan ablate --json") from None


def from_document(document: Mapping[str, Any]) -> Ablation:
    """Build an ablation from its document.

    Raises
    ------
    ValueError, LookupError, TypeError, AttributeError : it is not such a document
    """
    levels: dict[str, dict[str, dict[str, float]]] = document["levels"]
    courses = tuple(document["courses"])
    named = levels["all"][courses[0]]
    objectives = [name.removeprefix(TAKEN) for name in named if name.startswith(TAKEN)]
    fit = document.get("posterior")
    known = {measure.name: measure for measure in compared(objectives)}
    return Ablation(
        scenario=str(document["scenario"]),
        as_of=date.fromisoformat(document["as_of"]),
        seed=int(document["seed"]),
        replications=int(document["replications"]),
        horizon_days=int(document["horizon_days"]),
        courses=courses,
        layers=tuple(document["owner"]),
        off=tuple(_effect(row, courses, known, levels["all"], 1.0) for row in document["layers"]),
        alone=tuple(_effect(row, courses, known, levels["none"], -1.0) for row in document["alone"]),
        levels=levels,
        posterior=None if fit is None else {name: str(fit[name]) for name in ("name", "sha256")},
    )


def _effect(
    row: Mapping[str, Any],
    courses: tuple[str, ...],
    known: Mapping[str, Measure],
    levels: Mapping[str, Mapping[str, float]],
    sign: float,
) -> Effect:
    """One row. `levels` are those with the layer (sign 1), or those without it (sign -1)."""
    course, measure = str(row.get("course", courses[0])), str(row["measure"])
    difference, level = float(row["mean_difference"]), float(levels[course][measure])
    interval = row["interval90"]
    return Effect(
        course=course,
        thing=str(row["layer"]),
        measure=measure,
        unit=known[measure].unit,
        mean_with=level if sign > 0 else level - difference,
        mean_without=level + difference if sign > 0 else level,
        mean_difference=difference,
        interval90=None if interval is None else (float(interval[0]), float(interval[1])),
        p_better_with=float(row[SHARE]),
    )
