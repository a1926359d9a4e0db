"""Keyed draws: a random number is looked up by what it decides, never consumed from a stream.

A draw is a function of (seed, replication, day, decision, entity), mixed by SplitMix64's finaliser
(Steele, Lea and Flood 2014, OOPSLA, doi 10.1145/2660193.2660195). The course of action is not in the
key, so two courses share their luck and differ only downstream of a different order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from redan.numerics.compile import kernel

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
SHIFT_30 = np.uint64(30)
SHIFT_27 = np.uint64(27)
SHIFT_31 = np.uint64(31)
SHIFT_12 = np.uint64(12)
SCALE_52 = 1.0 / 4503599627370496.0  # 2**-52
HALF_STEP = 0.5 / 4503599627370496.0  # keeps a uniform off 0 and, with 52 bits, exactly off 1 too


def mixed(key: np.uint64, value: np.uint64) -> np.uint64:
    """Mix `value` into `key`: finaliser(key + (value + 1) * golden), all modulo 2**64; numbers or arrays."""
    z = np.uint64(key + (np.uint64(value) + np.uint64(1)) * GOLDEN)
    z = np.uint64((z ^ (z >> SHIFT_30)) * MIX_1)
    z = np.uint64((z ^ (z >> SHIFT_27)) * MIX_2)
    return np.uint64(z ^ (z >> SHIFT_31))


mix = kernel(mixed)


@kernel
def replication_key(seed: np.uint64, replication: int) -> np.uint64:
    """Key of one replication: shared by every course."""
    return mix(mix(np.uint64(0), np.uint64(seed)), np.uint64(replication))


@kernel
def day_key(key: np.uint64, day: int) -> np.uint64:
    """Key of one day of a replication; day 0 holds draws made once."""
    return mix(key, np.uint64(day))


@kernel
def uniform(key: np.uint64, decision: int, entity: np.uint64) -> float:
    """Uniform in the open interval (0, 1) for one decision about one entity under a day's key."""
    z = mix(mix(key, np.uint64(decision)), np.uint64(entity))
    return float(z >> SHIFT_12) * SCALE_52 + HALF_STEP


def day_keys(seed: int, replications: Sequence[int], day: int) -> NDArray[np.uint64]:
    """[n] `day_key` of many replications, outside compiled code."""
    keys: Any = np.zeros(len(replications), np.uint64)
    with np.errstate(over="ignore"):
        for value in (seed, np.array(replications, np.uint64), day):
            keys = mixed(keys, cast(Any, np.asarray(value, np.uint64)))
    return np.asarray(keys, np.uint64)


def uniforms(keys: NDArray[np.uint64], decision: int, entity: np.uint64) -> NDArray[np.float64]:
    """[n] `uniform` under many keys [n], outside compiled code: one pass instead of n calls."""
    with np.errstate(over="ignore"):
        z: Any = mixed(mixed(cast(Any, keys), np.uint64(decision)), np.uint64(entity))
    return np.asarray((z >> SHIFT_12).astype(np.float64) * SCALE_52 + HALF_STEP, np.float64)


def name_entity(name: str) -> np.uint64:
    """Stable 64-bit id of a declared name: the first 8 bytes of its blake2b hash, little-endian."""
    return np.uint64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))
