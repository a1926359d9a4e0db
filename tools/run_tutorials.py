"""Run the Python of pages as a reader would type it: all blocks of a page in order, in an empty folder."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Final

BLOCK: Final = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def code_of(page: Path) -> str:
    """The page's Python, with its blocks at their own lines so that an error names the line of the page."""
    text = page.read_text(encoding="utf-8")
    code, line = "", 1
    for block in BLOCK.finditer(text):
        start = text.count("\n", 0, block.start(1)) + 1
        code += "\n" * (start - line) + block.group(1)
        line = start + block.group(1).count("\n")
    return code


def main(pages: list[str]) -> None:
    """Run each page; the first error ends it."""
    for page in map(Path, pages):
        path = page.resolve()
        print(f"{page}:")
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            exec(compile(code_of(path), str(path), "exec"), {"__name__": "__main__"})


if __name__ == "__main__":
    main(sys.argv[1:])
