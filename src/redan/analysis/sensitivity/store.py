"""A sensitivity study on disk: a folder with a manifest and two tables, beside the run folders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import polars as pl

from redan.analysis.sensitivity.result import Sensitivity
from redan.runs import manifest
from redan.runs.assemble import MANIFEST
from redan.runs.faults import refuse
from redan.runs.files import write_whole
from redan.runs.run import RUNS
from redan.runs.tables import write_table
from redan.scenario.scenario import Scenario

KIND: Final = "redan-sensitivity"
SCHEMA_VERSION: Final = 1
NAMED: Final = "give the folder that redan sensitivity named"


def default_folder(found: Sensitivity, scenario: Scenario) -> Path:
    """Return `redan-runs/NAME-sensitivity-SEED-HASH` in the current folder."""
    mark = manifest.digest(_head(found, scenario))[:8]
    return Path(RUNS) / f"{found.scenario}-sensitivity-{found.seed}-{mark}"


def _head(found: Sensitivity, scenario: Scenario) -> dict[str, Any]:
    """What the study was made of: nothing that differs between two playings."""
    told = found.document()
    asked = (
        "scenario",
        "as_of",
        "course",
        "seed",
        "horizon_days",
        "trajectories",
        "samples",
        "kept",
        "posterior",
    )
    return {
        "kind": KIND,
        "schema_version": SCHEMA_VERSION,
        **{name: told[name] for name in asked},
        "measures": [one.name for one in found.measures],
        "resolved": manifest.plain(scenario.resolved()),
        "versions": manifest.versions(),
    }


def write(found: Sensitivity, scenario: Scenario, folder: Path) -> None:
    """Write `sensitivity.parquet`, `screening.parquet` and the manifest, which comes last.

    Raises
    ------
    InputError : the folder holds something else
    RunError : the disk is full or fails
    """
    _make(folder)
    (folder / MANIFEST).unlink(missing_ok=True)
    files = {}
    for name, table in (("sensitivity", found.table()), ("screening", found.screening_table())):
        path = folder / f"{name}.parquet"

        def put(file: Any, table: pl.DataFrame = table) -> None:
            write_table(table, file)

        write_whole(path, put)
        files[path.name] = {"rows": table.height, "sha256": manifest.file_hash(path)}
    document = {**_head(found, scenario), "files": files, "study": found.document()}
    content = manifest.canonical(document)
    write_whole(folder / MANIFEST, lambda file: file.writelines((content,)))


def _make(folder: Path) -> None:
    """Make the folder; an earlier study there may be replaced, anything else may not."""
    if folder.is_dir() and any(folder.iterdir()):
        read(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise refuse(folder, f"cannot be made ({reason})", "choose another --out") from None


def read(folder: Path) -> dict[str, Any]:
    """Read the document of a study back from its folder.

    Raises
    ------
    InputError : no such study, or one that is damaged
    """
    file = folder / MANIFEST
    if not file.is_file():
        raise refuse(folder, "holds no sensitivity study", NAMED)
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        raise refuse(file, "is damaged", "run redan sensitivity again") from None
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise refuse(file, "is not the manifest of a sensitivity study", NAMED)
    if found.get("schema_version") != SCHEMA_VERSION:
        problem = f"has schema version {found.get('schema_version')}, this Redan reads {SCHEMA_VERSION}"
        raise refuse(file, problem, "run redan sensitivity again")
    study: dict[str, Any] = found["study"]
    return study
