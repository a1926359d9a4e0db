"""What `deliver` brings against the maximum flow, over nets of routes in series and in parallel."""

# ruff: noqa: D103 - a test is named by what it claims

# ruff: noqa: D103 - a test is named by what it claims

from __future__ import annotations

import numpy as np

from redan.testing.assertions import Interval
from tests.rules.test_supply import Net
from verification.worlds import report

NETS = 2000


def series_parallel(rng: np.random.Generator, *, equal: bool) -> Net:
    """Up to four bundles of up to three routes, one behind the other; one demand at the end."""
    links: list[tuple[int, int, float]] = []
    here, cells = 0, 1
    for _ in range(int(rng.integers(1, 5))):
        routes = int(rng.integers(1, 4))
        width = rng.uniform(1.0, 30.0)
        through = list(range(cells, cells + routes))
        cells += routes
        for r in through:
            into, out = (width, width) if equal else (float(c) for c in rng.uniform(1.0, 30.0, size=2))
            links += [(here, r, into), (r, cells, out)]
        here, cells = cells, cells + 1
    return Net(cells, links, {0: 1e6}, {here: float(rng.uniform(1.0, 80.0))})


def ratios(*, equal: bool) -> np.ndarray:
    rng = np.random.default_rng(8)
    nets = [series_parallel(rng, equal=equal) for _ in range(NETS)]
    return np.array([net.tonnes() / net.most() for net in nets])


def shown(values: np.ndarray) -> Interval:
    """Median with the least and the greatest."""
    return Interval(
        float(np.median(values)), float(values.min()), float(values.max()), float(values.std()), values.size
    )


def test_series_and_equal_parallel_routes_are_exact() -> None:
    found = ratios(equal=True)
    report(
        "deliver / maximum flow, series and equal parallel: median [least, most]", shown(found), "1 exactly"
    )
    np.testing.assert_allclose(found, 1.0, rtol=1e-5)


def test_unequal_parallel_routes_are_a_lower_bound() -> None:
    found = ratios(equal=False)
    report("deliver / maximum flow, unequal parallel: median [least, most]", shown(found), "at most 1")
    assert found.max() <= 1.0 + 1e-6, f"{(found > 1.0 + 1e-6).mean():.1%} of nets deliver more than can flow"
