"""Run the facts: measure, compare with the bands, and make the document of `redan validate --stylised`."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from redan.calibration.stylised.advance import measure_duration, measure_fortified
from redan.calibration.stylised.battles import (
    measure_force_ratio,
    measure_loser_pays,
    measure_square_law,
)
from redan.calibration.stylised.drones import measure_drones
from redan.calibration.stylised.facts import Fact, Part, Variant, load_facts
from redan.calibration.stylised.isolation import measure_isolation
from redan.calibration.stylised.play import Player
from redan.calibration.stylised.reserves import measure_concentration, measure_depth
from redan.calibration.stylised.statistics import Estimate
from redan.calibration.stylised.towns import measure_towns
from redan.runs.executor import default_threads
from redan.vocabulary.errors import Fault, InputError, out_of_range, suggest

DEFAULT_REPLICATIONS: Final = 2000
LEAST_REPLICATIONS: Final = 10
MOST_REPLICATIONS: Final = 100_000
MOST_SEED: Final = 2**64 - 1
HOLDS: Final = "holds"  # the whole interval lies in the band
FAILS: Final = "fails"  # it lies wholly outside
UNDECIDED: Final = "undecided"  # it straddles an end, or the sample allowed no number

Measure = Callable[[Player, int], Mapping[str, Estimate]]
Progress = Callable[[int, int, str], None]
MEASURES: Final[Mapping[str, Measure]] = {
    "fortified": measure_fortified,
    "depth": measure_depth,
    "concentration": measure_concentration,
    "square-law": measure_square_law,
    "force-ratio": measure_force_ratio,
    "loser-pays": measure_loser_pays,
    "isolation": measure_isolation,
    "towns": measure_towns,
    "duration": measure_duration,
    "drones": measure_drones,
}


def run_stylised(
    *,
    facts: Sequence[str] = (),
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Measure the facts.

    Parameters
    ----------
    facts
        Ids, in any order; default all.
    replications
        Campaigns of each theatre; a battle is fought a hundredth as often.
    threads
        Default all cores; the result does not depend on it.

    Returns
    -------
    `{"seed", "replications", "facts": [...]}` as in the design, each fact with its parts.

    Raises
    ------
    InputError
        An unknown fact, or a number out of range.
    """
    _check(facts, replications, seed)
    chosen = [fact for fact in load_facts().values() if not facts or fact.id in facts]
    play = Player(seed, threads or default_threads())
    found = []
    for done, fact in enumerate(chosen):
        if progress is not None:
            progress(done, len(chosen), "facts")
        found.append(judge_fact(fact, MEASURES[fact.id](play, replications)))
    return {"seed": seed, "replications": replications, "facts": found}


def _check(facts: Sequence[str], replications: int, seed: int) -> None:
    faults = [
        Fault("--fact", 0, fact, "there is no such fact", suggest(fact, list(load_facts())))
        for fact in facts
        if fact not in load_facts()
    ]
    faults += out_of_range(
        ("--replications", replications, LEAST_REPLICATIONS, MOST_REPLICATIONS),
        ("--seed", seed, 0, MOST_SEED),
    )
    if faults:
        raise InputError(faults)


def judge(estimate: Estimate, band: tuple[float | None, float | None]) -> str:
    """HOLDS, FAILS or UNDECIDED: where the 90 % interval lies to the band."""
    low = -math.inf if band[0] is None else band[0]
    high = math.inf if band[1] is None else band[1]
    if not math.isfinite(estimate.value):
        return UNDECIDED
    if low <= estimate.low and estimate.high <= high:
        return HOLDS
    if estimate.high < low or estimate.low > high:
        return FAILS
    return UNDECIDED


def judge_part(part: Part, estimate: Estimate) -> dict[str, Any]:
    """A part as plain data."""
    verdict = judge(estimate, part.band)
    return {
        "id": part.id,
        "statistic_name": part.statistic,
        "statistic": _number(estimate.value),
        "interval90": [_number(estimate.low), _number(estimate.high)],
        "band": list(part.band),
        "holds": verdict == HOLDS,
        "verdict": verdict,
        "cite": part.cite,
        "source": part.source,
        "grade": part.grade,
        "n": estimate.n,
    }


def judge_fact(fact: Fact, estimates: Mapping[str, Estimate]) -> dict[str, Any]:
    """A fact as plain data: it holds if every part does, and shows the numbers of the first that does not."""
    parts = [judge_part(part, estimates[part.id]) for part in fact.parts]
    failing = [part for part in parts if not part["holds"]]
    shown = failing[0] if failing else parts[0]
    worst = {part["verdict"] for part in parts}
    return {
        "id": fact.id,
        "title": fact.title,
        "theatre": fact.theatre,
        **{key: shown[key] for key in ("statistic_name", "statistic", "interval90", "band")},
        "holds": not failing,
        "verdict": FAILS if FAILS in worst else UNDECIDED if UNDECIDED in worst else HOLDS,
        "source": shown["source"],
        "grade": shown["grade"],
        "parts": parts,
        "variants": [_variant(fact, variant, estimates[variant.id]) for variant in fact.variants],
    }


def _variant(fact: Fact, variant: Variant, estimate: Estimate) -> dict[str, Any]:
    """Another reading of a part, against the same band."""
    part = dataclasses.replace(fact.part(variant.of), id=variant.id, statistic=variant.statistic)
    return {**judge_part(part, estimate), "of": variant.of}


def _number(value: float) -> float | None:
    """A number for JSON, rounded where no more is known."""
    return float(f"{value:.6g}") if math.isfinite(value) else None
