"""Laws of `rules/assault.py`: ranges, directions, bounds, values worked out by hand, limits."""

from __future__ import annotations

from tests.rules.law import UNIT, Law

LAWS: dict[str, Law] = {
    "attack_density": Law(
        {"open": (1.0, 5000.0), "pressure": (0.0, 20.0), "half": (0.05, 5.0), "mobility": UNIT},
        rises=("open", "half", "mobility"),
        falls=("pressure",),
        bounds=(0.0, 5000.0),
        values=(((300.0, 0.2, 0.2, 1.0), 150.0), ((2500.0, 0.6, 0.2, 0.5), 312.5)),
        limits=(((300.0, 0.0, 0.2, 1.0), 300.0), ((300.0, 0.2, 0.2, 0.0), 0.0)),
    ),
    "exposed_men": Law(
        {"engaged": (0.0, 5000.0), "available": (0.0, 20000.0), "crowding": UNIT},
        rises=("engaged", "available", "crowding"),
        values=(((100.0, 300.0, 0.5), 200.0), ((100.0, 50.0, 1.0), 100.0)),
        limits=(((100.0, 900.0, 0.0), 100.0), ((100.0, 900.0, 1.0), 900.0)),
    ),
    "posture_strength": Law(
        {"works": UNIT, "works_gain": (0.0, 2.0), "relief_gain": UNIT, "built_gain": UNIT},
        rises=("works", "works_gain", "relief_gain", "built_gain"),
        bounds=(1.0, 12.0),
        # Dupuy's QJM: fortified 1.6 times rugged, mixed ground 1.55
        values=(((1.0, 0.6, 0.55, 0.0), 2.48), ((0.5, 0.6, 0.3, 0.4), 2.366)),
        limits=(((0.0, 0.6, 0.0, 0.0), 1.0),),
    ),
    "success_probability": Law(
        {"ratio": (0.0, 1e6), "slope": (0.1, 3.0), "even": (0.05, 3.0)},
        rises=("ratio",),
        falls=("even",),
        bounds=UNIT,
        values=(((0.5, 0.8, 0.5), 0.5), ((2.0, 0.8, 0.5), 0.7519493)),
        limits=(((0.0, 0.8, 0.5), 0.0), ((1e12, 0.8, 0.5), 1.0)),
    ),
    "edge_loss": Law(
        {
            "own": (0.0, 1e5),
            "enemy": (0.0, 1e5),
            "power": (0.0, 1e5),
            "rate": UNIT,
            "p": UNIT,
            "factor": (0.0, 5.0),
        },
        rises=("own", "enemy", "rate", "factor"),
        # the square law: 60 men who hit .01 a day each
        values=(((100.0, 60.0, 100.0, 0.01, 1.0, 1.0), 0.6), ((1e3, 4e3, 1e3, 0.02, 0.5, 1.5), 60.0)),
        limits=(((0.0, 10.0, 10.0, 0.1, 0.5, 1.0), 0.0), ((10.0, 0.0, 10.0, 0.1, 0.5, 1.0), 0.0)),
    ),
    "winning_speed": Law(
        {
            "open": (3.0, 20.0),
            "fort": (0.1, 3.0),
            "works": UNIT,
            "rho": (0.0, 5000.0),
            "full": (10.0, 3000.0),
            "gamma": (0.05, 2.0),
        },
        rises=("open", "fort", "rho"),
        falls=("works", "full"),
        bounds=(0.0, 20.0),
        values=(((5.5, 2.5, 0.5, 500.0, 2000.0, 0.35), 2.2826009), ((5.5, 2.5, 1.0, 2e3, 2e3, 0.35), 2.5)),
        limits=(((5.5, 2.5, 0.0, 9e3, 2e3, 0.35), 5.5), ((5.5, 2.5, 0.0, 0.0, 2e3, 0.35), 0.0)),
    ),
    "ground_speed": Law(
        dict.fromkeys(("relief", "cover", "built", "river", "mobility", "s_r", "s_c", "s_b", "s_w"), UNIT),
        rises=("mobility",),
        falls=("relief", "cover", "built", "river", "s_r", "s_c", "s_b", "s_w"),
        bounds=UNIT,
        values=(((0.5, 0.5, 0.5, 1.0, 0.8, 0.4, 0.3, 0.6, 0.3), 0.26656),),
        limits=(
            ((0.0, 0.0, 0.0, 0.0, 1.0, 0.4, 0.3, 0.6, 0.3), 1.0),
            ((1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.3, 0.6, 0.3), 0.0),
        ),
    ),
    "cell_movement": Law(
        {"sum": (0.0, 100.0), "most": (0.0, 30.0)},
        rises=("sum", "most"),
        values=(((5.0, 3.0), 3.0), ((9.0, 3.0), 4.5)),
        limits=(((0.0, 0.0), 0.0), ((3.0, 3.0), 3.0)),
    ),
    "correlated_draw": Law(
        {"shared": (-4.0, 4.0), "own": (-4.0, 4.0), "r": UNIT},
        rises=("shared", "own"),
        bounds=(-8.0, 8.0),
        values=(((1.0, 1.0, 0.6), 1.4), ((2.0, -1.0, 0.8), 1.0)),
        limits=(((2.0, -1.0, 1.0), 2.0), ((2.0, -1.0, 0.0), -1.0)),
    ),
    "noise_factor": Law(
        {"zp": (-4.0, 4.0), "zd": (-4.0, 4.0), "sp": UNIT, "sd": UNIT},
        rises=("zp", "zd"),
        values=(((1.0, 0.0, 0.25, 0.7), 0.9740915), ((-1.0, 2.0, 0.5, 0.5), 1.2840254)),
        limits=(((2.0, -2.0, 0.0, 0.0), 1.0),),
    ),
}
