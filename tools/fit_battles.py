"""First stage of the fit: a table of prior draws on the training battles, posteriors, held-out scores.

python tools/fit_battles.py OUT --draws 1024 --seed 3 --replications 200

Writes OUT/table (a file for each battle; a second run goes on from it), OUT/fitted.json (for `redan engage
--posterior`) and OUT/posterior.json: the posterior of each free parameter from all battles and from each
set of folds, how often intervals hold in a check on the table itself, and the scores of battles whose
war the fit had not seen. Nothing is written into the register.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from redan.calibration.battles.fit import Table, coverage, make_table
from redan.calibration.battles.held_out import fit_folds, score_folds, shipped
from redan.calibration.battles.history import History, find_battles, read_history
from redan.calibration.engage.free import FREE
from redan.calibration.engage.verdict import SHIPPED
from redan.numerics.compile import PACKAGE, fingerprint
from redan.sources.ledger import data_root
from redan.vocabulary.parameters import REGISTER_FILE


def table_of(folder: Path, history: History, asked: dict[str, Any], threads: int | None) -> Table:
    """The table of a folder, made or finished where it is not there yet."""
    parts = folder / "table"
    parts.mkdir(parents=True, exist_ok=True)
    note = parts / "made_by.json"
    made_by = {**asked, "free": [[one.name, one.low, one.high] for one in FREE], "rules": fingerprint()}
    if note.is_file() and json.loads(note.read_text()) != made_by:
        raise SystemExit(f"{note} tells of other parameters, draws, data or rules; name another folder")
    note.write_text(json.dumps(made_by, indent=1) + "\n")
    return make_table(
        history, asked["draws"], seed=asked["seed"], folder=parts, threads=threads, progress=_say
    )


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
    made_by = {
        "draws": asked.draws,
        "seed": asked.seed,
        "data_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "register_sha256": hashlib.sha256((PACKAGE / "vocabulary" / REGISTER_FILE).read_bytes()).hexdigest(),
    }
    table = table_of(asked.out, history, made_by, asked.threads)
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
