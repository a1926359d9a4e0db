"""How an objective ended: taken, left by its garrison, or held; and in which way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from redan.analysis.trace.campaign import Campaign
from redan.analysis.trace.setting import Target

TAKEN: Final = "taken"
LEFT: Final = "left"
HELD: Final = "held"

FROM_THE_START: Final = "from_the_start"
WITHDRAWN: Final = "withdrawn"
ROUTED: Final = "routed"
STORMED: Final = "stormed"


@dataclass(frozen=True)
class Fate:
    """What became of an objective.

    Attributes
    ----------
    what
        `taken`, `left` by its garrison and not taken, or `held`.
    how
        `from_the_start` (the attacker's on day 0), `withdrawn` or `routed` where that came first, `stormed`
        where the garrison still stood; `held`.
    day
        The day on which it was taken or left, None where it was held.
    """

    what: str
    how: str
    day: int | None


def fate_of(campaign: Campaign, target: Target) -> Fate:
    """What became of one objective."""
    taken = campaign.day_of(f"taken:{target.slug}")
    left = campaign.day_of(f"withdrawn:{target.slug}")
    if taken is None:
        return Fate(HELD, HELD, None) if left is None else Fate(LEFT, WITHDRAWN, int(left))
    return Fate(TAKEN, _how(campaign, target, taken, left), int(taken))


def _how(campaign: Campaign, target: Target, taken: float, left: float | None) -> str:
    at_start = campaign.at(f"occupied:{target.slug}", 0)
    if taken <= 1 and at_start is not None and at_start >= 0.95:
        return FROM_THE_START
    if left is not None and left <= taken:
        return WITHDRAWN
    routed = campaign.day_of(f"routed:{target.slug}")
    return ROUTED if routed is not None and routed <= taken else STORMED
