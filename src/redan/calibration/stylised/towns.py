"""Facts about towns: they slow an attack and do not multiply its losses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np

from redan.calibration.stylised.play import Case, Player, depth_by_row, read_campaign
from redan.calibration.stylised.statistics import Estimate, estimate, mean_ratio
from redan.calibration.stylised.theatres import ERAS, Front, build_front, front_of, middle_rows, parameters_of
from redan.theatre.strips.shape import Ground, Patch
from redan.vocabulary.arrays import Theatre

FRONT_KM: Final = 12.0
WIDE_KM: Final = 36.0
CITY: Final = Ground(built=0.9, cover=0.1)
DEPTH: Final = 25  # columns
DAYS: Final = 4
SOONER: Final = 2


def _front(front_km: float, patches: tuple[Patch, ...]) -> Front:
    return front_of("1944", front_km, patches=patches)


def _case(name: str, front: Front, days: int = DAYS) -> Case:
    return Case(name, build_front(front), parameters_of(ERAS["1944"], front.front_km), days)


def city_rows() -> tuple[int, int]:
    """Rows of the wide front that lie in the city: its middle third."""
    strip = build_front(_front(WIDE_KM, ()))
    return middle_rows(strip.rows, strip.rows / 3.0)


def read_rows(case: Case, theatre: Theatre, state: Any, output: Any, row: Any) -> dict[str, float]:
    """Depth gained in the city's rows and on its flanks."""
    found = read_campaign(case, theatre, state, output, row)
    by_row = depth_by_row(case, theatre, state)
    first, end = city_rows()
    inside = np.zeros(case.strip.rows, dtype=np.bool_)
    inside[first:end] = True
    return {**found, "city_km": float(by_row[inside].mean()), "flank_km": float(by_row[~inside].mean())}


def measure_towns(play: Player, n: int) -> dict[str, Estimate]:
    """Advance and the attacker's losses in a city over those in the open; flanks of a city over the city."""
    whole = Patch((0, DEPTH), CITY)
    open_, city = (
        play(_case(name, _front(FRONT_KM, patches)), n)
        for name, patches in (("open", ()), ("city", (whole,)))
    )
    flanked = _front(WIDE_KM, (replace(whole, rows=city_rows()),))
    both, sooner = (play(_case("flanks", flanked, days), n, read_rows) for days in (DAYS, SOONER))
    return {
        "urban_over_open": estimate(mean_ratio("a", "b"), {"a": city["depth_km"], "b": open_["depth_km"]}),
        "flank_over_urban": estimate(mean_ratio("flank_km", "city_km"), both),
        "flank_2_days": estimate(mean_ratio("flank_km", "city_km"), sooner),
        "attacker_losses": estimate(
            mean_ratio("a", "b"), {"a": city["lost_attacker"], "b": open_["lost_attacker"]}
        ),
    }
