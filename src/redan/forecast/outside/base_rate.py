"""The base rate of a town: its clock, and the probability that it is taken by each day after day 0.

Two stages. The approach: from the day the front is within 20 or 10 km until the fight for the town begins.
The fight: from the front within 5 km, or an assault that began before, until the town is taken or the attack
has failed. A town stands on one clock on day 0 and may have stood on it for some time, which counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from redan.analysis.survival import aalen_johansen
from redan.forecast.outside.durations import Grid, Law, incidence, learn
from redan.forecast.outside.settings import Selection, load_settings
from redan.sources.reference import TAKEN, Battle, EndState, ReferenceClass

F64 = NDArray[np.float64]
ClockName = Literal["within_20km", "within_10km", "within_5km", "assault"]


@dataclass(frozen=True)
class Standing:
    """Where a town stands on its clock on day 0.

    Attributes
    ----------
    clock
        Which clock.
    since
        The day on which it began to run, where the class has this town; else day 0 itself.
    elapsed_days
        From then to day 0.
    is_in_class
        Whether the class has this town as a case that was still running.
    note
        What a reader must know, or empty.
    """

    clock: ClockName
    since: date
    elapsed_days: int
    is_in_class: bool
    note: str

    @property
    def is_fight(self) -> bool:
        """Whether the fight for the town has begun."""
        return self.clock in ("within_5km", "assault")


@dataclass(frozen=True)
class Unknown:
    """Why the class has no base rate for a town."""

    why: str


def standing(
    known: ReferenceClass, geonameid: int | None, front_km: float, day: date
) -> Standing | Unknown:  # fmt: skip
    """Find a town's clock: from the class's own row where it has one, else from the distance of the front.

    Parameters
    ----------
    known : the class as known on day 0
    geonameid : the town's, None where it has none
    front_km : front to the town's point on day 0; negative behind it
    day : day 0
    """
    settings = load_settings()
    if geonameid is not None:
        for battle in known.battles:
            if battle.geonameid == geonameid and battle.end_state == "censored":
                return Standing(battle.clock, battle.start, (day - battle.start).days, True, "")
        for row in known.approaches:
            if row.geonameid == geonameid and row.end_state == "censored":
                begun = row.within_10km or row.within_20km or row.end
                clock: ClockName = "within_10km" if row.within_10km else "within_20km"
                return Standing(clock, begun, (day - begun).days, True, "")
    if front_km > settings.farthest_km:
        return Unknown(
            f"the front is {front_km:.0f} km away, and no clock of the class runs beyond"
            f" {settings.farthest_km} km"
        )
    near, far = sorted(settings.clocks_km)
    if front_km <= settings.fight_km:
        return Standing("within_5km", day, 0, False, "counted as if the front had come so near on day 0")
    if front_km <= near:
        return Standing("within_10km", day, 0, False, "counted as if the front had come so near on day 0")
    note = "counted as if the front had come so near on day 0"
    if front_km > far:
        note = (
            f"the front is {front_km:.0f} km away: counted as if it came within {far} km on day 0, too early"
        )
    return Standing("within_20km", day, 0, False, note)


def taken_by(
    known: ReferenceClass, at: Standing, horizon_days: int, selection: Selection | None = None
) -> F64 | None:
    """Probability that the town is taken by the end of each day, [0 .. horizon].

    Parameters
    ----------
    known : the class as known on day 0
    at : where the town stands
    selection : which battles count for the fight, by default all

    Returns
    -------
    None where too few battles or approaches were known. A fight that failed ends the count: that a later
    one might succeed is not counted.
    """
    settings = load_settings()
    chosen = selection or settings.selections[0]
    battles = [battle for battle in known.battles if chosen.takes(battle)]
    if len(battles) < settings.fewest_rows:
        return None
    fights = fight_cases(battles, one_vote=chosen.one_vote)
    if at.is_fight:
        return _ended_by(fights, horizon_days, at.elapsed_days, at.is_in_class)
    approaches = approach_cases(known, at.clock)
    if len(approaches) < settings.fewest_rows:
        return None
    begun = _ended_by(approaches, horizon_days, at.elapsed_days, at.is_in_class)
    ends = fight_share(fights, horizon_days)
    # An approach that ends in the course of a day leaves the fight the rest of the time.
    found: F64 = np.convolve(np.diff(begun, prepend=0.0), ends)[: horizon_days + 1]
    return found


#: Duration [days]; what ended it: `WANTED`, `OTHER`, or -1 where it was still running; how much it counts.
Case = tuple[float, int, float]
WANTED: Final = 0
OTHER: Final = 1


def fight_cases(battles: Sequence[Battle], *, one_vote: bool = False) -> tuple[Case, ...]:
    """Fights: taken is what is wanted, held the other end.

    Parameters
    ----------
    one_vote : a war's battles together count as much as those of any other war; their number stays the same
    """
    sizes = Counter(battle.war for battle in battles)
    share = len(battles) / len(sizes) if sizes else 0.0
    return tuple(
        (
            float(battle.days),
            WANTED if battle.end_state in TAKEN else OTHER if battle.end_state == "held" else -1,
            share / sizes[battle.war] if one_vote else 1.0,
        )
        for battle in battles
    )


def approach_cases(known: ReferenceClass, clock: ClockName) -> tuple[Case, ...]:
    """Approaches on a clock: the start of the fight is what is wanted, the front's receding the other end."""
    km = int(clock.removeprefix("within_").removesuffix("km"))
    found = [(row.since(km), row.end, row.end_state) for row in known.approaches]
    ends = {"fight": WANTED, "receded": OTHER, "censored": -1}
    return tuple(
        (float((end - since).days), ends[state], 1.0)
        for since, end, state in found
        if since is not None and since < end
    )


