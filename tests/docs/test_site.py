"""The documentation site is built whole, and no page of it leads out of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.rule_docs import ROOT
from tools.run_tutorials import code_of
from tools.site_links import with_inner_links, with_titles


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--site-dir",
        str(tmp_path / "site"),
    ]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "defence in depth" in page
    assert "fonts.googleapis" not in page
    shown = (tmp_path / "site" / "how-to" / "from-an-article.html").read_text(encoding="utf-8")
    assert "```" not in shown
    assert '<span class="filename">dispatch.txt</span>' in shown


@pytest.mark.parametrize(
    ("text", "page", "seen"),
    [
        ("[a](b.md)", "how-to/x.md", "[a](b.md)"),
        ("[a](../mission.md#row)", "how-to/x.md", "[a](../mission.md#row)"),
        ("[day](../../src/day.py) and [b](c.md)", "how-to/x.md", "day (`src/day.py`) and [b](c.md)"),
        ("[changes](../CHANGELOG.md#unreleased)", "mission.md", "changes (`CHANGELOG.md`)"),
        ("[s](https://example.org/x)", "mission.md", "[s](https://example.org/x)"),
    ],
)
def test_links_out_of_the_documentation_become_paths(text: str, page: str, seen: str) -> None:
    assert with_inner_links(text, page) == seen


def test_the_words_behind_the_kind_of_a_block_are_its_title() -> None:
    assert with_titles("```text a.txt\nx\n```\n") == '```text title="a.txt"\nx\n```\n'
    assert with_titles("```sh\nx\n```\n") == "```sh\nx\n```\n"


def test_an_error_in_a_tutorial_names_its_line(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# T\n\n```python\na = 1\n```\ntext\n```python\nb = a / 0\n```\n", encoding="utf-8")
    with pytest.raises(ZeroDivisionError) as raised:
        exec(compile(code_of(page), str(page), "exec"), {})
    assert raised.traceback[-1].lineno + 1 == 8
