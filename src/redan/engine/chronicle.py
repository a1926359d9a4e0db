"""What the story of a campaign needs and nobody else writes down: efforts, marches, losses, ways in, ends.

Rows go to the log alone; nothing here changes the state that the days are played on. Efforts are told weekly,
sums of men every four weeks, the ways into an objective when routes are laid anew.
"""

from __future__ import annotations

from typing import Any

from redan.engine.journal import write_log
from redan.numerics.compile import kernel
from redan.numerics.graph import UNREACHED
from redan.vocabulary.codes import (
    ATTACKER,
    DEFENDER,
    GONE,
    LEDGER_ARRIVED,
    LEDGER_CAPTURED,
    LEDGER_RETURNED,
    LOG_ATTACKED,
    LOG_CAPTURED,
    LOG_CONTESTED,
    LOG_CORRIDOR,
    LOG_COUNTER_ORDERED,
    LOG_EFFORT_EXECUTED,
    LOG_EFFORT_ORDERED,
    LOG_FED,
    LOG_INTERDICTED,
    LOG_ISOLATED,
    LOG_ISOLATION_ENDED,
    LOG_LINE_DENSITY,
    LOG_LOSS,
    LOG_LOST_MARCHING,
    LOG_REACHED,
    LOG_REPLACED,
    LOG_RETAKEN,
    LOG_SENT,
    LOG_SORTIES,
    LOG_SUPPLY,
    LOG_TAKEN,
)
from redan.vocabulary.outcomes import EVENT_CONTESTED

WEEK = 7  # days between rows of effort
MONTH = 28  # days between sums of men: four weeks
TOP_LEVEL = 3  # supply of 80 % and more; a corridor of 10 km and more, or no threat
SUPPLY_SLACK = 0.05  # by which a level must be passed on the way up, so that the log does not flutter
CORRIDOR_SLACK_KM = 1.5


@kernel
def level_of(value: float, first: float, second: float, third: float) -> int:
    """How many of three rising thresholds a value reaches."""
    level = 0
    if value >= first:
        level = 1
    if value >= second:
        level = 2
    if value >= third:
        level = 3
    return level


@kernel
def next_level(before: int, value: float, first: float, second: float, third: float, slack: float) -> int:
    """The level of a value: down at once, up only past a threshold by the slack."""
    down = level_of(value, first, second, third)
    if down < before:
        return down
    return max(before, level_of(value - slack, first, second, third))


@kernel
def loads_lost(c: int, neighbour: Any, control: Any, distance: Any, survival: Any) -> float:
    """Share of loads lost on the shortest way to a cell; 1 where there is none."""
    if distance[c] >= UNREACHED:
        return 1.0
    left = 1.0
    while True:
        nearer = -1
        for n in range(neighbour.shape[1]):
            b = neighbour[c, n]
            if b < 0:
                break
            if control[b] == control[c] and distance[b] < distance[nearer if nearer >= 0 else c]:
                nearer = b
        if nearer < 0:
            return 1.0 - left
        left *= survival[c]
        c = nearer


@kernel
def tell_supply(
    o: int, day: int, neighbour: Any, cells: Any, objectives: Any, formations: Any, control: Any,
    distance: Any, survival: Any, log: Any,
) -> None:
    """Delivered share of the demand at full strength and of the men present, and loads lost on the way."""
    men = 0.0
    delivered = 0.0
    lost = 0.0
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.objective == o and unit.duty < GONE and unit.men > 0.0:
            men += unit.men
            delivered += unit.men * cells[unit.cell].supply_share
            lost += unit.men * loads_lost(unit.cell, neighbour, control, distance, survival)
    write_log(log, day, LOG_SUPPLY, o, objectives[o].supply)
    write_log(log, day, LOG_FED, o, delivered / max(1.0, men))
    write_log(log, day, LOG_INTERDICTED, o, lost / max(1.0, men))


@kernel
def watch_ways(
    day: int, neighbour: Any, cells: Any, objectives: Any, formations: Any, control: Any, distance: Any,
    survival: Any, log: Any,
) -> None:
    """Supply and corridor of every garrisoned objective, where they reached another level than last told."""
    for o in range(objectives.shape[0]):
        target = objectives[o]
        if target.garrison_men <= 0.0:
            continue
        level = next_level(target.supply_level, target.supply, 0.1, 0.4, 0.8, SUPPLY_SLACK)
        if level != target.supply_level:
            target.supply_level = level
            tell_supply(
                o, day, neighbour, cells, objectives, formations, control, distance, survival, log
            )
        level = next_level(target.corridor_level, target.neck_km, 2.5, 5.0, 10.0, CORRIDOR_SLACK_KM)
        if target.neck_km >= 10.0:  # as wide as it is measured
            level = TOP_LEVEL
        if level != target.corridor_level:
            target.corridor_level = level
            write_log(log, day, LOG_CORRIDOR, o, target.neck_km)


