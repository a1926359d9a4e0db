"""Facts about the drone zone: it slows both sides."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from redan.calibration.stylised.play import Case, Player
from redan.calibration.stylised.statistics import Estimate, estimate, mean_ratio
from redan.calibration.stylised.theatres import ERAS, MATURE, build_front, front_of, parameters_of
from redan.vocabulary.arrays import F64, Output, Theatre
from redan.vocabulary.codes import LOG_COUNTER_ATTACK

FRONT_KM: Final = 60.0
DAYS: Final = 60
#: What moves is compared while the two fronts, with the zone and without it, are still alike.
EARLY_DAYS: Final = 10
FRESH_DAYS: Final = 5  # counter-attacks until then are by the first reserves sent, whole at the start
#: Nobody is replaced, so that men who are missing from what moves were lost by it.
NOBODY_COMES: Final = {
    "attacker_reserve_share": 0.3,
    "defender_reserve_share": 0.2,
    "attacker_replacements_per_day": 0.0,
    "defender_replacements_per_day": 0.0,
}


def _case(era: str, days: int, *, drones: bool) -> Case:
    front = front_of(era, FRONT_KM, belts=((6.0, MATURE),))
    parameters = parameters_of(ERAS[era], FRONT_KM, **NOBODY_COMES)
    off = () if drones else ("drone_zone",)
    return Case(f"zone-{era}-{drones}", build_front(front), parameters, days, layers_off=off)


def read_zone(case: Case, theatre: Theatre, state: Any, output: Output, row: Any) -> dict[str, float]:
    """What moves and what can reach the positions on the last day, and who came to counter-attack."""
    return {
        "men_per_edge": men_per_edge(state, row),
        "forward_kg_per_km": forward_kg_per_km(state, row),
        "delivered_share": delivered_share(state, row),
        "counter_men": counter_men(output),
    }


def men_per_edge(state: Any, row: Any) -> float:
    """Men put onto each edge attacked today, NaN where nothing was attacked."""
    edges = float(state.cells.stack_attack_edges.sum())
    men = float(state.world[0].effort_executed) * float(row["assault_men_per_battalion_day"])
    return men / edges if edges > 0.0 and men > 0.0 else float("nan")


def forward_kg_per_km(state: Any, row: Any) -> float:
    """What can reach the forward positions today, kg a km of line and day, mean over both sides' line.

    What is carried over the last kilometres, by `engine.supplying.consume`, times the share of demand that
    reaches the rear. Not limited by what the positions need, as a count of traffic is not.
    """
    stacks = state.cells[state.cells.stack_front_km > 0.0]
    loss = float(row["carried_drone_loss"]) * np.minimum(1.0, stacks.pressure)
    carried = float(row["carried_kg_per_km_day"]) * (1.0 - loss) * stacks.supply_share
    return float(np.average(carried, weights=stacks.stack_front_km)) if stacks.size else float("nan")


def delivered_share(state: Any, row: Any) -> float:
    """Share of their needs that the positions of both sides get today: never more than they need."""
    stacks = state.cells[state.cells.stack_front_km > 0.0]
    loss = float(row["carried_drone_loss"]) * np.minimum(1.0, stacks.pressure)
    carried = float(row["carried_kg_per_km_day"]) * (1.0 - loss) * stacks.stack_front_km
    men = stacks.stack_men * float(row["forward_share"])
    need = men * float(row["forward_kg_per_man_day"])
    got = np.minimum(stacks.supply_share, carried / np.maximum(need, 1e-9))
    return float(np.average(got, weights=men)) if men.sum() > 0.0 else float("nan")


def counter_men(output: Output) -> float:
    """Men that arrive for a counter-attack, mean over the first days, NaN where there was none.

    All formations of the defender are equally strong at the start: what is missing was lost on the way.
    """
    rows = min(int(output.log_count[0]), output.log_day.shape[0])
    wanted = (output.log_kind[:rows] == LOG_COUNTER_ATTACK) & (output.log_day[:rows] <= FRESH_DAYS)
    came = output.log_value[:rows][wanted]
    return float(came.mean()) if came.size else float("nan")


def _on_over_off(on: F64, off: F64) -> Estimate:
    """Ratio of means, the two on common luck."""
    return estimate(mean_ratio("on", "off"), {"on": on, "off": off})


def measure_drones(play: Player, n: int) -> dict[str, Estimate]:
    """With the zone over without it, on common luck, at two dates."""
    parts = {}
    for era in ("2023", "2025"):
        on, off = (play(_case(era, DAYS, drones=drones), n) for drones in (True, False))
        parts[f"advance_{era}"] = _on_over_off(on["depth_km"], off["depth_km"])
        early, early_off = (
            play(_case(era, EARLY_DAYS, drones=drones), n, read_zone) for drones in (True, False)
        )
        for part, column in (
            ("moving_units", "men_per_edge"),
            ("forward_supply", "forward_kg_per_km"),
            ("delivered", "delivered_share"),
            ("counter_attacks", "counter_men"),
        ):
            parts[f"{part}_{era}"] = _on_over_off(early[column], early_off[column])
        behind = {"share": on["behind_3km_share"]}
        parts[f"losses_behind_{era}"] = estimate(lambda s: float(np.mean(s["share"])), behind)
    return parts
