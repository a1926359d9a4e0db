"""Facts about single battles: who loses how much, and who wins, over a set of invented battles.

The set has the spread of the training battles (CDB90, battles since 1904): logarithms of the force ratio, the
front, the days and the defender's density are normal with about their means, deviations and correlations;
shares of postures and ground are theirs. No battle of the set is one of them.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.stats import qmc

from redan.calibration.stylised.play import Case, Player
from redan.calibration.stylised.statistics import Estimate, Sample, estimate, log_or_nan, slope
from redan.calibration.stylised.theatres import ERAS
from redan.theatre.strips.battle import RESERVE_SHARE, Battle, battle_strip
from redan.theatre.strips.parameters import strip_parameters

F64 = NDArray[np.float64]
#: The attacker won where the line moved by this many km times the root of the days: so do 84 % of the 208
#: training battles that were decided and whose advance is known.
WIN_KM: Final = 1.5
N_BATTLES: Final = 256
N_STRONG: Final = 32  # beside them, with six to ten attackers to one: the set has few of these
STRONG_RATIOS: Final = (6.0, 10.0)
SHARE_OF_REPLICATIONS: Final = 100  # a battle is fought once for so many campaigns of a theatre
#: Means, deviations and correlations of ln(force ratio), ln(front km), ln(days), ln(defenders per km).
MEANS: Final = (0.60, 2.34, 1.11, 7.46)
DEVIATIONS: Final = (0.68, 1.3, 0.9, 0.75)
CORRELATIONS: Final = (
    (1.0, -0.19, -0.12, -0.36),
    (-0.19, 1.0, 0.65, 0.0),
    (-0.12, 0.65, 1.0, 0.19),
    (-0.36, 0.0, 0.19, 1.0),
)
FRONT_KM: Final = (2.0, 60.0)
DAYS: Final = (1.0, 20.0)
POSTURES: Final = (("hasty", 0.23), ("prepared", 0.33), ("fortified", 0.44))
TERRAINS: Final = (("flat", 0.24), ("rolling", 0.54), ("rugged", 0.22))
COVERS: Final = (("bare", 0.17), ("mixed", 0.73), ("wooded", 0.10))
GUNS_PER_1000: Final = (6.6, 8.2)
TANKS_PER_1000: Final = (7.1, 3.7)
#: Win shares are read in these bins of the force ratio.
BINS: Final = {"below_1": (0.0, 1.0), "to_1.5": (1.0, 1.5), "to_3": (1.5, 3.0)}


def won(depth_km: F64, days: int | F64) -> NDArray[np.bool_]:
    """Whether the attacker won, by the ground taken in the days."""
    return np.asarray(depth_km >= WIN_KM * np.sqrt(days), np.bool_)


@functools.cache
def invented_battles() -> tuple[Battle, ...]:
    """The set: a quasi-random design, always the same."""
    u = qmc.Sobol(7, seed=7).random(N_BATTLES)
    z = stats.norm.ppf(np.clip(u[:, :4], 1e-6, 1.0 - 1e-6)) @ np.linalg.cholesky(np.array(CORRELATIONS)).T
    ratio, front, days, density = np.exp(np.array(MEANS) + np.array(DEVIATIONS) * z).T
    front, days = np.clip(front, *FRONT_KM), np.clip(days, *DAYS)
    return tuple(
        Battle(
            attacker_men=float(ratio[k] * density[k] * front[k]),
            defender_men=float(density[k] * front[k]),
            front_km=float(front[k]),
            days=round(float(days[k])),
            posture=_choose(POSTURES, u[k, 4]),
            terrain=_choose(TERRAINS, u[k, 5]),
            cover=_choose(COVERS, u[k, 6]),
        )
        for k in range(N_BATTLES)
    )


def _choose(shares: tuple[tuple[str, float], ...], u: float) -> str:
    ends = np.cumsum([share for _, share in shares])
    return shares[min(int(np.searchsorted(ends, u * ends[-1])), len(shares) - 1)][0]


def battle_case(battle: Battle, number: int, each: int) -> Case:
    """A battle of the twentieth century; every battle has replications, and so luck, of its own."""
    fixed = {
        "attacker_men": battle.attacker_men,
        "defender_men": battle.defender_men,
        "attacker_guns": battle.attacker_men * GUNS_PER_1000[0] / 1000.0,
        "defender_guns": battle.defender_men * GUNS_PER_1000[1] / 1000.0,
        "attacker_armour": battle.attacker_men * TANKS_PER_1000[0] / 1000.0,
        "defender_armour": battle.defender_men * TANKS_PER_1000[1] / 1000.0,
        "attacker_reserve_share": RESERVE_SHARE,
        "defender_reserve_share": RESERVE_SHARE,
    }
    parameters = strip_parameters(ERAS["1944"].date, fixed)
    return Case(f"battle-{number}", battle_strip(battle), parameters, battle.days, first=number * each)


def strong_battles() -> tuple[Battle, ...]:
    """The first battles of the set with a force ratio of six to ten."""
    ratios = np.geomspace(*STRONG_RATIOS, N_STRONG)
    return tuple(
        replace(battle, attacker_men=float(ratio) * battle.defender_men)
        for battle, ratio in zip(invented_battles(), ratios, strict=False)
    )


@functools.lru_cache(maxsize=2)
def fight(play: Player, fought: tuple[Battle, ...], each: int) -> dict[str, F64]:
    """Every battle `each` times: a row per battle and replication."""
    columns: dict[str, list[F64]] = {}
    for k, battle in enumerate(fought):
        found = play(battle_case(battle, k, each), each)
        rows = {
            "battle": np.full(each, float(k)),
            "ratio": np.full(each, battle.force_ratio),
            "won": won(found["depth_km"], battle.days).astype(np.float64),
            "share_attacker": found["lost_attacker"] / found["men_attacker"],
            "share_defender": found["lost_defender"] / found["men_defender"],
            **found,
        }
        for name, values in rows.items():
            columns.setdefault(name, []).append(values)
    return {name: np.concatenate(parts) for name, parts in columns.items()}


def _over(play: Player, fought: tuple[Battle, ...], n: int) -> tuple[Sample, NDArray[np.int64]]:
    """Rows of the battles, and the battle each belongs to."""
    sample = fight(play, fought, max(1, n // SHARE_OF_REPLICATIONS))
    return sample, sample["battle"].astype(np.int64)


def measure_square_law(play: Player, n: int) -> dict[str, Estimate]:
    """Slope of ln(attacker loss / defender loss) on ln(force ratio)."""
    sample, groups = _over(play, invented_battles(), n)
    return {"slope": estimate(loss_slope, sample, groups=groups)}


def loss_slope(sample: Sample) -> float:
    """Slope of the logarithm of the loss ratio on that of the force ratio, where both sides lost men."""
    losses = log_or_nan(sample["lost_attacker"]) - log_or_nan(sample["lost_defender"])
    return slope(np.log(sample["ratio"]), losses)


def measure_force_ratio(play: Player, n: int) -> dict[str, Estimate]:
    """Share of battles won by the attacker in bins of the force ratio, and the gradient over all."""
    sample, groups = _over(play, invented_battles(), n)
    shares = {
        name: estimate(lambda s, a=low, b=high: win_share(s, a, b), sample, groups=groups)  # type: ignore[misc]
        for name, (low, high) in BINS.items()
    }
    strong, strong_groups = _over(play, strong_battles(), n)
    return {
        **shares,
        "above_6": estimate(lambda s: float(s["won"].mean()), strong, groups=strong_groups),
        "gradient": estimate(lambda s: slope(np.log(s["ratio"]), s["won"]), sample, groups=groups),
    }


def win_share(sample: Sample, low: float, high: float) -> float:
    """Share won by the attacker among battles whose force ratio lies in a bin."""
    inside = (sample["ratio"] >= low) & (sample["ratio"] < high)
    return float(sample["won"][inside].mean()) if inside.any() else float("nan")


def measure_loser_pays(play: Player, n: int) -> dict[str, Estimate]:
    """Share of battles in which the winner lost the smaller share of his men."""
    sample, groups = _over(play, invented_battles(), n)
    return {"winner_lower": estimate(winner_loses_less, sample, groups=groups)}


def winner_loses_less(sample: Sample) -> float:
    """Share of battles in which the winner's loss fraction is the lower one; equal fractions count half."""
    a, d = sample["share_attacker"], sample["share_defender"]
    winner, loser = np.where(sample["won"] > 0.0, a, d), np.where(sample["won"] > 0.0, d, a)
    return float(((winner < loser) + 0.5 * (winner == loser)).mean())
