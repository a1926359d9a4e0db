"""Laws of `rules/works.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Law

LAWS: dict[str, Law] = {
    "belt_maturity": Law(
        {"months": (0.0, 200.0), "effort": (0.0, 500.0), "support": (0.0, 3.0), "hours": (100.0, 1e4)},
        rises=("months", "effort", "support"),
        falls=("hours",),
        bounds=UNIT,
        values=(((25.0, 100.0, 0.0, 2500.0), 0.6321206), ((25.0, 100.0, 1.0, 2500.0), 0.8646647)),
        limits=(((0.0, 100.0, 1.0, 2500.0), 0.0), ((1e6, 100.0, 1.0, 2500.0), 1.0)),
    ),
    "dig": Law(
        {"works": UNIT, "rate": UNIT, "quiet": UNIT, "weather": UNIT},
        rises=("works", "rate", "quiet", "weather"),
        bounds=UNIT,
        values=(((0.4, 0.1, 1.0, 1.0), 0.46), ((0.4, 0.1, 0.5, 0.5), 0.415)),
        limits=(((1.0, 0.1, 1.0, 1.0), 1.0), ((0.4, 0.1, 1.0, 0.0), 0.4)),
    ),
    "wear": Law(
        {"works": UNIT, "fires": (0.0, 50.0), "assaulted": (0.0, 7.0), "kf": (0.0, 0.1), "ka": (0.0, 0.1)},
        rises=("works",),
        falls=("fires", "assaulted", "kf", "ka"),
        bounds=UNIT,
        values=(((0.8, 10.0, 5.0, 0.001, 0.01), 0.7534116),),
        limits=(((0.8, 0.0, 0.0, 0.001, 0.01), 0.8), ((0.0, 10.0, 5.0, 0.001, 0.01), 0.0)),
    ),
}
