"""From a loaded scenario to a job: check what was asked for, and gather what plays it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from redan.runs import manifest
from redan.runs.inputs import CompiledLike
from redan.runs.run import Job
from redan.runs.tables import Names
from redan.runs.world import Engine, World, bundled_engine
from redan.scenario.parameters import draw, resolve
from redan.scenario.posterior import Posterior, find_posterior, said_of, with_posterior
from redan.scenario.scenario import Scenario
from redan.vocabulary.errors import InputError, misnamed, out_of_range

DEFAULT_REPLICATIONS: Final = 1000
DEFAULT_HORIZON_DAYS: Final = 1095
DEFAULT_SEED: Final = 1
MOST_REPLICATIONS: Final = 1_000_000
MOST_DAYS: Final = 7300  # 20 years: nothing in the model holds for longer
MOST_SEED: Final = 2**64 - 1


def prepare(
    scenario: Scenario,
    compiled: CompiledLike,
    *,
    courses: Sequence[str] | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    horizon_days: int = DEFAULT_HORIZON_DAYS,
    seed: int = DEFAULT_SEED,
    layers_off: Sequence[str] = (),
    engine: Engine | None = None,
    posterior: Posterior | str | None = None,
) -> Job:
    """Make a job of a scenario.

    Parameters
    ----------
    courses : names, in the order they are to be reported; by default every course
    layers_off : layers that `compiled` was compiled without
    posterior : what to draw from: a fit, or what `find_posterior` takes; by default the fit that ships

    Raises
    ------
    InputError : an unknown course, a number out of its range, or a fit that cannot be used
    """
    chosen = list(courses) if courses else list(compiled.plans)
    check(chosen, list(compiled.plans), replications, horizon_days, seed)
    engine = engine or bundled_engine()
    fit = posterior if isinstance(posterior, Posterior) else find_posterior(posterior, scenario.as_of)
    parameters = with_posterior(resolve(scenario), fit)
    request = manifest.request(
        scenario,
        compiled,
        parameters=parameters,
        courses=chosen,
        seed=seed,
        replications=replications,
        horizon_days=horizon_days,
        layers_off=layers_off,
        engine=engine.label,
        posterior=said_of(fit),
    )
    world = World(
        theatre=compiled.theatre,
        plans={course: compiled.plans[course] for course in chosen},
        objectives=tuple(compiled.objectives),
        axes={course: tuple(compiled.axes[course]) for course in chosen},
        draw=partial(draw, parameters, seed),  # travels to the workers of a cluster
        seed=seed,
        horizon_days=horizon_days,
        engine=engine,
    )
    phases = {course: _phases(request["resolved"], course) for course in chosen}
    return Job(request, world, Names(world, sites=compiled.sites, phases=phases))


def check(
    chosen: Sequence[str], known: Sequence[str], replications: int, horizon_days: int, seed: int
) -> None:
    """Check what a caller asked for.

    Raises
    ------
    InputError : every problem found
    """
    faults = misnamed("--course", "course", chosen, known) + out_of_range(
        ("--replications", replications, 1, MOST_REPLICATIONS),
        ("--horizon-days", horizon_days, 1, MOST_DAYS),
        ("--seed", seed, 0, MOST_SEED),
    )
    if faults:
        raise InputError(faults)


def _phases(resolved: Any, course: str) -> list[str]:
    """Names of a course's phases, where the resolved scenario gives them."""
    phases = (resolved.get("courses") or {}).get(course, {}).get("phases") or []
    return [str(phase.get("name", number)) for number, phase in enumerate(phases)]
