"""Coded lists shared by theatre, rules and results. Numbers are stored in run folders: never reuse one."""

from __future__ import annotations

from typing import Final

# --- sides -----------------------------------------------------------------------------------
ATTACKER: Final = 0
DEFENDER: Final = 1
SIDES: Final = ("attacker", "defender")

# --- rim of the theatre (DESIGN 5, "the edge of the theatre") ---------------------------------
RIM_INNER: Final = 0  # not on the rim
RIM_CLOSED: Final = 1  # nothing crosses
RIM_SOURCE: Final = 2  # supply enters here
RIM_FLANK: Final = 3  # open flank: the front beyond drifts
RIMS: Final = ("inner", "closed", "source", "flank")

# --- what a formation is doing ----------------------------------------------------------------
LINE: Final = 0  # holds or attacks along the line of contact
RESERVE: Final = 1  # behind the line, uncommitted
MARCHING: Final = 2  # on the way, arrives on `formation_arrival_day`
RESTING: Final = 3  # rotated out or broken: refits, does not fight
GONE: Final = 4  # left the theatre or dissolved
DUTIES: Final = ("line", "reserve", "marching", "resting", "gone")

# --- strongholds ------------------------------------------------------------------------------
SITE_HELD: Final = 0  # in front of the attacker: part of the defence
SITE_ACTIVE: Final = 1  # surrounded, still fighting
SITE_SEALED: Final = 2  # contained by a force, stocks running down
SITE_CLEARED: Final = 3  # taken by assault
SITE_SURRENDERED: Final = 4  # gave up without a way out (includes starved)
SITE_EMPTY: Final = 5  # left by its garrison before it was cut off, or slipped out of
SITE_STARVED: Final = 6  # contained or bypassed, its stocks gone, not yet given up
SITE_STATES: Final = ("held", "active", "sealed", "cleared", "surrendered", "empty", "starved")

# --- a course's choice for strongholds behind the front ---------------------------------------
CLEAR: Final = 0
SEAL: Final = 1
BYPASS: Final = 2
STRONGHOLD_CHOICES: Final = ("clear", "seal", "bypass")

# --- layers that can be switched off (DESIGN 10, `ablate`) ------------------------------------
LAYERS: Final = (
    "works",
    "obstacles",
    "strongholds",
    "drone_zone",
    "reserves",
    "relief",
    "counter_attack",
    "outside_support",
)
(
    LAYER_WORKS,
    LAYER_OBSTACLES,
    LAYER_STRONGHOLDS,
    LAYER_DRONE_ZONE,
    LAYER_RESERVES,
    LAYER_RELIEF,
    LAYER_COUNTER_ATTACK,
    LAYER_OUTSIDE_SUPPORT,
) = range(len(LAYERS))

# --- monthly schedules, as multipliers of a parameter (1 = unchanged) -------------------------
SCHEDULES: Final = ("men", "drones", "jamming", "guns", "effort", "works", "armour")
(
    SCHEDULE_MEN,
    SCHEDULE_DRONES,
    SCHEDULE_JAMMING,
    SCHEDULE_GUNS,
    SCHEDULE_EFFORT,
    SCHEDULE_WORKS,
    SCHEDULE_ARMOUR,
) = range(len(SCHEDULES))

# --- triggers: what a course may watch --------------------------------------------------------
TRIGGERS: Final = (
    "day",  # days since the start
    "taken_share",  # share of the objective's footprint the attacker occupies
    "supply_share",  # delivered share of the objective's garrison
    "front_distance_km",  # line of contact to the objective
    "neck_km",  # width of the defender's corridor to the objective
    "phase_days",  # days since the present phase was entered
    "readiness",  # cohesion times supply of the attacker's line, 0..1
    "strength",  # the attacker's men over the establishment of his formations
    "executed_share",  # effort executed over effort ordered, last 30 days: low where an attack culminates
)
(
    TRIGGER_DAY,
    TRIGGER_TAKEN,
    TRIGGER_SUPPLY,
    TRIGGER_DISTANCE,
    TRIGGER_NECK,
    TRIGGER_PHASE_DAYS,
    TRIGGER_READINESS,
    TRIGGER_STRENGTH,
    TRIGGER_EXECUTED,
) = range(len(TRIGGERS))

