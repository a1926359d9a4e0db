"""Weather and light: what the date and a day's luck leave of flying, moving and seeing."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def daylight_hours(day_of_year: float, latitude_deg: float) -> float:
    """Hours between sunrise and sunset.

    Equation: 24/pi * acos(-tan(lat) tan(decl)), decl = 23.45 deg * sin(2 pi (284 + n)/365).
    Arguments: day_of_year [1..366], latitude_deg [deg]. Source: Cooper 1969, Solar Energy 12:333.
    Limits: no refraction or twilight; polar day and night are clipped to 24 and 0.
    """
    declination = math.radians(23.45) * math.sin(2.0 * math.pi * (284.0 + day_of_year) / 365.0)
    x = -math.tan(math.radians(latitude_deg)) * math.tan(declination)
    return 24.0 / math.pi * math.acos(min(1.0, max(-1.0, x)))


@kernel
def next_wetness(wetness: float, persistence: float, z: float) -> float:
    """Standardised wetness of the day, an AR(1) process with unit variance.

    Equation: w' = a w + sqrt(1 - a^2) z. Arguments: persistence a [-], z standard normal draw.
    Source: judgement; a from the persistence of synoptic weather (about three days). Limits: no rain amounts.
    """
    return persistence * wetness + math.sqrt(1.0 - persistence * persistence) * z


@kernel
def season_bump(day_of_year: float, peak_day: float, width_days: float) -> float:
    """A yearly bump, 1 on its peak day.

    Equation: exp(-(distance/width)^2 / 2), the distance around the year. Arguments: days. Source: judgement.
    Limits: one peak.
    """
    distance = abs(day_of_year - peak_day)
    distance = min(distance, 365.0 - distance)
    return math.exp(-0.5 * (distance / width_days) ** 2)


@kernel
def mud(
    day_of_year: float, wetness: float, spring_peak_day: float, autumn_peak_day: float, width_days: float
) -> float:
    """Mud, 0 dry to 1 deep: the thaw and the autumn rains, worse on wet days.

    Equation: max(bump_spring, bump_autumn) * logistic(1.5 wetness) scaled to 1. Arguments: days [1..365].
    Source: judgement after the two seasons of bad roads in Ukraine. Limits: no soil types.
    """
    bump = max(
        season_bump(day_of_year, spring_peak_day, width_days),
        season_bump(day_of_year, autumn_peak_day, width_days),
    )
    return min(1.0, 1.5 * bump / (1.0 + math.exp(-1.5 * wetness)))


@kernel
def leaf_cover(day_of_year: float, out_day: float, fall_day: float) -> float:
    """Share of the leaves on the trees, 0..1: logistic rise and fall, ten days wide.

    Source: judgement (steppe oak and shelter-belts leaf out in late April and drop in October).
    """
    rise = 1.0 / (1.0 + math.exp(-(day_of_year - out_day) / 10.0))
    fall = 1.0 / (1.0 + math.exp(-(fall_day - day_of_year) / 10.0))
    return rise * fall


@kernel
def flying_share(wetness: float, fog: float, bad_weather_loss: float, fog_loss: float) -> float:
    """Share of a clear day's drone sorties that can be flown, 0..1.

    Equation: (1 - loss * logistic(2 (wetness - 0.5))) * (1 - fog_loss * fog). Arguments: losses [-].
    Source: judgement; RUSI 2025 reports rain, wind and fog as the chief natural limit. Limits: no wind field.
    """
    rain = 1.0 / (1.0 + math.exp(-2.0 * (wetness - 0.5)))
    return (1.0 - bad_weather_loss * rain) * (1.0 - fog_loss * fog)