@kernel
def watch_ends(day: int, objectives: Any, event_day: Any, log: Any) -> None:
    """Contested, taken and retaken; isolation begun and ended."""
    n = objectives.shape[0]
    for o in range(n):
        target = objectives[o]
        if event_day[EVENT_CONTESTED * n + o] == day:
            write_log(log, day, LOG_CONTESTED, o, target.occupied + target.infiltrated)
        if target.taken_days >= 7 and target.told_taken == 0:
            target.told_taken = 1
            write_log(log, day - 6, LOG_TAKEN, o, target.occupied)
        elif target.told_taken == 1 and target.occupied < 0.5:
            target.told_taken = 0
            write_log(log, day, LOG_RETAKEN, o, target.occupied)
        if target.isolated_days >= 7 and target.told_isolated == 0:
            target.told_isolated = 1
            write_log(log, day - 6, LOG_ISOLATED, o, target.supply)
        elif target.told_isolated == 1 and target.isolated_days == 0:
            target.told_isolated = 0
            write_log(log, day, LOG_ISOLATION_ENDED, o, target.supply if target.garrison_men > 0.0 else -1.0)


@kernel
def tell_week(
    day: int, world: Any, control: Any, contact_cells: Any, target_axis: Any, told_axis: Any, log: Any
) -> None:
    """Effort ordered and executed, and the cells each axis attacks where their number changed noticeably."""
    w = world[0]
    write_log(log, day, LOG_EFFORT_ORDERED, w.phase, w.told_ordered)
    write_log(log, day, LOG_EFFORT_EXECUTED, w.phase, w.told_executed)
    w.told_ordered = 0.0
    w.told_executed = 0.0
    for a in range(told_axis.shape[1]):
        told_axis[1, a] = 0
    for i in range(w.n_contact):
        c = contact_cells[i]
        if control[c] == DEFENDER and target_axis[c] >= 0:
            told_axis[1, target_axis[c]] += 1
    for a in range(told_axis.shape[1]):
        before = told_axis[0, a]
        now = told_axis[1, a]
        begun_or_ended = (before == 0) != (now == 0)
        if begun_or_ended or abs(now - before) >= max(2, before // 2):
            told_axis[0, a] = now
            write_log(log, day, LOG_ATTACKED, a, float(now))


@kernel
def tell_sum(log: Any, day: int, kind: int, entity: int, men: float) -> None:
    """A row for men, none for nobody."""
    if men >= 0.5:
        write_log(log, day, kind, entity, men)


@kernel
def tell_month(
    day: int, world: Any, sides: Any, ledger: Any, cause: Any, told: Any, log: Any
) -> None:
    """Sums of four weeks, of both sides: losses by cause, marches, replacements; density and drones now."""
    n_causes = cause.shape[1]
    for s in (ATTACKER, DEFENDER):
        for k in range(n_causes):
            men = cause[s, k] - told[s, k]
            if men >= 0.5:  # a part of a man waits for the next row
                write_log(log, day, LOG_LOSS, s + 2 * k, men)
                told[s, k] = cause[s, k]
        tell_sum(log, day, LOG_CAPTURED, s, ledger[s, LEDGER_CAPTURED] - told[s, n_causes])
        told[s, n_causes] = ledger[s, LEDGER_CAPTURED]
        replaced = ledger[s, LEDGER_ARRIVED] + ledger[s, LEDGER_RETURNED]
        tell_sum(log, day, LOG_REPLACED, s, replaced - told[s, n_causes + 1])
        told[s, n_causes + 1] = replaced
        side = sides[s]
        tell_sum(log, day, LOG_SENT, s, side.sent_men)
        tell_sum(log, day, LOG_REACHED, s, side.reached_men)
        tell_sum(log, day, LOG_LOST_MARCHING, s, side.lost_marching_men)
        side.sent_men = 0.0
        side.reached_men = 0.0
        side.lost_marching_men = 0.0
        write_log(log, day, LOG_LINE_DENSITY, s, side.mean_density)
        write_log(log, day, LOG_SORTIES, s, side.sorties_per_km)
    tell_sum(log, day, LOG_COUNTER_ORDERED, DEFENDER, world[0].told_counter_men)
    world[0].told_counter_men = 0.0


@kernel
def keep_chronicle(
    day: int, world: Any, sides: Any, objectives: Any, control: Any, contact_cells: Any, target_axis: Any,
    ledger: Any, cause: Any, told: Any, told_axis: Any, event_day: Any, log: Any,
) -> None:
    """Every evening: add up, and write what is due."""
    w = world[0]
    w.told_ordered += w.effort_ordered
    w.told_executed += w.effort_executed
    w.told_counter_men += w.counter_ordered
    watch_ends(day, objectives, event_day, log)
    if day % WEEK == 0:
        tell_week(day, world, control, contact_cells, target_axis, told_axis, log)
    if day % MONTH == 0:
        tell_month(day, world, sides, ledger, cause, told, log)


@kernel
def close_chronicle(
    day: int, world: Any, sides: Any, control: Any, contact_cells: Any, target_axis: Any, ledger: Any,
    cause: Any, told: Any, told_axis: Any, log: Any,
) -> None:
    """On the last evening: what the unfinished week and four weeks have gathered."""
    if day % WEEK != 0:
        tell_week(day, world, control, contact_cells, target_axis, told_axis, log)
    if day % MONTH != 0:
        tell_month(day, world, sides, ledger, cause, told, log)
