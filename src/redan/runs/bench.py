"""Speed on this machine, as ratios where it can be: medians of repeated timings, never a single one.

Run as a program (`python -m redan.runs.bench`) it is the fresh process in which `compile_s` is measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from typing import Any, Final

from redan.runs.executor import default_threads, simulate, warm_up
from redan.runs.faults import RunError
from redan.runs.handwritten import numpy_over_compiled
from redan.runs.world import World, allocate, play
from redan.scenario.load import load_scenario
from redan.scenario.parameters import draw, resolve
from redan.theatre.compile import compile_theatre

SCENARIO: Final = "slavyansk-kramatorsk"
#: The command line's defaults, so that the figures are those of the bundled forecast.
SEED: Final = 1
HORIZON_DAYS: Final = 1095
#: Campaigns timed one by one.
CAMPAIGNS: Final = 9
#: Pairs of runs with one and two threads, and replications of each.
PAIRS: Final = 5
PAIR_REPLICATIONS: Final = 10
PAIR_DAYS: Final = 365
#: Longest a compile may take before it is given up, s.
COMPILE_LIMIT_S: Final = 900.0
#: The variable that moves the folder of compiled campaigns (`redan.numerics.compile`).
CACHE_VARIABLE: Final = "REDAN_CACHE_DIR"


def bench() -> dict[str, Any]:
    """Measure the keys of DESIGN 10 on the bundled scenario.

    Returns
    -------
    `day_us`: a campaign day on one thread, us; `replications_per_s`: over the default horizon, all
    courses in turn, every core; `speedup_2_threads`: one thread's time over two threads';
    `compile_s`: the first campaign day in a new process with an empty cache; `peak_mib`: largest
    memory of this process, None where the platform does not say; `numpy_over_compiled`: for three of the
    hottest pieces of a day, how many times as long the same takes in NumPy.

    Raises
    ------
    RunError
        The fresh process failed, or NumPy and the compiled rules disagree.
    """
    world = bundled_world()
    warm_up(world)
    day_us = _day_us(world)
    return {
        "day_us": round(day_us, 2),
        "replications_per_s": round(_replications_per_s(world), 2),
        "speedup_2_threads": round(_speedup(replace(world, horizon_days=PAIR_DAYS)), 3),
        "compile_s": round(_compile_s(), 2),
        "peak_mib": _peak_mib(),
        "numpy_over_compiled": numpy_over_compiled(world),
    }


def bundled_world() -> World:
    """The bundled scenario, ready to be played."""
    scenario = load_scenario(SCENARIO)
    compiled = compile_theatre(scenario)
    parameters = resolve(scenario)
    return World(
        theatre=compiled.theatre,
        plans=compiled.plans,
        objectives=compiled.objectives,
        axes=compiled.axes,
        draw=lambda replications: draw(parameters, SEED, replications),
        seed=SEED,
        horizon_days=HORIZON_DAYS,
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _day_us(world: World) -> float:
    """Median over campaigns of the time of one, over its days; courses take turns."""
    rows = world.draw(range(CAMPAIGNS))
    memory = {course: allocate(world, course) for course in world.courses}
    timings = []
    for replication in range(CAMPAIGNS):
        course = world.courses[replication % len(world.courses)]
        spent = _seconds(lambda k=replication, c=course: play(world, c, k, rows[k], memory[c]))  # type: ignore[misc]
        timings.append(spent / world.horizon_days * 1e6)
    return median(timings)


def _replications_per_s(world: World) -> float:
    """Replications a second on every core."""
    spent = _seconds(lambda: simulate(world, range(PAIR_REPLICATIONS), threads=default_threads()))
    return PAIR_REPLICATIONS * len(world.courses) / spent


def _speedup(world: World) -> float:
    """Median over pairs of one thread's time over two threads', on the same replications."""
    ratios = []
    for pair in range(PAIRS):
        order = (1, 2) if pair % 2 == 0 else (2, 1)  # so that a machine that warms up favours neither
        spent = {
            threads: _seconds(
                lambda n=threads: simulate(world, range(PAIR_REPLICATIONS), threads=n)  # type: ignore[misc]
            )
            for threads in order
        }
        ratios.append(spent[1] / spent[2])
    return median(ratios)


def _compile_s() -> float:
    """Seconds of the first campaign day in a new process with an empty cache."""
    with tempfile.TemporaryDirectory(prefix="redan-bench-") as folder:
        environment = {**os.environ, CACHE_VARIABLE: folder}
        try:
            done = subprocess.run(
                [sys.executable, "-m", "redan.runs.bench"],
                env=environment,
                capture_output=True,
                text=True,
                timeout=COMPILE_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise RunError(f"the campaign was not compiled within {COMPILE_LIMIT_S:.0f} s") from None
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise RunError(f"the process that times the compile failed: {reason}")
    return float(done.stdout.split()[-1])


def _peak_mib() -> float | None:
    """Largest resident memory of this process, MiB."""
    try:
        import resource
    except ImportError:  # Windows has no such count
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return round(peak / unit, 1)


if __name__ == "__main__":
    fresh = bundled_world()
    sys.stdout.write(f"{_seconds(lambda: warm_up(fresh)):.3f}\n")
