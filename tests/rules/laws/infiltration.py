"""Laws of `rules/infiltration.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Law

LAWS: dict[str, Law] = {
    "infiltration_share": Law(
        {"pressure": (0.0, 50.0), "half": (0.05, 5.0), "fog": UNIT, "gain": (0.0, 2.0)},
        rises=("pressure", "fog", "gain"),
        falls=("half",),
        bounds=(0.0, 0.9),
        values=(((1.0, 1.0, 0.0, 0.5), 0.5), ((1.0, 1.0, 1.0, 0.5), 0.75)),
        limits=(((0.0, 1.0, 1.0, 0.5), 0.0), ((1e9, 1.0, 1.0, 0.5), 0.9)),
    ),
    "infiltration_survival": Law(
        {"hazard": UNIT, "pressure": (0.0, 20.0), "km": (0.0, 10.0), "fog": UNIT, "loss": UNIT},
        rises=("fog", "loss"),
        falls=("hazard", "pressure", "km"),
        bounds=UNIT,
        # 30 of 150 men over about 8 km: a fifth
        values=(((0.19, 1.0, 8.4, 0.0, 0.6), 0.2027057), ((0.19, 1.0, 1.5, 1.0, 0.6), 0.8922580)),
        limits=(((0.19, 1.0, 0.0, 0.0, 0.6), 1.0), ((0.19, 0.0, 8.4, 0.0, 0.6), 1.0)),
    ),
    "harassment": Law(
        {"grey": (0.0, 1e5), "half": (1.0, 1000.0)},
        rises=("grey",),
        falls=("half",),
        bounds=(0.0, 0.5),
        values=(((40.0, 40.0), 0.25), ((120.0, 40.0), 0.375)),
        limits=(((0.0, 40.0), 0.0), ((1e12, 40.0), 0.5)),
    ),
}
