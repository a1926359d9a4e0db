"""Phase 9: arrivals, returns, works dug or worn."""

from __future__ import annotations

from typing import Any

from redan.engine.contact import depth_km
from redan.engine.firing import profile_at
from redan.numerics.compile import kernel
from redan.numerics.draws import uniform
from redan.numerics.graph import UNREACHED
from redan.numerics.inverse import round_random
from redan.rules.infiltration import harassment
from redan.rules.orders import sent_from_outside
from redan.rules.works import dig, relay, wear
from redan.vocabulary.codes import (
    ATTACKER,
    DECISION_ARRIVALS,
    DEFENDER,
    GONE,
    LAYER_OUTSIDE_SUPPORT,
    LAYER_WORKS,
    LEDGER_ARRIVED,
    LEDGER_RETURNED,
    LINE,
    SCHEDULE_ARMOUR,
    SCHEDULE_MEN,
    SCHEDULE_WORKS,
)


@kernel
def measure_gaps(formations: Any, distance: Any, sides: Any, p: Any) -> tuple[float, float]:
    """Men and strength of both sides, and what each lacks where men can be brought: fewer go to the line."""
    now_a, now_d, full_a, full_d, gap_a, gap_d = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.duty >= GONE:
            continue
        gap = 0.0
        if distance[unit.cell] < UNREACHED:
            weight = p.replacements_in_line if unit.duty == LINE else 1.0
            gap = weight * max(0.0, unit.full_men - unit.men)
        if unit.side == ATTACKER:
            now_a += unit.men
            full_a += unit.full_men
            gap_a += gap
        else:
            now_d += unit.men
            full_d += unit.full_men
            gap_d += gap
    sides[ATTACKER].men, sides[DEFENDER].men = now_a, now_d
    sides[ATTACKER].strength = now_a / full_a if full_a > 0.0 else 0.0
    sides[DEFENDER].strength = now_d / full_d if full_d > 0.0 else 0.0
    return gap_a, gap_d


@kernel
def share_replaced(
    s: int, gap: float, period: int, schedule: Any, world: Any, sides: Any, p: Any
) -> tuple[float, float]:
    """Share of a side's gap that is filled today, and of those men the share who were wounded before."""
    if gap <= 0.0:
        return 0.0, 0.0
    fresh = (p.attacker_replacements_per_day if s == ATTACKER else p.defender_replacements_per_day)
    fresh *= schedule[s, SCHEDULE_MEN, period]
    fresh += sent_from_outside(
        p.attacker_men if s == ATTACKER else p.defender_men, world[0].front_km, world[0].start_front_km,
        sides[s].men, p.outside_share_attacker if s == ATTACKER else p.outside_share_defender, p.outside_days,
    )
    back = sides[s].wounded_pool * p.wounded_return_per_day
    return min(1.0, (fresh + back) / gap), back / max(1e-9, fresh + back)


@kernel
def replace_losses(
    formation_id: Any, period: int, key: Any, schedule: Any, world: Any, sides: Any, formations: Any,
    distance: Any, ledger: Any, p: Any,
) -> None:
    """New men, men from elsewhere and returned wounded fill formations, most those out of the line."""
    sides[ATTACKER].armour += p.attacker_armour_per_day * schedule[ATTACKER, SCHEDULE_ARMOUR, period]
    sides[DEFENDER].armour += p.defender_armour_per_day * schedule[DEFENDER, SCHEDULE_ARMOUR, period]
    gap_a, gap_d = measure_gaps(formations, distance, sides, p)
    filled_a, back_a = share_replaced(ATTACKER, gap_a, period, schedule, world, sides, p)
    filled_d, back_d = share_replaced(DEFENDER, gap_d, period, schedule, world, sides, p)
    for f in range(formations.shape[0]):
        unit = formations[f]
        if unit.duty >= GONE or unit.full_men - unit.men < 1.0 or distance[unit.cell] >= UNREACHED:
            continue
        s = unit.side
        filled = filled_a if s == ATTACKER else filled_d
        returned_share = back_a if s == ATTACKER else back_d
        weight = p.replacements_in_line if unit.duty == LINE else 1.0
        missing = unit.full_men - unit.men
        u = uniform(key, DECISION_ARRIVALS, formation_id[f])
        men = min(float(int(missing)), round_random(weight * missing * filled, u))
        if men <= 0.0:
            continue
        returned = min(men, float(int(men * returned_share + u)))
        unit.men += men
        ledger[s, LEDGER_RETURNED] += returned
        ledger[s, LEDGER_ARRIVED] += men - returned
        sides[s].wounded_pool = max(0.0, sides[s].wounded_pool - returned)


