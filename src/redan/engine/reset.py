"""Put a state back to day 0: ground, works, forces and calendar as theatre and parameters say."""

from __future__ import annotations

import math
from typing import Any

from redan.engine import recorder
from redan.engine.chronicle import TOP_LEVEL
from redan.engine.contact import man_the_line, muster, refresh_contact
from redan.engine.firing import fill_profile
from redan.engine.supplying import route_supply, survey_garrisons
from redan.numerics.compile import kernel
from redan.numerics.graph import pair_edges
from redan.rules.assault import ground_speed
from redan.rules.works import belt_maturity
from redan.vocabulary.codes import (
    ATTACKER,
    DEFENDER,
    LAYER_OBSTACLES,
    LAYER_OUTSIDE_SUPPORT,
    LAYER_RELIEF,
    LAYER_STRONGHOLDS,
    LAYER_WORKS,
    LEDGER_START,
    SITE_EMPTY,
    SITE_HELD,
)

NEVER = -999


@kernel
def reset_cells(
    share0: Any, control0: Any, destroyed0: Any, residents0: Any, relief_m: Any, cover: Any, built: Any,
    layers: Any, cells: Any, control: Any, lost_day: Any, target_axis: Any, world: Any, place_cells: Any,
    p: Any,
) -> None:
    """Ground as on day 0; the list of places is rebuilt."""
    hills = float(layers[LAYER_RELIEF])
    n_places = 0
    for c in range(cells.shape[0]):
        here = cells[c]
        here.share = share0[c]
        if control0[c] == ATTACKER and here.share <= 0.0:
            here.share = 1.0
        if control0[c] == DEFENDER and here.share >= 1.0:
            here.share = 0.0
        here.destroyed = destroyed0[c]
        here.residents = residents0[c]
        here.going = ground_speed(
            hills * min(1.0, relief_m[c] / p.relief_full_m), cover[c], built[c], 0.0, 1.0, p.relief_slow,
            p.cover_slow, p.built_slow, p.river_slow
        )
        here.grey_attacker_men = 0.0
        here.grey_defender_men = 0.0
        here.speed_sum_km = 0.0
        here.speed_max_km = 0.0
        here.counter_km = 0.0
        here.stack_attack_edges = 0.0
        here.committed_men = 0.0
        here.pressure = 0.0
        here.fires = 0.0
        here.supply_share = 1.0
        here.abandoned = 0.0
        here.stack_men = 0.0
        here.stack_power = 0.0
        here.stack_front_km = 0.0
        here.own_pressure = 0.0
        here.need = 0.0
        here.score = 0.0
        here.patch_cells = 0.0
        here.patch_hold = 0.0
        here.patch_edges = 0.0
        control[c] = control0[c]
        lost_day[c] = NEVER
        target_axis[c] = -1
        if residents0[c] > 0.0 or built[c] > 0.0:
            place_cells[n_places] = c
            n_places += 1
    world[0].n_places = n_places


@kernel
def reset_works(
    layers: Any, cell_belt: Any, belt_share: Any, months: Any, effort: Any, support: Any, mine_m: Any,
    ditch_m: Any, teeth_rows: Any, width_km: Any, area_km2: Any, spacing_km: float, cells: Any, control: Any,
    p: Any,
) -> None:
    """Works and obstacles from each belt's age, effort and support; field works everywhere else."""
    for c in range(cells.shape[0]):
        here = cells[c]
        here.works = p.works_field
        here.obstacle_m = 0.0
        here.obstacle_full_m = 0.0
        here.breach_work = 0.0
        here.occupied = 0.0
        if control[c] == ATTACKER:
            continue
        if layers[LAYER_WORKS] == 0:
            here.works = 0.0
        b = cell_belt[c]
        if b < 0:
            continue
        if layers[LAYER_WORKS] == 1:
            outside = support[b] if layers[LAYER_OUTSIDE_SUPPORT] == 1 else 0.0
            maturity = belt_maturity(months[b], effort[b], outside, p.works_hours_per_km)
            here.works = max(here.works, belt_share[c] * maturity)
        if layers[LAYER_OBSTACLES] == 1:
            depth = mine_m[b] + ditch_m[b] * p.ditch_weight + teeth_rows[b] * p.teeth_weight
            # a belt deeper than a cell is crossed in several of them: its depth is shared out
            here.obstacle_m = depth * belt_share[c] * min(
                1.0, area_km2[c] / spacing_km / max(0.1, width_km[b])
            )
            here.obstacle_full_m = here.obstacle_m


