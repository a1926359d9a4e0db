"""Play one battle many times: a row of outcomes for each replication."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from redan.calibration.engage.conditionals import Filled, fill, has_layout_blanks, uniform_of
from redan.calibration.engage.field import Field, lay_out, write_forces
from redan.calibration.engage.table import Row
from redan.calibration.engage.verdict import SHIPPED, Verdict
from redan.runs.world import World, allocate, play
from redan.scenario.parameters import draw
from redan.theatre.strips.build import build_strip
from redan.theatre.strips.plan import BARRED_KM, goal_east, plan_on
from redan.vocabulary import outcomes as out
from redan.vocabulary.arrays import Plan, Theatre

F64 = NDArray[np.float64]
#: Parameters that a fit sets: columns of values by replication, from the year of the battle.
Setting = Callable[[int, Sequence[int]], Mapping[str, F64]]
COURSE: Final = "attack"
LAYOUTS: Final = 16  # strips drawn for a battle whose layout has blanks; its replications share them out
OUTCOMES: Final = (
    "depth_km", "lost_attacker", "lost_defender", "men_attacker", "men_defender", "front_km", "days",
    "ambition",
)  # fmt: skip


@dataclass(frozen=True)
class Played:
    """Outcomes of one battle: every array is [replication]; losses and men in those of the table."""

    id: str
    depth_km: F64
    lost_attacker: F64
    lost_defender: F64
    men_attacker: F64
    men_defender: F64
    front_km: F64
    days: F64
    ambition: F64  # standard normal: how deep the attacker's objective lies for such a front


def seed_of(seed: int, row_id: str) -> int:
    """The seed of a battle: of the run's seed and its id only, not of its place among others."""
    from redan.numerics.draws import name_entity

    return int(name_entity(f"engage {seed} {row_id}"))


def play_battle(
    row: Row, *, seed: int, replications: int, setting: Setting | None = None, verdict: Verdict = SHIPPED
) -> Played:
    """Play a battle `replications` times.

    Parameters
    ----------
    setting
        Parameters that replace the draws of the register, by replication; None: the register's priors.
    verdict
        Holds how deep objectives lie: an attack goes no farther.
    """
    own = seed_of(seed, row.id)
    layouts = min(LAYOUTS, replications) if has_layout_blanks(row) else 1
    found = np.zeros((len(OUTCOMES), replications))
    for number in range(layouts):
        wanted = range(number, replications, layouts)
        field = lay_out(fill(row, uniform_of(own, number)))
        found[:, wanted] = _play_field(field, own, wanted, setting, verdict)
    return Played(row.id, *found)


def _play_field(field: Field, seed: int, wanted: range, setting: Setting | None, verdict: Verdict) -> F64:
    """[outcome, replication] of one layout."""
    filled = field.filled
    theatre = build_strip(field.strip)
    rows = draw(field.parameters, seed, wanted)
    write_forces(field, rows, seed, wanted)
    if setting is not None:
        for name, values in setting(filled.year, wanted).items():
            rows[name] = values
    straight = plan_on(goal_east(theatre))
    plans = {COURSE: straight}
    world = World(
        theatre=theatre,
        plans=plans,
        objectives=[],
        axes={COURSE: ["axis"]},
        draw=lambda numbers: rows,
        seed=seed,
        horizon_days=filled.days,
    )
    memory = allocate(world, COURSE)
    found = np.zeros((len(OUTCOMES), len(wanted)))
    for at, number in enumerate(wanted):
        ambition = ambition_of(seed, number)
        plans[COURSE] = _plan_to(straight, theatre, field, verdict, ambition)
        output = play(world, COURSE, number, rows[at], memory)
        found[:, at] = (*_read(field, filled, output.measure), ambition)
    return found


def _plan_to(straight: Plan, theatre: Theatre, field: Field, verdict: Verdict, ambition: float) -> Plan:
    """Straight on, and no farther than the objective."""
    strip = field.strip
    (deep_km,) = verdict.objective_km(np.array([field.filled.front_km]), np.array([ambition]))
    line_km = theatre.cell_x_km[: strip.columns][strip.front_column] - 0.5 * strip.spacing_km
    beyond = theatre.cell_x_km - 0.5 * strip.spacing_km - line_km >= deep_km
    distance_km = np.where(beyond, BARRED_KM, straight.axis_distance_km)
    distance_km.setflags(write=False)
    return straight._replace(axis_distance_km=distance_km)


def ambition_of(seed: int, replication: int) -> float:
    """Where the depth of a battle's objective lies among those of such fronts."""
    return float(special.ndtri(uniform_of(seed, replication)("objective")))


def _read(field: Field, filled: Filled, measure: Any) -> tuple[float, ...]:
    return (
        float(measure[out.MEASURE_AREA]) / field.strip.width_km,
        float(measure[out.MEASURE_LOSSES_ATTACKER]) / field.scale,
        float(measure[out.MEASURE_LOSSES_DEFENDER]) / field.scale,
        filled.attacker_men,
        filled.defender_men,
        filled.front_km,
        float(filled.days),
    )
