"""Deliberate attack on an edge: who is engaged, who prevails, how fast it goes, what both sides lose."""

from __future__ import annotations

import math

from redan.numerics.compile import kernel


@kernel
def attack_density(open_density: float, pressure: float, half_pressure: float, mobility: float) -> float:
    """Attackers per km of attacked edge: the most that can be brought together under observation.

    Equation: rho = rho_open / (1 + h / h_half) * m
    Arguments:
        open_density [men/km, > 0]: rho_open, the densest attack with no drones overhead
        pressure [ratio, >= 0]: h, the enemy's sorties per km over the reference
        half_pressure [ratio, > 0]: h_half, the pressure that halves the density
        mobility [share, 0..1]: m, what mud leaves of movement
    Result [men/km, 0..rho_open]: the most men on a km of attacked edge
    Source: judgement (C): several thousand men a km in 1918, 50 to 300 under the drones of 2025. Densities
        before 2022: CDB90 (US Army CAA, public domain), 249 training battles since 1904 (B).
    Limits: dispersion answers to drones and mud only; weapons, training and the date are all in rho_open.
    """
    return open_density / (1.0 + pressure / half_pressure) * mobility


@kernel
def exposed_men(engaged: float, available: float, crowding: float) -> float:
    """Attackers on an edge who lose: those engaged, and a share of those crowded up behind them.

    Equation: x = m + c max(0, n - m)
    Arguments:
        engaged [men, >= 0]: m, men whose weapons bear on the edge
        available [men, >= 0]: n, men whom the stacks could send across it
        crowding [share, 0..1]: c, share of the others who stand close enough to be hit
    Result [men, >= 0]: men who lose as those engaged do
    Source: CDB90 (US Army CAA, public domain), 249 training battles since 1904 (B): who won went by the
        defenders per km of front, and hardly by what the attacker had over about a thousand a km; his losses
        rose with all his men (exponent .9 with days and date held fixed).
    Limits: power and losses part company here alone; how the crowd stands in depth is all in the share, which
        is 0 since 2022: nobody waits in crowds under drones.
    """
    return engaged + crowding * max(0.0, available - engaged)


@kernel
def posture_strength(works: float, works_gain: float, relief_gain: float, built_gain: float) -> float:
    """Multiplier of the defender's power from works, ground and buildings.

    Equation: (1 + g_w F) (1 + g_r) (1 + g_b)
    Arguments:
        works [share, 0..1]: F, maturity of the works
        works_gain [ratio, >= 0]: g_w, gain of mature works
        relief_gain [ratio, >= 0]: g_r, gain of the relief of the cell
        built_gain [ratio, >= 0]: g_b, gain of its buildings
    Result [ratio, >= 1]: factor on the defender's power
    Source: Dupuy's QJM in a public transcription, second-hand (B): posture hasty 1.3, prepared 1.5, fortified
        1.6; terrain 1.05 (flat, bare) to 1.55 (rugged, mixed); urban 1.4. That the three multiply is Dupuy's.
    Limits: strength only. Works act on losses in `vulnerability` and on speed in `winning_speed`, the ground
        on speed in `ground_speed`: each protection is counted once.
    """
    return (1.0 + works_gain * works) * (1.0 + relief_gain) * (1.0 + built_gain)


@kernel
def success_probability(power_ratio: float, slope: float, even_ratio: float) -> float:
    """Probability that the day's attack on an edge carries.

    Equation: 1 / (1 + (P50 / P)^k), which is logistic in ln P; 0 where P is 0
    Arguments:
        power_ratio [ratio, >= 0]: P, the attacker's power over the defender's
        slope [ratio, > 0]: k, how steeply the chance answers to the ratio
        even_ratio [ratio, > 0]: P50, the ratio at which half of the attacks carry
    Result [share, 0..1]: chance of that day
    Source: CDB90, 249 training battles since 1904 (B): the attacker wins .60 below 1:1, .65 at 1 to 1.5, .71
        at 1.5 to 3, .93 above 6:1 (14 battles). Dupuy Institute, force ratios in the European theatre,
        second-hand (B), is steeper, so the slope has a wide distribution.
    Limits: one edge and one day; the battles are whole battles of days or weeks.
    """
    if power_ratio <= 0.0:
        return 0.0
    return 1.0 / (1.0 + (even_ratio / power_ratio) ** slope)


