"""Stretches of a campaign: their sums are those of the log, their sentences those of the sums."""

from __future__ import annotations

import numpy as np
import pytest

from redan.analysis.trace.periods import MONTH, attacked, length_of, passages, periods
from tests.analysis.trace.made import HORIZON, TO_ATTACKER, TO_DEFENDER, campaign

ROWS = [
    (7, "attacked", "road", 3.0),
    (7, "effort_ordered", "opening", 140.0),
    (7, "effort_executed", "opening", 112.0),
    (10, "control", "west-6", TO_ATTACKER),
    (12, "control", "west-3", TO_ATTACKER),
    (13, "control", "hill", TO_ATTACKER),
    (20, "control", "west-3", TO_DEFENDER),
    (10, "breach", "west-6", 90.0),
    (21, "attacked", "road", 5.0),
    (21, "attacked", "north", 1.0),
    (28, "loss", "attacker:assault", 60.0),
    (28, "loss", "attacker:fires", 40.0),
    (28, "captured", "attacker", 20.0),
    (28, "sent", "defender", 900.0),
    (28, "reached", "defender", 850.0),
    (28, "lost_marching", "defender", 30.0),
    (28, "counter_ordered", "defender", 500.0),
    (15, "counter_attack", "west-6", 450.0),
    (35, "attacked", "road", 0.0),
    (56, "loss", "attacker:assault", 10.0),
]
AREA = np.interp(np.arange(HORIZON + 1), [0, 28, 120], [0.0, 10.0, 10.0])
LOSSES = np.interp(np.arange(HORIZON + 1), [0, 28, 56, 120], [0.0, 120.0, 130.0, 130.0])


def test_lengths() -> None:
    assert length_of(100, is_full=False) == MONTH
    assert length_of(1095, is_full=False) == 5 * MONTH
    assert length_of(1095, is_full=True) == MONTH


def test_every_day_is_in_one_period() -> None:
    cut = periods(campaign(), MONTH)
    days = [day for period in cut for day in range(period.first, period.last + 1)]
    assert days == list(range(1, HORIZON + 1))


def test_numbers_and_sentences_of_a_stretch() -> None:
    told = campaign(ROWS, series={"area_gained_km2": AREA, "losses:attacker": LOSSES})
    first, second, *_ = periods(told, MONTH)
    assert first.numbers["effort_ordered_per_day"] == 5.0
    assert first.numbers["losses_by:attacker"] == {"assault": 60.0, "fires": 40.0, "captured": 20.0}
    assert sum(first.numbers["losses_by:attacker"].values()) == pytest.approx(
        first.numbers["losses:attacker"]
    )
    assert first.phases == ["opening"]
    assert first.sentences == [
        "Effort: 5.0 assault-battalion-days a day ordered, 4.0 executed; cells attacked at a time: road 3 to"
        " 5, north 1.",
        "Ground: the attacker gained 10 km2; cells of 10 km2 towards Redford (west of it) and 5 km2 towards"
        " Far Hill (north of it) passed to it; cells of 5 km2 went back; 1 obstacle was breached.",
        "In the end the front stood from Redford 8.0 km (supply 90 %) and Far Hill 28 km (supply 90 %).",
        "Losses: attacker 120 men (assaults 50 %, fires 33 %, capture 17 %); defender 0 men.",
        "Men on the march to the line: attacker 0 sent, 0 arrived, 0 lost; defender 900 sent, 850 arrived, 30"
        " lost; of the defender's, to counter-attack: 500 sent, 450 arrived.",
    ]  # fmt: skip
    assert second.numbers["losses:attacker"] == pytest.approx(10.0)
    assert second.numbers["losses_by:attacker"] == {"assault": 10.0}
    assert second.sentences[0] == "No effort was ordered."


def test_axes_carry_their_cells_over_from_the_stretch_before() -> None:
    told = campaign(ROWS)
    assert attacked(told, 22, 34) == {"road": (5, 5), "north": (1, 1)}
    assert attacked(told, 36, 50) == {"north": (1, 1)}


def test_ground_beyond_an_objective_that_was_taken_is_around_it() -> None:
    late = periods(campaign([(40, "control", "west-6", TO_ATTACKER)], events={"taken:redford": 5.0}), MONTH)
    assert "5 km2 around Redford (west of it)" in late[1].sentences[1]


def test_ground_that_went_back() -> None:
    (back,) = passages(campaign(ROWS), 1, 28, to_attacker=False)
    assert (back.objective, back.km2, dict(back.sides)) == ("redford", 5.0, {"west": 5.0})


def test_phases_in_force() -> None:
    told = campaign([(30, "phase", "second", 0.0)])
    assert [period.phases for period in periods(told, MONTH)][:3] == [
        ["opening"], ["opening", "second"], ["second"],
    ]  # fmt: skip


def test_a_log_without_a_chronicle_tells_ground_and_losses_only() -> None:
    told = campaign([(10, "control", "west-6", TO_ATTACKER)], has_chronicle=False)
    first = periods(told, MONTH)[0]
    assert "effort_ordered_per_day" not in first.numbers
    assert [sentence.split()[0] for sentence in first.sentences] == ["Ground:", "In", "Losses:"]
