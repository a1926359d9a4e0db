"""Works on the line: who occupies them, and when."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redan.rules.works import occupation


@given(st.floats(0.0, 1.0), st.floats(0.5, 60.0))
def test_who_stood_ready_has_occupied_them(occupied: float, days: float) -> None:
    assert occupation(occupied, 450.0, days) == 1.0
    assert occupied <= occupation(occupied, 0.0, days) <= 1.0
