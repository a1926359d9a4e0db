"""The notebook of the tutorial runs from its first cell to its last, and its results show themselves."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tools.rule_docs import ROOT

PAGE = ROOT / "docs" / "tutorial" / "notebook.md"


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The code cells, run in an empty folder."""
    import jupytext  # here: its grammars take seconds, which every worker that collects would wait for
    from nbclient import NotebookClient

    folder = tmp_path_factory.mktemp("notebook")
    notebook = jupytext.read(PAGE)
    paths = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(path for path in paths if path))
        patch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
        patch.setenv("IPYTHONDIR", str(folder / "ipython"))
        NotebookClient(
            notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        ).execute()
    for name in ("probability_of_control.parquet", "residents.csv"):
        assert (Path(folder) / "run" / "exports" / name).is_file()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def shown(cells: list[Any], last_line: str) -> dict[str, Any]:
    """What the cell that ends so shows."""
    (cell,) = [cell for cell in cells if cell.source.splitlines()[-1] == last_line]
    (output,) = [output for output in cell.outputs if output.output_type == "execute_result"]
    found: dict[str, Any] = output.data
    return found


def test_nothing_is_complained_of(cells: list[Any]) -> None:
    assert len(cells) >= 10
    complaints = [o.text for cell in cells for o in cell.outputs if o.output_type == "stream"]
    assert complaints == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("forecast", "60 replications of each course, 240 days"),
        ("versus", "80 pairs on the same luck"),
        ("apart", "campaigns belong to the group area_gained_km2"),
        ("story", "Harrow Bridge"),
    ],
)
def test_results_show_themselves(cells: list[Any], name: str, said: str) -> None:
    page = shown(cells, name)["text/html"]
    assert said in page
    assert page.count("<table>") == page.count("<caption>") >= (0 if name == "apart" else 1)


@pytest.mark.parametrize(
    "call",
    [
        "redan.plot(forecast)",
        'redan.plot(forecast, "losses:attacker")',
        "redan.plot(versus)",
        'redan.plot(layers, "area_gained_km2")',
    ],
)
def test_pictures_are_there(cells: list[Any], call: str) -> None:
    assert len(shown(cells, call)["image/png"]) > 5_000


def test_exports_are_written(cells: list[Any]) -> None:
    assert "residents.csv" in shown(cells, "files")["text/plain"]
