"""Keyed draws: looked up, independent of order, uniform, never the same for two questions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from redan.numerics import draws
from redan.testing.assertions import assert_uniform
from redan.vocabulary import codes

# Plain Python's uint64 warns where it wraps; compiled code wraps silently. The numbers are the same.
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")

MASK = (1 << 64) - 1
WHOLE = st.integers(0, MASK)
DECISIONS = sorted(value for name, value in vars(codes).items() if name.startswith("DECISION_"))


def reference_mix(key: int, value: int) -> int:
    """SplitMix64's finaliser in whole numbers of any size (Steele, Lea and Flood 2014)."""
    z = (key + (value + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def day_key(seed: int, replication: int, day: int) -> np.uint64:
    """A day's key as the type the kernels take (compiled ones hand Python a plain int)."""
    rep = np.uint64(draws.replication_key(np.uint64(seed), replication))
    return np.uint64(draws.day_key(rep, day))


def undo_shift(z: int, by: int) -> int:
    x = z
    for _ in range(64 // by + 1):
        x = z ^ (x >> by)
    return x


def entity_for(key: int, wanted: int) -> int:
    """The entity that the finaliser turns into `wanted`: it is a bijection, so there is one."""
    z = undo_shift(wanted, 31)
    z = undo_shift((z * pow(0x94D049BB133111EB, -1, 1 << 64)) & MASK, 27)
    z = undo_shift((z * pow(0xBF58476D1CE4E5B9, -1, 1 << 64)) & MASK, 30)
    return ((z - key) * pow(0x9E3779B97F4A7C15, -1, 1 << 64) - 1) & MASK


def sample(seed: int, replications: int, days: int, decision: int, entities: int) -> NDArray[np.float64]:
    found = np.empty((replications, days, entities))
    for r in range(replications):
        for day in range(days):
            key = day_key(seed, r, day)
            for e in range(entities):
                found[r, day, e] = draws.uniform(key, decision, np.uint64(e))
    return found


@given(WHOLE, WHOLE)
def test_mix_is_splitmix64(key: int, value: int) -> None:
    assert int(draws.mix(np.uint64(key), np.uint64(value))) == reference_mix(key, value)


@given(WHOLE, st.integers(0, 10**6), st.integers(0, 4000), st.sampled_from(DECISIONS), WHOLE)
def test_a_draw_depends_on_its_key_alone(
    seed: int, replication: int, day: int, decision: int, entity: int
) -> None:
    def draw() -> float:
        key = day_key(seed, replication, day)
        return float(draws.uniform(key, decision, np.uint64(entity)))

    first = draw()
    for other in range(5):  # other questions asked in between
        draws.uniform(np.uint64(seed), other, np.uint64(entity))
    assert draw() == first
    assert 0.0 < first < 1.0


def test_draws_are_uniform() -> None:
    # 96,000 values over 50 bins see a relative departure of 5 % with power above 0.999 at level 1e-6
    assert_uniform(sample(7, 8, 60, codes.DECISION_ROUT, 200), bins=50, departure=0.05)


def test_pairs_of_neighbouring_keys_are_uniform_on_the_square() -> None:
    # Serial correlation between entities, days or replications would show as uneven squares.
    values = sample(7, 20, 40, codes.DECISION_ROUT, 40)
    for axis in range(3):
        one = np.take(values, range(values.shape[axis] - 1), axis=axis).ravel()
        other = np.take(values, range(1, values.shape[axis]), axis=axis).ravel()
        square = (np.floor(one * 10) * 10 + np.floor(other * 10) + 0.5) / 100
        assert_uniform(square, bins=100, departure=0.10)
        assert abs(np.corrcoef(one, other)[0, 1]) < 5.0 / np.sqrt(one.size)


def test_no_two_questions_share_a_draw() -> None:
    # 28 decisions x 1,400 entities x 3 days: 118,000 draws; a birthday clash of 53 bits has chance 1e-6.
    seen: set[float] = set()
    count = 0
    for day in range(1, 4):
        key = day_key(1, 0, day)
        for decision in DECISIONS:
            for entity in range(1400):
                seen.add(float(draws.uniform(key, decision, np.uint64(entity))))
                count += 1
    assert len(seen) == count


def test_decisions_are_numbered_once() -> None:
    named = [name for name in vars(codes) if name.startswith("DECISION_")]
    assert len(named) == len(DECISIONS) == len(set(DECISIONS))


def test_seeds_replications_and_days_do_not_stand_for_each_other() -> None:
    keys = {int(day_key(seed, rep, day)) for seed in range(12) for rep in range(12) for day in range(12)}
    assert len(keys) == 12**3


@pytest.mark.parametrize("top", [0, 1 << 11, MASK, MASK - (1 << 11)])
def test_a_draw_never_touches_0_or_1(top: int) -> None:
    # The extreme outputs of the finaliser, reached by undoing it: rounding must not carry them to 0 or 1.
    key = np.uint64(12345)
    inner = int(draws.mix(key, np.uint64(codes.DECISION_ATTACK_CHOICE)))
    u = float(draws.uniform(key, codes.DECISION_ATTACK_CHOICE, np.uint64(entity_for(inner, top))))
    assert 0.0 < u < 1.0


def test_names_are_stable_ids() -> None:
    assert int(draws.name_entity("town")) == int(draws.name_entity("town"))
    names = [f"{kind}-{i}" for kind in ("attacker", "defender", "site", "axis") for i in range(3000)]
    assert len({int(draws.name_entity(name)) for name in names}) == len(names)


@given(seed=WHOLE, first=st.integers(0, 2**40), decision=st.sampled_from(DECISIONS), entity=WHOLE)
def test_many_draws_at_once_are_those_one_by_one(seed: int, first: int, decision: int, entity: int) -> None:
    replications = range(first, first + 3)
    keys = draws.day_keys(seed, replications, 0)
    one_by_one = [
        np.uint64(draws.day_key(np.uint64(draws.replication_key(np.uint64(seed), number)), 0))
        for number in replications
    ]
    assert keys.tolist() == [int(key) for key in one_by_one]
    many = draws.uniforms(keys, decision, np.uint64(entity))
    assert many.tolist() == [draws.uniform(key, decision, np.uint64(entity)) for key in one_by_one]
