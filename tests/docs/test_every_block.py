"""Every code block of every page is what it says: commands and Python are run, files are read.

The blocks of a page are run in order in one empty folder, with sizes cut down (`sizes.MOST`). What cannot be
run is named, with its reason, in `sizes.NOT_RUN`; what is on the list and on no page fails as well.
"""

from __future__ import annotations

import contextlib
import csv
import functools
import io
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
import typer
from ruamel.yaml import YAML

from redan.sources.ledger import DATA_VARIABLE
from redan.views.cli.app import app
from redan.views.cli.main import run
from tests.docs import sizes
from tests.docs.blocks import PAGES, Block, Command, blocks_of, commands_of, edited, has_indented, name_of
from tools.rule_docs import ROOT

FILES = ("text", "yaml", "csv", "json", "python")  # kinds that may be a file, whose name follows
SHELL = "sh"
OURS = {*FILES, SHELL, "diff"}
COPIED = ("src", "tools", "tests", "docs", "pyproject.toml")
#: Plain Python, which warns where the hash of a draw goes round, as it is meant to.
WITHOUT_COMPILER = {
    "NUMBA_DISABLE_JIT": "1",
    "PYTEST_ADDOPTS": "-p no:cacheprovider -W ignore::RuntimeWarning",
}


def is_for_copy(page: Path) -> bool:
    """Whether a page edits the sources: it is then run in a copy of them."""
    return any(block.kind == "diff" for block in blocks_of(page))


def makes_an_engine(page: Path) -> bool:
    """Whether its Python compiles an engine of its own, which takes as long as a first forecast."""
    return any("build_campaign" in block.text for block in blocks_of(page) if block.kind == "python")


