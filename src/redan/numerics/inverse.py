"""Inverse distribution functions: one uniform in, one value out, so that every draw has its own key."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel

LARGE_MEAN = 40.0  # above it counts come from a rounded gamma; the sum over the lower tail would be long
SMALLEST_TAIL = 1e-300


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
def round_random(x: float, u: float) -> float:
    """A whole number with mean x: floor(x + u)."""
    return math.floor(x + u)


@kernel
def gumbel_quantile(u: float) -> float:
    """Standard Gumbel quantile: the noise that turns a score into a multinomial-logit choice."""
    return -math.log(-math.log(u))
