"""The order of the day (DESIGN 5): the whole model on one page.

Within a phase changes are summed and then applied; between phases the order matters and is what you read
here.
"""

from __future__ import annotations

from typing import Any

from redan.engine import recorder
from redan.engine.assaulting import assault_phase
from redan.engine.attrition import loss_phase
from redan.engine.breaking import decide_withdrawals, rout_phase, withdraw_garrisons
from redan.engine.chronicle import keep_chronicle, watch_ways
from redan.engine.contact import follow_the_line, man_the_line, muster, refresh_contact
from redan.engine.countering import counter_phase
from redan.engine.fallback import man_fall_back
from redan.engine.firing import fire_phase, load_sides
from redan.engine.ground import ground_phase
from redan.engine.planning import draw_preferences, follow_triggers, plan_attacks, plan_effort
from redan.engine.renewing import renew_works, replace_losses
from redan.engine.reserves import arrive, dispatch, form_reserves, relieve
from redan.engine.sieging import site_phase
from redan.engine.supplying import consume, route_supply, survey_garrisons
from redan.engine.towns import town_phase
from redan.engine.weather import weather_phase
from redan.numerics.compile import kernel
from redan.numerics.draws import day_key
from redan.vocabulary.codes import ATTACKER, CLEAR, DEFENDER

DEPTH_DAYS = 3  # depth behind the line is measured anew every third day, the line itself daily