WALKED = [
    page
    for page in PAGES
    if blocks_of(page) and not is_for_copy(page) and name_of(page) not in sizes.RUN_ELSEWHERE
]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A forecast that a page calls RUN and has not made itself; made when it is first asked for."""

    @functools.cache
    def made() -> Path:
        folder = tmp_path_factory.mktemp("finished") / "run"
        assert run([*sizes.FINISHED, "--out", str(folder)]) == 0
        return folder

    return made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty folder of a page, without data, with the files that a reader brings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "no-data"))
    for name, text in sizes.BROUGHT.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    sizes.read_once(monkeypatch)
    return tmp_path


@pytest.mark.parametrize("page", WALKED, ids=name_of)
def test_every_block_of_a_page(
    page: Path, folder: Path, finished: Callable[[], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = blocks_of(page)
    for block in blocks:
        if block.kind in FILES and block.words:
            written(block, folder)
    reader, names = Reader(name_of(page), finished), {"__name__": "__main__"}
    if makes_an_engine(page):
        run_without_compiler(page, folder)
    for block in blocks:
        if block.kind == "python" and not block.words and not makes_an_engine(page):
            with sizes.cut_down_python(sizes.PYTHON):
                exec(compile("\n" * (block.line - 1) + block.text, str(page), "exec"), names)
        if block.kind == SHELL:
            for command in commands_of(block):
                reader.type(command, fails=block.words == "fails", capsys=capsys)
        elif block.kind == "yaml":
            assert isinstance(YAML(typ="safe").load(block.text), dict | type(None)), f"{page}:{block.line}"


def written(block: Block, folder: Path) -> None:
    """A file of a page, which must be of its kind."""
    path = folder / block.words
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")
    if block.kind == "json" or path.suffix in (".json", ".geojson"):
        json.loads(block.text)
    elif block.kind == "csv":
        rows = list(csv.reader(io.StringIO(block.text)))
        assert {len(row) for row in rows} == {len(rows[0])}, f"{block.words}: rows of one length"


def run_without_compiler(page: Path, folder: Path) -> None:
    """The Python of a page, all blocks in order, in a process of its own."""
    program = (
        "import sys; from pathlib import Path; from tests.docs import sizes; from tools.run_tutorials"
        " import code_of\nwith sizes.cut_down_python(sizes.PLAIN): exec(code_of(Path(sys.argv[1])), {})"
    )
    called(folder, sys.executable, "-c", program, str(page), path=(str(ROOT), *sys.path))


def called(folder: Path, *words: str, path: tuple[str, ...]) -> None:
    """A program run in a folder, without the compiler."""
    environment = os.environ | WITHOUT_COMPILER | {"PYTHONPATH": os.pathsep.join(path)}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}"


class Reader:
    """Types the commands of a page. RUN is the last whole forecast of the page, or one made beforehand."""

    run_before: ClassVar[set[str]] = set()  # on any page

    def __init__(self, page: str, finished: Callable[[], Path]) -> None:
        self.page = page
        self.finished = finished
        self.own: Path | None = None
        self.study = ""

    def type(self, command: Command, *, fails: bool, capsys: pytest.CaptureFixture[str]) -> None:
        """Run a command, or look whether it could be."""
        program, *words = command.words
        where = f"{self.page}:{command.line}: {command.text}"
        if sizes.reason(self.page, command.text):
            could_be_run(program, words, where)
        elif sizes.can_be_shared(words) and command.text in self.run_before:
            return
        elif program == "redan":
            self.run_before.add(command.text)
            out = io.StringIO()
            with contextlib.redirect_stdout(out) if command.into else contextlib.nullcontext():
                code = run(self.meant(words))
            assert code == (2 if fails else 0), f"{where}\n{capsys.readouterr().err}"
            if command.into:
                Path(command.into).write_text(out.getvalue(), encoding="utf-8")
            self.note(words)
        elif program == "sed":
            subprocess.run([program, *words], check=True)
        else:
            pytest.fail(f"{where}: run it in this test, or name it in sizes.NOT_RUN with the reason")

    def meant(self, words: list[str]) -> list[str]:
        """The words with names in the place of RUN and DIR, and small numbers."""
        is_split = "--group" in words and "RUN" in words  # with enough on both sides: the teaching case
        names = {}
        if "RUN" in words:
            names["RUN"] = str(self.finished() if is_split else self.own or self.finished())
        if is_split:
            words = [word.replace("kramatorsk", "harrow-bridge") for word in words]
        if "DIR" in words and not self.study:
            self.study = "study"
            assert run([*sizes.cut_down(["sensitivity", "two-belts"]), "--out", self.study]) == 0
        if words[0] == "compare" and "RUN" in words:
            words = [*words, "--horizon-days", str(sizes.LAST_DAY)]
        names["DIR"] = self.study
        return [names.get(word, word) for word in sizes.cut_down(words)]

    def note(self, words: list[str]) -> None:
        """Remember the run of a forecast of every course."""
        if words[0] == "forecast" and words[1].startswith("slavyansk") and "--course" not in words:
            made = sorted(Path("redan-runs").glob("slavyansk*"), key=lambda path: path.stat().st_mtime_ns)
            self.own = made[-1] if made else self.own


def could_be_run(program: str, words: list[str], where: str) -> None:
    """What can be asked of a command that is not run: that there is such a thing."""
    while "=" in program:  # a variable of the shell for this command
        program, *words = words
    if program == "redan":
        group = typer.main.get_command(app)
        group.commands[words[0]].make_context(words[0], list(words[1:]))  # type: ignore[attr-defined]
    elif program == "make":
        assert f"\n{words[0]}:" in (ROOT / "Makefile").read_text(encoding="utf-8"), where
    elif program == "python":
        assert (ROOT / words[0]).is_file(), where
    elif program == "pip":
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert words[1].partition("[")[2].rstrip("]") in extras["optional-dependencies"], where


@pytest.mark.parametrize("page", [page for page in PAGES if is_for_copy(page)], ids=name_of)
def test_every_edit_of_the_sources(page: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for name in COPIED:
        source, target = ROOT / name, copy / name
        if source.is_file():
            shutil.copy(source, target)
        else:
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "bundled", "web"))
    for name in ("bundled", "views/web"):  # large, and edited by no page
        (copy / "src" / "redan" / name).symlink_to(ROOT / "src" / "redan" / name)
    path = (str(copy / "src"), str(copy), *(p for p in sys.path if not p.startswith(str(ROOT))))
    for block in blocks_of(page):
        if block.kind == "diff":
            file = copy / block.words
            file.write_text(edited(file.read_text(encoding="utf-8"), block.text), encoding="utf-8")
        elif block.kind in FILES and block.words:
            written(block, copy)
        for command in commands_of(block) if block.kind == SHELL else ():
            program, *words = command.words
            assert program in ("redan", "python"), command.text
            if program == "redan":
                plain = {f"--{name.replace('_', '-')}": str(most) for name, most in sizes.PLAIN.items()}
                words = [plain.get(before, word) for before, word in zip(["", *words], words, strict=False)]
                words = ["-m", "redan", *words]
            called(copy, sys.executable, *words, path=path)


# --- the lists ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_says_what_it_is(page: Path) -> None:
    assert not has_indented(page), "fence it, and say its kind: ```sh"
    for block in blocks_of(page):
        known = block.kind in OURS or (name_of(page), block.kind) in sizes.NOT_OURS
        assert known, f"{name_of(page)}:{block.line}: ```{block.kind} is not run; see sizes.NOT_OURS"


def test_what_is_not_run_is_still_there() -> None:
    commands = [
        (name_of(page), command.text)
        for page in PAGES
        for block in blocks_of(page)
        if block.kind == SHELL
        for command in commands_of(block)
    ]
    for page, start in sizes.NOT_RUN:
        assert any(where == page and text.startswith(start) for where, text in commands), (page, start)
    for page, kind in sizes.NOT_OURS:
        assert any(block.kind == kind for block in blocks_of(ROOT / page)), (page, kind)


@pytest.mark.usefixtures("folder")
def test_what_a_failing_command_says_is_of_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "elsewhere", "--around", "Paris"]) == 2
    assert 'use "Paris, FR" or an id in brackets' in capsys.readouterr().err
