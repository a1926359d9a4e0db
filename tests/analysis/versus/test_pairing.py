"""What pairing gains, on two alternatives whose gains are known."""

from __future__ import annotations

import numpy as np
import pytest

from redan.analysis.versus.pairing import Crossed, gains, partner

N = 6000


def test_partners_are_couples() -> None:
    assert partner(4).tolist() == [1, 0, 3, 2]
    assert partner(3).tolist() == [1, 0, 2]


def test_each_gain_is_the_one_that_was_built_in() -> None:
    """a = 3 x + z, b = 3 x + z + 2 noise of its own, x the parameters and z luck.

    Variances are 10 and 14: apart 24, parameters shared 6, luck shared 22, both shared 4.
    """
    rng = np.random.default_rng(8)
    x, z, own = rng.standard_normal(N), rng.standard_normal(N), rng.standard_normal((2, N))
    other = partner(N)
    a = Crossed(3 * x + z, 3 * x + z[other])
    b = Crossed(3 * x + z + 2 * own[0], 3 * x + z[other] + 2 * own[1])
    found = gains(a, b, seed=1)
    known = {"parameters": 24 / 6, "chance": 24 / 22, "both": 24 / 4, "chance_on_top": 6 / 4}
    assert set(found) == set(known)
    for name, value in known.items():
        # 1.5 times the reach of a 90 % interval: a right estimate misses it once in seventy.
        reach = (found[name].high - found[name].low) / 2.0
        assert abs(found[name].gain - value) < 1.5 * reach < 0.1 * value
    product = found["parameters"].gain * found["chance_on_top"].gain
    assert product == pytest.approx(found["both"].gain)


def test_what_does_not_vary_has_no_gain() -> None:
    still = Crossed(np.ones(8), np.ones(8))
    assert gains(still, still, seed=1) == {}
    assert Crossed(np.zeros(2), np.ones(2)).logged() is None