@kernel
def renew_works(
    day: int, period: int, spacing_km: float, schedule: Any, layers: Any, cell_belt: Any, belt_share: Any,
    belt_effort: Any, belt_support: Any, world: Any, cells: Any, control: Any, ring: Any, nearest: Any,
    profile: Any, gun_profile: Any, target_axis: Any, p: Any,
) -> None:
    """Dig where it is possible, wear where it is fought over. Cells near the line, each once a week."""
    weather = 1.0 - p.mud_dig_loss * world[0].mud
    for c in range(day % 7, cells.shape[0], 7):
        if ring[c] >= UNREACHED:
            continue
        here = cells[c]
        if ring[c] > 0 and 0.0 < here.share < 1.0:  # behind the line nobody contests the rest of a cell
            move = 7.0 * p.reoccupy_km_per_day / spacing_km
            if control[c] == ATTACKER:
                here.share = min(1.0, here.share + move)
            else:
                here.share = max(0.0, here.share - move)
        depth = depth_km(ring, spacing_km, c)
        # machines stop where guns reach them, and in the drone zone
        drones = min(1.0, cells[nearest[c]].pressure) * profile_at(profile, ring, c, 0)
        guns = profile_at(gun_profile, ring, c, 0)
        watched = 1.0 - (1.0 - guns) * (1.0 - drones)
        if ring[c] > 0 and here.stack_men <= 0.0:
            here.occupied = 0.0
        if here.breach_work > 0.0 and target_axis[c] < 0:
            here.breach_work *= (1.0 - p.breach_repair_per_day) ** 7
        if control[c] == DEFENDER and ring[c] > 0 and here.obstacle_m < here.obstacle_full_m:
            here.obstacle_m = relay(
                here.obstacle_m, here.obstacle_full_m, p.relay_m_per_day, 1.0 - watched, 7.0
            )
        rate = p.dig_rate_by_hand * watched
        limit = p.works_field_limit
        if control[c] == DEFENDER and cell_belt[c] >= 0 and layers[LAYER_WORKS] == 1:
            b = cell_belt[c]
            support = belt_support[b] if layers[LAYER_OUTSIDE_SUPPORT] == 1 else 0.0
            hours = belt_effort[b] * (1.0 + support) * schedule[DEFENDER, SCHEDULE_WORKS, period] / 30.4
            rate += hours / p.works_hours_per_km * (1.0 - watched) * belt_share[c]
            limit = max(limit, belt_share[c])
        if control[c] == DEFENDER and layers[LAYER_WORKS] == 0:
            rate = 0.0
        if here.works < limit:
            here.works = min(limit, dig(here.works, 7.0 * rate, 1.0, weather))
        if depth < p.contact_depth_km:
            line = nearest[c]
            assaulted = 1.0 if target_axis[c] >= 0 or target_axis[line] >= 0 else 0.0
            grey = here.grey_attacker_men if control[c] == DEFENDER else here.grey_defender_men
            assaulted += p.grey_wear * 2.0 * harassment(grey / spacing_km, p.harass_half_men)
            here.works = wear(
                here.works, 7.0 * cells[line].fires, 7.0 * assaulted, p.fire_wear_per_day,
                p.assault_wear_per_day
            )
