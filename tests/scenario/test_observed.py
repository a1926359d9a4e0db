"""`observed.yaml`: what is at fault is named with its line and a remedy."""

from __future__ import annotations

import pytest

from redan.scenario.observed import read_observed
from redan.vocabulary.errors import InputError

BASE = """format: 1
until: 2025-01-01
clock: day 0
milestones:
  - {town: A, event: contested, date: 2024-05-01, known: 2024-05-01, grade: B, source: map}
  - {town: A, event: taken, censored: not yet, known: 2025-01-01, grade: B, source: map}
"""


def told(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_observed(text, "observed.yaml", places=["A"])
    return [str(fault) for fault in caught.value.faults]


def test_a_whole_file_is_read() -> None:
    observed = read_observed(BASE, "observed.yaml", places=["A"])
    assert observed.milestones[0].day is not None
    assert observed.milestones[1].day is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("town: A, event: taken", "town: B, event: taken", "observed.yaml:6: milestones[1].town: 'B' is not"),
        ("date: 2024-05-01", "date: 2025-05-01", "observed.yaml:5: milestones[0].date: 2025-05-01 is later"),
        ("known: 2024-05-01, ", "", "observed.yaml:5: milestones[0]: does not say when it was known"),
        ("censored: not yet", "date: 2024-04-01", "taken of A on 2024-04-01 comes before contested"),
        ("censored: not yet, ", "", "has neither a day nor a reason to be censored; add `date:`"),
        ("date: 2024-05-01", "date: 2024-05-01, censored: no", "is censored and has a day; keep one"),
        ("event: taken", "event: contested", "milestones[1]: A has contested twice; keep one of them"),
        ("event: taken", "event: fallen", "milestones[1].event: 'fallen' is not known here"),
        ("clock: day 0\n", "", "clock: is missing; add `clock:` (From what the durations count)"),
    ],
)
def test_the_user_is_told(old: str, new: str, fault: str) -> None:
    assert old in BASE
    assert any(fault in line for line in told(BASE.replace(old, new, 1))), told(BASE.replace(old, new, 1))
