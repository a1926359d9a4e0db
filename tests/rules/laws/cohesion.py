"""Laws of `rules/cohesion.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Law

LAWS: dict[str, Law] = {
    "break_hazard": Law(
        {
            "base": (0.0, 0.05),
            "wn": (0.0, 4.0),
            "ws": (0.0, 4.0),
            "wl": (0.0, 2.0),
            "neck": (0.0, 20.0),
            "supply": UNIT,
            "loss": UNIT,
            "cap": (0.01, 0.5),
        },
        rises=("base", "loss", "cap", "wn", "ws", "wl"),
        falls=("neck", "supply"),
        bounds=UNIT,
        values=(
            ((0.01, 2.0, 1.5, 0.8, 10.0, 1.0, 0.0, 0.2), 0.0099502),
            ((0.004, 2.0, 1.5, 0.8, 5.0, 0.8, 0.05, 0.2), 0.0216578),
        ),
        limits=(
            ((0.01, 2.0, 1.5, 0.8, 0.0, 0.0, 0.1, 0.2), 0.1812692),  # its cap
            ((0.0, 2.0, 1.5, 0.8, 0.0, 0.0, 0.5, 0.2), 0.0),
        ),
    ),
    "next_cohesion": Law(
        {"c": UNIT, "loss": UNIT, "attacking": UNIT, "weight": (0.0, 4.0), "tire": UNIT, "recovery": UNIT},
        rises=("c",),
        falls=("loss", "attacking", "weight", "tire"),
        bounds=(0.05, 1.0),
        values=(((0.8, 0.02, 1.0, 1.5, 0.004, 0.02), 0.77), ((0.4, 0.0, 0.0, 1.5, 0.004, 0.05), 0.43)),
        limits=(((0.1, 1.0, 1.0, 1.5, 0.004, 0.02), 0.05), ((1.0, 0.0, 0.0, 1.5, 0.004, 0.02), 1.0)),
    ),
}
