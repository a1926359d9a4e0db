"""Inverse distribution functions: one uniform in, one value out, so that every draw has its own key."""

from __future__ import annotations

import math
from typing import Any

from redan.numerics.compile import kernel

LARGE_MEAN = 40.0  # above it counts come from a rounded gamma; the sum over the lower tail would be long
SMALLEST_TAIL = 1e-300
FEW = 4  # counts up to it are found for many draws at once
LN_2 = 0.6931471805599453
ROOT_2 = 1.4142135623730951


@kernel
def normal_quantile(u: float) -> float:
    """Standard normal quantile of u in (0, 1).

    Source: Acklam's rational approximation (2003), relative error below 1.2e-9 in the body and the tails.
    """
    low = 0.02425
    if u < low or u > 1.0 - low:
        tail = u if u < low else 1.0 - u
        q = math.sqrt(-2.0 * math.log(max(tail, SMALLEST_TAIL)))
        top = -7.784894002430293e-03 * q - 3.223964580411365e-01
        top = ((top * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968
        top = top * q + 2.938163982698783
        bottom = 7.784695709041462e-03 * q + 3.224671290700398e-01
        bottom = ((bottom * q + 2.445134137142996) * q + 3.754408661907416) * q + 1.0
        value = top / bottom
        return value if u < low else -value
    q = u - 0.5
    r = q * q
    top = -3.969683028665376e01 * r + 2.209460984245205e02
    top = ((top * r - 2.759285104469687e02) * r + 1.383577518672690e02) * r - 3.066479806614716e01
    top = top * r + 2.506628277459239
    bottom = -5.447609879822406e01 * r + 1.615858368580409e02
    bottom = ((bottom * r - 1.556989798598866e02) * r + 6.680131188771972e01) * r
    bottom = (bottom - 1.328068155288572e01) * r + 1.0
    return q * top / bottom


@kernel
def count_quantile(u: float, mean: float, dispersion: float) -> float:
    """Negative-binomial quantile (Poisson when `dispersion` is 0); a whole number as a float.

    Equation: variance = mean + dispersion * mean**2. Up to `LARGE_MEAN` the cumulative sum is inverted
    exactly; above it the count is a rounded gamma variate of the same mean and variance (Wilson and Hilferty
    1931, good to about 1 %).
    """
    if mean <= 0.0:
        return 0.0
    # a lower bound of exp(-mean), itself below the probability of none: saves the logarithm on quiet days
    if mean < 1.0 and u <= 1.0 - mean * (1.0 - mean * (0.5 - mean / 6.0)):
        return 0.0
    if mean > LARGE_MEAN:
        shape = mean / (1.0 + dispersion * mean)  # mean squared over variance
        root = 1.0 - 1.0 / (9.0 * shape) + normal_quantile(u) / (3.0 * math.sqrt(shape))
        return math.floor(mean * max(0.0, root) ** 3 + 0.5)
    poisson = dispersion * mean < 1e-9
    if poisson:
        term = math.exp(-mean)
    else:
        size = 1.0 / dispersion
        odds = mean / (size + mean)
        term = math.exp(-size * math.log1p(dispersion * mean))
    total = term
    k = 0.0
    while u > total and k < 4000.0:
        if poisson:
            term *= mean / (k + 1.0)
        else:
            term *= odds * (size + k) / (k + 1.0)
        k += 1.0
        total += term
        if term < 1e-18 * total:  # rounding has eaten what is left of the tail
            break
    return k


@kernel
def log_one_plus(x: float) -> float:
    """Natural logarithm of 1 + x for 0 <= x < 65,535, within 1e-14 of its size.

    Equation: h log 2 + 2 artanh(s), s = z / (2 + z), where h halvings bring 1 + x to 1 + z in 0.7 .. 1.42.
    No call of the C library and no branch: a loop over many is computed side by side, with the same bits on
    every machine.
    """
    y = 1.0 + x
    eight, y = (8.0, y / 256.0) if y >= 256.0 else (0.0, y)
    four, y = (4.0, y / 16.0) if y >= 16.0 else (0.0, y)
    two, y = (2.0, y / 4.0) if y >= 4.0 else (0.0, y)
    one, y = (1.0, y / 2.0) if y >= 2.0 else (0.0, y)
    last, y = (1.0, y / 2.0) if y >= ROOT_2 else (0.0, y)
    z = x if x < ROOT_2 - 1.0 else y - 1.0
    s = z / (2.0 + z)
    square = s * s
    series = 1.0 / 19.0
    for k in range(8, -1, -1):
        series = series * square + 1.0 / (2.0 * k + 1.0)
    return (eight + four + two + one + last) * LN_2 + 2.0 * s * series


@kernel
def exp_minus(t: float) -> float:
    """exp(-t) for 0 <= t <= 40, within 5e-13 of its size: the series of exp(-t / 1024), squared ten times."""
    x = t * (-1.0 / 1024.0)
    series = x * (1.0 / 5040.0) + 1.0 / 720.0
    series = (series * x + 1.0 / 120.0) * x + 1.0 / 24.0
    series = (series * x + 1.0 / 6.0) * x + 0.5
    series = (series * x + 1.0) * x + 1.0
    for _ in range(10):
        series *= series
    return series


@kernel
def count_quantiles(u: Any, mean: Any, dispersion: float, n: int, count: Any) -> None:
    """`count_quantile` of the first `n` of `u` and `mean`, into `count`; fills nothing else.

    Equation: count = number of k in 0 .. `FEW` - 1 with u > P(0) + ... + P(k), where P(0) = (1 + a m)^(-1/a)
    and P(k + 1) = P(k) (m + a m k) / (1 + a m) / (k + 1); what is above goes to `count_quantile`.
    """
    size = 1.0 / max(dispersion, 1e-300)
    for i in range(n):
        m = min(max(mean[i], 0.0), LARGE_MEAN)
        spread = dispersion * m
        term = exp_minus(size * log_one_plus(spread) if spread > 1e-9 else m)
        less = 1.0 / (1.0 + spread)
        share = m * less
        growth = spread * less
        total = term
        found = 0.0
        for k in range(FEW):
            found = found + 1.0 if u[i] > total else found
            term = term * (share + growth * k) * (1.0 / (k + 1.0))
            total += term
        count[i] = found if m > 0.0 else 0.0
    for i in range(n):
        if count[i] >= FEW or mean[i] > LARGE_MEAN:
            count[i] = count_quantile(u[i], mean[i], dispersion)


@kernel
def round_random(x: float, u: float) -> float:
    """A whole number with mean x: floor(x + u)."""
    return math.floor(x + u)


@kernel
def gumbel_quantile(u: float) -> float:
    """Standard Gumbel quantile: the noise that turns a score into a multinomial-logit choice."""
    return -math.log(-math.log(u))
