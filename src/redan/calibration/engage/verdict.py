"""What a battle's record says of the ground: how far the attacker went, and who won.

An attack stops at its objective, which the table does not know: how deep it lies is drawn for each
replication from what attackers who won had gained on fronts of that width. The advance that would be
recorded is the ground gained or the objective, whichever is nearer. It is then judged as chroniclers
judged: more is asked for where the battle lasts longer and the front is wider, and the chance that it
counts as won is logistic in ln(advance), so that an advance near the usual one is a draw, which counts a
half. All numbers are fitted to training battles (CDB90) by advance, front, days and winner alone: they
see no forces, posture or losses, and so cannot learn who ought to win.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]
LEAST_KM: Final = 0.5  # added to an advance: a trench line taken and lost again is no advance
#: Powers of the days and of the front by which an advance is judged: the root and about the cube root.
#: Rounded from a fit to all training battles (.51 and .30), and the same for every war left out.
DAYS_POWER: Final = 0.5
FRONT_POWER: Final = 0.3
STEPS: Final = 50  # of Newton's method


@dataclass(frozen=True)
class Verdict:
    """How ground becomes a record.

    Attributes
    ----------
    constant, advance
        Log-odds of a win: 1, and ln(advance + 0.5 km) over what is asked for.
    objective, objective_front, objective_sd
        ln(objective + 0.5 km): at a front of 1 km, its slope on ln(front km), and its spread.
    """

    constant: float
    advance: float
    objective: float
    objective_front: float
    objective_sd: float

    def objective_km(self, front_km: F64, ambition: F64) -> F64:
        """How deep the objective lies; `ambition` places it, a standard normal."""
        log_objective = (
            self.objective + self.objective_front * np.log(front_km) + self.objective_sd * ambition
        )
        return np.asarray(np.maximum(0.0, np.exp(log_objective) - LEAST_KM), np.float64)

    def advance_km(self, depth_km: F64, front_km: F64, ambition: F64) -> F64:
        """The advance that would be recorded: the ground gained, or the objective where that is nearer."""
        return np.asarray(np.clip(depth_km, 0.0, self.objective_km(front_km, ambition)), np.float64)

    def share_won(self, advance_km: F64, days: F64, front_km: F64) -> F64:
        """Chance that the attacker counts as the winner, draws as a half."""
        gained = np.log(np.maximum(0.0, advance_km) + LEAST_KM)
        odds = self.constant + self.advance * (gained - log_asked(days, front_km))
        return np.asarray(1.0 / (1.0 + np.exp(-odds)), np.float64)


#: Fitted to the 226 training battles with an advance and a front, 145 of them won (`fit_verdict`).
SHIPPED: Final = Verdict(0.42, 1.31, 0.93, 0.58, 0.96)


def fit_verdict(advance_km: F64, days: F64, front_km: F64, won: F64) -> Verdict:
    """Fit the numbers: `won` is 1, 0, or 0.5 for a draw; rows with NaN are left out."""
    log_advance, log_front = np.log(advance_km + LEAST_KM), np.log(front_km)
    columns = np.column_stack([np.ones(len(won)), log_advance - log_asked(days, front_km)])
    known = np.isfinite(columns).all(axis=1) & np.isfinite(won)
    odds = logistic(columns[known], won[known], ridge=0.01)
    reached = known & (won == 1.0)
    x = np.column_stack([np.ones(int(reached.sum())), log_front[reached]])
    law, *_ = np.linalg.lstsq(x, log_advance[reached], rcond=None)
    sd = float(np.std(log_advance[reached] - x @ law))
    constant, advance, objective, objective_front = (float(v) for v in (*odds, *law))
    return Verdict(constant, advance, objective, objective_front, sd)


def log_asked(days: F64, front_km: F64) -> F64:
    """Logarithm of the advance that is asked for, but for a constant."""
    return np.asarray(DAYS_POWER * np.log(days) + FRONT_POWER * np.log(front_km), np.float64)


def logistic(columns: F64, won: F64, *, ridge: float) -> F64:
    """Coefficients of a logistic regression with a small penalty on all but the first."""
    penalty = ridge * np.eye(columns.shape[1])
    penalty[0, 0] = 0.0
    found = np.zeros(columns.shape[1])
    for _ in range(STEPS):
        p = 1.0 / (1.0 + np.exp(-columns @ found))
        curve = columns.T @ (columns * (p * (1.0 - p))[:, None]) + penalty
        found = found + np.linalg.solve(curve, columns.T @ (won - p) - penalty @ found)
    return np.asarray(found, np.float64)
