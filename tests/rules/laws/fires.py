"""Laws of `rules/fires.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Law

LAWS: dict[str, Law] = {
    "fire_intensity": Law(
        {
            "guns": (0.0, 1e4),
            "km": (0.0, 1000.0),
            "supply": UNIT,
            "schedule": (0.0, 5.0),
            "reference": (0.5, 50.0),
        },
        rises=("guns", "supply", "schedule"),
        falls=("reference",),
        values=(((1200.0, 200.0, 0.5, 1.0, 6.0), 0.5),),
        limits=(((1200.0, 0.0, 1.0, 1.0, 6.0), 0.0), ((1200.0, 200.0, 1.0, 1.0, 6.0), 1.0)),
    ),
    "fire_losses": Law(
        {"men": (0.0, 1e5), "forward": UNIT, "rate": UNIT, "fires": (0.0, 10.0), "e": (0.1, 1.0), "u": UNIT},
        rises=("men", "forward", "rate", "fires", "u"),
        values=(
            ((1000.0, 0.35, 0.0025, 2.0, 1.0, 0.5), 0.875),
            ((1000.0, 0.35, 0.0025, 4.0, 0.5, 0.5), 0.875),
        ),
        limits=(((1000.0, 0.35, 0.0025, 0.0, 0.5, 0.5), 0.0), ((0.0, 0.35, 0.0025, 2.0, 0.5, 0.5), 0.0)),
    ),
}
