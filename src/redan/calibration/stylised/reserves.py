"""Facts about depth: reserves contain a break-in, and concentration makes it deep."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from redan.calibration.stylised.play import Case, Player
from redan.calibration.stylised.statistics import Estimate, estimate, mean_ratio
from redan.calibration.stylised.theatres import ERAS, TRENCHES, Front, build_front, parameters_of, sector_of

RESERVE_KM: Final = 18.0
SECTOR_KM: Final = 15.0
DAYS: Final = 14
CORPS_FRONT_KM: Final = 60.0
ASSAULT_FRONTS: Final = (10.0, 25.0, 50.0, 100.0)
WIDE_KM: Final = 120.0
ASSAULT_DAYS: Final = 10


def _break_in(share: float, *, mobile: bool) -> Case:
    """An attack on 15 km of a front of 60, with a share of the defender's men 18 km behind the line."""
    era = ERAS["1944"]
    front = Front(
        CORPS_FRONT_KM, (era.men[0] * CORPS_FRONT_KM, era.men[1] * CORPS_FRONT_KM), sector_km=SECTOR_KM,
        massed_share=0.6, reserve_share=(0.2, share), reserve_km=(8.0, RESERVE_KM), belts=((0.0, TRENCHES),),
    )  # fmt: skip
    parameters = parameters_of(era, CORPS_FRONT_KM, attacker_reserve_share=0.2, defender_reserve_share=share)
    off = () if mobile else ("reserves",)
    return Case(
        f"break-in-{share}", build_front(front), parameters, DAYS, sector_km=sector_of(front), layers_off=off
    )


def measure_depth(play: Player, n: int) -> dict[str, Estimate]:
    """Penetration with three tenths in reserve over that with one tenth, and where they cannot move."""
    few, many, still = (
        play(_break_in(share, mobile=mobile), n)["depth_km"]
        for share, mobile in ((0.1, True), (0.3, True), (0.3, False))
    )
    return {
        "more_reserves": estimate(mean_ratio("a", "b"), {"a": many, "b": few}),
        "immobile": estimate(mean_ratio("a", "b"), {"a": still, "b": many}),
    }


def _assault(front_km: float) -> Case:
    """The same army assaults on a front of 10 to 100 km of a line of 120."""
    era = ERAS["1944"]
    front = Front(
        WIDE_KM, (era.men[0] * 40.0, era.men[1] * WIDE_KM), sector_km=front_km, massed_share=0.9,
        reserve_share=(0.2, 0.3), reserve_km=(8.0, RESERVE_KM), belts=((0.0, TRENCHES),),
    )  # fmt: skip
    parameters = parameters_of(
        era, WIDE_KM, attacker_men=era.men[0] * 40.0, attacker_guns=era.guns[0] * 40.0,
        attacker_reserve_share=0.2, defender_reserve_share=0.3,
    )  # fmt: skip
    return Case(
        f"assault-{front_km:g}", build_front(front), parameters, ASSAULT_DAYS, sector_km=sector_of(front)
    )


def measure_concentration(play: Player, n: int) -> dict[str, Estimate]:
    """Penetration of the same army on wider and wider fronts, each against the one before it."""
    depth = {front: play(_assault(front), n)["depth_km"] for front in ASSAULT_FRONTS}
    parts = {}
    for narrow, wide in pairwise(ASSAULT_FRONTS):
        sample = {"a": depth[wide], "b": depth[narrow]}
        parts[f"{wide:g}_over_{narrow:g}"] = estimate(mean_ratio("a", "b"), sample)
    return parts
