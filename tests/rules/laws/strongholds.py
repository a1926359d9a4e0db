"""Laws of `rules/strongholds.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Law

LAWS: dict[str, Law] = {
    "stronghold_slowdown": Law(
        {"floor": (0.0, 1e7), "tunnels": (0.0, 100.0), "reference": (1e4, 1e6), "weight": UNIT},
        rises=("reference",),
        falls=("floor", "tunnels", "weight"),
        bounds=UNIT,
        values=(((300_000.0, 0.0, 300_000.0, 0.1), 0.5), ((300_000.0, 10.0, 300_000.0, 0.1), 0.3333333)),
        limits=(((0.0, 0.0, 300_000.0, 0.1), 1.0),),
    ),
    "clearing_days": Law(
        {"floor": (0.0, 1e7), "tunnels": (0.0, 100.0), "floor_rate": (1e3, 1e5), "tunnel_rate": (0.05, 2.0)},
        rises=("floor", "tunnels"),
        falls=("floor_rate", "tunnel_rate"),
        values=(((150_000.0, 2.0, 15_000.0, 0.2), 20.0),),
        limits=(((0.0, 0.0, 15_000.0, 0.2), 0.0),),
    ),
    "stay_behind": Law(
        {"shelter": (0.0, 5000.0), "men": (0.0, 1e4), "share": UNIT, "clears": UNIT},
        rises=("shelter", "men", "share"),
        falls=("clears",),
        bounds=(0.0, 5000.0),
        values=(((100.0, 1000.0, 0.2, 0.5), 50.0), ((1000.0, 7.0, 0.2, 0.0), 1.0)),
        limits=(((0.0, 1000.0, 0.2, 0.0), 0.0), ((100.0, 1000.0, 0.2, 1.0), 0.0)),
    ),
    "stock_after": Law(
        {"stock": (0.0, 100.0), "garrison": (0.0, 3000.0), "shelter": (0.0, 3000.0), "delivered": UNIT},
        rises=("stock", "delivered", "shelter"),
        falls=("garrison",),
        bounds=(0.0, 100.0),
        values=(((10.0, 250.0, 500.0, 0.0), 9.5), ((10.0, 500.0, 500.0, 0.25), 9.25)),
        limits=(((0.2, 500.0, 500.0, 0.0), 0.0), ((10.0, 500.0, 500.0, 1.0), 10.0)),
    ),
    "surrender_hazard": Law(
        {"base": UNIT, "hungry": (0.0, 200.0), "growth": (1.0, 30.0)},
        rises=("base", "hungry"),
        falls=("growth",),
        bounds=UNIT,
        values=(((0.01, 0.0, 10.0), 0.0099502), ((0.01, 10.0, 10.0), 0.0268167)),
        limits=(((0.0, 50.0, 10.0), 0.0), ((1.0, 200.0, 1.0), 0.3934693)),  # its cap,
    ),
}
