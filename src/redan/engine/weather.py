"""Phase 1: weather and light."""

from __future__ import annotations

from typing import Any

import numpy as np

from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.numerics.inverse import normal_quantile
from redan.rules.drones import thin_hours
from redan.rules.weather import (
    daylight_hours,
    flying_hours,
    flying_share,
    leaf_cover,
    mud,
    next_wetness,
    season_bump,
)
from redan.vocabulary.codes import DECISION_FOG, DECISION_WEATHER


@kernel
def weather_phase(
    world: Any, day: int, key: Any, start_day_of_year: int, latitude_deg: float, p: Any,
) -> None:
    """Draw the day's weather and set what it leaves of flying, moving and seeing."""
    w = world[0]
    day_of_year = float((start_day_of_year - 1 + day) % 365 + 1)
    z = normal_quantile(uniform(key, DECISION_WEATHER, np.uint64(0)))
    w.wetness = next_wetness(w.wetness, p.weather_persistence, z)
    fog_chance = p.fog_day_share * season_bump(day_of_year, p.fog_peak_day, p.fog_season_days)
    w.fog = 1.0 if uniform(key, DECISION_FOG, np.uint64(0)) < fog_chance else 0.0
    w.night = 1.0 - daylight_hours(day_of_year, latitude_deg) / 24.0
    w.flying = flying_share(w.wetness, w.fog, p.bad_weather_drone_loss, p.fog_drone_loss)
    w.flying *= flying_hours(w.night, p.night_flying_share)
    w.thin_hours = thin_hours(w.night, p.night_supply_gain)
    w.mud = mud(day_of_year, w.wetness, p.mud_spring_day, p.mud_autumn_day, p.mud_season_days)
    w.leaf = leaf_cover(day_of_year, p.leaf_out_day, p.leaf_fall_day)
    w.mobility = 1.0 - p.mud_slow * w.mud
