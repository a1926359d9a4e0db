"""Reads the rules from their sources: arguments, docstrings by heading, and what is wrong with them.

A rule's docstring has one form (CONTRIBUTING, "Add a rule"):

    What it does in the world, in one sentence.

    Equation: y = a x
    Arguments:
        slope [men/km, >= 0]: a, meaning
        field [share, c x n, out]: an array: its shape, and `in and out`, `out` or `work` where it is written
    Result [men, 0..1]: meaning            (or "Result: none, ..." where arrays are filled)
    Source: study (A, B or C), judgement (C) or definition
    Limits: what it leaves out

Longer texts go on in lines indented further. Only sources are read here: nothing is imported or compiled.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "src" / "redan"
HEADINGS: Final = ("Equation", "Arguments", "Result", "Source", "Limits")
HEADING: Final = re.compile(rf"({'|'.join(HEADINGS)})(?: \[([^\]]*)\])?:\s*(.*)")
ARGUMENT: Final = re.compile(r"(\w+) \[([^\]]*)\]: (.+)")
EVIDENCE: Final = re.compile(r"\(?\b([ABC])\)|\b(definition)\b")
# Units of the register stand in the rules as they are; these are the others.
OTHER_UNITS: Final = frozenset(
    {"-", "cell", "code", "deg", "h", "lanes", "machine-h/km/month", "men/km/day", "months", "people"}
)
INDENT: Final = 4


@dataclass(frozen=True)
class Quantity:
    """An argument or a result: its unit, then its range or shape as written, and its meaning."""

    name: str
    unit: str
    extent: str
    meaning: str


@dataclass(frozen=True)
class RuleDoc:
    """A rule's docstring by heading. `result` is None where arrays are filled and nothing is returned."""

    does: str
    equation: str
    arguments: tuple[Quantity, ...]
    result: Quantity | None
    result_text: str
    source: str
    limits: str
    headings: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def grades(self) -> str:
        """Grades that its source names, best first: `BC`; empty for a definition."""
        return "".join(sorted({found[0] for found in EVIDENCE.findall(self.source) if found[0]}))


@dataclass(frozen=True)
class Rule:
    """One compiled function of `rules/`."""

    module: str
    name: str
    line: int
    arguments: tuple[str, ...]
    doc: RuleDoc
    calls: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """Name with its module."""
        return f"{self.module}.{self.name}"


def read_rules(folder: Path = PACKAGE / "rules") -> list[Rule]:
    """Every function of every rule file, in the order of files and lines."""
    found = []
    for path in rule_files(folder):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                arguments = tuple(argument.arg for argument in node.args.args)
                doc = parse_doc(ast.get_docstring(node) or "")
                calls = frozenset(
                    part.func.id
                    for part in ast.walk(node)
                    if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
                )
                found.append(Rule(path.stem, node.name, node.lineno, arguments, doc, calls))
    return found


def rule_files(folder: Path = PACKAGE / "rules") -> list[Path]:
    """The files of rules, sorted by name."""
    return sorted(path for path in folder.glob("*.py") if path.stem != "__init__")


def module_purpose(path: Path) -> str:
    """First paragraph of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text())) or ""
    return " ".join(text.split("\n\n")[0].split())


def parse_doc(text: str) -> RuleDoc:
    """Take a docstring apart; what has no place in the form is in `unread`."""
    does: list[str] = []
    parts: dict[str, str] = {}
    brackets: dict[str, str | None] = {}
    rows: list[str] = []
    unread: list[str] = []
    heading = ""
    for line in text.splitlines():
        stripped = line.strip()
        indent = len(line) - len(line.lstrip())
        match = HEADING.fullmatch(line)
        if match:
            heading = match[1]
            if heading in parts:
                unread.append(line)
            parts[heading], brackets[heading] = match[3], match[2]
        elif not stripped:
            continue
        elif not heading:
            does.append(stripped)
        elif heading == "Arguments" and indent == INDENT:
            rows.append(stripped)
        elif heading == "Arguments" and indent > INDENT and rows:
            rows[-1] += " " + stripped
        elif heading != "Arguments" and indent >= INDENT:
            parts[heading] = f"{parts[heading]} {stripped}".strip()
        else:
            unread.append(line)
    arguments = []
    for row in rows:
        match = ARGUMENT.fullmatch(row)
        if match:
            arguments.append(quantity(*match.groups()))
        else:
            unread.append(row)
    bracket = brackets.get("Result")
    return RuleDoc(
        does=" ".join(does),
        equation=parts.get("Equation", ""),
        arguments=tuple(arguments),
        result=None if bracket is None else quantity("result", bracket, parts["Result"]),
        result_text=parts.get("Result", ""),
        source=parts.get("Source", ""),
        limits=parts.get("Limits", ""),
        headings=tuple(parts),
        unread=tuple(unread),
    )


def quantity(name: str, bracket: str, meaning: str) -> Quantity:
    """`unit, range or shape` as written in brackets, taken apart."""
    unit, _, extent = bracket.partition(",")
    return Quantity(name, unit.strip(), extent.strip(), meaning.strip())


def problems(rule: Rule, register_units: frozenset[str]) -> list[str]:
    """What keeps a rule's docstring from its form, each with what to write."""
    doc, found = rule.doc, []
    if len(doc.does.split()) < 4:
        found.append("the first line says what happens in the world")
    for heading in HEADINGS:
        empty = heading in ("Equation", "Source", "Limits") and not getattr(doc, heading.lower())
        if heading not in doc.headings or empty:
            found.append(f"no `{heading}:`")
    if not found and doc.headings != HEADINGS:
        found.append(f"headings in the order {', '.join(HEADINGS)}")
    found += [f"cannot be read: {line.strip()!r}" for line in doc.unread]
    named = tuple(argument.name for argument in doc.arguments)
    found += [f"argument {name} has no line `name [unit, range]: meaning`" for name in rule.arguments
              if name not in named]  # fmt: skip
    found += [f"{name} is no argument" for name in named if name not in rule.arguments]
    if not found and named != rule.arguments:
        found.append("arguments in the order of the function")
    if doc.result is None and "Result" in doc.headings and not doc.result_text.startswith("none"):
        found.append("`Result [unit, range]: meaning`, or `Result: none, ...`")
    quantities = (*doc.arguments, *((doc.result,) if doc.result else ()))
    for one in quantities:
        if not one.unit or one.unit not in register_units | OTHER_UNITS:
            found.append(f"{one.name}: unit {one.unit!r} is neither the register's nor in OTHER_UNITS")
        if not one.extent:
            found.append(f"{one.name}: no range or shape after the unit")
    if "Source" in doc.headings and not EVIDENCE.search(doc.source):
        found.append("a source with its grade: `(A)`, `(B)`, `judgement (C)` or `definition`")
    return [f"{rule.label}: {problem}" for problem in found]
