"""The page of the register: every parameter by group, with what it goes into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from redan.vocabulary.parameters import Parameter, Register

GENERATED: Final = (
    "<!-- Built by tools/build_rule_pages.py from parameters.yaml; edit that, then `make docs-pages`. -->"
)
INTRODUCTION: Final = """\
Every number with a meaning, from [`parameters.yaml`](../../src/redan/vocabulary/parameters.yaml): {entries}
entries of {names} parameters. {counts}; {given} are given by the scenario, with a source and a grade of
their own.

* **Grade**: A a primary source was read; B second-hand; C judgement, and then the source says why.
* **Value** is the central one; **distribution** is what a replication draws from, cut to the **range**.
  `--set parameters.NAME=VALUE` fixes one from the command line, and a scenario may override value,
  distribution and source.
* Several rows of one name hold for different dates; **known** is the day the fact was known, where that
  matters.
* **Goes into**: the rules it feeds ([how that is derived](rules/index.md#how-parameters-are-found)).
  **Read by**: the engine's functions that name it."""


def parameters_page(
    register: Register, uses: Mapping[str, Sequence[str]], readers: Mapping[str, Sequence[str]]
) -> str:
    """The page; `uses` are rules and `readers` engine functions by parameter."""
    own = [entry for entry in register.entries if not entry.is_given]
    counts = ", ".join(f"{sum(e.grade == grade for e in own)} are grade {grade}" for grade in "ABC")
    introduction = INTRODUCTION.format(
        entries=len(register.entries), names=len(register.names), counts=counts,
        given=len(register.entries) - len(own),
    )  # fmt: skip
    parts = ["# The parameters", GENERATED, introduction]
    groups = list(dict.fromkeys(entry.group for entry in register.entries))
    parts.append(" · ".join(f"[{group}](#{group.replace(' ', '-')})" for group in groups))
    for group in groups:
        rows = [row(entry, uses, readers) for entry in register.entries if entry.group == group]
        head = "| name | unit | value | distribution | range | grade | source | holds | goes into | read by |"
        parts.append("\n".join([f"## {group}", "", head, "|" + "---|" * 10, *rows]))
    return "\n\n".join(parts)


def row(entry: Parameter, uses: Mapping[str, Sequence[str]], readers: Mapping[str, Sequence[str]]) -> str:
    """One entry."""
    source = entry.source + (f"; {entry.note}" if entry.note else "")
    if entry.is_given:
        source = entry.note or entry.source
    dates = "; ".join(filter(None, (holds(entry), f"known {entry.known}" if entry.known else "")))
    rules = [f"[{label.split('.')[1]}](rules/{label.split('.')[0]}.md#{label.split('.')[1]})"
             for label in uses.get(entry.name, ())]  # fmt: skip
    into, read = ", ".join(rules), ", ".join(f"`{label}`" for label in readers.get(entry.name, ()))
    cells = (
        f"`{entry.name}`", entry.unit, "scenario" if entry.is_given else number(entry.value),
        distribution(entry), f"{number(entry.low)} to {number(entry.high)}",
        "scenario" if entry.is_given else entry.grade, source.replace("|", "\\|"), dates, into, read,
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def distribution(entry: Parameter) -> str:
    """Kind and numbers in few words."""
    if entry.is_given:
        return "scenario"
    kind, n = entry.distribution.kind, entry.distribution.numbers
    match kind:
        case "triangular":
            return f"triangular {number(n['low'])}, {number(n['mode'])}, {number(n['high'])}"
        case "lognormal":
            return f"log-normal, 90 % in {number(n['p05'])} to {number(n['p95'])}"
        case "uniform":
            return f"uniform {number(n['low'])} to {number(n['high'])}"
    return " ".join([kind, ", ".join(f"{name} {number(x)}" for name, x in n.items())]).strip()


def holds(entry: Parameter) -> str:
    """Dates an entry holds for; empty where it always does."""
    start = f"from {entry.valid_from}" if entry.valid_from else ""
    end = f"to {entry.valid_to}" if entry.valid_to else ""
    return " ".join(filter(None, (start, end)))


def number(x: float) -> str:
    """A number as a person writes it."""
    return f"{x:,.10g}"
