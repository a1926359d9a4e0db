"""Builds the reference pages of the rules and of the parameters from the sources.

    python -m tools.build_rule_pages            # writes docs/reference/
    python -m tools.build_rule_pages --check    # says what is out of date; exit 1 if anything is

The pages hold nothing that is written by hand: a rule's page is its docstring, what the engine passes to it
(`tools/rule_feeds.py` says how that is derived) and the register's entries behind it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also runs as a plain file

from redan.vocabulary.parameters import Parameter, Register, load_register
from tools.parameter_page import distribution, holds, number, parameters_page
from tools.rule_docs import ROOT, Quantity, Rule, module_purpose, rule_files
from tools.rule_feeds import (
    CONSTANT,
    COURSE,
    DRAW,
    ENGINE,
    MORNING,
    ORDER,
    PARAMETER,
    RULE,
    START,
    STATE,
    THEATRE,
    Engine,
    Key,
    Leaf,
)

REFERENCE: Final = ROOT / "docs" / "reference"
MEND: Final = "run `make docs-pages` (python -m tools.build_rule_pages) and commit what it writes"
GENERATED: Final = (
    "<!-- Built by tools/build_rule_pages.py from the sources; edit those, then `make docs-pages`. -->"
)
PHASES: Final[Mapping[str, str]] = {
    START: "on day 0",
    MORNING: "in the morning, before the phases",
    "1": "weather and light",
    "2": "supply",
    "3": "orders",
    "4": "drones and fires",
    "5": "assault",
    "6": "counter-attack",
    "7": "ground changes hands",
    "8": "rout, withdrawal, surrender",
    "9": "arrivals, returns, works",
    "10": "damage and residents",
    "11": "record",
}
WORDS: Final = {
    STATE: "state: `{}`",
    THEATRE: "theatre: `{}`",
    COURSE: "course: `{}`",
    ENGINE: "counted in `{}`",
    CONSTANT: "`{}`",
}


def build() -> dict[Path, str]:
    """Every page by its path."""
    engine, register = Engine(), load_register()
    pages = {REFERENCE / "parameters.md": parameters_page(register, uses(engine), engine.readers())}
    folder = REFERENCE / "rules"
    for path in rule_files():
        pages[folder / f"{path.stem}.md"] = rule_page(path, engine, register)
    pages[folder / "index.md"] = index_page(engine, register)
    pages[folder / "state.md"] = state_page(engine)
    return {path: f"{text.rstrip()}\n" for path, text in pages.items()}


def uses(engine: Engine) -> dict[str, list[str]]:
    """Rules that each parameter goes into, as `module.name`."""
    found: dict[str, dict[str, None]] = {}
    for rule in engine.rules.values():
        for name in parameters_of(engine, rule):
            found.setdefault(name, {})[rule.label] = None
    return {name: list(rules) for name, rules in found.items()}


def parameters_of(engine: Engine, rule: Rule) -> dict[str, list[str]]:
    """Parameters that go into a rule, each with the arguments it goes into."""
    found: dict[str, list[str]] = {}
    for argument in rule.arguments:
        for name in engine.feed(rule, argument).of(PARAMETER):
            found.setdefault(name, []).append(argument)
    return found


# --- a rule's page ----------------------------------------------------------------------------


def rule_page(path: Path, engine: Engine, register: Register) -> str:
    """One page for one file of rules."""
    rules = [rule for rule in engine.rules.values() if rule.module == path.stem]
    links = " · ".join(f"[{rule.name}](#{rule.name})" for rule in rules)
    source = f"../../../{path.relative_to(ROOT).as_posix()}"
    head = [
        f"# {path.stem.capitalize()}",
        GENERATED,
        module_purpose(path),
        f"Source: [`{path.name}`]({source}). All rules: [index](index.md).",
        links,
    ]
    return "\n\n".join([*head, *(section(rule, engine, register) for rule in rules)])


def section(rule: Rule, engine: Engine, register: Register) -> str:
    """One rule: does, equation, arguments, result, evidence, parameters, limits, where it is called."""
    doc = rule.doc
    parts = [f"## {rule.name}", text(doc.does), f"```text\n{doc.equation}\n```"]
    rows = [
        [f"`{one.name}`", cell(one.meaning), one.unit, cell(one.extent), given_by(engine, rule, one)]
        for one in doc.arguments
    ]
    parts.append(table(("argument", "meaning", "unit", "range or shape", "what the engine passes"), rows))
    if doc.result is None:
        parts.append(f"**Result.** {text(doc.result_text)}.")
    else:
        parts.append(f"**Result.** {text(doc.result.meaning)} ({doc.result.unit}, {doc.result.extent}).")
    parts.append(f"**Evidence.** {text(doc.source)}")
    found = parameters_of(engine, rule)
    if found:
        parts.append(table(("parameter", "into", "value", "distribution", "grade", "source"), [
            [f"[`{name}`](../parameters.md#{anchor(entry.group)})", ", ".join(f"`{a}`" for a in into),
             value(entry), distribution(entry), entry.grade, cell(entry.source)]
            for name, into in found.items()
            for entry in register.entries if entry.name == name
        ]))  # fmt: skip
    else:
        parts.append("No parameter of the register goes into it directly.")
    parts += [f"**Limits.** {text(doc.limits)}", f"**Called** {where(engine, rule)}."]
    return "\n\n".join(parts)


def given_by(engine: Engine, rule: Rule, argument: Quantity) -> str:
    """What the engine passes for an argument, in words and links."""
    callers = engine.inner_callers((rule.module, rule.name))
    if not engine.calls[rule.module, rule.name]:
        return ", ".join(f"passed by {link(f'{module}.{name}', rule.module)}" for module, name in callers)
    return leaves(engine.feed(rule, argument.name).leaves, rule.module) or "counted by the engine"


def leaves(found: Iterable[Leaf], module: str | None) -> str:
    """Leaves as words and links, parameters and rules first."""
    order = (PARAMETER, RULE, STATE, THEATRE, COURSE, DRAW, ENGINE, CONSTANT)
    names: list[str] = []
    for kind, name in sorted(found, key=lambda leaf: order.index(leaf[0])):
        if kind == PARAMETER:
            names.append(f"`{name}`")
        elif kind == RULE:
            names.append(link(name, module))
        elif kind == DRAW:
            what = name.removeprefix("DECISION_").lower().replace("_", " ")
            names.append("a draw" if name == "uniform" else f"a draw ({what})")
        else:
            names.append(WORDS[kind].format(name))
    return ", ".join(names)


def link(label: str, module: str | None) -> str:
    """Link to a rule from the page of `module`, or from the index."""
    home, name = label.split(".")
    page = "" if home == module else f"{home}.md"
    return f"[{name}]({page}#{name})"


def where(engine: Engine, rule: Rule) -> str:
    """Phases and callers."""
    key = (rule.module, rule.name)
    callers = [f"`{'.'.join(caller)}`" for caller in dict.fromkeys(call.caller for call in engine.calls[key])]
    callers += [link(".".join(caller), rule.module) for caller in engine.inner_callers(key)]
    if not callers:
        return "by nothing in the engine"
    return f"{phase_words(engine.phases(key))}, by {', '.join(callers)}"


def phase_words(phases: Iterable[str]) -> str:
    """`in phase 5 (assault) and in phase 6 (counter-attack)`."""
    words = [f"in phase {name} ({PHASES[name]})" if name.isdigit() else PHASES[name] for name in phases]
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


# --- index and state --------------------------------------------------------------------------


def index_page(engine: Engine, register: Register) -> str:
    """All rules in the order of the day."""
    rules = sorted(engine.rules.values(), key=lambda rule: first_phase(engine, rule))
    rows = []
    for rule in rules:
        found = parameters_of(engine, rule)
        rows.append([
            link(rule.label, None), text(rule.doc.does), ", ".join(engine.phases((rule.module, rule.name))),
            ", ".join(f"`{name}`" for name in found) or "none", grades(found, register),
            ", ".join(rule.doc.grades) or "definition",
        ])  # fmt: skip
    files = [
        f"* [{path.stem}]({path.stem}.md): {module_purpose(path)}" for path in rule_files()
    ]  # fmt: skip
    phases = "; ".join(f"{name} {words}" for name, words in PHASES.items() if name.isdigit())
    head = ("rule", "does", "phase", "parameters", "their grades", "grade of the law")
    return "\n\n".join(["# The rules", GENERATED, INTRODUCTION.format(phases=phases), "\n".join(files),
                        "## In the order of the day", table(head, rows), DERIVATION])  # fmt: skip


def first_phase(engine: Engine, rule: Rule) -> tuple[int, str, int]:
    """Sorting key: the first phase of a day in which it is called, then its place in the files."""
    phases = engine.phases((rule.module, rule.name))
    return ORDER.index(phases[0]) if phases else len(ORDER), rule.module, rule.line


def grades(names: Iterable[str], register: Register) -> str:
    """`2 B, 3 C`: entries by grade; those the scenario gives are named apart."""
    entries = [entry for name in names for entry in register.entries if entry.name == name]
    counts = [
        f"{count} {grade}" for grade in "ABC"
        if (count := sum(not entry.is_given and entry.grade == grade for entry in entries))
    ]  # fmt: skip
    given = sum(entry.is_given for entry in entries)
    return ", ".join([*counts, *([f"{given} by the scenario"] if given else [])])


def state_page(engine: Engine) -> str:
    """What sets the fields of the state that rules read."""
    fields = {
        name
        for rule in engine.rules.values()
        for argument in rule.arguments
        for name in engine.feed(rule, argument).of(STATE)
    }
    rows = []
    for name in sorted(fields):
        found, setters = engine.field_feed(name)
        if found:
            read = [
                r
                for r in engine.rules.values()
                if any(name in engine.feed(r, a).of(STATE) for a in r.arguments)
            ]
            rows.append([f"`{name}`", leaves(found, None), setting(engine, setters),
                         ", ".join(link(rule.label, None) for rule in read)])  # fmt: skip
    head = ("field", "from", "set by (phase)", "read by")
    return "\n\n".join(["# The state that rules read", GENERATED, STATE_TEXT, table(head, rows)])


def setting(engine: Engine, setters: Iterable[Key]) -> str:
    """Functions that set a field, each with its phases."""
    return ", ".join(
        f"`{'.'.join(key)}`" + (f" ({', '.join(phases)})" if (phases := engine.phases(key)) else "")
        for key in setters
    )


INTRODUCTION: Final = """\
Each law of the model is a plain function in one file. Its page says what it does, its equation, its
arguments with units, what the engine passes for each, the evidence for its form, the parameters of the
[register](../parameters.md) behind it with value, spread, grade and source, and what it leaves out. [What
the model is](../../background/what-the-model-is.md) puts the laws together. Grades: A a primary source was
read, B second-hand, C judgement.

