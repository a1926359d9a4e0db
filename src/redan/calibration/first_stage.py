"""First stage of `redan calibrate`: battles, as `tools/fit_battles.py` but for the held-out scores."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from redan.calibration.battles.fit import Table, coverage, make_table
from redan.calibration.battles.held_out import fit_folds, shipped
from redan.calibration.battles.history import History, find_battles, read_history
from redan.calibration.engage.free import FREE
from redan.calibration.engage.verdict import SHIPPED
from redan.runs.files import read_arrays, write_arrays, write_whole
from redan.sources.ledger import data_root
from redan.vocabulary.errors import InputError

Progress = Callable[[int, int, str], None]
ARRAYS: Final = ("values", "depth_km", "ambition", "lost_attacker", "lost_defender")
TABLE: Final = "table"
FITTED: Final = "fitted.json"
LEAST_DRAWS: Final = 64
TESTS: Final = 60  # rows taken for the truth
REPLICATIONS: Final = 200  # of each battle, to learn what the model leaves out


def fit_first_stage(
    folder: Path, *, draws: int, seed: int, data: Path | None, threads: int | None, progress: Progress
) -> dict[str, Any]:
    """Fit to the training battles and write `FOLDER/fitted.json`.

    The table of prior draws is kept whole once it is played: a run that was cut off begins it anew.

    Returns
    -------
    `{"draws", "seed", "battles", "parameters": [...]}`, each parameter with its coverage.

    Raises
    ------
    InputError
        The battles are not here, or the folder cannot be written.
    """
    path, words = find_battles(data_root(data))
    if path is None:
        raise InputError.of("calibrate", 0, "battles", words, "give the folder of the data with --data")
    folder.mkdir(parents=True, exist_ok=True)
    history = read_history(path)
    table = _table(folder, history, draws, seed, threads, progress)
    held = coverage(table, history, SHIPPED, tests=min(TESTS, draws // 4), seed=seed)
    held_out = fit_folds(table, history)
    fitted = shipped(
        held_out, history, replications=REPLICATIONS, seed=seed, threads=threads, progress=progress
    )
    text = json.dumps(fitted, indent=1) + "\n"
    write_whole(folder / FITTED, lambda file: file.writelines((text.encode(),)))
    rows = [
        {**row, "held": {"90": float(share)}}
        for row, share in zip(held_out.whole.table(), held.tolist(), strict=True)
    ]
    return {"draws": draws, "seed": seed, "battles": len(history.rows), "parameters": rows}


def _table(
    folder: Path, history: History, draws: int, seed: int, threads: int | None, progress: Progress
) -> Table:
    """The table of a folder, played where it is not there yet or is another."""
    path = folder / TABLE
    mark = np.array([draws, seed, len(history.rows)])
    held = read_arrays(path)
    if held is not None and np.array_equal(held["mark"], mark):
        return Table(FREE, *(held[name] for name in ARRAYS))
    made = make_table(history, draws, seed=seed, threads=threads, progress=progress)
    write_arrays(path, {"mark": mark, **{name: getattr(made, name) for name in ARRAYS}})
    return made
