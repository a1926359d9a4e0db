"""What a notebook shows of results: escaped, captioned, and with the numbers of the frames."""

from __future__ import annotations

import polars as pl

from redan.analysis.region import find_regions
from redan.analysis.shown import in_digits, shown
from tests.analysis.courses import ensemble
from tests.analysis.test_ablation import ablation


def test_text_is_no_markup() -> None:
    evil = '<script>alert("x")</script>'
    page = shown([evil], [(evil, pl.DataFrame({evil: [evil, None]}))])
    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 4


def test_numbers_are_in_three_digits() -> None:
    assert [in_digits(x) for x in (318_000.4, 99.6, -12.345, 0.01234, 0.0)] == [
        *("318,000", "100", "-12.3", "0.0123", "0")
    ]


def test_a_long_table_says_how_long_it_is() -> None:
    page = shown((), [("Rows.", pl.DataFrame({"n": range(100)}))])
    assert "Rows. The first 60 of 100 rows." in page
    assert page.count("<tr>") == 61


def test_layers_and_regions_show_their_numbers() -> None:
    layers = ablation()
    page = layers._repr_html_()
    first = layers.off[0]
    assert f"<td>{in_digits(first.mean_difference)}" in page
    assert "days to ended" in page
    regions = find_regions(ensemble(), "a", "b")._repr_html_()
    assert "men &gt; 0." in regions
    assert regions.count("<caption>") == 1
