"""Laws of `rules/armour.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Law

LAWS: dict[str, Law] = {
    "armour_committed": Law(
        {"pressure": (0.0, 50.0), "half": (0.05, 5.0), "mobility": UNIT, "closed": UNIT},
        rises=("half", "mobility"),
        falls=("pressure", "closed"),
        bounds=UNIT,
        values=(((1.0, 1.0, 1.0, 0.0), 0.5), ((1.0, 0.5, 0.8, 0.25), 0.2)),
        limits=(((0.0, 0.5, 1.0, 0.0), 1.0), ((0.0, 0.5, 1.0, 1.0), 0.0), ((1e12, 0.5, 1.0, 0.0), 0.0)),
    ),
    "armour_power": Law(
        {"vehicles": (0.0, 1e4), "men": (0.0, 100.0), "readiness": UNIT},
        rises=("vehicles", "men", "readiness"),
        values=(((10.0, 12.0, 0.8), 96.0),),
        limits=(((0.0, 12.0, 0.8), 0.0), ((10.0, 12.0, 0.0), 0.0)),
    ),
    "armour_losses": Law(
        {
            "vehicles": (0.0, 1e4),
            "pressure": (0.0, 20.0),
            "hazard": (0.0, 5.0),
            "severity": UNIT,
            "fight": UNIT,
        },
        rises=("vehicles", "severity", "fight"),
        direction="test_armour.test_more_drones_cost_more_vehicles",
        values=(((10.0, 1.0, 0.6, 0.5, 0.04), 2.4754665),),
        limits=(((10.0, 0.0, 0.6, 0.5, 0.04), 0.4), ((0.0, 1.0, 0.6, 0.5, 0.04), 0.0)),
    ),
}