# --- causes of loss ---------------------------------------------------------------------------
CAUSES: Final = ("assault", "fires", "drones_line", "drones_depth", "infiltration", "sealed", "withdrawal")
(
    CAUSE_ASSAULT,
    CAUSE_FIRES,
    CAUSE_DRONES_LINE,
    CAUSE_DRONES_DEPTH,
    CAUSE_INFILTRATION,
    CAUSE_SEALED,
    CAUSE_WITHDRAWAL,
) = range(len(CAUSES))

# --- the men's ledger: alive + killed + wounded + captured + departed = start + arrived + returned
LEDGER: Final = ("start", "arrived", "returned", "killed", "wounded", "captured", "departed")
(
    LEDGER_START,
    LEDGER_ARRIVED,
    LEDGER_RETURNED,
    LEDGER_KILLED,
    LEDGER_WOUNDED,
    LEDGER_CAPTURED,
    LEDGER_DEPARTED,
) = range(len(LEDGER))

# --- log of one replication (`events.parquet`) ------------------------------------------------
LOG_KINDS: Final = (
    "control",  # entity: cell index; value: side that holds it now
    "breach",  # entity: cell index; value: obstacle depth breached, m
    "withdrawal",  # entity: objective; value: men that left
    "rout",  # entity: formation index; value: men
    "surrender",  # entity: stronghold index; value: men captured
    "sealed",  # entity: stronghold index; value: garrison
    "cleared",  # entity: stronghold index; value: attacker losses
    "isolated",  # entity: objective; value: delivered share; dated by the first of the seven days
    "phase",  # entity: phase entered; value: 0
    "counter_attack",  # entity: cell index; value: men that arrived
    "re_emerged",  # entity: stronghold index; value: men
    "trapped",  # entity: formation index; value: men captured when their ground was lost
    "slipped_out",  # entity: stronghold index; value: men of its garrison who got away
    "starved",  # entity: stronghold index; value: garrison when its stocks ended
    "belt_reached",  # entity: cell index; value: 1 where the belt was manned in time, 0 where not
    "pause",  # entity: phase; value: days of the operational pause
    # what was ordered, and what came of it
    "trigger",  # entity: trigger of the course that moved it on; value: what it watched then
    "attacked",  # entity: axis; value: cells it attacks in the evening, where their number changed noticeably
    "effort_ordered",  # entity: phase; value: assault-battalion-days since the last such row (a week)
    "effort_executed",  # entity: phase; value: the same, executed
    "sent",  # entity: side; value: men set marching to the line since the last such row (four weeks)
    "reached",  # entity: side; value: men who reached it
    "lost_marching",  # entity: side; value: men lost on the way
    "counter_ordered",  # entity: side; value: men sent to counter-attack
    "replaced",  # entity: side; value: new men and returned wounded
    "loss",  # entity: side + 2 * cause; value: men lost to the cause
    "captured",  # entity: side; value: men captured
    "line_density",  # entity: side; value: line men per km on that day
    "sorties",  # entity: side; value: its drones that reach the other side, per km of line, on that day
    # the ways in of a garrisoned objective, seen when routes are laid anew
    "supply",  # entity: objective; value: delivered share of its demand at full strength, at a new level
    "fed",  # entity: objective; value: delivered share of the demand of the men present, with each "supply"
    "interdicted",  # entity: objective; value: share of loads lost on the shortest ways, with each "supply"
    "corridor",  # entity: objective; value: its width in km, at a new level
    "isolation_ended",  # entity: objective; value: delivered share, -1 where no garrison is left
    # how it fell
    "contested",  # entity: objective; value: share of the footprint occupied or infiltrated
    "taken",  # entity: objective; value: share occupied; dated by the first of the seven days
    "retaken",  # entity: objective; value: share the attacker still occupies, below a half
    "order_out",  # entity: objective; value: hazard per day on which its garrison was ordered out
    "order_out_corridor",  # entity: objective; value: width of the corridor then, km
    "order_out_supply",  # entity: objective; value: delivered share then
    "order_out_losses",  # entity: objective; value: share of its men lost in about ten days before
    "withdrawal_losses",  # entity: objective; value: men lost on the way out
    "garrison_rout",  # entity: objective; value: men of a formation of its garrison that broke
)
(
    LOG_CONTROL,
    LOG_BREACH,
    LOG_WITHDRAWAL,
    LOG_ROUT,
    LOG_SURRENDER,
    LOG_SEALED,
    LOG_CLEARED,
    LOG_ISOLATED,
    LOG_PHASE,
    LOG_COUNTER_ATTACK,
    LOG_RE_EMERGED,
    LOG_TRAPPED,
    LOG_SLIPPED_OUT,
    LOG_STARVED,
    LOG_BELT_REACHED,
    LOG_PAUSE,
    LOG_TRIGGER,
    LOG_ATTACKED,
    LOG_EFFORT_ORDERED,
    LOG_EFFORT_EXECUTED,
    LOG_SENT,
    LOG_REACHED,
    LOG_LOST_MARCHING,
    LOG_COUNTER_ORDERED,
    LOG_REPLACED,
    LOG_LOSS,
    LOG_CAPTURED,
    LOG_LINE_DENSITY,
    LOG_SORTIES,
    LOG_SUPPLY,
    LOG_FED,
    LOG_INTERDICTED,
    LOG_CORRIDOR,
    LOG_ISOLATION_ENDED,
    LOG_CONTESTED,
    LOG_TAKEN,
    LOG_RETAKEN,
    LOG_ORDER_OUT,
    LOG_ORDER_OUT_CORRIDOR,
    LOG_ORDER_OUT_SUPPLY,
    LOG_ORDER_OUT_LOSSES,
    LOG_WITHDRAWAL_LOSSES,
    LOG_GARRISON_ROUT,
) = range(len(LOG_KINDS))

