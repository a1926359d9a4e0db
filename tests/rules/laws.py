"""What is true of each rule of plain numbers: ranges of its arguments in their order, direction, bounds."""

from __future__ import annotations

import math
from dataclasses import dataclass

UNIT = (0.0, 1.0)
INF = math.inf
ARRAYS = {
    "list_contact",
    "price_edges",
    "deliver",
    "feeding_weight",
    "neck_km",
    "push_flow",
    "next_short_days",
}  # tested apart


@dataclass(frozen=True)
class Law:
    """Ranges of the arguments in their order, the sign of the effect of some, and bounds of the result."""

    ranges: dict[str, tuple[float, float]]
    rises: tuple[str, ...] = ()
    falls: tuple[str, ...] = ()
    bounds: tuple[float, float] = (0.0, INF)


LAWS: dict[str, Law] = {
    # assault
    "attack_density": Law(
        {"open": (1.0, 5000.0), "pressure": (0.0, 20.0), "half": (0.05, 5.0), "mobility": UNIT},
        rises=("open", "half", "mobility"),
        falls=("pressure",),
        bounds=(0.0, 5000.0),
    ),
    "posture_strength": Law(
        {"works": UNIT, "works_gain": (0.0, 2.0), "relief_gain": UNIT, "built_gain": UNIT},
        rises=("works", "works_gain", "relief_gain", "built_gain"),
        bounds=(1.0, 12.0),
    ),
    "success_probability": Law(
        {"ratio": (0.0, 1e6), "slope": (0.1, 3.0), "even": (0.05, 3.0)},
        rises=("ratio",),
        falls=("even",),
        bounds=UNIT,
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
    ),
    "ground_speed": Law(
        dict.fromkeys(("relief", "cover", "built", "river", "mobility", "s_r", "s_c", "s_b", "s_w"), UNIT),
        rises=("mobility",),
        falls=("relief", "cover", "built", "river", "s_r", "s_c", "s_b", "s_w"),
        bounds=UNIT,
    ),
    "cell_movement": Law({"sum": (0.0, 100.0), "most": (0.0, 30.0)}, rises=("sum", "most")),
    "noise_factor": Law(
        {"zp": (-4.0, 4.0), "zd": (-4.0, 4.0), "sp": UNIT, "sd": UNIT},
        rises=("zp", "zd"),
    ),
    # breach
    "breach_probability": Law(
        {
            "lanes": (0.0, 20.0),
            "rate": UNIT,
            "cover": UNIT,
            "depth": (0.0, 3000.0),
            "reference": (1.0, 1000.0),
        },
        rises=("lanes", "rate", "reference"),
        falls=("cover", "depth"),
        bounds=UNIT,
    ),
    "covering_fire": Law(
        {"rho": (0.0, 1e4), "half": (1.0, 1000.0), "pressure": (0.0, 20.0), "half_pressure": (0.05, 5.0)},
        rises=("rho", "pressure"),
        falls=("half", "half_pressure"),
        bounds=UNIT,
    ),
    # cohesion
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
    ),
    "next_cohesion": Law(
        {"c": UNIT, "loss": UNIT, "attacking": UNIT, "weight": (0.0, 4.0), "tire": UNIT, "recovery": UNIT},
        rises=("c",),
        falls=("loss", "attacking", "weight", "tire"),
        bounds=(0.05, 1.0),
    ),
    # contact
    "line_density": Law(
        {"men": (0.0, 1e5), "tied": (0.0, 1e5), "km": (0.0, 100.0)},
        rises=("men",),
        falls=("tied",),
    ),
    # drones
    "sorties_per_km": Law(
        {"drones": (0.0, 1e5), "km": (0.0, 1000.0), "flying": UNIT, "jammed": UNIT, "schedule": (0.0, 5.0)},
        rises=("drones", "flying", "schedule"),
        falls=("jammed",),
    ),
    "depth_profile": Law(
        {"km": (0.0, 200.0), "half": (0.0, 40.0), "scale": (0.5, 10.0)},
        rises=("half",),
        falls=("km",),
        bounds=UNIT,
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
    ),
    "kills_per_km": Law(
        {"sorties": (0.0, 1000.0), "hit": UNIT, "exposed": (0.0, 1e4), "half": (1.0, 1000.0)},
        rises=("sorties", "hit", "exposed"),
        falls=("half",),
        bounds=(0.0, 1000.0),
    ),
    "vulnerability": Law({"works": UNIT, "protection": UNIT}, falls=("works", "protection"), bounds=UNIT),
    # fires
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
    ),
    "fire_losses": Law(
        {"men": (0.0, 1e5), "forward": UNIT, "rate": UNIT, "intensity": (0.0, 10.0), "vulnerability": UNIT},
        rises=("men", "forward", "rate", "intensity", "vulnerability"),
    ),
    # infiltration
    "infiltration_share": Law(
        {"pressure": (0.0, 50.0), "half": (0.05, 5.0), "fog": UNIT, "gain": (0.0, 2.0)},
        rises=("pressure", "fog", "gain"),
        falls=("half",),
        bounds=(0.0, 0.9),
    ),
    "infiltration_survival": Law(
        {"hazard": UNIT, "pressure": (0.0, 20.0), "km": (0.0, 10.0), "fog": UNIT, "loss": UNIT},
        rises=("fog", "loss"),
        falls=("hazard", "pressure", "km"),
        bounds=UNIT,
    ),
    "harassment": Law(
        {"grey": (0.0, 1e5), "half": (1.0, 1000.0)},
        rises=("grey",),
        falls=("half",),
        bounds=(0.0, 0.5),
    ),
    # orders
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
    ),
    "march_days": Law(
        {"km": (0.0, 500.0), "speed": (1.0, 50.0)}, rises=("km",), falls=("speed",), bounds=(1.0, 500.0)
    ),
    # people
    "destruction": Law(
        {
            "destroyed": UNIT,
            "contact": UNIT,
            "fires": (0.0, 5.0),
            "kc": (0.0, 0.1),
            "kf": (0.0, 0.1),
            "days": (0.0, 30.0),
        },
        rises=("destroyed", "contact", "fires", "kc", "kf", "days"),
        bounds=UNIT,
    ),
    "leaving_rate": Law(
        {"km": (0.0, 200.0), "base": UNIT, "half": (0.0, 30.0), "scale": (0.5, 10.0), "shock": UNIT},
        rises=("base", "half", "shock"),
        falls=("km",),
        bounds=(0.0, 2.0),
    ),
    "residents_after": Law(
        {"residents": (0.0, 1e6), "core": (0.0, 1e5), "rate": UNIT, "days": (0.0, 30.0)},
        rises=("residents",),
        falls=("rate", "days"),
        bounds=(0.0, 1e6),
    ),
    # strongholds
    "stronghold_slowdown": Law(
        {"floor": (0.0, 1e7), "tunnels": (0.0, 100.0), "reference": (1e4, 1e6), "weight": UNIT},
        rises=("reference",),
        falls=("floor", "tunnels", "weight"),
        bounds=UNIT,
    ),
    "clearing_days": Law(
        {"floor": (0.0, 1e7), "tunnels": (0.0, 100.0), "floor_rate": (1e3, 1e5), "tunnel_rate": (0.05, 2.0)},
        rises=("floor", "tunnels"),
        falls=("floor_rate", "tunnel_rate"),
    ),
    "stay_behind": Law(
        {"shelter": (0.0, 5000.0), "men": (0.0, 1e4), "share": UNIT, "clears": UNIT},
        rises=("shelter", "men", "share"),
        falls=("clears",),
        bounds=(0.0, 5000.0),
    ),
    "stock_after": Law(
        {"stock": (0.0, 100.0), "garrison": (0.0, 3000.0), "shelter": (0.0, 3000.0), "delivered": UNIT},
        rises=("stock", "delivered", "shelter"),
        falls=("garrison",),
        bounds=(0.0, 100.0),
    ),
    "surrender_hazard": Law(
        {"base": UNIT, "hungry": (0.0, 200.0), "growth": (1.0, 30.0)},
        rises=("base", "hungry"),
        falls=("growth",),
        bounds=UNIT,
    ),
    # supply
    "forward_share": Law(
        {"rear": UNIT, "men": (0.0, 5000.0), "demand": (1.0, 50.0), "carried": (0.0, 1e5), "km": (0.0, 30.0)},
        rises=("rear", "carried", "km"),
        falls=("demand",),
        bounds=UNIT,
    ),
    "isolation_effect": Law(
        {"short": (0.0, 500.0), "floor": (0.0, 0.9), "grace": (0.0, 10.0), "decay": (1.0, 30.0)},
        rises=("floor", "grace", "decay"),
        falls=("short",),
        bounds=UNIT,
    ),
    # weather
    "daylight_hours": Law({"day": (1.0, 366.0), "latitude": (-89.0, 89.0)}, bounds=(0.0, 24.0)),
    "next_wetness": Law(
        {"wetness": (-5.0, 5.0), "a": (0.0, 0.99), "z": (-5.0, 5.0)},
        rises=("wetness", "z"),
        bounds=(-INF, INF),
    ),
    "season_bump": Law(
        {"day": (1.0, 366.0), "peak": (1.0, 365.0), "width": (5.0, 90.0)}, rises=("width",), bounds=UNIT
    ),
    "mud": Law(
        {
            "day": (1.0, 366.0),
            "wetness": (-5.0, 5.0),
            "spring": (1.0, 365.0),
            "autumn": (1.0, 365.0),
            "width": (5.0, 60.0),
        },
        rises=("wetness", "width"),
        bounds=UNIT,
    ),
    "leaf_cover": Law({"day": (1.0, 366.0), "out": (60.0, 150.0), "fall": (240.0, 330.0)}, bounds=UNIT),
    "flying_share": Law(
        {"wetness": (-5.0, 5.0), "fog": UNIT, "bad": UNIT, "fog_loss": UNIT},
        falls=("wetness", "fog", "bad", "fog_loss"),
        bounds=UNIT,
    ),
    # works
    "belt_maturity": Law(
        {"months": (0.0, 200.0), "effort": (0.0, 500.0), "support": (0.0, 3.0), "hours": (100.0, 1e4)},
        rises=("months", "effort", "support"),
        falls=("hours",),
        bounds=UNIT,
    ),
    "dig": Law(
        {"works": UNIT, "rate": UNIT, "quiet": UNIT, "weather": UNIT},
        rises=("works", "rate", "quiet", "weather"),
        bounds=UNIT,
    ),
    "wear": Law(
        {"works": UNIT, "fires": (0.0, 50.0), "assaulted": (0.0, 7.0), "kf": (0.0, 0.1), "ka": (0.0, 0.1)},
        rises=("works",),
        falls=("fires", "assaulted", "kf", "ka"),
        bounds=UNIT,
    ),
}
