"""First stage of the fit, as `redan calibrate battles`, and its scores on wars held out.

python tools/fit_battles.py OUT --draws 1024 --seed 3 --replications 200

Writes OUT/table (a file for each battle; a second run goes on from it, or from that of `redan calibrate
battles --out OUT`), OUT/fitted.json (for `redan engage --posterior`) and OUT/posterior.json: the posterior of
each free parameter from all battles and from each set of folds, how often intervals hold in a check on the
table itself, and the scores of battles whose war the fit had not seen. Nothing is written into the register.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from redan.calibration.battles.fit import coverage
from redan.calibration.battles.held_out import fit_folds, score_folds, shipped
from redan.calibration.battles.history import find_battles, read_history
from redan.calibration.engage.free import FREE
from redan.calibration.engage.verdict import SHIPPED
from redan.calibration.first_stage import made_from, table_of
from redan.sources.ledger import data_root
from redan.vocabulary.errors import InputError


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
    parser.add_argument("--threads", type=int)
    parser.add_argument("--data", type=Path)
    asked = parser.parse_args()
    path, words = find_battles(data_root(asked.data))
    if path is None:
        raise SystemExit(words)
    asked.out.mkdir(parents=True, exist_ok=True)
    history = read_history(path)
    made_by = made_from(path, asked.draws, asked.seed)
    try:
        table = table_of(asked.out, history, made_by, asked.threads, _say)
    except InputError as error:
        raise SystemExit(str(error)) from None
    held_out = fit_folds(table, history)
    asked_for = {
        "replications": asked.replications,
        "seed": asked.seed,
        "threads": asked.threads,
        "progress": _say,
    }
    command = (
        f"python tools/fit_battles.py OUT --draws {asked.draws} --seed {asked.seed}"
        f" --replications {asked.replications}"
    )
    fitted = {"made_by": {"command": command, **made_by}, **shipped(held_out, history, **asked_for)}
    (asked.out / "fitted.json").write_text(json.dumps(fitted, indent=1) + "\n")
    document = {
        **made_by,
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
        "scores": score_folds(held_out, history, **asked_for),
    }
    (asked.out / "posterior.json").write_text(json.dumps(document, indent=1) + "\n")
    print(f"{asked.out / 'posterior.json'}: {len(history.rows)} battles, {asked.draws} draws")


if __name__ == "__main__":
    main()
