"""Play a scenario with every layer of its defence off in turn, and with every layer alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from redan.analysis.ablation import Ablation, columns_needed, effects, levels
from redan.analysis.censored import of_course
from redan.analysis.effect import Effect
from redan.analysis.ensemble import play
from redan.runs.collect import Progress
from redan.runs.prepare import DEFAULT_HORIZON_DAYS, DEFAULT_SEED, check
from redan.runs.run import no_progress
from redan.scenario.posterior import PRIORS, find_posterior
from redan.scenario.scenario import Scenario
from redan.vocabulary.codes import LAYERS
from redan.vocabulary.errors import InputError, misnamed
from redan.vocabulary.outcomes import slug

#: Each course is played in 18 theatres (all layers, none, each of eight off, each alone), so in fewer
#: replications than for a forecast.
DEFAULT_REPLICATIONS: Final = 100
Off = frozenset[str]
NONE_OFF: Final[Off] = frozenset()
ALL_OFF: Final[Off] = frozenset(LAYERS)


def ablate(
    scenario: Scenario,
    *,
    courses: Sequence[str] | None = None,
    layers: Sequence[str] | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    horizon_days: int = DEFAULT_HORIZON_DAYS,
    seed: int = DEFAULT_SEED,
    posterior: str | Path | None = None,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> Ablation:
    """Say what each layer of a defence is worth, in days, men, ground, housing and residents.

    Parameters
    ----------
    courses : names, by default every course
    layers : names of `vocabulary.codes.LAYERS`, by default every layer
    replications : of each course in each theatre; they are paired one by one
    posterior : what to draw from, as for a forecast
    threads : by default every core; the results do not depend on it
    progress : called with (done, in all, phase), phase `compile` or `campaigns`

    Raises
    ------
    InputError : an unknown course or layer, a number out of its range, or no such fit
    KeyboardInterrupt : Ctrl-C
    """
    played = list(courses) if courses else list(scenario.courses)
    _check(layers or (), played, list(scenario.courses), replications, horizon_days, seed)
    chosen = [layer for layer in LAYERS if not layers or layer in layers]
    objectives = [slug(name) for name in scenario.objectives]
    theatres = _theatres(chosen)
    fit = find_posterior(posterior, scenario.as_of)
    each = replications * len(played)
    tables: dict[Off, pl.DataFrame] = {}
    progress(0, each * len(theatres), "compile")
    for before, off in enumerate(theatres):

        def note(done: int, before: int = before) -> None:
            progress(before * each + done, each * len(theatres), "campaigns")

        found = play(
            scenario,
            courses=played,
            replications=replications,
            horizon_days=horizon_days,
            seed=seed,
            layers_off=[layer for layer in LAYERS if layer in off],
            posterior=fit or PRIORS,
            threads=threads,
            played=note,
        )
        tables[off] = found.replications.select(columns_needed(objectives))

    def told(pairs: Mapping[str, tuple[Off, Off]]) -> tuple[Effect, ...]:
        return _effects(tables, pairs, played, objectives, horizon_days)

    def mean(off: Off, course: str) -> dict[str, float]:
        return levels(of_course(tables[off], course), objectives, horizon_days)

    return Ablation(
        scenario=scenario.name,
        as_of=scenario.as_of,
        seed=seed,
        replications=replications,
        horizon_days=horizon_days,
        courses=tuple(played),
        layers=tuple(chosen),
        off=told({layer: (NONE_OFF, _only(layer)) for layer in chosen}),
        alone=told({layer: (ALL_OFF - {layer}, ALL_OFF) for layer in chosen}),
        levels={
            "all": {course: mean(NONE_OFF, course) for course in played},
            "none": {course: mean(ALL_OFF, course) for course in played},
        },
        posterior=None if fit is None else fit.named(),
    )


def _theatres(layers: Sequence[str]) -> list[Off]:
    """The sets of layers to leave out, those that others are compared with first."""
    return [NONE_OFF, ALL_OFF, *(_only(layer) for layer in layers), *(ALL_OFF - {layer} for layer in layers)]


def _only(layer: str) -> Off:
    return frozenset((layer,))


def _effects(
    tables: Mapping[Off, pl.DataFrame],
    pairs: Mapping[str, tuple[Off, Off]],
    courses: Sequence[str],
    objectives: Sequence[str],
    horizon_days: int,
) -> tuple[Effect, ...]:
    """Compare every layer's two theatres, (with it, without it), course by course."""
    found: list[Effect] = []
    for course in courses:
        rows = {off: of_course(table, course) for off, table in tables.items()}
        for layer, (with_it, without) in pairs.items():
            found += effects(course, layer, rows[with_it], rows[without], objectives, horizon_days)
    return tuple(found)


def _check(
    layers: Sequence[str],
    courses: Sequence[str],
    known: Sequence[str],
    replications: int,
    horizon_days: int,
    seed: int,
) -> None:
    """Check what a caller asked for.

    Raises
    ------
    InputError : every problem found
    """
    faults = misnamed("--layer", "layer", layers, LAYERS)
    try:
        check(courses, known, replications, horizon_days, seed)
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(faults)
