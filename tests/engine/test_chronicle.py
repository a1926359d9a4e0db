"""What the log tells of a campaign: its sums are the ledger's, its moments are the recorder's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from redan.engine.chronicle import TOP_LEVEL, WEEK, loads_lost, next_level
from redan.numerics.graph import UNREACHED
from redan.testing.campaigns import Played, event_day, play
from redan.testing.params import toy_params
from redan.testing.toys import toy_plan, toy_theatre
from redan.vocabulary import codes
from redan.vocabulary.codes import (
    ATTACKER,
    CAUSES,
    DEFENDER,
    LEDGER_ARRIVED,
    LEDGER_CAPTURED,
    LEDGER_RETURNED,
    LOG_KINDS,
    TRIGGER_DAY,
)
from redan.vocabulary.outcomes import (
    EVENT_CONTESTED,
    EVENT_ISOLATED,
    EVENT_TAKEN,
    EVENT_WITHDRAWN,
    MEASURE_LOSSES_ATTACKER,
)
from tests.engine.worlds import PUSH, SMALL, changed, two_phases

TOWN_SOON = replace(SMALL, town_column=6)
DAYS = 150  # ends within a week and within four weeks


@pytest.fixture(scope="module")
def push() -> list[Played]:
    theatre = toy_theatre(replace(TOWN_SOON, belt_column=7))
    params = toy_params(PUSH | {"defender_men": 5000.0, "withdraw_base_per_day": 0.05})
    return [play(theatre, toy_plan(theatre), params, days=DAYS, replication=r) for r in range(6)]


def test_every_kind_has_its_code() -> None:
    found = {name: value for name, value in vars(codes).items() if name.startswith("LOG_")}
    kinds = found.pop("LOG_KINDS")
    assert {f"LOG_{kind.upper()}": code for code, kind in enumerate(kinds)} == found
    assert kinds[11] == "trapped"  # numbers are stored in run folders


def test_losses_by_cause_and_captures_add_up_to_the_ledger(push: list[Played]) -> None:
    for played in push:
        for s in (ATTACKER, DEFENDER):
            by_cause = np.zeros(len(CAUSES))
            for _, entity, men in played.log(codes.LOG_LOSS):
                if entity % 2 == s:
                    by_cause[entity // 2] += men
            np.testing.assert_allclose(by_cause, played.output.cause[s], atol=0.5)
            captured = sum(men for _, side, men in played.log(codes.LOG_CAPTURED) if side == s)
            assert captured == played.output.ledger[s, LEDGER_CAPTURED]
            lost = played.measure(MEASURE_LOSSES_ATTACKER + s)
            assert by_cause.sum() + captured == pytest.approx(lost, abs=4.0)
            replaced = sum(men for _, side, men in played.log(codes.LOG_REPLACED) if side == s)
            assert replaced == played.output.ledger[s, [LEDGER_ARRIVED, LEDGER_RETURNED]].sum()


def test_effort_is_told_by_the_week(push: list[Played]) -> None:
    for played in push:
        for kind in (codes.LOG_EFFORT_ORDERED, codes.LOG_EFFORT_EXECUTED):
            days = [row[0] for row in played.log(kind)]
            assert days == [*range(WEEK, DAYS + 1, WEEK), DAYS]
        ordered = sum(row[2] for row in played.log(codes.LOG_EFFORT_ORDERED))
        executed = sum(row[2] for row in played.log(codes.LOG_EFFORT_EXECUTED))
        assert 0.0 < executed <= 1.5 * ordered


def test_marches_arrive_or_are_lost_or_are_still_under_way(push: list[Played]) -> None:
    for played in push:
        units = played.state.formations
        for s in (ATTACKER, DEFENDER):
            sent, reached, lost = (
                sum(men for _, side, men in played.log(kind) if side == s)
                for kind in (codes.LOG_SENT, codes.LOG_REACHED, codes.LOG_LOST_MARCHING)
            )
            marching = float(units.men[(units.side == s) & (units.duty == codes.MARCHING)].sum())
            # on the way men are also replaced, and lost to drones in depth
            assert reached + lost + marching == pytest.approx(sent, rel=0.1, abs=60.0)


def test_what_was_attacked(push: list[Played]) -> None:
    told = [rows for played in push if (rows := played.log(codes.LOG_ATTACKED))]
    assert len(told) >= len(push) // 2, "an axis that attacks is told of where its number of cells changes"
    for rows in told:
        assert {entity for _, entity, _ in rows} == {0}
        assert rows[0][2] >= 1.0
        assert all(day % WEEK == 0 or day == DAYS for day, _, _ in rows)


def test_moments_agree_with_the_events(push: list[Played]) -> None:
    taken = 0
    for played in push:
        assert played.log(codes.LOG_CONTESTED)[0][0] == event_day(played, EVENT_CONTESTED)
        day = event_day(played, EVENT_TAKEN)
        told = [row[0] for row in played.log(codes.LOG_TAKEN)]
        assert told[:1] == ([int(day)] if day >= 0.0 else [])
        taken += len(told)
    assert taken > 0


def test_an_order_to_leave_comes_with_its_reasons_and_its_price(push: list[Played]) -> None:
    left = [played for played in push if event_day(played, EVENT_WITHDRAWN) >= 0.0]
    assert left
    for played in left:
        (day, objective, hazard), *more = played.log(codes.LOG_ORDER_OUT)
        assert not more
        assert objective == 0
        assert 0.0 < hazard <= 0.2
        assert day < event_day(played, EVENT_WITHDRAWN)
        (corridor,), (supply,), (losses,) = (
            [row[2] for row in played.log(kind) if row[0] == day]
            for kind in (
                codes.LOG_ORDER_OUT_CORRIDOR,
                codes.LOG_ORDER_OUT_SUPPLY,
                codes.LOG_ORDER_OUT_LOSSES,
            )
        )
        p = toy_params({"withdraw_base_per_day": 0.05})[0]
        exponent = p["break_neck_weight"] * (1.0 - corridor / 10.0)
        exponent += p["break_supply_weight"] * (1.0 - supply)
        exponent += p["break_loss_weight"] * losses / 0.10
        capped = min(p["break_cap_per_day"], 0.05 * np.exp(exponent))
        assert hazard == pytest.approx(1.0 - np.exp(-capped))
        (lost,) = played.log(codes.LOG_WITHDRAWAL_LOSSES)
        (went,) = played.log(codes.LOG_WITHDRAWAL)
        assert lost[0] == went[0] == event_day(played, EVENT_WITHDRAWN)
        assert 0.0 <= lost[2] <= went[2]


def test_isolation_begins_and_is_told_once() -> None:
    theatre = toy_theatre(replace(SMALL, town_column=5))
    cut = changed(theatre, cell_source_t_per_day=theatre.cell_source_t_per_day * np.array([[1.0], [0.0]]))
    played = play(cut, toy_plan(cut), toy_params({"attacker_men": 1500.0}), days=60)
    (begun,) = played.log(codes.LOG_ISOLATED)
    assert begun[0] == event_day(played, EVENT_ISOLATED)
    assert begun[2] < 0.1
    ends = played.log(codes.LOG_ISOLATION_ENDED)
    assert [row[2] for row in ends] == [-1.0] * len(ends)  # no supply comes back: the garrison is gone
    (supply, *_), (fed, *_), (lost, *_) = (
        played.log(kind) for kind in (codes.LOG_SUPPLY, codes.LOG_FED, codes.LOG_INTERDICTED)
    )
    assert supply[:2] == fed[:2] == lost[:2]
    assert (fed[2], lost[2]) == (0.0, 1.0)


def test_a_phase_is_told_with_what_it_watched() -> None:
    theatre = toy_theatre(SMALL)
    played = play(theatre, two_phases(theatre, TRIGGER_DAY, 30.0), toy_params(), days=40)
    assert played.log(codes.LOG_TRIGGER) == [(30, 0, 30.0)]
    assert [row[1] for row in played.log(codes.LOG_EFFORT_ORDERED)] == [0, 0, 0, 0, 1, 1]


def test_levels_fall_at_once_and_rise_past_the_slack() -> None:
    def walk(*values: float) -> list[int]:
        level, seen = TOP_LEVEL, []
        for value in values:
            level = next_level(level, value, 0.1, 0.4, 0.8, 0.05)
            seen.append(int(level))
        return seen

    assert walk(0.9, 0.79, 0.81, 0.84, 0.86) == [3, 2, 2, 2, 3]
    assert walk(0.05, 0.12, 0.41, 0.45, 1.0) == [0, 0, 1, 2, 3]


def test_loads_are_lost_cell_by_cell_on_the_shortest_way() -> None:
    neighbour = np.array([[1, -1], [0, 2], [1, 3], [2, -1]], dtype=np.int32)
    control = np.array([1, 1, 1, 0], dtype=np.int8)
    distance = np.array([0, 2, 5, UNREACHED], dtype=np.int32)
    survival = np.array([0.5, 0.9, 0.8, 1.0])
    lost = [loads_lost(c, neighbour, control, distance, survival) for c in range(4)]
    assert lost == pytest.approx([0.0, 0.1, 0.28, 1.0])  # what leaves the source is not lost in its own cell


def test_the_log_stays_small(push: list[Played]) -> None:
    old = set(LOG_KINDS[: LOG_KINDS.index("trapped") + 1])
    for played in push:
        kinds = [LOG_KINDS[k] for k in played.output.log_kind[: int(played.output.log_count[0])]]
        assert sum(kind not in old for kind in kinds) <= 600 * DAYS / 365
