"""Statistical assertions that know their own power: a test that could not have seen the effect says so.

Draws are keyed, so a test with a fixed seed always gives the same answer; `level` is the chance that a
correct change of the code (other draws, same law) turns it red, and `power` the chance that it sees an
effect of the size it names.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from scipy import stats

from redan.analysis.intervals import Interval, mean_interval

__all__ = [
    "Interval",
    "assert_paired_higher",
    "assert_uniform",
    "mean_interval",
    "needed",
    "power_to_see",
    "ratio_interval",
]


def ratio_interval(above: Any, below: Any, *, confidence: float = 0.90) -> Interval:
    """Ratio of the means of two independent samples, by the delta method on its logarithm."""
    a, b = mean_interval(above), mean_interval(below)
    if a.mean <= 0.0 or b.mean <= 0.0:
        raise ValueError("a ratio of means needs positive means")
    error = math.hypot(a.sd / a.mean / math.sqrt(a.n), b.sd / b.mean / math.sqrt(b.n))
    reach = float(stats.norm.ppf(0.5 + confidence / 2.0)) * error
    ratio = a.mean / b.mean
    return Interval(ratio, ratio * math.exp(-reach), ratio * math.exp(reach), ratio * error, min(a.n, b.n))


def power_to_see(effect: float, sd: float, n: int, *, level: float = 0.05) -> float:
    """Chance that a one-sided test of a mean at `level` sees a true mean of `effect` (normal law)."""
    if sd <= 0.0:
        return 1.0
    return float(stats.norm.cdf(effect * math.sqrt(n) / sd - stats.norm.ppf(1.0 - level)))


def needed(effect: float, sd: float, *, level: float = 0.05, power: float = 0.90) -> int:
    """Replications that give the power to see a true mean of `effect`."""
    z = float(stats.norm.ppf(1.0 - level) + stats.norm.ppf(power))
    return max(2, math.ceil((z * sd / effect) ** 2))


def assert_paired_higher(
    higher: Any, lower: Any, *, effect: float, what: str, level: float = 0.001, power: float = 0.90
) -> Interval:
    """Assert that paired values of `higher` exceed those of `lower` in the mean.

    Parameters
    ----------
    effect
        The smallest mean difference worth seeing, in the unit of the values. The sample must have `power` to
        see it at `level`; otherwise the test is inconclusive and fails as such.
    what
        What is compared, for the message.

    Returns
    -------
    The two-sided interval of the difference at confidence 1 - 2 level.

    Raises
    ------
    AssertionError
        The difference is not above 0 at `level`, or the sample is too small to tell.
    """
    difference = np.asarray(higher, dtype=np.float64) - np.asarray(lower, dtype=np.float64)
    found = mean_interval(difference, confidence=1.0 - 2.0 * level)
    if found.low > 0.0:
        return found
    able = power_to_see(effect, found.sd, found.n, level=level)
    if able < power:
        wanted = needed(effect, found.sd, level=level, power=power)
        raise AssertionError(
            f"{what}: inconclusive, {found}: power {able:.2f} to see {effect:g}, {wanted} replications needed"
        )
    raise AssertionError(f"{what}: {found} does not exclude 0 (power {able:.2f} to see {effect:g})")


def assert_uniform(values: Any, *, bins: int, departure: float, level: float = 1e-6) -> None:
    """Assert that values are uniform on (0, 1), by chi-square over equal bins.

    The test must have power 0.999 to see shares of bins that are off by `departure` (relative, alternately
    up and down), or it refuses to answer.

    Raises
    ------
    AssertionError
        A value outside the interval, counts too uneven, or a sample too small for the power.
    """
    x = np.asarray(values, dtype=np.float64).ravel()
    assert ((x > 0.0) & (x < 1.0)).all(), "a value outside the open interval (0, 1)"
    counts = np.bincount((x * bins).astype(np.int64), minlength=bins)
    expected = x.size / bins
    statistic = float(((counts - expected) ** 2).sum() / expected)
    critical = float(stats.chi2.ppf(1.0 - level, bins - 1))
    power = float(stats.ncx2.sf(critical, bins - 1, x.size * departure**2))
    assert power > 0.999, f"power {power:.3f} to see a departure of {departure:g}: more values needed"
    assert statistic < critical, f"chi-square {statistic:.1f} on {bins - 1}, critical {critical:.1f}"
