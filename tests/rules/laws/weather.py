"""Laws of `rules/weather.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import INF, UNIT, Law

LAWS: dict[str, Law] = {
    "daylight_hours": Law(
        {"day": (1.0, 366.0), "latitude": (-89.0, 89.0)},
        bounds=(0.0, 24.0),
        values=(((172.0, 48.7), 15.9450), ((81.0, 48.7), 12.0)),  # solstice and equinox at Slavyansk
        limits=(((200.0, 0.0), 12.0), ((172.0, 80.0), 24.0), ((355.0, 80.0), 0.0)),
        direction="test_weather.test_summer_days_lengthen_to_the_north",
    ),
    "next_wetness": Law(
        {"wetness": (-5.0, 5.0), "a": (0.0, 0.99), "z": (-5.0, 5.0)},
        rises=("wetness", "z"),
        bounds=(-INF, INF),
        values=(((1.0, 0.6, 0.0), 0.6), ((0.0, 0.6, 1.0), 0.8)),
        limits=(((2.0, 0.0, -1.0), -1.0),),
    ),
    "season_bump": Law(
        {"day": (1.0, 366.0), "peak": (1.0, 365.0), "width": (5.0, 90.0)},
        rises=("width",),
        bounds=UNIT,
        values=(((102.0, 82.0, 20.0), 0.6065307), ((360.0, 10.0, 15.0), 0.6065307)),  # and around the year
        limits=(((82.0, 82.0, 20.0), 1.0), ((264.0, 82.0, 5.0), 0.0)),
    ),
    "mud": Law(
        {
            "day": (1.0, 366.0),
            "wetness": (-5.0, 5.0),
            "spring": (1.0, 365.0),
            "autumn": (1.0, 365.0),
            "width": (5.0, 60.0),
        },
        rises=("wetness", "width"),
        bounds=UNIT,
        values=(((82.0, 0.0, 82.0, 318.0, 20.0), 0.75), ((318.0, 0.0, 82.0, 318.0, 20.0), 0.75)),
        limits=(((82.0, 5.0, 82.0, 318.0, 20.0), 1.0), ((200.0, 0.0, 82.0, 318.0, 10.0), 0.0)),
    ),
    "leaf_cover": Law(
        {"day": (1.0, 366.0), "out": (60.0, 150.0), "fall": (240.0, 330.0)},
        rises=("fall",),
        falls=("out",),
        bounds=UNIT,
        values=(((115.0, 115.0, 295.0), 0.5), ((205.0, 115.0, 295.0), 0.9997532)),
        limits=(((1.0, 150.0, 295.0), 0.0),),
    ),
    "flying_share": Law(
        {"wetness": (-5.0, 5.0), "fog": UNIT, "bad": UNIT, "fog_loss": UNIT},
        falls=("wetness", "fog", "bad", "fog_loss"),
        bounds=UNIT,
        values=(((0.5, 0.0, 0.6, 0.6), 0.7), ((0.5, 1.0, 0.6, 0.6), 0.28)),
        limits=(((-50.0, 0.0, 0.6, 0.6), 1.0), ((50.0, 0.0, 0.6, 0.6), 0.4)),
    ),
}
