"""The training battles: the columns that a prediction may see, and apart from them how each ended."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.engage.table import Row, parse_battles
from redan.sources.ledger import find_copy

F64 = NDArray[np.float64]
DATASET: Final = "battles-train"
#: Wars merged into folds, by what their names contain, first match first.
FOLDS: Final = (
    ("Arab-Israeli", ("Israel",)),
    ("Second East", ("Eastern",)),
    ("Second West", ("World War Ii",)),
    ("First World War", ("World War I",)),
)
OTHER: Final = "other"
WON: Final = {"attacker": 1.0, "draw": 0.5, "defender": 0.0}


@dataclass(frozen=True)
class History:
    """Battles and their outcomes; every array is [battle], NaN where it is not known."""

    rows: tuple[Row, ...]
    war: tuple[str, ...]
    fold: tuple[str, ...]
    won: F64  # by the attacker; a draw is a half
    lost_attacker: F64
    lost_defender: F64
    advance_km: F64

    @property
    def folds(self) -> tuple[str, ...]:
        """Names of the folds, largest first."""
        return tuple(sorted(set(self.fold), key=lambda name: (-self.fold.count(name), name)))

    def of_fold(self, name: str) -> NDArray[np.bool_]:
        """Which battles belong to a fold."""
        return np.array([fold == name for fold in self.fold])

    def without_days(self) -> History:
        """The same battles with their length blank."""
        return replace(self, rows=tuple(replace(row, days=None) for row in self.rows))


def find_battles(root: Path | None) -> tuple[Path | None, str]:
    """The verified copy of the training battles, or None and the reason."""
    copy = find_copy(DATASET, root)
    return copy.path, copy.words


def read_history(path: Path) -> History:
    """Read a table of battles whose outcome is known (columns `war`, `winner`, losses and advance as well).

    Raises
    ------
    redan.vocabulary.errors.InputError
        The columns that a prediction sees are at fault.
    KeyError
        A column of outcomes is missing.
    """
    return parse_history(path.read_text(encoding="utf-8-sig"), str(path))


def parse_history(text: str, shown: str) -> History:
    """As `read_history`, from text."""
    rows = parse_battles(text, shown)
    records = list(csv.DictReader(io.StringIO(text, newline="")))
    return History(
        rows=tuple(rows),
        war=tuple(record["war"] for record in records),
        fold=tuple(fold_of(record["war"]) for record in records),
        won=np.array([WON.get(record["winner"], math.nan) for record in records]),
        lost_attacker=_column(records, "attacker_loss_men"),
        lost_defender=_column(records, "defender_loss_men"),
        advance_km=_column(records, "advance_km"),
    )


def _column(records: Sequence[dict[str, str]], name: str) -> F64:
    return np.array([float(record[name]) if record[name] else math.nan for record in records])


def fold_of(war: str) -> str:
    """The merged war a war belongs to."""
    return next((name for name, words in FOLDS if any(word in war for word in words)), OTHER)
