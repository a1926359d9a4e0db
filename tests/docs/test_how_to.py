"""The pages that say so are run: every command on them, in order, in an empty folder."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from redan.views.cli.main import run
from tools.rule_docs import ROOT

SAID = re.compile(r"Every command on\s+this page is run by a test")
PAGES = sorted(
    page for page in (ROOT / "docs").rglob("*.md") if SAID.search(page.read_text(encoding="utf-8"))
)
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_command_does_what_the_page_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = 0
    for kind, words, body in FENCE.findall(page.read_text(encoding="utf-8")):
        if kind == "text":
            Path(words.strip()).write_text(body, encoding="utf-8")
        if kind != "sh":
            continue
        for line in body.splitlines():
            program, *arguments = shlex.split(line)
            if program == "redan":
                code = run(arguments)
                assert code == (2 if words.strip() == "fails" else 0), (line, capsys.readouterr().err)
            else:
                subprocess.run([program, *arguments], check=True)
            commands += 1
    assert commands >= 3


def test_the_pages_that_promise_it_are_found() -> None:
    assert {page.stem for page in PAGES} >= {
        "first-answer",
        "new-scenario",
        "from-an-article",
        "write-a-course",
    }


def test_what_a_failing_command_says_is_of_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "elsewhere", "--around", "Paris"]) == 2
    assert 'use "Paris, FR" or an id in brackets' in capsys.readouterr().err
