"""Deliberate attack on an edge: who is engaged, who prevails, how fast it goes, what both sides lose."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def attack_density(open_density: float, pressure: float, half_pressure: float, mobility: float) -> float:
    """Attackers per km of attacked edge: the most that can be brought together under observation.

    Equation: rho = rho_open / (1 + pressure / half_pressure) * mobility. Arguments: rho_open [men/km] without
    drones, pressure [-] enemy sorties over the reference. Source: DESIGN 5 (several thousand a km in 1918, 50
    to
    300 in the drone era). Limits: dispersion answers to drones only, the rest is in rho_open and its date.
    """
    return open_density / (1.0 + pressure / half_pressure) * mobility


@kernel
def posture_strength(works: float, works_gain: float, relief_gain: float, built_gain: float) -> float:
    """Multiplier of the defender's power from works, ground and buildings.

    Equation: (1 + g_w F)(1 + g_r)(1 + g_b). Source: methods 4 (1 + .6 F) and 1.4 (terrain 1.05 to 1.55).
    Limits: strength only; the effect of works on losses is in `vulnerability`, of ground on speed in
    `ground_speed`.
    """
    return (1.0 + works_gain * works) * (1.0 + relief_gain) * (1.0 + built_gain)


@kernel
def success_probability(power_ratio: float, slope: float, even_ratio: float) -> float:
    """Probability that the day's attack on an edge carries.

    Equation: 1 / (1 + exp(-k ln(P / P50))). Arguments: P attacker's over defender's power [-].
    Source: methods 10.5 (attacker wins .60 below 1:1 to .93 above 6:1 in the training battles). Limits: one
    edge, one day.
    """
    if power_ratio <= 0.0:
        return 0.0
    return 1.0 / (1.0 + (even_ratio / power_ratio) ** slope)


@kernel
def edge_loss(
    own: float, enemy_power: float, own_power: float, rate: float, exponent: float, factor: float
) -> float:
    """Expected losses of one side on an attacked edge in a day.

    Equation: L = a x (y/x)^p * factor (methods 1.3), homogeneous of degree one in men: cutting a battle into
    more
    cells changes nothing; p = 1 is Lanchester's square law exactly. Arguments: own x [men], powers [men],
    rate a [1/day]. Source: training battles, p about 0 to .25. Limits: engaged men only.
    """
    if own <= 0.0 or own_power <= 0.0 or enemy_power <= 0.0:
        return 0.0
    return rate * own * (enemy_power / own_power) ** exponent * factor


@kernel
def winning_speed(
    open_speed: float,
    fortified_speed: float,
    works: float,
    density: float,
    full_density: float,
    exponent: float,
) -> float:
    """Advance of an attack that carries, km a day, on open level ground.

    Equation: v = v_open (v_fort / v_open)^F * min(1, rho / rho_full)^gamma. Arguments: km/day, densities
    [men/km]. Source: methods 2 (medians 5.5 hasty, 2.5 fortified) and judgement for gamma: few men clear and
    hold
    ground slowly. Limits: one residual tempo factor multiplies it, fitted in public.
    """
    return open_speed * (fortified_speed / open_speed) ** works * min(1.0, density / full_density) ** exponent


@kernel
def ground_speed(
    relief: float,
    cover: float,
    built: float,
    river: float,
    mobility: float,
    relief_slow: float,
    cover_slow: float,
    built_slow: float,
    river_slow: float,
) -> float:
    """Factor on speed from the ground of the cell entered and the edge crossed, 0..1.

    Equation: (1 - s_r relief)(1 - s_c cover)(1 - s_b built)(1 - s_w river) mobility; shares 0..1. Source:
    methods 2
    (terrain .4 to .8, river .5 to .9) and 5 (urban a third to a half). Limits: no line of sight.
    """
    return (
        (1.0 - relief_slow * relief)
        * (1.0 - cover_slow * cover)
        * (1.0 - built_slow * built)
        * (1.0 - river_slow * river)
        * mobility
    )


@kernel
def cell_movement(sum_speed: float, max_speed: float) -> float:
    """Movement of the line through a cell in a day, km: max(fastest edge, half the sum of edges) (DESIGN
    5).
    """
    return max(max_speed, 0.5 * sum_speed)


@kernel
def noise_factor(z_persistent: float, z_daily: float, sd_persistent: float, sd_daily: float) -> float:
    """Log-normal noise of losses with mean 1: exp(e - var/2), a persistent and a daily part (methods 1.3)."""
    variance = sd_persistent * sd_persistent + sd_daily * sd_daily
    return math.exp(sd_persistent * z_persistent + sd_daily * z_daily - 0.5 * variance)
