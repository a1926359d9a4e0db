"""First stage of `redan calibrate`: battles.

`tools/fit_battles.py` scores the table of such a folder on wars held out. Battles of the user's own have no
wars to be held out: they are fitted once, as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from redan.calibration.battles.fit import Table, coverage, fit, make_table
from redan.calibration.battles.held_out import HeldOut, fit_folds, shipped
from redan.calibration.battles.history import History, find_battles, read_history
from redan.calibration.battles.own import for_forecasts, read_own
from redan.calibration.engage.free import FREE
from redan.calibration.engage.verdict import SHIPPED
from redan.numerics.compile import PACKAGE, fingerprint
from redan.runs.files import write_whole
from redan.runs.manifest import file_hash
from redan.sources.ledger import data_root
from redan.vocabulary.errors import InputError
from redan.vocabulary.parameters import REGISTER_FILE

Progress = Callable[[int, int, str], None]
TABLE: Final = "table"
MADE_BY: Final = "made_by.json"
FITTED: Final = "fitted.json"
OWN: Final = "own-battles"
LEAST_DRAWS: Final = 64
TESTS: Final = 60  # rows taken for the truth
REPLICATIONS: Final = 200  # of each battle, to learn what the model leaves out


def fit_first_stage(
    folder: Path,
    *,
    draws: int,
    seed: int,
    data: Path | None,
    own: Path | None = None,
    threads: int | None,
    progress: Progress,
) -> dict[str, Any]:
    """Fit to battles and write `FOLDER/fitted.json`; battles already played are not again.

    Parameters
    ----------
    own
        A table of the user's own; the file then also holds what forecasts can draw. None: the training
        battles.

    Returns
    -------
    `{"draws", "seed", "battles", "parameters": [...]}`, each parameter with its coverage; for own battles
    also `forecasts`, without its rows.

    Raises
    ------
    InputError
        The battles are not here or at fault, or the folder holds another table.
    """
    path, words = (own, "") if own is not None else find_battles(data_root(data))
    if path is None:
        raise InputError.of("calibrate", 0, "battles", words, "give the folder of the data with --data")
    history = read_history(path) if own is None else read_own(path)
    made_by = made_from(path, draws, seed)
    table = table_of(folder, history, made_by, threads, progress)
    held = coverage(table, history, SHIPPED, tests=min(TESTS, draws // 4), seed=seed)
    held_out = fit_folds(table, history) if own is None else _as_a_whole(table, history)
    fitted = shipped(
        held_out, history, replications=REPLICATIONS, seed=seed, threads=threads, progress=progress
    )
    command = f"redan calibrate battles --draws {draws} --seed {seed}" + (f" --csv {own}" if own else "")
    forecasts = {} if own is None else for_forecasts(held_out.whole, history, name=OWN)
    _write(folder / FITTED, {"made_by": {"command": command, **made_by}, **fitted, **forecasts})
    rows = [
        {**row, "held": {"90": float(share)}}
        for row, share in zip(held_out.whole.table(), held.tolist(), strict=True)
    ]
    found = {"draws": draws, "seed": seed, "battles": len(history.rows), "parameters": rows}
    told = {name: forecasts[name] for name in ("known", "until", "columns") if forecasts}
    return found | ({"forecasts": told} if told else {})


def _as_a_whole(table: Table, history: History) -> HeldOut:
    """One posterior, read by the verdict that ships: `redan engage` predicts with the same."""
    every = np.ones(len(history.rows), dtype=np.bool_)
    return HeldOut({}, fit(table, history, SHIPPED, every), {})


def made_from(path: Path, draws: int, seed: int) -> dict[str, Any]:
    """What a table of battles is made from: its size and the hashes of its data and of the register."""
    return {
        "draws": draws,
        "seed": seed,
        "data_sha256": file_hash(path),
        "register_sha256": file_hash(PACKAGE / "vocabulary" / REGISTER_FILE),
    }


def table_of(
    folder: Path, history: History, asked: dict[str, Any], threads: int | None, progress: Progress
) -> Table:
    """The table of a folder, made or finished where it is not there yet.

    Raises
    ------
    InputError
        The folder holds a table of something else.
    """
    parts = folder / TABLE
    parts.mkdir(parents=True, exist_ok=True)
    note = parts / MADE_BY
    made_by = {**asked, "free": [[one.name, one.low, one.high] for one in FREE], "rules": fingerprint()}
    if note.is_file() and json.loads(note.read_text()) != made_by:
        problem = "holds a table of other parameters, draws, data or rules"
        raise InputError.of("--out", 0, str(parts), problem, "give another folder, or remove it")
    _write(note, made_by)
    return make_table(
        history, asked["draws"], seed=asked["seed"], folder=parts, threads=threads, progress=progress
    )


def _write(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, indent=1) + "\n"
    write_whole(path, lambda file: file.writelines((text.encode(),)))
