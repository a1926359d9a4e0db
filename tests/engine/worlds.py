"""Small worlds of the engine's tests: arrays of the same types as all others, so that one compile serves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from redan.testing.params import TOY_DATE, toy_params
from redan.testing.toys import Toy, toy_plan, toy_theatre
from redan.theatre.compile import freeze
from redan.vocabulary.arrays import Plan, Theatre
from redan.vocabulary.codes import BYPASS, CLEAR, LAYERS, SEAL
from redan.vocabulary.parameters import load_register

SMALL = Toy(
    columns=14, rows=8, front_column=5, attacker_formations=16, defender_formations=10, attacker_reserves=4,
    defender_reserves=3, town_column=8,
)  # fmt: skip
STRONG = {"attacker_men": 24_000.0, "attacker_drones_per_day": 900.0, "attacker_guns": 400.0}
WEAK_DEFENCE = {"defender_men": 1_800.0, "defender_drones_per_day": 20.0, "defender_guns": 10.0}
PUSH = STRONG | WEAK_DEFENCE  # an attacker who gets through to the town and beyond
NOTHING = {
    "defender_men": 0.0, "defender_drones_per_day": 0.0, "defender_guns": 0.0,
    "defender_replacements_per_day": 0.0,
}  # fmt: skip


def changed(theatre: Theatre, **arrays: Any) -> Theatre:
    """A theatre with some arrays replaced (by arrays of the same type)."""
    return freeze(theatre._replace(**arrays))


def changed_plan(plan: Plan, **arrays: Any) -> Plan:
    """A plan with some arrays replaced."""
    return freeze(plan._replace(**arrays))


def two_phases(
    theatre: Theatre, kind: int, threshold: float, *, sense: int = 1, second_effort: float = 0.0
) -> Plan:
    """A plan that goes over from full effort to another when its one trigger holds."""
    plan = toy_plan(theatre)
    return changed_plan(
        plan,
        effort_level=np.array([1.0, second_effort]),
        axis_effort=np.array([[1.0], [1.0]]),
        weights=np.vstack([plan.weights, plan.weights]),
        stronghold_choice=np.array([CLEAR, CLEAR], dtype=np.int32),
        trigger_phase=np.array([0], dtype=np.int32),
        trigger_kind=np.array([kind], dtype=np.int32),
        trigger_entity=np.array([0], dtype=np.int32),
        trigger_sense=np.array([sense], dtype=np.int8),
        trigger_threshold=np.array([threshold]),
        trigger_next=np.array([1], dtype=np.int32),
    )


def random_toy(rng: np.random.Generator) -> tuple[Theatre, Plan]:
    """A toy theatre and a plan drawn at large: size, forces, belt, town, stronghold, supply, layers."""
    columns, rows = int(rng.integers(8, 18)), int(rng.integers(4, 11))
    front = int(rng.integers(2, columns - 4))
    attackers, defenders = (int(x) for x in rng.integers(2, 26, size=2))
    toy = replace(
        Toy(),
        columns=columns, rows=rows, front_column=front,
        spacing_km=float(rng.uniform(0.9, 2.6)),
        attacker_formations=attackers, defender_formations=defenders,
        attacker_reserves=int(rng.integers(0, attackers)), defender_reserves=int(rng.integers(0, defenders)),
        belt_column=int(rng.integers(-1, columns)), belt_months=float(rng.uniform(0.0, 120.0)),
        town_column=int(rng.integers(1, columns - 1)), town_built=float(rng.uniform(0.0, 1.0)),
        site_floor_m2=float(rng.choice([0.0, 2e4, 8e5])),
        track_t_per_day=float(rng.choice([0.0, 5.0, 100.0])),
        source_t_per_day=float(rng.choice([0.0, 40.0, 5000.0])),
    )  # fmt: skip
    off = tuple(name for name in LAYERS if rng.random() < 0.12)
    theatre = toy_theatre(toy, layers_off=off)
    weights = tuple(float(x) for x in rng.uniform(-0.5, 1.0, size=5))
    choice = int(rng.choice([CLEAR, SEAL, BYPASS]))
    return theatre, toy_plan(theatre, effort=float(rng.uniform(0.0, 1.0)), choice=choice, weights=weights)


def prior_params(rng: np.random.Generator) -> np.ndarray:
    """One row drawn from every prior of the register, and forces drawn at large."""
    drawn = {
        name: float(p.ppf(float(rng.random())))
        for name, p in load_register().at(TOY_DATE).items()
        if not p.is_given
    }
    forces = {
        "attacker_men": float(rng.choice([0.0, 900.0, 9000.0, 40_000.0])),
        "defender_men": float(rng.choice([0.0, 500.0, 5000.0, 20_000.0])),
        "attacker_guns": float(rng.uniform(0.0, 500.0)), "defender_guns": float(rng.uniform(0.0, 300.0)),
        "attacker_drones_per_day": float(rng.choice([0.0, 200.0, 3000.0])),
        "defender_drones_per_day": float(rng.choice([0.0, 200.0, 3000.0])),
        "attacker_jamming": float(rng.uniform(0.0, 0.95)), "defender_jamming": float(rng.uniform(0.0, 0.95)),
        "attacker_replacements_per_day": float(rng.uniform(0.0, 80.0)),
        "defender_replacements_per_day": float(rng.uniform(0.0, 40.0)),
        "attacker_reserve_share": float(rng.uniform(0.0, 0.6)),
        "defender_reserve_share": float(rng.uniform(0.0, 0.6)),
    }  # fmt: skip
    return toy_params(drawn | forces)
