"""The network joins all towns, and is not a tangle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from redan.scenario.authoring.roads import network

POINTS = st.lists(st.tuples(st.floats(-60, 60), st.floats(-60, 60)), min_size=1, max_size=12)


@given(POINTS)
def test_every_town_is_joined_by_few_roads(points: list[tuple[float, float]]) -> None:
    n = len(points)
    pairs = network(np.array(points))
    assert len(set(pairs)) == len(pairs)
    assert n - 1 <= len(pairs) <= n - 1 + n // 2
    graph = np.zeros((n, n))
    for pair in pairs:
        graph[pair] = 1.0
    assert connected_components(csr_array(graph), directed=False)[0] == 1


@pytest.mark.parametrize("n", [0, 1])
def test_no_road_without_two_towns(n: int) -> None:
    assert network(np.zeros((n, 2))) == []


def test_a_square_is_closed_by_a_shortcut() -> None:
    corners = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]])
    assert len(network(corners)) == 4
