"""What a run rests on, its parameters by grade, and what is needed to play it again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from redan.analysis.censored import of_course
from redan.runs.folder import RunFolder
from redan.runs.manifest import plain
from redan.runs.tables import PARAMETER
from redan.scenario.bundled import bundled_names
from redan.scenario.load import load_scenario
from redan.scenario.posterior import PRIORS, find_posterior
from redan.scenario.scenario import Scenario

GRADES: Final = ("A", "B", "C")
MOST_CHANGES: Final = 12


def parameters(run: RunFolder) -> dict[str, Any]:
    """Every parameter as this run drew it.

    Returns
    -------
    `by_grade`; `fixed`, how many do not vary; and `rows`: name, group, unit, `value`, `p05` and `p95` of the
    draws, `width` (their distance over the larger of value and p95), grade, source.
    """
    drawn = of_course(run.replications, run.courses[0])
    rows = []
    for name in run.manifest["parameter_order"]:
        said = run.manifest["parameters"][name]
        low, high = (float(value) for value in np.quantile(drawn[PARAMETER + name].to_numpy(), (0.05, 0.95)))
        scale = max(abs(float(said["value"])), abs(high), 1e-12)
        rows.append(
            {
                **{key: said[key] for key in ("name", "group", "unit", "value", "grade", "source")},
                "p05": low,
                "p95": high,
                "width": (high - low) / scale,
            }
        )
    return {
        "total": len(rows),
        "by_grade": {grade: sum(row["grade"] == grade for row in rows) for grade in GRADES},
        "fixed": sum(row["width"] == 0.0 for row in rows),
        "rows": rows,
    }


def posterior(run: RunFolder) -> dict[str, Any] | None:
    """Return the fit that parameters were drawn from: `name`, `known`, `columns`; None: the priors."""
    fit = run.manifest.get("posterior")
    return None if fit is None else {key: fit["content"][key] for key in ("name", "known", "columns")}


def rebuilding(run: RunFolder, scenario: Scenario) -> dict[str, Any]:
    """Say what plays the run again, with which versions and data.

    Returns
    -------
    `command`; `changed`: fields in which the scenario differs from the bundled one of its name, None where
    there is none; `versions`, `cpu`, `data` and `tables` (sha256), `layers_off`.
    """
    manifest = run.manifest
    return {
        "command": _command(run, scenario),
        "changed": _changed(run),
        "versions": manifest["versions"],
        "cpu": manifest["cpu"]["name"],
        "data": manifest["data"],
        "tables": {name: facts["sha256"] for name, facts in manifest["files"].items()},
        "layers_off": manifest["layers_off"],
    }


def _command(run: RunFolder, scenario: Scenario) -> str:
    chosen = run.courses if set(run.courses) != set(scenario.courses) else []
    words = ["redan", "forecast", run.scenario]
    for course in chosen:
        words += ["--course", course]
    words += [
        "--replications",
        str(run.done),
        "--horizon-days",
        str(run.horizon_days),
        "--seed",
        str(run.seed),
    ]
    fit, shipped = run.manifest.get("posterior"), find_posterior(None, run.as_of)
    if (fit and fit["sha256"]) != (shipped and shipped.sha256):
        words += ["--posterior", fit["name"] if fit else PRIORS]
    return shlex.join(words)


def _changed(run: RunFolder) -> list[str] | None:
    """Fields in which the run's scenario is not the bundled one; None where none of its name is bundled."""
    if run.scenario not in bundled_names():
        return None
    return differing(plain(load_scenario(run.scenario).resolved()), run.manifest["resolved"])[:MOST_CHANGES]


def differing(one: Any, other: Any, path: str = "") -> list[str]:
    """Name the fields in which two nested documents differ, as `forces.attacker.men.value`."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        found = []
        for key in dict.fromkeys((*one, *other)):
            found += differing(one.get(key), other.get(key), f"{path}.{key}" if path else str(key))
        return found
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            name
            for i, (first, second) in enumerate(zip(one, other, strict=True))
            for name in differing(first, second, f"{path}[{i}]")
        ]
    return [] if one == other else [path]
