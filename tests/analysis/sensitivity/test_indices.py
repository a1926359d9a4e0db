"""The estimators of the sensitivity study on functions whose indices are known."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from redan.analysis.points import Points
from redan.analysis.sensitivity.indices import salib, sobol_indices, split
from redan.vocabulary.errors import MissingExtra

F64 = NDArray[np.float64]
N = 16_384
#: Ishigami with a = 7, b = 0.1: exact values (Ishigami and Homma 1990).
ALONE = (0.3139, 0.4424, 0.0)
TOTAL = (0.5576, 0.4424, 0.2437)


def ishigami(points: Points) -> F64:
    x = np.pi * (2.0 * points.values - 1.0)
    found: F64 = np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return found


def sample(seed: int) -> tuple[Points, Points]:
    rng = np.random.default_rng(seed)
    return tuple(Points(rng.random((N, 3)), np.arange(i, 2 * N, 2)) for i in (0, 1))  # type: ignore[return-value]


def test_ishigami_has_its_known_indices() -> None:
    a, b = sample(11)
    mixed = np.stack([ishigami(a.with_block(b, [column])) for column in range(3)])
    found = sobol_indices(["x1", "x2", "x3"], ishigami(a), ishigami(b), mixed, seed=1)
    for index, alone, total in zip(found, ALONE, TOTAL, strict=True):
        for share, known in ((index.alone, alone), (index.total, total)):
            assert share.low <= known <= share.high
            # An interval that holds anything would prove nothing.
            assert share.high - share.low < 0.08
    # A group is what its parameters are together: x1 and x3 explain all but x2.
    pair = ishigami(a.with_block(b, [0, 2]))[None]
    both = sobol_indices(["x1 and x3"], ishigami(a), ishigami(b), pair, seed=1)[0]
    assert both.alone.low <= 1.0 - ALONE[1] <= both.alone.high


def test_chance_parameters_and_both_together_share_the_variance() -> None:
    """Luck z adds 1, a parameter 4, their product 4: by construction 1/9, 4/9 and 4/9."""
    a, b = sample(5)
    luck = np.random.default_rng(6).standard_normal(2 * N)

    def normal(points: Points) -> F64:
        x = np.sqrt(12.0) * (points.values[:, 0] - 0.5)
        z = luck[points.luck]
        found: F64 = z + 2.0 * x + 2.0 * x * z
        return found

    found = split(normal(a), normal(b), normal(a.with_block(b, [], luck=True)), seed=2)
    assert found is not None
    for share, known in ((found.chance, 1 / 9), (found.parameters, 4 / 9), (found.together, 4 / 9)):
        assert share.low <= known <= share.high
        assert share.high - share.low < 0.08
    assert found.chance.value + found.parameters.value + found.together.value == pytest.approx(1.0)


def test_what_does_not_vary_has_no_shares() -> None:
    still = np.full(64, 180.0)
    assert sobol_indices(["x"], still, still, still[None], seed=1) == []
    assert split(still, still, still, seed=1) is None
    # An event that came at a mixed point alone: there is no variance to share out.
    assert split(still, still, np.arange(64.0), seed=1) is None


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.analyze", None)
    with pytest.raises(MissingExtra) as caught:
        salib()
    assert "redan[study]" in str(caught.value)
