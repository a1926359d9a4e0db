"""The JSON document of `redan compare`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from redan.analysis.region import LEVEL
from redan.analysis.versus.compare import Against, Turn, Versus, levels
from redan.analysis.versus.pairing import Gain

#: What each entry of a `gain` says.
GAINS: Final = {
    "both": "parameters and chance shared, over neither",
    "parameters": "parameters shared, over neither",
    "chance": "chance shared, over neither",
    "chance_on_top": "parameters and chance shared, over parameters alone",
}


def document(found: Versus) -> dict[str, Any]:
    """Return everything as plain data."""
    return {
        "seed": found.seed,
        "replications": found.replications,
        "horizon_days": found.horizon_days,
        "alternatives": [{"label": one.label, "scenario": one.scenario} for one in found.alternatives],
        "levels": levels(found),
        "comparison": [_pair(pair) for pair in found.pairs],
        "gain": "variance of the difference unpaired over paired: " + "; ".join(
            f"{name}: {meaning}" for name, meaning in GAINS.items()
        ),
        "boxes": {
            "parameters_searched": found.parameters_searched,
            "confidence_of_intervals": found.confidence_of_boxes,
            "level": LEVEL,
        },
    }  # fmt: skip


def _pair(pair: Against) -> dict[str, Any]:
    return {
        "a": pair.a,
        "b": pair.b,
        "measure": pair.measure,
        "unit": pair.unit,
        "p_a_better": pair.better.p_better,
        "p_interval90": [pair.better.low, pair.better.high],
        "mean_difference": pair.mean_difference,
        "interval90": None if pair.interval90 is None else list(pair.interval90),
        "spread90": list(pair.spread90),
        "gain": _gains(pair.gains),
        "gain_log": _gains(pair.gains_log),
        "turns": None if pair.turns is None else _turn(pair.turns),
    }


def _gains(found: Mapping[str, Gain]) -> dict[str, Any] | None:
    return {name: gain.document() for name, gain in found.items()} or None


def _turn(turn: Turn) -> dict[str, Any]:
    region = turn.region
    return {
        "for": turn.other,
        "verdict": region.verdict,
        "box": [asdict(bound) for bound in region.box],
        "p_better_in_box": region.confirmed.p_better,
        "interval": [region.confirmed.low, region.confirmed.high],
        "pairs": region.confirmed.pairs,
        "p_better_in_box_when_searched": region.searched.p_better,
        "emulator": None if turn.skill is None else turn.skill.document(),
        "influences": [asdict(one) for one in region.influences if one.p_any <= LEVEL],
    }