def fight_share(cases: tuple[Case, ...], horizon_days: int) -> F64:
    """Share of fights that ended with the place taken, by the end of each day since they began."""
    return _ended_by(cases, horizon_days, 0, False)


def ended_how(battles: Sequence[Battle], days: Sequence[int]) -> dict[str, list[float]]:
    """Share of fights that had ended in each way by some days since they began (Aalen and Johansen)."""
    ends = [state for state in get_args(EndState) if state != "censored"]
    causes = [-1 if b.end_state == "censored" else ends.index(b.end_state) for b in battles]
    steps, share = aalen_johansen([battle.days for battle in battles], causes, len(ends))
    at = np.searchsorted(steps, days, side="right")
    return {
        end: [float(share[k, position - 1]) if position else 0.0 for position in at]
        for k, end in enumerate(ends)
    }


@lru_cache(maxsize=64)
def _ended_by(cases: tuple[Case, ...], horizon_days: int, elapsed: int, in_class: bool) -> F64:
    """Share ended as wanted by the end of each day, given that nothing ended it in `elapsed` days."""
    days = np.arange(horizon_days + 1, dtype=np.float64)
    # Survival is smooth: daily for two months, then every fifth day and straight lines between.
    knots = np.unique(np.concatenate([days[:61], days[60::5], days[-1:]]))
    wanted, other = (
        np.interp(days, knots, law.survival(knots, elapsed=elapsed, is_new=not in_class))
        for law in _laws(cases)
    )
    return incidence(wanted, other)


@lru_cache(maxsize=64)
def _laws(cases: tuple[Case, ...]) -> tuple[Law, Law]:
    """Laws of the time until either end, each as if the other did not exist."""
    settings = load_settings()
    grid = Grid(settings.median_days, settings.spread, settings.grid_points)
    days, causes, counts = (list(column) for column in zip(*cases, strict=True))
    wanted, other = (learn(days, [c == k for c in causes], grid, counts) for k in (WANTED, OTHER))
    return wanted, other
