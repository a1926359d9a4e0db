"""One is one, and thousands stand apart."""

from __future__ import annotations

import pytest

from redan.vocabulary.counting import how_many


@pytest.mark.parametrize(
    ("n", "many", "expected"),
    [
        (0, None, "0 objectives"),
        (1, None, "1 objective"),
        (1, "men", "1 objective"),
        (2, "men", "2 men"),
        (1_400, None, "1,400 objectives"),
    ],
)
def test_forms(n: int, many: str | None, expected: str) -> None:
    assert how_many(n, "objective", many) == expected
