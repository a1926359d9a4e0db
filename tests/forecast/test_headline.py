"""The headline: plain sentences, and no silence where a city is rarely taken."""

from __future__ import annotations

from typing import Any

import pytest

from redan.forecast.headline import headline


def _document(storm: float, bypass: float, p_ended: float | None = None) -> dict[str, Any]:
    def course(p: float) -> dict[str, Any]:
        day = {"p10": 100.0, "p50": 500.0 if p >= 0.5 else None, "p90": None}
        row = {"p_by_horizon": p, "se": 0.01, "day": day}
        return {"events": {"taken:chasiv-yar": row, "ended": row}, "measures": {}}

    comparison = [{"a": "storm", "b": "bypass", "measure": "ended", "p_a_better": p_ended}]
    return {
        "horizon_days": 1095,
        "courses": {"storm": course(storm), "bypass": course(bypass)},
        "comparison": comparison if p_ended is not None else [],
    }


def test_each_course_and_the_median_of_the_best() -> None:
    first = headline(_document(0.6, 0.25))[0]
    assert first == (
        "Chasiv Yar is taken within 1,095 days in 60 % of storm, 25 % of bypass;"
        " the median day of storm is 500."
    )


def test_rare_is_said_plainly() -> None:
    first = headline(_document(0.012, 0.031))[0]
    assert first == (
        "Chasiv Yar is taken within 1,095 days in at most 3.1 % of the replications of any course (bypass)."
    )


def test_never_is_said_plainly() -> None:
    sentences = headline(_document(0.0, 0.0))
    assert sentences[0] == "Chasiv Yar is taken within 1,095 days in no replication of any course."
    assert sentences[1].startswith("In no replication are all objectives taken")


@pytest.mark.parametrize(
    ("p", "sentence"),
    [
        (0.8, "On the same luck storm ends sooner than bypass in 80 % of the pairs."),
        (0.2, "On the same luck bypass ends sooner than storm in 80 % of the pairs."),
        (0.55, "On the same luck no course is clearly better than another."),
    ],
)
def test_pairs(p: float, sentence: str) -> None:
    assert headline(_document(0.5, 0.5, p))[-1] == sentence
