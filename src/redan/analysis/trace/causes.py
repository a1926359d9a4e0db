"""Why an objective fell or did not: its fate, the facts of the log by day, and a paragraph made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from redan.analysis.trace.about_objectives import about_objective
from redan.analysis.trace.about_theatre import about_theatre
from redan.analysis.trace.campaign import Campaign
from redan.analysis.trace.entry import Entry
from redan.analysis.trace.fates import HELD, Fate, fate_of
from redan.analysis.trace.setting import Setting, Target
from redan.analysis.trace.teller import Teller
from redan.analysis.trace.words import sentence


@dataclass(frozen=True)
class Story:
    """An objective's fate, everything recorded about it by day, and the paragraph."""

    target: Target
    fate: Fate
    chain: list[Entry]
    sentences: list[str]

    def document(self, setting: Setting) -> dict[str, Any]:
        """Return the story as plain data."""
        day = self.fate.day
        return {
            "objective": self.target.slug,
            "name": self.target.name,
            "fate": self.fate.what,
            "how": self.fate.how,
            "day": day,
            "date": None if day is None else setting.date(day),
            "text": " ".join(self.sentences),
            "chain": [entry.document(setting) for entry in self.chain],
        }


def tell_objective(campaign: Campaign, target: Target) -> Story:
    """Put together why one objective fell or did not."""
    fate = fate_of(campaign, target)
    teller = Teller(campaign, target, fate)
    said = teller.held() if fate.what == HELD else teller.fell()
    return Story(target, fate, chain_of(campaign, target), [sentence(text) for text in said if text])


def chain_of(campaign: Campaign, target: Target) -> list[Entry]:
    """Everything recorded about the objective and its strongholds, by day."""
    own = about_objective(campaign, target)
    sites = [entry for entry in about_theatre(campaign) if entry.objective == target.slug]
    return sorted([*own, *sites], key=lambda entry: entry.day)
