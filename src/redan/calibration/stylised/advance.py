"""Facts about pace: fortified ground is slow, and the average advance falls with duration."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from redan.calibration.stylised.battles import battle_case, won
from redan.calibration.stylised.play import Case, Player, axis_km, depth_by_row, read_campaign
from redan.calibration.stylised.statistics import Estimate, Sample, estimate, log_or_nan, median, slope
from redan.calibration.stylised.theatres import (
    ERAS,
    MATURE,
    TRENCHES,
    Front,
    build_front,
    front_of,
    parameters_of,
    sector_of,
)
from redan.theatre.strips.battle import Battle
from redan.vocabulary.arrays import F64, Theatre

#: Attacks on a fortified front of 12 km by one and a half to three times its garrison, of two and four days.
FORTIFIED: Final = tuple(
    Battle(1800.0 * 12.0 * ratio, 1800.0 * 12.0, 12.0, days, "fortified")
    for ratio in (1.5, 2.0, 3.0)
    for days in (2, 4)
)
ZONE_FRONT_KM: Final = 60.0
ZONE_SECTOR_KM: Final = 20.0
ZONE_DAYS: Final = 90
AXIS_KM: Final = 5.0  # width of an advance: as of a breakthrough in the design
OUTPOSTS_KM: Final = 5.0  # depth of the ground before the main position
LENGTHS: Final = (4, 12, 36, 108)  # days


def measure_fortified(play: Player, n: int) -> dict[str, Estimate]:
    """Advance of attacks on fortified ground, without drones and with those of 2025, km a day."""
    each = max(1, n // len(FORTIFIED))
    speeds = []
    for k, battle in enumerate(FORTIFIED):
        depth = play(battle_case(battle, k, each), each)["depth_km"]
        speeds.append(np.where(won(depth, battle.days), depth / battle.days, np.nan))
    zone = play(zone_case(), n, read_axis)
    return {
        "without_drones": estimate(lambda s: median(s["speed"]), {"speed": np.concatenate(speeds)}),
        "zone_2025": _median_speed(zone["axis_km"]),
        "zone_2025_sector": _median_speed(zone["sector_km"]),
    }


def _median_speed(depth_km: F64) -> Estimate:
    """Median speed of the campaigns that gained ground."""
    speed = np.where(depth_km > 0.0, depth_km / ZONE_DAYS, np.nan)
    return estimate(lambda s: median(s["speed"]), {"speed": speed})


def zone_case() -> Case:
    """A front of 2025 behind two mature belts, attacked on 20 km for three months."""
    belts = ((0.0, MATURE), (10.0, MATURE))
    front = front_of("2025", ZONE_FRONT_KM, sector_km=ZONE_SECTOR_KM, massed_share=0.5, belts=belts)
    parameters = parameters_of(ERAS["2025"], ZONE_FRONT_KM)
    return Case("zone-2025", build_front(front), parameters, ZONE_DAYS, sector_km=sector_of(front))


def read_axis(case: Case, theatre: Theatre, state: Any, output: Any, row: Any) -> dict[str, float]:
    """Depth of the deepest advance of five kilometres' width, and over the whole sector."""
    by_row = depth_by_row(case, theatre, state)
    return {
        "axis_km": axis_km(by_row, case.strip.spacing_km, AXIS_KM),
        "sector_km": read_campaign(case, theatre, state, output, row)["depth_km"],
    }


def measure_duration(play: Player, n: int) -> dict[str, Estimate]:
    """How the average advance changes with the length of the operation, on one front and on common luck."""
    parts = {}
    for era in ("1944", "2025"):
        parts[f"slope_{era}"] = _duration_slope(play, n, era, OUTPOSTS_KM)
        parts[f"at_the_line_{era}"] = _duration_slope(play, n, era, 0.0)
    return parts


def deep_front(era: str, first_km: float = OUTPOSTS_KM) -> Front:
    """A defence in depth: a main position so far behind the line, and another 12 km behind it."""
    works = TRENCHES if era == "1944" else MATURE
    return front_of(era, 50.0, belts=((first_km, works), (first_km + 12.0, works)), depth_km=100.0)


def _duration_slope(play: Player, n: int, era: str, first_km: float) -> Estimate:
    strip, parameters = build_front(deep_front(era, first_km)), parameters_of(ERAS[era], 50.0)
    columns = {}
    for days in LENGTHS:
        found = play(Case(f"duration-{era}-{days}", strip, parameters, days), n)
        columns[str(days)] = found["depth_km"] / days
    return estimate(slope_over_lengths, columns)


def slope_over_lengths(sample: Sample) -> float:
    """Slope of ln(speed) on ln(days) over all lengths and replications that gained ground."""
    days = np.concatenate([np.full(len(sample[str(t)]), float(t)) for t in LENGTHS])
    speed = np.concatenate([sample[str(t)] for t in LENGTHS])
    return slope(np.log(days), log_or_nan(speed))
