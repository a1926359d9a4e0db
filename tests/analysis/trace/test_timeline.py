"""Each kind of row becomes a dated sentence; what is not in the log is not told."""

from __future__ import annotations

import pytest

from redan.analysis.trace.campaign import read_campaign
from redan.analysis.trace.document import timeline
from redan.analysis.trace.entry import Entry
from redan.vocabulary.codes import LOG_KINDS
from tests.analysis.trace.made import (
    TO_ATTACKER,
    TO_DEFENDER,
    campaign,
    frames,
    order_out,
    setting,
    supply,
)


def only(entries: list[Entry], kind: str) -> Entry:
    found = [entry for entry in entries if entry.kind == kind]
    assert len(found) == 1, [entry.text for entry in found]
    return found[0]


def test_an_empty_log_tells_of_the_plan_alone() -> None:
    (entry,) = timeline(campaign())
    assert entry.day == 0
    assert entry.text == (
        "the plan began with 'opening': effort 100 % (road 75 %, north 25 %); strongholds behind the front"
        " are cleared"
    )


def test_a_phase_is_told_with_its_trigger_and_its_orders() -> None:
    told = campaign([(40, "phase", "second", 0.0), (40, "trigger", "taken_share:redford>=0.95", 0.96)])
    assert timeline(told)[-1].text == (
        "the plan went on to 'second', because the attacker occupied 96 % of Redford: effort 50 % (hill-road"
        " 100 %); strongholds behind the front are sealed"
    )


@pytest.mark.parametrize(
    ("trigger", "value", "words"),
    [
        ("day>=40", 40.0, "day 40 had come"),
        ("supply_share:redford<=0.4", 0.38, "38 % of its demand reached the garrison of Redford"),
        ("front_distance_km:far-hill<=5", 4.9, "the front stood 4.9 km from Far Hill"),
        ("neck_km:redford<=5", 4.8, "the corridor to Redford was 4.8 km wide"),
    ],
)
def test_every_trigger_has_words(trigger: str, value: float, words: str) -> None:
    told = campaign([(40, "phase", "second", 0.0), (40, "trigger", trigger, value)])
    assert f"because {words}: " in timeline(told)[-1].text


def test_without_a_trigger_no_cause_is_named() -> None:
    assert "because" not in timeline(campaign([(40, "phase", "second", 0.0)]))[-1].text


def test_supply_falls_and_comes_back() -> None:
    rows = supply(1, "redford", 0.6, 0.8, 0.0) + supply(30, "redford", 0.35, 0.5, 0.2)
    rows += supply(60, "redford", 0.05, 0.1, 0.85) + supply(70, "redford", 0.5, 0.9, 0.05)
    start, fell, starved, back = (e for e in timeline(campaign(rows)) if e.kind == "supply")
    assert start.text == (
        "supply of Redford at the start: 60 % of the demand at full strength arrived (the garrison stood at"
        " 75 % of full strength and got 80 % of what it needed; no load was lost on the shortest ways in; the"
        " rest was lost on longer ways or is more than roads carry)"
    )
    assert not start.is_major
    assert fell.text.startswith("supply of Redford fell below 40 %: 35 % of the demand")
    assert "20 % of the loads were lost on the shortest ways in; the rest was lost on" in fell.text
    assert fell.numbers == {"supply": 0.35, "fed": 0.5, "interdicted": 0.2, "strength": 0.7}
    assert starved.text.startswith("supply of Redford fell below 10 %")
    assert starved.text.endswith("85 % of the loads were lost on the shortest ways in)")
    assert back.text.startswith("supply of Redford rose above 40 %")
    assert (fell.is_major, starved.is_major, back.is_major) == (True, True, True)


def test_a_cut_garrison_has_no_way_in() -> None:
    entry = only(timeline(campaign(supply(30, "redford", 0.0, 0.0, 1.0))), "supply")
    assert entry.text == (
        "supply of Redford fell below 10 %: 0 % of the demand at full strength arrived (no way in was left)"
    )


