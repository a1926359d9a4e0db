"""What `redan ablate --json` wrote is read back whole, and nothing else is taken for it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from redan.analysis.ablation import Ablation, effects, levels
from redan.analysis.ablation_reader import from_document, read_ablation
from redan.vocabulary.errors import InputError
from tests.analysis.test_ablation import HORIZON, TOWN, ablation, rows


def consistent(*courses: str) -> Ablation:
    """Off and alone are the same comparison, and both levels are those of its two ensembles."""
    with_it, without = rows({"ended": [50.0, 90.0]}), rows({"ended": [40.0, None]})

    def mean(table: pl.DataFrame) -> dict[str, dict[str, float]]:
        return {course: levels(table, TOWN, HORIZON) for course in courses}

    listed = tuple(
        one
        for course in courses
        for layer in ("works", "relief")
        for one in effects(course, layer, with_it, without, TOWN, HORIZON)
    )
    found = {"all": mean(with_it), "none": mean(without)}
    return replace(ablation(courses), off=listed, alone=listed, levels=found)


@pytest.mark.parametrize("courses", [("storm",), ("storm", "bypass")])
def test_it_comes_back_as_it_went(courses: tuple[str, ...], tmp_path: Path) -> None:
    made = consistent(*courses)
    file = tmp_path / "ablation.json"
    file.write_text(json.dumps(made.document()))
    again = read_ablation(file)
    assert again.document() == made.document()
    for found, first in zip((*again.off, *again.alone), (*made.off, *made.alone), strict=True):
        assert (found.course, found.thing, found.unit) == (first.course, first.thing, first.unit)
        assert found.mean_with == pytest.approx(first.mean_with)
        assert found.mean_without == pytest.approx(first.mean_without)


NO_COURSES = '{"levels": {"all": {}}, "courses": []}'


@pytest.mark.parametrize("text", ["", "[]", "7", "{}", NO_COURSES, '{"layers": [{}]}', "{", "[" * 9_000])
def test_anything_else_is_one_fault(text: str, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text(text)
    with pytest.raises(InputError, match="is not a document of redan ablate --json") as caught:
        read_ablation(file)
    assert len(caught.value.faults) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_ablation(tmp_path / "none.json")


def test_an_unknown_measure_is_no_ablation() -> None:
    document = consistent("storm").document()
    document["layers"][0]["measure"] = "morale"
    with pytest.raises(KeyError):
        from_document(document)
