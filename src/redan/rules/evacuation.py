"""Evacuation of wounded: the harder it is to bring them out, the more of those hit die."""

from __future__ import annotations

from redan.numerics.compile import kernel


@kernel
def killed_share(pressure: float, share_open: float, share_denied: float, half_pressure: float) -> float:
    """Share of killed among killed and wounded.

    Equation: k_0 + (k_1 - k_0) h / (h + h_half)
    Arguments:
        pressure [ratio, >= 0]: h, the enemy's sorties per km over the reference
        share_open [share, 0..1]: k_0, where wounded are brought out at once
        share_denied [share, 0..1]: k_1, where vehicles cannot come forward at all
        half_pressure [ratio, > 0]: h_half, the pressure halfway between the two
    Result [share, 0..1]: share killed
    Source: judgement (C). One killed to three or four wounded in the wars of the twentieth century (common
        reference works, from memory); evacuation that takes days under drones (RUSI, Tactical Developments,
        February 2025, second-hand) without a count.
    Limits: one share for a side and a day; no distance to a hospital.
    """
    return share_open + (share_denied - share_open) * pressure / (pressure + half_pressure)
