"""Facts about isolation: who is enveloped is captured."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.calibration.stylised.play import Case, Player
from redan.calibration.stylised.statistics import Estimate, estimate, mean_ratio
from redan.calibration.stylised.theatres import ERAS, build_front, front_of, parameters_of, sector_of
from redan.theatre.compile import freeze
from redan.theatre.strips.plan import BARRED_KM
from redan.theatre.strips.shape import Group, Strip
from redan.vocabulary.arrays import F64, Output, Theatre
from redan.vocabulary.codes import ATTACKER, DEFENDER, LEDGER_START
from redan.vocabulary.outcomes import MEASURE_CAPTURED_DEFENDER

FRONT_KM: Final = 30.0
POCKET_KM: Final = 3.0  # radius: the middle cell and its six neighbours
POCKET_BEHIND: Final = 5  # columns between its middle and the line, on the attacker's side
POCKET_FORMATIONS: Final = 14
SECTOR_KM: Final = 7.0  # attacked frontally: as wide as the pocket
WEEK: Final = 7
DAYS: Final = 14  # longer than a formation's stocks


def _pocket(strip: Strip, theatre: Theatre) -> NDArray[np.bool_]:
    """[c] cells of the pocket."""
    column, row = pocket_middle(strip)
    c = row * strip.columns + column
    away = np.hypot(theatre.cell_x_km - theatre.cell_x_km[c], theatre.cell_y_km - theatre.cell_y_km[c])
    return np.asarray(away <= POCKET_KM, np.bool_)


def pocket_middle(strip: Strip) -> tuple[int, int]:
    """Column and row of the pocket's middle."""
    return strip.front_column - 1 - POCKET_BEHIND, strip.rows // 2


def frontal_case(era: str) -> Case:
    """An attack on a stretch of an ordinary line."""
    front = front_of(era, FRONT_KM, sector_km=SECTOR_KM)
    return Case(
        f"frontal-{era}", build_front(front), parameters_of(ERAS[era], FRONT_KM), DAYS,
        sector_km=sector_of(front),
    )  # fmt: skip


def pocket_case(era: str) -> Case:
    """The same armies; a part of the defender's men is surrounded, and only it is attacked."""
    strip = build_front(front_of(era, FRONT_KM))
    column, row = pocket_middle(strip)
    inside = Group(column, (row,) * POCKET_FORMATIONS)
    strip = replace(strip, defender=(inside, *strip.defender))

    def surround(theatre: Theatre) -> Theatre:
        control = np.where(_pocket(strip, theatre), DEFENDER, theatre.cell_control0)
        return freeze(theatre._replace(cell_control0=control, cell_share0=(control == ATTACKER)))

    def only_the_pocket(theatre: Theatre) -> F64:
        return np.where(_pocket(strip, theatre), 0.0, BARRED_KM)

    return Case(
        f"enveloped-{era}", strip, parameters_of(ERAS[era], FRONT_KM), DAYS, goal=only_the_pocket,
        change=surround,
    )  # fmt: skip


def read_prisoners(case: Case, theatre: Theatre, state: Any, output: Output, row: Any) -> dict[str, float]:
    """Share captured a day of the defenders attacked: those in the pocket, or those who man the sector.

    Of those still there: a pocket that has been taken whole has no more days to count.
    """
    men = float(output.ledger[DEFENDER, LEDGER_START])
    if case.change is not None:
        share = theatre.formation_share[theatre.formation_side == DEFENDER]
        attacked = men * float(share[:POCKET_FORMATIONS].sum())
    else:
        attacked = men * SECTOR_KM / case.strip.width_km
    captured = np.minimum(output.series[:, MEASURE_CAPTURED_DEFENDER].astype(np.float64), attacked)
    return {
        "per_day": _a_day(captured, attacked),
        "per_day_of_week": _a_day(captured[: WEEK + 1], attacked),
        "share": float(captured[-1]) / attacked,
    }


def _a_day(captured: F64, attacked: float) -> float:
    """Captured over the man-days of those still there."""
    return float(captured[-1]) / float((attacked - captured[:-1]).sum())


def measure_isolation(play: Player, n: int) -> dict[str, Estimate]:
    """Captured a day in two weeks: share of the men enveloped over share of the men attacked frontally."""
    parts = {}
    for era in ("1944", "2025"):
        enveloped, frontal = (play(case, n, read_prisoners) for case in (pocket_case(era), frontal_case(era)))
        for part, column in (("ratio", "per_day"), ("share", "share"), ("week", "per_day_of_week")):
            sample = {"a": enveloped[column], "b": frontal[column]}
            parts[f"{part}_{era}"] = estimate(mean_ratio("a", "b"), sample)
    return parts
