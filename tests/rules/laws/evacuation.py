"""Laws of `rules/evacuation.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import Law

LAWS: dict[str, Law] = {
    "killed_share": Law(
        {"pressure": (0.0, 50.0), "open": (0.1, 0.3), "denied": (0.3, 0.6), "half": (0.05, 5.0)},
        rises=("pressure", "open", "denied"),
        falls=("half",),
        bounds=(0.1, 0.6),
        values=(((1.0, 0.22, 0.45, 1.0), 0.335), ((3.0, 0.2, 0.4, 1.0), 0.35)),
        limits=(((0.0, 0.22, 0.45, 1.0), 0.22), ((1e12, 0.22, 0.45, 1.0), 0.45)),
    ),
}