@kernel
def edge_loss(
    own: float, enemy_power: float, own_power: float, rate: float, exponent: float, factor: float
) -> float:
    """Expected losses of one side on an attacked edge in a day.

    Equation: L = a x (y / x')^p f; p = 1 with x' = x is Lanchester's square law, p = 0 the logarithmic law
    Arguments:
        own [men, >= 0]: x, own men engaged
        enemy_power [men, >= 0]: y, the enemy's men weighted by cohesion, supply and posture
        own_power [men, >= 0]: x', own men weighted alike
        rate [1/day, 0..1]: a, share lost in a day at equal powers
        exponent [ratio, 0..1]: p, how far losses follow the enemy's strength
        factor [ratio, >= 0]: f, everything else that multiplies losses: scale, noise, vulnerability
    Result [men, >= 0]: expected losses of the day; 0 where a side has nobody
    Source: Lanchester 1916 and Helmbold 1965, Operations Research 13:857 (the form; cited from memory, C).
        CDB90, 249 training battles since 1904 (B): exponent of the enemy's strength -.02 +- .16 (attacker),
        .25 +- .17 (defender).
    Limits: homogeneous of degree one in men, so that cutting a battle into more cells changes nothing; the
        weak effect of size in the battles comes from the share engaged, not from here. Engaged men only.
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

    Equation: v = v_open (v_fort / v_open)^F min(1, rho / rho_full)^gamma
    Arguments:
        open_speed [km/day, > 0]: v_open, speed against a hasty defence
        fortified_speed [km/day, > 0]: v_fort, speed against mature works
        works [share, 0..1]: F, maturity of the works
        density [men/km, >= 0]: rho, attackers per km of attacked edge
        full_density [men/km, > 0]: rho_full, density at which speed is full
        exponent [ratio, 0..1]: gamma, how far few men clear ground more slowly
    Result [km/day, 0..v_open]: advance through the edge on open level ground
    Source: CDB90, 249 training battles since 1904 (B): winning attackers made 5.5 km a day (median) against
        hasty, 2.5 against fortified defence. The effect of density is judgement (C): few men clear and hold
        ground slowly.
    Limits: the force ratio does not speed an advance (it did not in those battles). The engine multiplies the
        speed by one residual tempo factor, shared by all eras.
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
    """Factor on speed from the ground of the cell entered and of the edge crossed.

    Equation: (1 - s_r relief) (1 - s_c cover) (1 - s_b built) (1 - s_w river) m
    Arguments:
        relief [share, 0..1]: relief of the cell over relief that counts as rugged
        cover [share, 0..1]: woods and shelter-belts in the cell
        built [share, 0..1]: built-up area of the cell
        river [share, 0..1]: how much of a river the edge crosses
        mobility [share, 0..1]: m, what mud leaves of movement
        relief_slow [share, 0..1]: s_r, speed lost to full relief
        cover_slow [share, 0..1]: s_c, speed lost to full cover
        built_slow [share, 0..1]: s_b, speed lost to a wholly built-up cell
        river_slow [share, 0..1]: s_w, speed lost to a river
    Result [share, 0..1]: factor on speed
    Source: Dupuy's QJM in a public transcription, second-hand (B): movement .4 in rugged wooded to .8 in
        rolling ground, rivers .5 to .9. Dupuy Institute, urban studies, second-hand (B): a third to a half of
        open ground in towns.
    Limits: no line of sight, no roads, no bridges: an edge crosses a river or it does not.
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
    """Movement of the line through a cell in a day, from the speeds through its attacked edges.

    Equation: max(v_max, sum v / 2)
    Arguments:
        sum_speed [km/day, >= 0]: sum of the speeds through the edges
        max_speed [km/day, >= 0]: v_max, the fastest of them
    Result [km/day, >= 0]: movement of the line in the cell
    Source: judgement (C): one edge alone moves the line at its own speed; attacks from several sides add up,
        at half weight because each takes ground from the others.
    Limits: direction is not kept: the share of the cell taken grows, not a line in it.
    """
    return max(max_speed, 0.5 * sum_speed)


@kernel
def correlated_draw(z_shared: float, z_own: float, correlation: float) -> float:
    """Standard normal draw of one side that goes partly with the other side's.

    Equation: r z_s + sqrt(1 - r^2) z_o
    Arguments:
        z_shared [-, any]: z_s, standard normal draw of the other side
        z_own [-, any]: z_o, standard normal draw of this side
        correlation [ratio, -1..1]: r, correlation of the two sides' draws
    Result [-, any]: standard normal, correlated r with z_s
    Source: definition.
    Limits: linear correlation only.
    """
    return correlation * z_shared + math.sqrt(max(0.0, 1.0 - correlation * correlation)) * z_own


@kernel
def noise_factor(z_persistent: float, z_daily: float, sd_persistent: float, sd_daily: float) -> float:
    """Log-normal noise of losses with mean 1: a part that lasts the campaign and a part of the day.

    Equation: exp(s_p z_p + s_d z_d - (s_p^2 + s_d^2) / 2)
    Arguments:
        z_persistent [-, any]: z_p, standard normal draw of the campaign
        z_daily [-, any]: z_d, standard normal draw of the cell and day
        sd_persistent [ratio, >= 0]: s_p, its log standard deviation
        sd_daily [ratio, >= 0]: s_d, its log standard deviation
    Result [ratio, > 0]: factor on the losses of one side, 1 on average
    Source: CDB90, 249 training battles since 1904 (B): residual log standard deviation 1.07 between battles.
        How much of it lasts is judgement (C).
    Limits: the two sides' draws are correlated (`correlated_draw`) alike for the campaign and the day.
    """
    variance = sd_persistent * sd_persistent + sd_daily * sd_daily
    return math.exp(sd_persistent * z_persistent + sd_daily * z_daily - 0.5 * variance)
