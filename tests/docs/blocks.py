"""The code blocks of the pages: found, and made ready to be run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.rule_docs import ROOT

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:\A|\n)[ \t]*\n(?:    |\t)(?![-*+] |\d+\. )\S")
PROGRAM = ".venv/bin/"  # where a page says it in full


@dataclass(frozen=True)
class Block:
    """A fenced block: its kind, the words behind it, its text and the line where that begins."""

    kind: str
    words: str
    text: str
    line: int


@dataclass(frozen=True)
class Command:
    """A command as it is typed, without remarks; `into` is the file its output goes to."""

    words: tuple[str, ...]
    into: str
    line: int

    @property
    def text(self) -> str:
        """As one line, so that a list can name it."""
        return shlex.join(self.words)


def name_of(page: Path) -> str:
    """A page as it is named in messages."""
    return page.relative_to(ROOT).as_posix()


def blocks_of(page: Path) -> list[Block]:
    """Every fenced block of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for fence in FENCE.finditer(text):
        kind, _, words = fence[1].strip().partition(" ")
        found.append(Block(kind, words, fence[2], text.count("\n", 0, fence.start(2)) + 1))
    return found


def has_indented(page: Path) -> bool:
    """Whether a page has a block that is only indented: it would not say what it is."""
    return INDENTED.search(FENCE.sub("", page.read_text(encoding="utf-8"))) is not None


def commands_of(block: Block) -> Iterator[Command]:
    """The commands of a block: a line each, or more with a backslash at the end."""
    line, before = block.line, ""
    for number, typed in enumerate(block.text.splitlines()):
        line = line if before else block.line + number
        before += typed
        if before.endswith("\\"):
            before = before[:-1] + " "
            continue
        words, before = shlex.split(before, comments=True), ""
        if words:
            into = words[words.index(">") + 1] if ">" in words else ""
            words = words[: words.index(">")] if into else words
            yield Command((words[0].removeprefix(PROGRAM), *words[1:]), into, line)


def edited(text: str, change: str) -> str:
    """A text with a change made: lines to find, to remove (`-`) and to add (`+`)."""
    lines = change.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(old) == 1, f"stands {text.count(old)} times, not once:\n{old}"
    return text.replace(old, new)
