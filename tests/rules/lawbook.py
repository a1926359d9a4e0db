"""All laws, by the name of the rule: `laws/` has one file for each file of rules."""

from __future__ import annotations

import importlib
from pathlib import Path

from tests.rules.law import Apart, Law

LAWS: dict[str, Law] = {}
APART: dict[str, Apart] = {}
HOME: dict[str, str] = {}  # file in which a rule's law stands

for file in sorted(path.stem for path in Path(__file__).with_name("laws").glob("*.py")):
    book = importlib.import_module(f"tests.rules.laws.{file}")
    LAWS |= getattr(book, "LAWS", {})
    APART |= getattr(book, "APART", {})
    HOME |= dict.fromkeys((*getattr(book, "LAWS", {}), *getattr(book, "APART", {})), file)
