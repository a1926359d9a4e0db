"""First stage of the fit: a table of prior draws on the training battles, posteriors, held-out scores.

python tools/fit_battles.py OUT --draws 1024 --seed 3 --replications 200

Writes OUT/table.npz (made once; a second run goes on from it) and OUT/posterior.json: the posterior of
each free parameter from all battles and from each set of folds, how often intervals hold in a check on
the table itself, and the scores of battles whose war the fit had not seen. Nothing is written into the
register.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from redan.calibration.battles.fit import Table, coverage, make_table
from redan.calibration.battles.free import FREE
from redan.calibration.battles.held_out import fit_folds, score_folds
from redan.calibration.battles.history import History, find_battles, read_history
from redan.calibration.engage.verdict import SHIPPED
from redan.sources.ledger import data_root

ARRAYS = ("values", "depth_km", "ambition", "lost_attacker", "lost_defender")


def table_of(folder: Path, history: History, draws: int, seed: int) -> Table:
    """The table of a folder, made where it is not there yet."""
    file = folder / "table.npz"
    names = [one.name for one in FREE]
    if file.is_file():
        with np.load(file) as held:
            if held["names"].tolist() != names or len(held["values"]) != draws or int(held["seed"]) != seed:
                raise SystemExit(f"{file} is of other parameters, draws or seed; name another folder")
            return Table(FREE, *(held[name] for name in ARRAYS))
    made = make_table(history, draws, seed=seed, progress=_say)
    arrays: dict[str, Any] = {name: getattr(made, name) for name in ARRAYS}
    np.savez(file, names=np.array(names), seed=np.array(seed), **arrays)
    return made


def _say(done: int, total: int, phase: str) -> None:
    if done % 50 == 0:
        sys.stderr.write(f"{phase}: {done} of {total}\n")


def main() -> None:
    """Make the table, fit, score, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--draws", type=int, default=1024)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--replications", type=int, default=200)
    parser.add_argument("--tests", type=int, default=60)
    parser.add_argument("--data", type=Path)
    asked = parser.parse_args()
    path, words = find_battles(data_root(asked.data))
    if path is None:
        raise SystemExit(words)
    asked.out.mkdir(parents=True, exist_ok=True)
    history = read_history(path)
    table = table_of(asked.out, history, asked.draws, asked.seed)
    held_out = fit_folds(table, history)
    document = {
        "draws": asked.draws,
        "seed": asked.seed,
        "replications": asked.replications,
        "posterior": held_out.whole.table(),
        "without_fold": {name: one.table() for name, one in held_out.by_fold.items()},
        "coverage90": dict(
            zip(
                [one.name for one in FREE],
                coverage(table, history, SHIPPED, tests=asked.tests, seed=asked.seed).tolist(),
                strict=True,
            )
        ),
        "scores": score_folds(
            held_out, history, replications=asked.replications, seed=asked.seed, progress=_say
        ),
    }
    (asked.out / "posterior.json").write_text(json.dumps(document, indent=1) + "\n")
    print(f"{asked.out / 'posterior.json'}: {len(history.rows)} battles, {asked.draws} draws")


if __name__ == "__main__":
    main()