@kernel
def begin(day: int, key: Any, th: Any, p: Any, st: Any, journal: Any) -> None:
    """The line this morning, weather, drones and fires, supply."""
    d_km = th.spacing_km[0]
    period = min(day // 30, th.schedule.shape[2] - 1)
    w = st.world[0]
    w.effort_ordered = 0.0
    w.effort_executed = 0.0
    w.counter_ordered = 0.0
    w.counter_arrived = 0.0

    # the line as it stands this morning
    if w.ground_changed == 1:
        refresh_contact(
            day % DEPTH_DAYS == 0, th.cell_neighbour, th.cell_patch, th.patch_ruler[0], d_km,
            p.depth_limit_km, st.world, st.control,
            st.contact_edges, st.contact_cells, st.ring, st.toward, st.nearest, st.band, st.band_cells,
            st.queue, st.counts, st.lost_day, st.balance,
        )
        st.counts[3] = day
        follow_the_line(d_km, p.march_km_per_day, st.world, st.formations, st.ring, st.toward)
    muster(st.world, st.formations, st.cells, st.sides, st.stacks, st.expected_loss)
    man_the_line(
        th.cell_neighbour, d_km, p.sector_reach_km, st.world, st.cells, st.sides, st.band, st.stacks,
        st.band_cells, st.counts[2], st.contact_edges, st.contact_cells, st.hops, st.hop_parent, st.manned_by,
        st.queue,
    )

    # 1 weather and light
    weather_phase(st.world, day, key, th.start_day_of_year[0], th.latitude_deg[0], p)

    # 4 drones and fires: today's pressure is what supply and movement suffer below
    load_sides(period, th.schedule, th.layers, st.world, st.sides, p)
    fire_phase(
        day, th.cell_neighbour, th.cell_cover, th.cell_belt, st.world, st.sides, st.cells, st.control,
        st.contact_cells, st.contact_edges, st.manned_by, st.expected_loss, journal, p,
    )

    # 2 supply: routes anew when ground that carried supply changed hands, within the two intervals
    waited = day - w.routes_day
    if waited >= p.routing_longest_days or (w.routes_stale == 1 and waited >= p.routing_interval_days):
        route_supply(day, th, p, st)
        survey_garrisons(
            th.cell_neighbour, d_km, th.objective_edge_km, th.objective_cell, st.objectives, st.formations,
            st.control, st.ring, st.cells, st.queue, st.order, st.link, st.back, st.used, p,
        )
    if day == 1 or w.routes_day == day:
        watch_ways(
            day, th.cell_neighbour, st.cells, st.objectives, st.formations, st.control, st.distance,
            st.survival, journal,
        )
    consume(st.formations, st.cells, st.sides, p)


@kernel
def order(day: int, key: Any, th: Any, plan: Any, p: Any, st: Any, journal: Any) -> None:
    """The course, and the policies that are the same for every course."""
    d_km = th.spacing_km[0]
    period = min(day // 30, th.schedule.shape[2] - 1)
    w = st.world[0]

    # 3 orders: course, then the policies that are the same for every course
    follow_triggers(
        plan.trigger_phase, plan.trigger_kind, plan.trigger_entity, plan.trigger_sense,
        plan.trigger_threshold, plan.trigger_next, day, st.world, st.sides, st.objectives, journal,
    )
    plan_effort(
        day, period, plan.effort_level[w.phase], plan.pause_readiness[0], plan.pause_days[0], th.schedule,
        st.world, st.sides, st.cells, st.contact_cells, st.control, journal, p,
    )
    if (day - 1) % int(p.choice_hold_days) == 0:
        draw_preferences(th.cell_patch_id, key, st.preference, p)
    if w.replan == 1 or (day - 1) % int(p.plan_interval_days) == 0:
        plan_attacks(
            key, plan.axis_id, th.patch_edge_km[0], th.cell_neighbour, th.cell_patch, st.balance, d_km,
            th.cell_built, plan.axis_distance_km,
            plan.axis_effort[w.phase], plan.weights[w.phase], st.preference, st.world, st.sides, st.cells,
            st.control, st.contact_cells, st.manned_by, st.flow_t, st.target_axis, st.queue, st.mark, p,
        )
    relieve(
        th.formation_id, th.cell_neighbour, d_km, key, st.world, st.sides, st.cells, st.formations,
        st.control, st.ring, st.nearest, st.distance, st.ledger, st.cause, p,
    )
    if day % int(p.dispatch_interval_days) == 0:
        man_fall_back(
            th.cell_x_km, th.cell_y_km, th.layers, th.cell_belt, day, st.world, st.sides, st.cells,
            st.formations, st.control, st.contact_cells, st.ring, st.distance, st.target_axis, p,
        )
        for side in (DEFENDER, ATTACKER):
            moves = 1 + int(p.dispatch_share * st.formations.shape[0])
            form_reserves(
                th.formation_id, th.layers, th.cell_neighbour, d_km, key, side,
                p.defender_reserve_share if side == DEFENDER else p.attacker_reserve_share, st.world,
                st.sides, st.cells, st.formations, st.control, st.ring, st.nearest, st.distance,
                st.target_axis, st.ledger, st.cause, p,
            )
            dispatch(
                th.cell_neighbour, th.cell_patch, d_km, th.cell_x_km, th.cell_y_km, th.layers, day, side,
                moves, st.world,
                st.sides, st.cells, st.formations, st.control, st.contact_cells, st.manned_by, st.target_axis,
                st.lost_day, st.distance, p,
            )
    arrive(
        th.formation_id, th.cell_neighbour, d_km, day, key, st.world, st.sides, st.cells, st.formations,
        st.control, st.ring, st.nearest, st.ledger, st.cause, journal, p,
    )


@kernel
def fight(day: int, key: Any, rep_key: Any, th: Any, plan: Any, p: Any, st: Any, journal: Any) -> None:
    """Assault, counter-attack, the losses of both sides at once, ground."""
    d_km = th.spacing_km[0]
    clears = 1 if plan.stronghold_choice[st.world[0].phase] == CLEAR else 0

    # 5 assault, 6 counter-attack, then the losses of both sides at once
    assault_phase(
        clears, day, key, rep_key, th.cell_patch, th.cell_patch_id, th.patch_edge_km[0], th.cell_neighbour,
        th.edge_river, d_km, th.cell_built,
        th.cell_cover, th.cell_relief_m, th.layers, th.site_cell, th.site_floor_area_m2, th.site_tunnel_km,
        st.world, st.sides, st.cells, st.sites, st.control, st.contact_cells, st.manned_by, st.target_axis,
        st.expected_loss, journal, p,
    )
    counter_phase(
        day, key, th.formation_id, th.cell_neighbour, th.cell_patch, d_km, th.cell_built, th.cell_cover,
        th.cell_relief_m, th.layers, st.world, st.sides, st.cells, st.formations, st.control, st.lost_day,
        st.manned_by, st.expected_loss, p,
    )
    loss_phase(
        th.formation_id, d_km, day, key, st.world, st.sides, st.cells, st.formations, st.ring, st.nearest,
        st.profile, st.expected_loss, st.ledger, st.cause, st.expected_men, st.luck, st.lost_men, p,
    )

    # 7 ground changes hands
    ground_phase(
        clears, day, key, th.cell_id, th.formation_id, th.cell_neighbour, th.cell_x_km, th.cell_y_km, d_km,
        th.cell_rim, th.layers, th.site_cell, th.site_shelter_men, st.world, st.cells, st.formations,
        st.sites, st.control, st.contact_cells, st.contact_edges, st.manned_by, st.ring, st.distance,
        st.flow_t, st.lost_day, st.target_axis, th.cell_patch, st.queue, st.order, st.mark, st.ledger,
        journal, p,
    )


@kernel
def settle(day: int, key: Any, th: Any, plan: Any, p: Any, st: Any, journal: Any) -> None:
    """Who breaks, leaves or gives up; what arrives, is dug, is destroyed; who leaves home."""
    d_km = th.spacing_km[0]
    period = min(day // 30, th.schedule.shape[2] - 1)
    w = st.world[0]

    # 8 rout, withdrawal, surrender
    rout_phase(
        th.formation_id, th.cell_neighbour, th.cell_x_km, th.cell_y_km, d_km, day, key, st.world, st.sides,
        st.cells, st.formations, st.objectives, st.control, st.contact_edges, st.ring, st.distance, st.order,
        st.mark, st.ledger, st.cause, journal, p,
    )
    decide_withdrawals(th.objective_id, day, key, st.objectives, st.formations, journal, p)
    withdraw_garrisons(
        th.formation_id, th.site_objective, th.objective_edge_km, th.cell_neighbour, d_km, day, key, st.world,
        st.sides, st.cells, st.objectives, st.formations, st.sites, st.control, st.ring, st.ledger, st.cause,
        journal, p,
    )
    site_phase(
        plan.stronghold_choice[w.phase], day, key, th.site_id, th.site_cell, th.site_floor_area_m2,
        th.site_tunnel_km, th.site_shelter_men, th.cell_neighbour, th.cell_x_km, th.cell_y_km, st.sides,
        st.cells, st.formations, st.sites, st.control, st.distance, st.ledger, st.cause, journal, p,
    )

    # 9 arrivals, returns, works
    replace_losses(
        th.formation_id, period, key, th.schedule, st.world, st.sides, st.formations, st.distance,
        st.ledger, p,
    )
    renew_works(
        day, period, d_km, th.schedule, th.layers, th.cell_belt, th.cell_belt_share,
        th.belt_effort_h_per_km_month, th.belt_support, st.world, st.cells, st.control, st.ring, st.nearest,
        st.profile, st.gun_profile, st.target_axis, p,
    )

    # 10 damage and residents
    town_phase(
        day, d_km, th.cell_residents, st.world, st.sides, st.cells, st.control, st.ring, st.nearest,
        st.target_axis, st.place_cells, p,
    )


@kernel
def record(
    day: int, th: Any, plan: Any, p: Any, st: Any, journal: Any, measure: Any, event_day: Any
) -> None:
    """Watch objectives, date events, tell the log of them, take measures."""
    d_km = th.spacing_km[0]
    w = st.world[0]

    # 11 record
    recorder.watch_objectives(
        d_km, th.footprint_start, th.footprint_cell, th.footprint_weight, th.objective_distance_km,
        th.objective_edge_km, st.world, st.cells, st.objectives, st.contact_cells, st.band, p.grey_holds_men,
    )
    for o in range(th.objective_id.shape[0]):
        recorder.date_objective_events(o, day, th.site_objective, st.objectives, st.sites, event_day)
    recorder.date_global_events(day, st.world, st.objectives, st.effort_ring, event_day)
    recorder.find_breakthroughs(
        day, d_km, th.cell_belt, plan.axis_distance_km, th.objective_id.shape[0], st.cells, st.control,
        st.ring, st.snapshot_km, st.snapshot_belt, st.candidate_day, st.candidate_cells, event_day,
    )
    keep_chronicle(
        day, st.world, st.sides, st.objectives, st.control, st.contact_cells, st.target_axis, st.ledger,
        st.cause, st.told, st.told_axis, event_day, journal,
    )
    recorder.sum_ground(
        th.cell_area_km2, th.cell_built, th.cell_share0, th.cell_residents, th.cell_control0,
        th.cell_destroyed0, st.cells, st.place_cells, w.n_places, measure,
    )
    recorder.take_measures(
        th.footprint_start, th.footprint_cell, th.footprint_weight, st.world, st.sides, st.cells,
        st.objectives, st.sites, st.ledger, st.effort_ring, th.footprint_people, measure,
    )


@kernel
def run_day(
    day: int, rep_key: Any, th: Any, plan: Any, p: Any, st: Any, journal: Any, measure: Any, event_day: Any
) -> None:
    """One day of the campaign: phases 1, 2 and 4, then 3, 5 to 7, 8 to 10, 11."""
    key = day_key(rep_key, day)
    begin(day, key, th, p, st, journal)
    order(day, key, th, plan, p, st, journal)
    fight(day, key, rep_key, th, plan, p, st, journal)
    settle(day, key, th, plan, p, st, journal)
    record(day, th, plan, p, st, journal, measure, event_day)
