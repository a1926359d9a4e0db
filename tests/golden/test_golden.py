"""Golden runs: what a few campaigns gave when they were last looked at.

A change of code that moves them says so: `pytest tests/golden --update-golden`, and the difference of the
JSON belongs in the change's description. On the class of machine that wrote a file (same CPU features as LLVM
sees them) every number agrees within 1e-9. Elsewhere a last bit may turn a draw and with it a campaign, so
there the means over replications are compared, within five standard errors of their difference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from redan.numerics.compile import cpu
from redan.testing.campaigns import play
from redan.testing.params import toy_params
from redan.testing.toys import Toy, toy_plan, toy_theatre
from redan.vocabulary.outcomes import measures

HERE = Path(__file__).parent
DAYS = 120
REPLICATIONS = 6
Runs = dict[str, list[list[float]]]  # "measure" and "event_day": [r][index]


def machine() -> str:
    """A name for the class of machine: equal where compiled code is."""
    return hashlib.sha256("\n".join(cpu()).encode()).hexdigest()[:16]


def toy_runs() -> tuple[list[str], Runs]:
    theatre = toy_theatre(Toy(belt_column=9, site_floor_m2=3e5))
    plan, params = toy_plan(theatre), toy_params({"attacker_men": 20_000.0})
    outputs = [play(theatre, plan, params, days=DAYS, replication=r).output for r in range(REPLICATIONS)]
    runs = {
        "measure": [o.measure.tolist() for o in outputs],
        "event_day": [o.event_day.tolist() for o in outputs],
    }
    return [m.name for m in measures(["town"])], runs


def bundled_runs() -> tuple[list[str], Runs]:
    from redan.runs.executor import simulate
    from redan.runs.prepare import prepare
    from redan.scenario.load import load_scenario
    from redan.theatre.compile import compile_theatre

    scenario = load_scenario("slavyansk-kramatorsk")
    job = prepare(
        scenario,
        compile_theatre(scenario),
        courses=["as_is"],
        replications=REPLICATIONS,
        horizon_days=DAYS,
        posterior="priors",  # a fit moves with the data, not with the code
    )
    found = simulate(job.world, range(REPLICATIONS), threads=1)["as_is"]
    runs = {name: np.asarray(found[name]).tolist() for name in ("measure", "event_day")}
    return [m.name for m in job.world.measures], runs


def compare_exactly(old: dict[str, Any], new: dict[str, Any]) -> None:
    for name in ("measure", "event_day"):
        np.testing.assert_allclose(new[name], old[name], rtol=1e-9, atol=1e-12, err_msg=name)


def compare_means(old: dict[str, Any], new: dict[str, Any]) -> None:
    before, now = (np.asarray(x["measure"]) for x in (old, new))
    error = np.sqrt((before.var(axis=0, ddof=1) + now.var(axis=0, ddof=1)) / before.shape[0])
    slack = 5.0 * error + 1e-6 * np.abs(before.mean(axis=0))
    far = np.abs(before.mean(axis=0) - now.mean(axis=0)) > slack
    assert not far.any(), [old["names"][m] for m in np.flatnonzero(far)]


@pytest.mark.parametrize("run", [toy_runs, bundled_runs], ids=["toy", "bundled"])
def test_golden_run(run: Callable[[], tuple[list[str], Runs]], update_golden: bool) -> None:
    file = HERE / f"{run.__name__}.json"
    names, runs = run()
    new = {"machine": machine(), "days": DAYS, "names": names, **runs}
    if update_golden:
        file.write_text(json.dumps(new, indent=1) + "\n")
        return
    assert file.is_file(), "no golden run: pytest tests/golden --update-golden"
    old = json.loads(file.read_text())
    assert (old["names"], old["days"]) == (names, DAYS)
    (compare_exactly if old["machine"] == machine() else compare_means)(old, new)


def test_another_machine_is_compared_by_its_means() -> None:
    _, runs = toy_runs()
    old = {"names": toy_runs()[0], **runs}
    compare_means(old, runs)
    # a quarter more losses on every replication is seen
    moved = {"measure": [[1.25 * x for x in row] for row in runs["measure"]]}
    with pytest.raises(AssertionError, match="losses"):
        compare_means(old, moved)
