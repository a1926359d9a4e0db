"""What routing brings against the maximum flow: nets in series and parallel, random fields, the theatre."""

# ruff: noqa: D103 - a test is named by what it claims

from __future__ import annotations

import numpy as np
import pytest

from redan.testing.assertions import Interval
from tests.bundled.test_supply import first_day
from tests.rules.nets import Net, brought, hex_field, most
from verification.worlds import BUNDLED, report

NETS, FIELDS = 2000, 1000
EXACT = 1e-6


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


def shown(values: np.ndarray) -> Interval:
    """Median with the least and the greatest."""
    return Interval(
        float(np.median(values)), float(values.min()), float(values.max()), float(values.std()), values.size
    )


@pytest.mark.parametrize("equal", [True, False], ids=["equal", "unequal"])
def test_series_and_parallel_routes_are_exact(equal: bool) -> None:
    rng = np.random.default_rng(8)
    nets = [series_parallel(rng, equal=equal) for _ in range(NETS)]
    found = np.array([net.tonnes() / net.most() for net in nets])
    kind = "equal" if equal else "unequal"
    report(f"delivered / maximum flow, series and {kind} parallel: median [least, most]", shown(found), "1")
    np.testing.assert_allclose(found, 1.0, rtol=EXACT)


def test_random_fields_of_two_sides_are_exact() -> None:
    rng = np.random.default_rng(9)
    found = []
    for _ in range(FIELDS):
        ground = hex_field(rng, int(rng.integers(4, 30)), int(rng.integers(4, 24)))
        flows = most(ground)
        found += list((brought(ground) / np.maximum(flows, 1e-300))[flows > 1e-3])
    ratios = np.array(found)
    report("delivered / maximum flow, random hexagonal fields: median [least, most]", shown(ratios), "1")
    np.testing.assert_allclose(ratios, 1.0, rtol=EXACT)


@pytest.mark.parametrize("resolution", [7, 8])
def test_the_bundled_theatre_is_exact(resolution: int) -> None:
    _, ground = first_day(resolution)
    hungry = [ground._replace(demand=times * ground.demand) for times in (1.0, 1.5, 2.0, 3.0, 5.0)]
    found = np.concatenate([brought(one) / most(one) for one in hungry])
    what = f"{BUNDLED}, resolution {resolution}: delivered / maximum flow, 1 to 5 times the demand"
    report(what, shown(found), "1")
    np.testing.assert_allclose(found, 1.0, rtol=EXACT)