The phases of a day: {phases}. Some laws are also called when a campaign is set up (`day 0`), or for the line
as it stands in the morning, before the phases (`morning`).

The files:"""
DERIVATION: Final = """\
## How parameters are found

Nothing on these pages is kept by hand. `tools/rule_feeds.py` parses the engine (it does not run it), finds
every call of a rule and follows each argument back: through arithmetic, local variables, the arguments and
results of engine functions, until it meets a parameter (`p.name`), the result of another rule, a field of
the [state](state.md), an array of the theatre, a preference of the course, a draw or a constant. It ignores
order and cases, so it says what *can* go into an argument, not what does on one day; and it stops at fields
of the state, whose own origins are on [their page](state.md). Conditions are not followed: a parameter that
only decides whether a rule is called stands on its row of the [register's page](../parameters.md) with the
function that reads it. Where a parameter goes into an argument unchanged, a test compares the two units."""
STATE_TEXT: Final = """\
Rules get numbers; many of them are fields of the state, left there by an earlier phase or an earlier day.
This table says what can go into each field that a rule reads: parameters, rules and other fields. It is
derived like the rest ([how](index.md#how-parameters-are-found)). Fields that only the bookkeeping sets
(lists of cells, counts) are left out."""


# --- small parts ------------------------------------------------------------------------------


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown."""
    head = list(head)
    lines = [head, ["---"] * len(head), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def text(words: str) -> str:
    """Prose, with a capital at its head."""
    return words[:1].upper() + words[1:]


def cell(words: str) -> str:
    """Words that may stand in a table."""
    return words.replace("|", "\\|")


def anchor(group: str) -> str:
    """Anchor of a group on the parameters' page."""
    return group.replace(" ", "-")


def value(entry: Parameter) -> str:
    """Central value with its unit, and the dates it holds for."""
    if entry.is_given:
        return "by the scenario"
    dates = holds(entry)
    unit = "" if entry.unit in ("-", "ratio") else f" {entry.unit}"
    return f"{number(entry.value)}{unit}" + (f" ({dates})" if dates else "")


# --- command ----------------------------------------------------------------------------------


def out_of_date(pages: Mapping[Path, str]) -> list[str]:
    """Pages that differ from the sources, are missing, or belong to a rule file that is gone."""
    found = [
        f"{path.relative_to(ROOT).as_posix()}: {'out of date' if path.is_file() else 'missing'}"
        for path, text in pages.items()
        if not path.is_file() or path.read_text() != text
    ]
    left = [path for path in (REFERENCE / "rules").glob("*.md") if path not in pages]
    return found + [f"{path.relative_to(ROOT).as_posix()}: no such rule file any more" for path in left]


def main(arguments: list[str] | None = None) -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 where a page is out of date"
    )
    check = parser.parse_args(arguments).check
    pages = build()
    stale = out_of_date(pages)
    if check:
        for line in stale:
            print(f"{line}; {MEND}")
        return 1 if stale else 0
    for path, content in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    for path in (REFERENCE / "rules").glob("*.md"):
        if path not in pages:
            path.unlink()
    print(f"{len(pages)} pages in {REFERENCE.relative_to(ROOT).as_posix()}, {len(stale)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
