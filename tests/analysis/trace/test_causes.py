"""Why an objective fell or did not: each cause is recognised, and none is invented."""

from __future__ import annotations

import numpy as np
import pytest

from redan.analysis.trace.causes import Story, tell_objective
from redan.analysis.trace.fates import FROM_THE_START, HELD, LEFT, ROUTED, STORMED, TAKEN, WITHDRAWN
from redan.analysis.trace.theatre_wide import theatre_wide
from tests.analysis.trace.made import (
    HORIZON,
    TO_ATTACKER,
    TO_DEFENDER,
    campaign,
    order_out,
    setting,
    supply,
)

Rows = list[tuple[int, str, str, float]]


def story(rows: Rows, objective: str = "redford", **given: object) -> Story:
    told = campaign(rows, **given)  # type: ignore[arg-type]
    return tell_objective(told, told.setting.target(objective))


def text(told: Story) -> str:
    return " ".join(told.sentences)


FALL: Rows = [
    (20, "attacked", "road", 4.0),
    (22, "breach", "west-6", 90.0),
    (30, "control", "west-6", TO_ATTACKER),
    (40, "control", "north-4", TO_ATTACKER),
    (41, "counter_attack", "north-4", 400.0),
    (43, "control", "north-4", TO_DEFENDER),
    (44, "control", "north-4", TO_ATTACKER),
    (45, "corridor", "redford", 4.8),
    *supply(46, "redford", 0.35, 0.5, 0.2),
    (50, "garrison_rout", "redford", 300.0),
    *order_out(52, "redford", 0.031, 4.8, 0.35, 0.03),
    (57, "withdrawal", "redford", 880.0),
    (57, "withdrawal_losses", "redford", 120.0),
    (58, "taken", "redford", 1.0),
    (65, "cleared", "mill", 3.0),
]
FALL_EVENTS = {
    "taken:redford": 58.0,
    "withdrawn:redford": 57.0,
    "within_10km:redford": 1.0,
    "within_5km:redford": 25.0,
    "contested:redford": 48.0,
    "cleared:redford": 66.0,
}
SCARCE = np.where(np.arange(HORIZON + 1) >= 46, 0.35, 0.9)


def test_a_town_whose_garrison_was_ordered_out() -> None:
    told = story(FALL, events=FALL_EVENTS, series={"supply_share:redford": SCARCE})
    assert (told.fate.what, told.fate.how, told.fate.day) == (TAKEN, WITHDRAWN, 58)
    assert told.sentences == [
        "Redford was taken on day 58 (2026-02-08), after its garrison had left on day 57 (2026-02-07).",
        "The share of the effort ordered towards it was 75 % in 'opening'; 4 cells at most attacked at a"
        " time.",
        "The front stood within 10 km of its built-up edge from the start; it came within 5 km on day 25; the"
        " town was contested from day 48.",
        "In the 8 weeks before its garrison was ordered out the attacker took 15 km2 within 12 km of it, most"
        " of it to the north and west.",
        "1 obstacle of the belt old-belt within 12 km of it was breached, the first on day 22, 6 km west of"
        " Redford.",
        "By day 45 its corridor had narrowed to 4.8 km, after 15 km2 to the north and west of it had been"
        " taken in 8 weeks.",
        "On 12 of 57 days less than 40 % of its demand at full strength arrived, least 35 % on day 46; on day"
        " 46 the garrison stood at 70 % of full strength and got 50 % of what it needed; 20 % of the loads"
        " were lost on the shortest ways in; the rest was lost on longer ways or is more than roads carry.",
        "1 formation of reserves (400 men) arrived to counter-attack within 12 km of it; cells of 5 km2 there"
        " went back to the defender.",
        "In the 60 days before 1 formation of its garrison (300 men) broke.",
        "On day 52 its garrison was ordered out, which is weighed once 15 % of it is contested or its"
        " corridor is below 10 km: the hazard of it was 3.1 % on that day (corridor x2.8, supply x2.7, losses"
        " x1.3). 880 men left on day 57; 120 men (12 %) were lost on the way out.",
        "Strongholds in it: mill was cleared on day 65; nobody held mine any longer by day 66.",
    ]  # fmt: skip


def test_the_chain_holds_everything_about_it_by_day() -> None:
    told = story(FALL, events=FALL_EVENTS)
    days = [entry.day for entry in told.chain]
    assert days == sorted(days)
    kinds = {entry.kind for entry in told.chain}
    assert kinds >= {"corridor", "supply", "order_out", "withdrawal", "taken", "cleared", "garrison_rout"}
    assert {entry.objective for entry in told.chain} == {"redford"}
    document = told.document(setting())
    assert document["fate"] == "taken"
    assert document["date"] == "2026-02-08"
    assert document["chain"][0]["date"] == setting().date(told.chain[0].day)


def test_a_town_that_was_stormed() -> None:
    rows: Rows = [(30, "control", "centre", TO_ATTACKER), (30, "taken", "redford", 1.0)]
    rows += [*order_out(40, "redford", 0.1, 2.4, 0.3, 0.1), (45, "withdrawal", "redford", 50.0)]
    told = story(rows, events={"taken:redford": 30.0, "withdrawn:redford": 45.0})
    assert told.fate.how == STORMED
    assert told.sentences[0] == "Redford was taken on day 30 (2026-01-11), while its garrison still stood."
    assert "In the 8 weeks before that the attacker took 5 km2" in text(told)
    assert "ordered out" not in text(told)  # that came later
    assert "What was left of its garrison about it went later: 50 men left on day 45." in text(told)
    assert "No obstacle within 12 km of it was breached." in text(told)
    assert "No reserves arrived to counter-attack within 12 km of it." in text(told)
    assert "Never less than 40 % of its demand at full strength arrived; least 90 % on day 1." in text(told)


