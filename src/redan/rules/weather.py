"""Weather and light: what the date and a day's luck leave of flying, moving and seeing."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def daylight_hours(day_of_year: float, latitude_deg: float) -> float:
    """Hours between sunrise and sunset.

    Equation: 24 / pi acos(-tan(lat) tan(decl)), decl = 23.45 deg sin(2 pi (284 + n) / 365)
    Arguments:
        day_of_year [day of year, 1..366]: n
        latitude_deg [deg, -90..90]: lat
    Result [h, 0..24]: daylight
    Source: Cooper 1969, Solar Energy 12:333 (declination; cited from memory, C); the rest is spherical
        trigonometry (definition).
    Limits: no refraction or twilight; polar day and night are clipped to 24 and 0.
    """
    declination = math.radians(23.45) * math.sin(2.0 * math.pi * (284.0 + day_of_year) / 365.0)
    x = -math.tan(math.radians(latitude_deg)) * math.tan(declination)
    return 24.0 / math.pi * math.acos(min(1.0, max(-1.0, x)))


@kernel
def next_wetness(wetness: float, persistence: float, z: float) -> float:
    """Standardised wetness of the day: yesterday's weather persists, with unit variance.

    Equation: w' = a w + sqrt(1 - a^2) z
    Arguments:
        wetness [-, any]: w, yesterday's
        persistence [share, 0..1]: a, correlation from one day to the next
        z [-, any]: standard normal draw of the day
    Result [-, any]: wetness today, 0 on average
    Source: judgement (C): weather of the synoptic scale lasts about three days.
    Limits: no amounts of rain, no seasons (those are in `mud` and `season_bump`), one weather for the
        theatre.
    """
    return persistence * wetness + math.sqrt(1.0 - persistence * persistence) * z


@kernel
def season_bump(day_of_year: float, peak_day: float, width_days: float) -> float:
    """A yearly bump, 1 on its peak day.

    Equation: exp(-(distance / width)^2 / 2), the distance taken around the year
    Arguments:
        day_of_year [day of year, 1..366]: the day
        peak_day [day of year, 1..366]: day of the peak
        width_days [days, > 0]: standard width
    Result [share, 0..1]: height of the bump
    Source: judgement (C): a plain bell.
    Limits: one peak, the same every year.
    """
    distance = abs(day_of_year - peak_day)
    distance = min(distance, 365.0 - distance)
    return math.exp(-0.5 * (distance / width_days) ** 2)


@kernel
def mud(
    day_of_year: float, wetness: float, spring_peak_day: float, autumn_peak_day: float, width_days: float
) -> float:
    """Mud, from 0 dry to 1 deep: the thaw and the autumn rains, worse on wet days.

    Equation: min(1, 1.5 max(bump_spring, bump_autumn) / (1 + exp(-1.5 w)))
    Arguments:
        day_of_year [day of year, 1..366]: the day
        wetness [-, any]: w, as in `next_wetness`
        spring_peak_day [day of year, 1..366]: middle of the thaw
        autumn_peak_day [day of year, 1..366]: middle of the autumn rains
        width_days [days, > 0]: standard width of both seasons
    Result [share, 0..1]: mud
    Source: judgement (C) after the two seasons of bad roads in Ukraine.
    Limits: no kinds of soil, no frost.
    """
    bump = max(
        season_bump(day_of_year, spring_peak_day, width_days),
        season_bump(day_of_year, autumn_peak_day, width_days),
    )
    return min(1.0, 1.5 * bump / (1.0 + math.exp(-1.5 * wetness)))


@kernel
def leaf_cover(day_of_year: float, out_day: float, fall_day: float) -> float:
    """Share of the leaves that are on the trees.

    Equation: 1 / (1 + exp(-(n - n_out) / 10)) / (1 + exp(-(n_fall - n) / 10))
    Arguments:
        day_of_year [day of year, 1..366]: n
        out_day [day of year, 1..366]: n_out, half of the leaves are out
        fall_day [day of year, 1..366]: n_fall, half of them are down
    Result [share, 0..1]: leaves
    Source: judgement (C): oak and shelter-belts of the steppe leaf out in late April and drop in October.
    Limits: the same for all woods; it acts on drones only.
    """
    rise = 1.0 / (1.0 + math.exp(-(day_of_year - out_day) / 10.0))
    fall = 1.0 / (1.0 + math.exp(-(fall_day - day_of_year) / 10.0))
    return rise * fall


@kernel
def flying_share(wetness: float, fog: float, bad_weather_loss: float, fog_loss: float) -> float:
    """Share of a clear day's drone sorties that can be flown.

    Equation: (1 - q_w / (1 + exp(-2 (w - .5)))) (1 - q_f fog)
    Arguments:
        wetness [-, any]: w, as in `next_wetness`
        fog [share, 0..1]: whether the day is foggy
        bad_weather_loss [share, 0..1]: q_w, sorties lost on the wettest days
        fog_loss [share, 0..1]: q_f, sorties lost to fog
    Result [share, 0..1]: share that can be flown
    Source: judgement (C); rain, wind and fog are the chief natural limit (RUSI, Tactical Developments,
        February 2025, second-hand, B).
    Limits: no wind, no icing; the same for every kind of drone and both sides.
    """
    rain = 1.0 / (1.0 + math.exp(-2.0 * (wetness - 0.5)))
    return (1.0 - bad_weather_loss * rain) * (1.0 - fog_loss * fog)


@kernel
def flying_hours(night: float, night_share: float) -> float:
    """Hours of flying in a day, as a share of a day all light.

    Equation: (1 - n) + q n
    Arguments:
        night [share, 0..1]: n, share of the day that is dark
        night_share [share, 0..1]: q, drones flown in an hour of night against one of day
    Result [share, 0..1]: factor on the drones that crews can fly
    Source: judgement (C): fewer drones carry thermal sights than not (RUSI, Tactical Developments, February
        2025, second-hand).
    Limits: dusk and dawn count with the night.
    """
    return 1.0 - night + night_share * night
