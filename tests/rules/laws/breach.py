"""Laws of `rules/breach.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Law

LAWS: dict[str, Law] = {
    "breach_required": Law(
        {
            "z": (-4.0, 4.0),
            "median": (0.1, 50.0),
            "sd": (0.0, 2.0),
            "depth": (0.0, 3000.0),
            "ref": (1.0, 1000.0),
        },
        rises=("z", "median", "depth"),
        falls=("ref",),
        values=(((0.0, 5.0, 0.8, 200.0, 200.0), 5.0), ((1.0, 5.0, 0.8, 400.0, 200.0), 22.2554093)),
        limits=(((1.0, 5.0, 0.8, 0.0, 200.0), 0.0), ((3.0, 5.0, 0.0, 200.0, 200.0), 5.0)),
    ),
    "breach_work": Law(
        {"rho": (0.0, 5000.0), "v": (0.0, 500.0), "rho1": (1.0, 100.0), "v1": (1.0, 100.0), "covered": UNIT},
        rises=("rho", "v"),
        falls=("rho1", "v1", "covered"),
        values=(((60.0, 4.0, 30.0, 8.0, 0.5), 1.25),),
        limits=(((0.0, 0.0, 30.0, 8.0, 0.5), 0.0), ((60.0, 4.0, 30.0, 8.0, 1.0), 0.0)),
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
