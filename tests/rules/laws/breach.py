"""Laws of `rules/breach.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Law

LAWS: dict[str, Law] = {
    "breach_probability": Law(
        {
            "lanes": (0.0, 20.0),
            "rate": UNIT,
            "cover": UNIT,
            "depth": (0.0, 3000.0),
            "reference": (1.0, 1000.0),
        },
        rises=("lanes", "rate", "reference"),
        falls=("cover", "depth"),
        bounds=UNIT,
        values=(((1.0, 0.15, 0.0, 200.0, 200.0), 0.1392920), ((2.0, 0.15, 0.5, 400.0, 200.0), 0.0722565)),
        limits=(((1.0, 0.15, 0.5, 0.0, 200.0), 1.0), ((1.0, 0.15, 1.0, 200.0, 200.0), 0.0)),
    ),
    "covering_fire": Law(
        {"rho": (0.0, 1e4), "half": (1.0, 1000.0), "pressure": (0.0, 20.0), "half_pressure": (0.05, 5.0)},
        rises=("rho", "pressure"),
        falls=("half", "half_pressure"),
        bounds=UNIT,
        values=(((200.0, 200.0, 1.0, 1.0), 0.75), ((600.0, 200.0, 0.0, 1.0), 0.75)),
        limits=(((0.0, 200.0, 0.0, 1.0), 0.0), ((1e12, 200.0, 0.0, 1.0), 1.0)),
    ),
}