def test_the_corridor_narrows_is_cut_and_opens() -> None:
    values = ((20, 8.3), (30, 3.6), (40, 0.0), (50, 4.8), (60, 10.0))
    told = campaign([(day, "corridor", "redford", value) for day, value in values])
    assert [entry.text for entry in timeline(told)[1:]] == [
        "the corridor to Redford narrowed to 8.3 km",
        "the corridor to Redford narrowed to 3.6 km",
        "the last way out of Redford was cut",
        "the corridor to Redford widened to 4.8 km",
        "the corridor to Redford was 10 km wide or more again",
    ]


def test_an_order_to_leave_names_what_drove_it() -> None:
    rows = order_out(50, "redford", 0.031, 5.0, 0.4, 0.03)
    rows += [(55, "withdrawal", "redford", 880.0), (55, "withdrawal_losses", "redford", 120.0)]
    entries = timeline(campaign(rows))
    order = only(entries, "order_out")
    assert order.text == (
        "the garrison of Redford was ordered out, on a hazard of 3.1 % a day (0.4 % at rest, x2.7 for the"
        " corridor of 5.0 km, x2.5 for 40 % of its supply, x1.3 for 3.0 % of its men lost in about ten days)"
    )
    assert order.numbers["corridor_factor"] == pytest.approx(2.718, abs=1e-3)
    assert only(entries, "withdrawal").text == (
        "880 men left Redford; 120 men (12 %) were lost on the way out"
    )


def test_an_order_without_the_parameters_names_its_hazard_only() -> None:
    told = campaign(order_out(50, "redford", 0.031, 5.0, 0.4, 0.03), parameters={})
    assert only(timeline(told), "order_out").text == (
        "the garrison of Redford was ordered out, on a hazard of 3.1 % a day"
    )


def test_a_garrison_left_in_the_outskirts_is_called_so() -> None:
    rows = [(30, "taken", "redford", 1.0), (40, "isolated", "redford", 0.02)]
    rows += [*order_out(41, "redford", 0.1, 2.4, 0.02, 0.1), (45, "withdrawal", "redford", 0.0)]
    entries = timeline(campaign(rows, events={"taken:redford": 30}))
    assert only(entries, "isolated").text == (
        "what was left of the garrison about Redford was isolated: 2.0 % of its demand arrived, for seven"
        " days from here"
    )
    assert only(entries, "order_out").text.startswith(
        "what was left of the garrison about Redford was ordered"
    )
    assert only(entries, "withdrawal").text == "nobody was left to leave Redford"


def test_isolation_ends_with_supply_or_without_a_garrison() -> None:
    rows = [(30, "isolation_ended", "redford", 0.25), (60, "isolation_ended", "redford", -1.0)]
    back, gone = (entry.text for entry in timeline(campaign(rows))[1:])
    assert back == "the isolation of Redford ended: 25 % arrived again"
    assert gone == "the isolation of Redford ended: no garrison was left"


def test_moments_of_the_town() -> None:
    rows = [
        (20, "contested", "redford", 0.07),
        (30, "taken", "redford", 0.97),
        (60, "retaken", "redford", 0.4),
        (25, "garrison_rout", "redford", 300.0),
    ]
    events = {
        "taken:redford": 30.0,
        "cleared:redford": 50.0,
        "within_5km:redford": 12.0,
        "routed:redford": 28.0,
    }
    told = {entry.kind: (entry.day, entry.text) for entry in timeline(campaign(rows, events=events))}
    assert told["within_5km"] == (12, "the front came within 5 km of the built-up edge of Redford")
    assert told["contested"] == (20, "Redford was contested: 7.0 % of it occupied or infiltrated")
    assert told["garrison_rout"][1] == "a formation of the garrison of Redford broke (300 men)"
    assert told["routed"] == (28, "more than half of the garrison of Redford had broken")
    assert told["taken"] == (30, "Redford was taken: 95 % of it occupied, for seven days from here")
    assert told["town_cleared"] == (50, "no stronghold in Redford held any longer")
    assert told["retaken"] == (60, "the attacker lost Redford again: it occupied 40 % of it")


