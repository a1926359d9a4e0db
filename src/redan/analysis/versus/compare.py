"""Any number of alternatives, every two paired: which is better, by how much, and what would turn it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from redan.analysis.asked import HEADLINE, asked_measures, values
from redan.analysis.intervals import mean_interval
from redan.analysis.region import (
    LEAST_REPLICATIONS,
    confidence_for,
    find_region,
    outcome,
    share,
)
from redan.analysis.versus.emulator import skill
from redan.analysis.versus.pairing import Crossed, Gain, gains
from redan.analysis.versus.played import Alternative, Size, common_objectives, gather
from redan.analysis.versus.result import CONFIDENCE, Against, Turn, Versus
from redan.analysis.versus.specs import read_specs
from redan.runs.collect import Progress
from redan.runs.prepare import DEFAULT_HORIZON_DAYS, DEFAULT_SEED
from redan.runs.run import no_progress
from redan.runs.tables import PARAMETER
from redan.vocabulary.outcomes import Measure

F64 = NDArray[np.float64]
DEFAULT_SIZE: Final = Size(400, DEFAULT_HORIZON_DAYS, DEFAULT_SEED)
#: Units whose logarithm is compared as well, where it has one: what is multiplied rather than added up.
LOGGED: Final = ("men",)


def compare(
    texts: Sequence[str],
    *,
    measures: Sequence[str] | None = None,
    size: Size = DEFAULT_SIZE,
    common: Sequence[str] = (),
    threads: int | None = None,
    progress: Progress = no_progress,
) -> Versus:
    """Compare alternatives on the same luck and, where they share them, the same parameters.

    Parameters
    ----------
    texts : alternatives as `versus.specs` reads them
    measures : events and measures; by default the headline ones and each objective taken
    common : changes to every alternative that is played, before its own

    Raises
    ------
    InputError : an alternative or a measure is at fault
    KeyboardInterrupt : Ctrl-C
    """
    specs = read_specs(texts, common)
    found, n = gather(specs, size, threads=threads, progress=progress)
    objectives = common_objectives(found)
    default = [*HEADLINE, "destroyed_km2", *(f"taken:{name}" for name in objectives)]
    asked = asked_measures(measures or default, objectives)
    couples = list(itertools.combinations(found, 2))
    confidence = confidence_for(len(asked) * len(couples))
    shared = [_shared(a, b) for a, b in couples]
    pairs = tuple(
        against(a, b, measure, shared=names, confidence=confidence, seed=size.seed)
        for (a, b), names in zip(couples, shared, strict=True)
        for measure in asked
    )
    return Versus(
        seed=size.seed,
        replications=n,
        horizon_days=size.horizon_days,
        alternatives=tuple(found),
        measures=tuple(asked),
        pairs=pairs,
        parameters_searched=max(len(names) for names in shared),
        confidence_of_boxes=confidence,
    )


def _shared(a: Alternative, b: Alternative) -> list[str]:
    """Uncertain parameters that both drew alike: what is as little known for both, and neither decides."""
    return [name for name in a.uncertain() if name in b.rows.columns and a.rows[name].equals(b.rows[name])]


def against(
    a: Alternative, b: Alternative, measure: Measure, *, shared: Sequence[str], confidence: float, seed: int
) -> Against:
    """Compare two alternatives on one measure."""
    first, second = a.values(measure), b.values(measure)
    found = _gains(a.both(measure), b.both(measure), measure, seed)
    mean = mean_interval(first - second, confidence=CONFIDENCE) if first.size > 1 else None
    wins = outcome(values(a.rows, measure), values(b.rows, measure), measure.better)
    low, high = np.quantile(first - second, (0.05, 0.95))
    return Against(
        a=a.label,
        b=b.label,
        measure=measure.name,
        unit=measure.unit,
        better=share(wins, CONFIDENCE),
        mean_difference=float((first - second).mean()),
        interval90=None if mean is None else (mean.low, mean.high),
        spread90=(float(low), float(high)),
        gains=found[0],
        gains_log=found[1],
        turns=_turn(a, b, measure, wins, shared, confidence, seed),
    )


def _gains(
    a: Crossed | None, b: Crossed | None, measure: Measure, seed: int
) -> tuple[dict[str, Gain], dict[str, Gain]]:
    """Gains of a measure and, where it counts men, of its logarithm."""
    if a is None or b is None:
        return {}, {}
    logged = (a.logged(), b.logged()) if measure.unit in LOGGED else (None, None)
    if logged[0] is None or logged[1] is None:
        return gains(a, b, seed=seed), {}
    return gains(a, b, seed=seed), gains(logged[0], logged[1], seed=seed)


def _turn(
    a: Alternative,
    b: Alternative,
    measure: Measure,
    wins: F64,
    shared: Sequence[str],
    confidence: float,
    seed: int,
) -> Turn | None:
    """Search for where the one that wins fewer pairs wins more of them."""
    if not shared or wins.size < LEAST_REPLICATIONS or (wins == 0.5).all():
        return None
    is_a_worse = bool(wins.mean() <= 0.5)
    table = a.rows.select(shared).to_numpy()
    names = [name.removeprefix(PARAMETER) for name in shared]
    region = find_region(
        measure.name, names, table, wins if is_a_worse else 1.0 - wins, confidence, seed=seed
    )
    told = skill(table, wins, seed=seed)
    return Turn(other=a.label if is_a_worse else b.label, region=region, skill=told)
