"""The neck of a corridor is a minimum cut; days of shortage and of stocks add up."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from redan.rules.supply import neck_km, next_short_days
from redan.testing.toys import hex_grid
from tests.rules.nets import SIDE


@pytest.mark.parametrize("case", range(25))
def test_the_neck_is_a_minimum_cut(case: int) -> None:
    rng = np.random.default_rng(case)
    neighbour, column, _ = hex_grid(9, 8)
    n = neighbour.shape[0]
    control = np.where(rng.random(n) < 0.75, SIDE, 0).astype(np.int8)
    garrison = rng.choice(np.flatnonzero(column < 4), size=3, replace=False).astype(np.int32)
    control[garrison] = SIDE
    ring = column.astype(np.int32)  # the rear lies east
    safe, width = 6, 1.2
    work: dict[str, Any] = {name: np.zeros(n, dtype=np.int32) for name in ("list", "queue", "parent", "mark")}
    work["list"][:3] = garrison
    used = np.ones((n, 6), dtype=np.int8)  # left over from another search
    found = neck_km(
        neighbour,
        control,
        SIDE,
        work["list"],
        3,
        ring,
        safe,
        width,
        1e9,
        work["queue"],
        work["parent"],
        used,
        work["mark"],
    )
    capacity = np.zeros((n + 2, n + 2), dtype=np.int32)
    for c in range(n):
        for b in neighbour[c]:
            if b >= 0 and control[c] == control[b] == SIDE:
                capacity[c, b] = 1
    capacity[n, garrison] = 1000
    capacity[np.flatnonzero((control == SIDE) & (ring >= safe)), n + 1] = 1000
    flow = maximum_flow(csr_array(capacity), n, n + 1).flow_value
    assert found == pytest.approx(flow * width)


SHARE = st.floats(0.0, 1.0)


@given(st.floats(0.0, 60.0), st.floats(0.0, 4.0), SHARE, st.floats(0.1, 0.9), st.floats(0.0, 4.0))
def test_shortage_and_stock(
    short: float, stock: float, delivered: float, sustain: float, recovery: float
) -> None:
    after, left = next_short_days(short, stock, delivered, sustain, recovery, 4.0)
    assert after >= 0.0
    assert 0.0 <= left <= 4.0
    if delivered >= sustain:  # bare needs are met: it heals
        assert after <= short
        assert left >= stock - 1e-12
    else:  # stocks first, then shortage, and both together make up what is missing
        missing = (sustain - delivered) / sustain
        assert after - short + stock - left == pytest.approx(missing, abs=1e-9)
        assert after - short < 1e-9 or left < 1e-9


@given(SHARE, SHARE, st.floats(0.0, 30.0))
def test_more_delivered_is_never_worse(a: float, b: float, short: float) -> None:
    low, high = sorted((a, b))
    worse, better = (next_short_days(short, 1.0, x, 0.5, 2.0, 4.0) for x in (low, high))
    assert better[0] <= worse[0] + 1e-12
    assert better[1] >= worse[1] - 1e-12