def test_strongholds_obstacles_ground_and_turns() -> None:
    rows = [
        (10, "breach", "west-6", 90.0),
        (12, "breach", "west-3", 80.0),
        (13, "breach", "north-4", 20.0),
        (14, "control", "west-6", TO_ATTACKER),
        (14, "control", "west-3", TO_ATTACKER),
        (15, "control", "west-3", TO_DEFENDER),
        (20, "sealed", "mill", 55.0),
        (30, "re_emerged", "mill", 12.0),
        (35, "starved", "mill", 43.0),
        (42, "slipped_out", "mine", 9.0),
        (11, "belt_reached", "west-6", 0.0),
        (12, "belt_reached", "west-3", 1.0),
        (13, "belt_reached", "west-6", 0.0),
        (50, "pause", "close", 14.0),
        (40, "surrender", "mill", 43.0),
        (41, "cleared", "mine", 7.0),
        (16, "counter_attack", "west-3", 438.0),
        (17, "rout", "formation-1", 300.0),
        (17, "rout", "formation-2", 200.0),
        (21, "attacked", "road", 3.0),
    ]
    events = {"culminated:attacker": 90.0, "breakthrough:road": 70.0, "ended": None}
    entries = timeline(campaign(rows, events=events))
    texts = [entry.text for entry in entries]
    assert (
        "belt 'old-belt' was breached for the first time, 6 km west of Redford (90 m of obstacles)" in texts
    )
    assert "a breach of belt 'old-belt', 3 km west of Redford (80 m of obstacles)" in texts
    assert "an obstacle was breached, 4 km north of Redford (20 m of obstacles)" in texts
    assert [entry.is_major for entry in entries if entry.kind == "breach"] == [True, False, False]
    assert (
        "passed to the attacker: the ground 6 km west of Redford and 3 km west of Redford (10 km2)" in texts
    )
    assert "passed to the defender: the ground 3 km west of Redford (5 km2)" in texts
    assert "stronghold mill was sealed with 55 men in it" in texts
    assert "12 men came out of stronghold mill behind the front" in texts
    assert "stocks ended in stronghold mill, with 43 men in it" in texts
    assert "9 men slipped out of stronghold mine to their own line" in texts
    reached = [text for text in texts if text.startswith("the line came to belt 'old-belt'")]
    assert ["not manned" in text for text in reached] == [True, False], "each once, in time and not"
    assert "the attacker paused for 14 days, his line worn" in texts
    assert "stronghold mill gave up: 43 men captured" in texts
    assert "stronghold mine was cleared" in texts
    assert "438 men arrived to counter-attack 3 km west of Redford" in texts
    assert "2 formations broke (500 men)" in texts
    assert "the axis road attacked 3 cells" in texts
    assert any(text.startswith("the attacker culminated") for text in texts)
    assert any(text.startswith("a breakthrough on the axis road") for text in texts)
    assert not any("every objective" in text for text in texts)


def test_tables_of_a_run_folder_give_the_same_campaign() -> None:
    told = campaign(
        [(5, "control", "west-6", TO_ATTACKER), *supply(30, "redford", 0.35, 0.5, 0.2)],
        events={"taken:redford": 30.0, "ended": None},
    )
    events, series, record = frames(told)
    again = read_campaign(setting(), events, series, record)
    assert again.has_chronicle
    assert [entry.text for entry in timeline(again)] == [entry.text for entry in timeline(told)]
    assert dict(again.event_day) == {"taken:redford": 30.0, "ended": None}
    assert again.parameters == told.parameters


def test_a_log_without_a_chronicle_is_known() -> None:
    old = LOG_KINDS[: LOG_KINDS.index("trapped") + 1]
    told = campaign([(5, "control", "west-6", TO_ATTACKER)], events={"taken:redford": 30.0})
    events, series, record = frames(told, old)
    again = read_campaign(setting(), events, series, record)
    assert not again.has_chronicle
    assert "Redford was taken" in [entry.text for entry in timeline(again)]