# --- decisions: keys of the random draws (DESIGN 6). Numbered once, never reused. --------------
DECISION_PARAMETER: Final = 1
DECISION_WEATHER: Final = 2
DECISION_ATTACK_CHOICE: Final = 3
DECISION_ASSAULT_OUTCOME: Final = 4
DECISION_ASSAULT_NOISE: Final = 5
DECISION_CAMPAIGN_NOISE: Final = 6
DECISION_LOSSES_ATTACKER: Final = 7
DECISION_LOSSES_DEFENDER: Final = 8
DECISION_BREACH: Final = 9
DECISION_RESERVE_ARRIVES: Final = 10
DECISION_COUNTER_ATTACK: Final = 11
DECISION_ROUT: Final = 12
DECISION_WITHDRAW: Final = 13
DECISION_SURRENDER: Final = 14
DECISION_STRONGHOLD: Final = 15
DECISION_INFILTRATE: Final = 16
DECISION_ARRIVALS: Final = 17
DECISION_RETURNS: Final = 18
DECISION_SPLIT_KILLED: Final = 19
DECISION_CAPTURED: Final = 20
DECISION_FLANK: Final = 21
DECISION_RE_EMERGE: Final = 22
DECISION_EVACUATE: Final = 23
DECISION_GREY_LOSSES: Final = 24
DECISION_FOG: Final = 25
DECISION_CLEARING: Final = 26
DECISION_LEAVE: Final = 27
DECISION_MARCH_OUT: Final = 28
DECISION_ARMOUR: Final = 29
DECISION_SLIP_OUT: Final = 30
DECISION_LAST_TARGET: Final = 31
DECISION_RELIEF: Final = 32
DECISION_DEFENCE_NOISE: Final = 33
