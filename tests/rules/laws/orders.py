"""Laws of `rules/orders.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import INF, UNIT, Law

LAWS: dict[str, Law] = {
    "sent_from_outside": Law(
        {
            "start": (0.0, 1e6),
            "front": (1.0, 1000.0),
            "start_front": (1.0, 1000.0),
            "men": (0.0, 1e6),
            "share": UNIT,
            "days": (1.0, 1000.0),
        },
        rises=("start", "front", "share"),
        falls=("start_front", "men", "days"),
        bounds=(0.0, INF),
        values=(((30_000.0, 120.0, 80.0, 25_000.0, 0.5, 50.0), 200.0),),
        limits=(
            ((30_000.0, 80.0, 80.0, 30_000.0, 1.0, 50.0), 0.0),
            ((30_000.0, 80.0, 80.0, 40_000.0, 1.0, 50.0), 0.0),
            ((30_000.0, 160.0, 80.0, 0.0, 0.0, 50.0), 0.0),
        ),
    ),
    "effort_capacity": Law(
        {
            "men": (0.0, 1e6),
            "battalion": (100.0, 1000.0),
            "ready": UNIT,
            "t0": (0.5, 10.0),
            "t1": (0.0, 20.0),
            "pressure": (0.0, 20.0),
            "schedule": (0.0, 5.0),
        },
        rises=("men", "ready", "schedule"),
        falls=("battalion", "t0", "t1", "pressure"),
        values=(((45_000.0, 450.0, 0.8, 3.0, 7.0, 1.0, 1.0), 8.0),),
        limits=(
            ((0.0, 450.0, 0.8, 3.0, 7.0, 1.0, 1.0), 0.0),
            ((45_000.0, 450.0, 0.9, 3.0, 7.0, 0.0, 1.0), 30.0),
        ),
    ),
    "target_score": Law(
        {
            "behind": (0.0, 100.0),
            "length": (0.5, 20.0),
            "built": UNIT,
            "flank": UNIT,
            "route": UNIT,
            "weak": UNIT,
            "wp": UNIT,
            "wb": UNIT,
            "wf": UNIT,
            "wr": UNIT,
            "ww": UNIT,
            "noise": (-5.0, 5.0),
        },
        rises=("built", "flank", "route", "weak", "noise", "length"),
        falls=("behind", "wp"),
        bounds=(-INF, INF),
        values=(((6.0, 6.0, 0.5, 0.5, 0.5, 0.5, 1.0, 0.2, 0.4, 0.6, 0.8, 0.1), 0.1),),
        limits=(((0.0, 6.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.3), 0.3),),
    ),
    "reinforcement_need": Law(
        {
            "rho": (0.0, 1000.0),
            "wanted": (1.0, 1000.0),
            "attacked": UNIT,
            "progress": UNIT,
            "wa": UNIT,
            "wp": UNIT,
        },
        rises=("attacked", "progress", "wanted"),
        falls=("rho",),
        bounds=(-1000.0, 3.0),
        values=(((50.0, 100.0, 1.0, 0.5, 0.3, 0.8), 1.2),),
        limits=(((100.0, 100.0, 0.0, 0.0, 0.3, 0.8), 0.0), ((0.0, 100.0, 0.0, 0.0, 0.3, 0.8), 1.0)),
    ),
    "march_days": Law(
        {"km": (0.0, 500.0), "speed": (1.0, 50.0)},
        rises=("km",),
        falls=("speed",),
        bounds=(1.0, 500.0),
        values=(((45.0, 20.0), 3.0), ((40.0, 20.0), 2.0)),
        limits=(((0.0, 20.0), 1.0),),
    ),
}