def test_a_town_whose_garrison_broke() -> None:
    rows: Rows = [(25, "garrison_rout", "redford", 500.0), (28, "garrison_rout", "redford", 400.0)]
    told = story(rows, events={"taken:redford": 30.0, "routed:redford": 28.0})
    assert told.fate.how == ROUTED
    assert "after more than half of its garrison had broken by day 28" in told.sentences[0]
    assert "In the 60 days before 2 formations of its garrison (900 men) broke." in text(told)


def test_a_town_that_was_left_and_not_taken() -> None:
    rows: Rows = [*order_out(40, "redford", 0.1, 2.4, 0.3, 0.1), (45, "withdrawal", "redford", 50.0)]
    occupied = np.linspace(0.0, 0.6, HORIZON + 1)
    told = story(rows, events={"withdrawn:redford": 45.0}, series={"occupied:redford": occupied})
    assert (told.fate.what, told.fate.how, told.fate.day) == (LEFT, WITHDRAWN, 45)
    assert told.sentences[0] == (
        "Redford was left by its garrison on day 45 (2026-01-26) and not taken within 120 days: in the end"
        " the attacker occupied 60 % of it."
    )


def test_a_town_that_was_the_attackers_from_the_start() -> None:
    told = story([], events={"taken:redford": 1.0}, series={"occupied:redford": np.ones(HORIZON + 1)})
    assert told.fate.how == FROM_THE_START
    assert told.sentences == ["Redford was the attacker's on day 0."]


def test_isolation_and_a_corridor_that_was_cut() -> None:
    rows: Rows = [(20, "corridor", "redford", 6.0), (30, "corridor", "redford", 0.0)]
    rows += [(31, "isolated", "redford", 0.0), (50, "isolation_ended", "redford", 0.3)]
    told = story(rows, events={"taken:redford": 60.0})
    assert (
        "By day 20 its corridor had narrowed to 6.0 km; by day 30 the last way out was cut." in told.sentences
    )
    assert "It was isolated from day 31 to day 50." in told.sentences


def test_a_town_that_held_says_how_near_it_came() -> None:
    away = np.linspace(28.0, 14.0, HORIZON + 1)
    told = story(
        [(5, "effort_ordered", "opening", 70.0)], "far-hill", series={"front_distance_km:far-hill": away}
    )
    assert (told.fate.what, told.fate.day) == (HELD, None)
    assert told.sentences[:3] == [
        "Far Hill was not taken within 120 days.",
        "No effort was ordered towards it: the plan came no further than 'opening', which gives it none.",
        "The front was nearest on day 120, 14 km from its centre (28 km on day 0).",
    ]
    assert "No obstacle within 12 km of it was breached." in told.sentences


def test_a_town_that_held_half_occupied() -> None:
    occupied = np.where(np.arange(HORIZON + 1) == 80, 0.7, 0.2)
    told = story([], series={"occupied:redford": occupied})
    assert "At most 70 % of it was occupied, on day 80; 20 % in the end." in told.sentences


def test_effort_ordered_in_phases_that_were_never_entered_does_not_count() -> None:
    entered = story([(40, "phase", "second", 0.0)], "far-hill")
    assert "The share of the effort ordered towards it was 100 % in 'second'." in entered.sentences
    assert "100 %" not in text(story([], "far-hill"))


def test_scarcity_all_the_time() -> None:
    told = story([], series={"supply_share:redford": np.full(HORIZON + 1, 0.3)})
    assert "All the time less than 40 % of its demand at full strength arrived, least 30 % on day 1." in (
        told.sentences
    )


@pytest.mark.parametrize("has_chronicle", [True, False])
def test_an_empty_log_invents_nothing(has_chronicle: bool) -> None:
    for objective in ("redford", "far-hill"):
        told = story([], objective, has_chronicle=has_chronicle)
        for word in ("ordered out", "corridor", "isolated", "broke", "Strongholds", "went back"):
            assert word not in text(told), word


def test_the_whole_campaign() -> None:
    rows: Rows = [
        (7, "effort_ordered", "opening", 84.0),
        (7, "effort_executed", "opening", 60.0),
        (28, "loss", "attacker:assault", 300.0),
        (28, "loss", "attacker:drones_line", 100.0),
        (28, "loss", "defender:fires", 50.0),
        (28, "captured", "defender", 50.0),
        (28, "line_density", "attacker", 300.0),
        (56, "line_density", "attacker", 200.0),
        (28, "sorties", "defender", 4.0),
        (30, "breach", "west-3", 80.0),
    ]
    told = theatre_wide(campaign(rows, events={"culminated:attacker": 90.0}))
    assert told == [
        "Effort: 0.7 assault-battalion-days a day were ordered over the campaign and 0.5 executed.",
        "Of the attacker's 400 losses: assaults 75 %, drones at the line 25 %.",
        "Of the defender's 100 losses: fires 50 %, capture 50 %.",
        "Men on a km of the line: attacker 300 at first and 200 at last; drones that reached the other side,"
        " per km and day, on average: defender 4.0.",
        "Obstacles breached, by belt: old-belt 1; not breached: new-belt.",
        "The attacker culminated on day 90 (2026-03-12).",
    ]  # fmt: skip
    assert theatre_wide(campaign(has_chronicle=False)) == [
        "No belt was breached.",
        "Neither side culminated.",
    ]