@kernel
def reset_formations(
    side: Any, cell0: Any, share: Any, duty0: Any, formations: Any, ledger: Any, p: Any
) -> None:
    """Formations at their drawn strength, rested and stocked."""
    ledger.fill(0.0)
    for f in range(formations.shape[0]):
        unit = formations[f]
        total = p.attacker_men if side[f] == ATTACKER else p.defender_men
        unit.men = math.floor(share[f] * total + 0.5)
        unit.full_men = math.floor(unit.men / p.initial_strength + 0.5)
        unit.cohesion = p.cohesion_start
        unit.short_days = 0.0
        unit.stock_days = p.stock_limit_days
        unit.effect = 1.0
        unit.loss_10d = 0.0
        unit.cell = cell0[f]
        unit.target = cell0[f]
        unit.arrival_day = -1
        unit.counter_days = 0
        unit.objective = -1
        unit.post = 0
        unit.side = side[f]
        unit.duty = duty0[f]
        ledger[unit.side, LEDGER_START] += unit.men


@kernel
def reset_sites(layers: Any, site_cell: Any, stock: Any, sites: Any, control: Any) -> None:
    """Strongholds stand where the defender holds the ground; those behind the front on day 0 are empty."""
    for g in range(sites.shape[0]):
        site = sites[g]
        site.garrison_men = 0.0
        site.stock_days = stock[g]
        site.hungry_days = 0.0
        site.cleared = 0.0
        site.containing_men = 0.0
        site.containing_cell = -1
        held = control[site_cell[g]] == DEFENDER and layers[LAYER_STRONGHOLDS] == 1
        site.state = SITE_HELD if held else SITE_EMPTY


@kernel
def reset_objectives(objectives: Any) -> None:
    """Nothing threatened yet; what is threatened on day 0 is seen at the first survey."""
    for o in range(objectives.shape[0]):
        target = objectives[o]
        target.neck_km = 10.0
        target.supply = 1.0
        target.garrison_men = 0.0
        target.garrison_peak_men = 0.0
        target.routed_men = 0.0
        target.occupied = 0.0
        target.front_km = 0.0
        target.edge_km = 0.0
        target.infiltrated = 0.0
        target.withdraw_day = -1
        target.left = 0
        target.taken_days = 0
        target.isolated_days = 0
        target.supply_level = TOP_LEVEL
        target.corridor_level = TOP_LEVEL
        target.told_isolated = 0
        target.told_taken = 0


@kernel
def reset_rest(world: Any, sides: Any, st: Any, output: Any, p: Any) -> None:
    """Counters, ring buffers and outputs."""
    w = world[0]
    w.wetness = 0.0
    w.mobility = 1.0
    w.depth_losses = 0.0
    w.phase = 0
    w.phase_day = 0
    w.pause_until = NEVER
    w.executed_share = 1.0
    w.thin_hours = 1.0
    w.leaf = 0.0
    w.n_stacks = 0
    w.ground_changed = 1
    w.replan = 1
    w.manning_stale = 1
    w.routes_stale = 1
    w.routes_day = 0
    w.effort_ordered = 0.0
    w.effort_executed = 0.0
    w.told_ordered = 0.0
    w.told_executed = 0.0
    w.told_counter_men = 0.0
    for s in range(2):
        side = sides[s]
        side.wounded_pool = 0.0
        side.drone_crews = p.attacker_drones_per_day if s == ATTACKER else p.defender_drones_per_day
        side.drone_stock = p.drone_stock_days * side.drone_crews
        side.armour = p.attacker_armour if s == ATTACKER else p.defender_armour
        side.armour_hit = 0.0
        side.armour_lost = 0.0
        side.killed_share = p.killed_share_open
        side.strength = p.initial_strength
        side.sent_men = 0.0
        side.reached_men = 0.0
        side.lost_marching_men = 0.0
    st.expected_loss.fill(0.0)  # who is not in the line takes a share of 0 of what stands in its cell
    st.cause.fill(0.0)
    st.told.fill(0.0)
    st.told_axis.fill(0)
    st.effort_ring.fill(0.0)
    st.snapshot_km.fill(-1.0)
    st.snapshot_belt.fill(0)
    st.candidate_day.fill(-1)
    st.manned_by.fill(-1)
    st.mark.fill(-1)
    st.counts.fill(0)
    output.event_day.fill(-1.0)
    output.measure.fill(0.0)
    output.audit.fill(0.0)
    output.log_count[0] = 0


