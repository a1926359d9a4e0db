"""The page on the outside view says what the reference class says."""

from __future__ import annotations

from tools.reference_table import PAGE, built


def test_the_page_agrees_with_the_class() -> None:
    page = PAGE.read_text()
    assert built(page) == page, "rebuild it: python -m tools.reference_table"
