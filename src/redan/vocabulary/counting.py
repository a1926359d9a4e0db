"""A number with the word for what it counts, in the right form."""

from __future__ import annotations


def how_many(n: int, one: str, many: str | None = None) -> str:
    """`1 objective`, `2 objectives`, `1,000 cells`; `many` where the plural is not `one` with an s."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
