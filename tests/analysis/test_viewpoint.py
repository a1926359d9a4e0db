"""Whose gain each measure is: every one of the register has a place, and turns round for the other side."""

from __future__ import annotations

import pytest

from redan.analysis.ablation import compared
from redan.analysis.viewpoint import ATTACKERS, DAYS, DEFENDERS, EVERYONES, OWN, better_for, whose_gain
from redan.vocabulary.codes import ATTACKER, DEFENDER
from redan.vocabulary.outcomes import GLOBAL_MEASURES, HIGHER, LOWER, OBJECTIVE_MEASURES, Measure, measures


@pytest.mark.parametrize("measure", [*measures(["town"]), *compared(["town"])], ids=lambda m: m.name)
def test_every_measure_has_a_place(measure: Measure) -> None:
    assert whose_gain(measure.name) in (ATTACKER, DEFENDER, None)


def test_every_place_is_a_measure() -> None:
    kinds = {m.name.partition(":")[0] for m in (*GLOBAL_MEASURES, *OBJECTIVE_MEASURES)}
    assert {*OWN, *ATTACKERS, *DEFENDERS, *EVERYONES} == kinds


@pytest.mark.parametrize(
    ("name", "worse_for_defender"),
    [
        (f"{DAYS}:ended", LOWER),  # sooner
        (f"{DAYS}:taken:town", LOWER),
        ("losses:attacker", LOWER),  # the attacker pays less
        ("losses:defender", HIGHER),
        ("exchange_ratio", LOWER),  # fewer attackers lost for each defender
        ("area_gained_km2", HIGHER),
        ("front_distance_km:town", LOWER),
        ("supply_share:town", LOWER),
        ("strongholds_holding", LOWER),
        ("destroyed_km2", HIGHER),  # civilian harm: the same for both sides
        ("destroyed:town", HIGHER),
        ("residents_left", LOWER),
        ("residents:town", LOWER),
        ("displaced", HIGHER),
    ],
)
def test_what_is_worse_for_the_defender(name: str, worse_for_defender: str) -> None:
    measure = next(m for m in [*measures(["town"]), *compared(["town"])] if m.name == name)
    assert better_for(measure, DEFENDER) != worse_for_defender
    civilian = whose_gain(name) is None
    assert (better_for(measure, ATTACKER) == better_for(measure, DEFENDER)) == civilian


@pytest.mark.parametrize("name", ["morale", "losses:bystander", f"{DAYS}:culminated:attacker", DAYS])
def test_an_unknown_measure_has_none(name: str) -> None:
    with pytest.raises(KeyError):
        whose_gain(name)