@kernel
def reset_state(th: Any, plan: Any, p: Any, st: Any, output: Any) -> None:
    """Everything as on day 0, routes laid, objectives seen, the first row of measures taken."""
    d_km = th.spacing_km[0]
    reset_cells(
        th.cell_share0, th.cell_control0, th.cell_destroyed0, th.cell_residents, th.cell_relief_m,
        th.cell_cover, th.cell_built, th.layers, st.cells, st.control, st.lost_day, st.target_axis, st.world,
        st.place_cells, p,
    )
    reset_works(
        th.layers, th.cell_belt, th.cell_belt_share, th.belt_months, th.belt_effort_h_per_km_month,
        th.belt_support, th.belt_mine_depth_m, th.belt_ditch_m, th.belt_teeth_rows, th.belt_width_km,
        th.cell_area_km2, d_km, st.cells, st.control, p,
    )
    reset_formations(
        th.formation_side, th.formation_cell0, th.formation_share, th.formation_duty0, st.formations,
        st.ledger, p
    )
    reset_sites(th.layers, th.site_cell, th.site_stock_days, st.sites, st.control)
    reset_objectives(st.objectives)
    reset_rest(st.world, st.sides, st, output, p)
    refresh_contact(
        True, th.cell_neighbour, th.cell_patch, th.patch_ruler[0], d_km, p.depth_limit_km, st.world,
        st.control, st.contact_edges, st.contact_cells, st.ring, st.toward, st.nearest, st.band,
        st.band_cells, st.queue, st.counts, st.lost_day, st.balance,
    )
    st.world[0].start_front_km = max(d_km, st.world[0].front_km)
    for i in range(st.counts[1]):
        st.cells[st.contact_cells[i]].occupied = 1.0
    muster(st.world, st.formations, st.cells, st.sides, st.stacks, st.expected_loss)
    man_the_line(
        th.cell_neighbour, d_km, p.sector_reach_km, st.world, st.cells, st.sides, st.band, st.stacks,
        st.band_cells, st.counts[2], st.contact_edges, st.contact_cells, st.hops, st.hop_parent, st.manned_by,
        st.queue,
    )
    recorder.watch_objectives(
        d_km, th.footprint_start, th.footprint_cell, th.footprint_weight, th.objective_distance_km,
        th.objective_edge_km, st.world, st.cells, st.objectives, st.contact_cells, st.band, p.grey_holds_men,
    )
    fill_profile(st.profile, d_km, p.drone_half_depth_km, p.drone_depth_scale_km)
    fill_profile(st.gun_profile, d_km, p.machine_stop_km, p.machine_stop_scale_km)
    pair_edges(th.cell_neighbour, st.opposite)
    route_supply(0, th, p, st)
    st.world[0].routes_day = NEVER  # laid again on day 1, when the first day's drones are known
    survey_garrisons(
        th.cell_neighbour, d_km, th.objective_edge_km, th.objective_cell, st.objectives, st.formations,
        st.control, st.ring, st.cells, st.queue, st.order, st.link, st.back, st.used, p,
    )
    recorder.sum_ground(
        th.cell_area_km2, th.cell_built, th.cell_share0, th.cell_residents, th.cell_control0,
        th.cell_destroyed0, st.cells, st.place_cells, st.world[0].n_places, output.measure,
    )
    recorder.take_measures(
        th.footprint_start, th.footprint_cell, th.footprint_weight, st.world, st.sides, st.cells,
        st.objectives, st.sites, st.ledger, st.effort_ring, th.footprint_people, output.measure,
    )
