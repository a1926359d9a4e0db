"""Laws of `rules/drones.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Law

LAWS: dict[str, Law] = {
    "sorties_per_km": Law(
        {"drones": (0.0, 1e5), "km": (0.0, 1000.0), "flying": UNIT, "jammed": UNIT, "schedule": (0.0, 5.0)},
        rises=("drones", "flying", "schedule"),
        falls=("jammed",),
        values=(((2000.0, 200.0, 0.8, 0.3, 1.5), 8.4),),
        limits=(((2000.0, 0.0, 0.8, 0.3, 1.0), 0.0), ((2000.0, 200.0, 0.8, 1.0, 1.0), 0.0)),
    ),
    "depth_profile": Law(
        {"km": (0.0, 200.0), "half": (0.0, 40.0), "scale": (0.5, 10.0)},
        rises=("half",),
        falls=("km",),
        bounds=UNIT,
        values=(((5.0, 15.0, 3.0), 0.9655548), ((15.0, 15.0, 3.0), 0.5), ((25.0, 15.0, 3.0), 0.0344452)),
        limits=(((1000.0, 15.0, 3.0), 0.0), ((0.0, 1000.0, 3.0), 1.0)),
    ),
    "path_hazard": Law(
        {
            "near": (0.0, 30.0),
            "far": (30.0, 100.0),
            "hazard": UNIT,
            "half": (0.0, 40.0),
            "scale": (1.0, 10.0),
        },
        rises=("far", "hazard", "half"),
        falls=("near",),
        bounds=(0.0, 100.0),
        # a round trip of 24 km on a hot road: 71 % come back (public note on ground logistics)
        values=(((0.0, 24.0, 0.0143, 1000.0, 1.0), 0.3432), ((15.0, 25.0, 0.01, 15.0, 3.0), 0.0197428)),
        limits=(((5.0, 5.0, 0.01, 15.0, 3.0), 0.0), ((500.0, 600.0, 0.01, 15.0, 3.0), 0.0)),
    ),
    "kills_per_km": Law(
        {"sorties": (0.0, 1000.0), "hit": UNIT, "exposed": (0.0, 1e4), "half": (1.0, 1000.0)},
        rises=("sorties", "hit", "exposed"),
        falls=("half",),
        bounds=(0.0, 1000.0),
        # Holling's disc with a .5, h .1, N 20, P 1
        values=(((1.0, 10.0, 20.0, 20.0), 5.0), ((5.0, 0.07, 60.0, 60.0), 0.175)),
        limits=(((5.0, 0.07, 0.0, 60.0), 0.0), ((5.0, 0.07, 1e12, 60.0), 0.35)),
    ),
    "vulnerability": Law(
        {"works": UNIT, "protection": UNIT},
        falls=("works", "protection"),
        bounds=UNIT,
        values=(((1.0, 0.5), 0.5), ((0.4, 0.5), 0.8)),  # Dupuy's QJM: fortified .5
        limits=(((0.0, 0.5), 1.0), ((1.0, 1.0), 0.0)),
    ),
}
