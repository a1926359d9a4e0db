"""An invented history: battles whose outcomes follow known laws, in the form of the training table."""

from __future__ import annotations

import numpy as np

from redan.calibration.battles.history import History, parse_history
from redan.calibration.engage.table import COLUMNS

WARS = ("World War I", "World War Ii (Eastern Front)", "World War Ii", "Arab-Israeli, 1948", "A war")
POSTURES = ("hasty", "prepared", "fortified")
OUTCOMES = ("war", "winner", "attacker_loss_men", "defender_loss_men", "advance_km")


def invented_text(n: int = 60, *, seed: int = 1) -> str:
    """A table of battles: the attacker wins by the force ratio, losses are a twentieth of a side a day."""
    rng = np.random.default_rng(seed)
    lines = [",".join([*COLUMNS, *OUTCOMES])]
    for k in range(n):
        defender = float(np.exp(rng.normal(8.5, 0.8)))
        ratio = float(np.exp(rng.normal(0.6, 0.7)))
        days = int(rng.integers(1, 6))
        won = rng.random() < 1.0 / (1.0 + np.exp(-2.0 * np.log(ratio)))
        lost_a, lost_d = (
            men * 0.03 * days * np.exp(0.5 * rng.normal()) for men in (defender * ratio, defender)
        )
        known = "" if k % 9 == 4 else f"{(4.0 if won else 0.2) * np.exp(0.3 * rng.normal()):.1f}"
        cells = (
            f"b{k}", 1910 + k % 60, f"{defender * ratio:.0f}", f"{defender:.0f}", "", 0, 20, "", 0, 0,
            f"{defender / 1500.0:.1f}", POSTURES[k % 3], "rolling", "mixed", 0, days,
            WARS[k % len(WARS)], "draw" if k % 11 == 5 else "attacker" if won else "defender",
            f"{lost_a:.0f}", f"{lost_d:.0f}", known,
        )  # fmt: skip
        lines.append(",".join(f'"{cell}"' for cell in cells))
    return "\n".join(lines) + "\n"


def invented(n: int = 60, *, seed: int = 1) -> History:
    """The history of such a table."""
    return parse_history(invented_text(n, seed=seed), "invented.csv")
