"""Which parameters feed which argument of which rule, read from the engine's sources.

How it is derived. Every function of `engine/` is parsed (never run). The engine calls a rule by name with
arguments in their order; each argument is an expression, and the names in it are followed back to where they
were last known:

* `p.name` is a parameter of the register: a leaf. Arithmetic, `min`, `max` and the like pass on what goes in.
* A local variable stands for everything the function ever assigns to it.
* An argument of an engine function stands for what any of its callers passes.
* The result of an engine function stands for what it returns, and ends there if that is a rule's result.
* The result of a rule is a leaf (`harassment`): the parameters behind it are on that rule's own row.
* A field of the state (`cells.works`), an array of the theatre (`cell_built`), a preference of the course and
  a draw are leaves. What sets a field of the state is derived in the same way from its assignments.

Indices and conditions are not followed, but for a choice between two constants, which stands for its
condition. The derivation ignores order and cases: it says what can go in, not what does on a given day.

The phase is the one in which `day.py` calls the engine function, or the one its module's docstring names.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tools.rule_docs import PACKAGE, Rule, read_rules

Key = tuple[str, str]  # module and function
Leaf = tuple[str, str]  # kind and name
Node = tuple[str, ...]  # ("var", module, function, name) or ("return", module, function, index)
Item = Leaf | Node

PARAMETER, RULE, STATE, THEATRE, COURSE, DRAW, ENGINE, CONSTANT = (
    *("parameter", "rule", "state", "theatre", "course", "draw", "engine", "constant"),
)
WHOLE: Final = {"st": STATE, "th": THEATRE, "plan": COURSE}  # records day.py takes apart
PARAMETERS: Final = "p"
MORNING: Final = "morning"
START: Final = "day 0"
ORDER: Final = (START, MORNING, *map(str, range(1, 12)))


@dataclass
class Function:
    """One function of the engine, with what its names stand for."""

    key: Key
    node: ast.FunctionDef
    imports: dict[str, Key | str]
    assigned: dict[str, list[tuple[ast.expr, int | None]]] = field(default_factory=lambda: defaultdict(list))
    returned: list[ast.expr] = field(default_factory=list)

    @property
    def arguments(self) -> list[str]:
        """Names of its arguments."""
        return [argument.arg for argument in self.node.args.args]

    @property
    def label(self) -> str:
        """Name with its module."""
        return ".".join(self.key)


@dataclass(frozen=True)
class Call:
    """One call of a rule or of an engine function."""

    caller: Key
    line: int
    arguments: dict[str, ast.expr]


@dataclass(frozen=True)
class Feed:
    """What goes into one argument, by kind, in the order found; `bare` parameters go in unchanged."""

    leaves: tuple[Leaf, ...]
    bare: tuple[str, ...]

    def of(self, kind: str) -> tuple[str, ...]:
        """Names of the leaves of one kind."""
        return tuple(name for found, name in self.leaves if found == kind)


class Engine:
    """The engine's functions, their calls of one another and of the rules."""

    def __init__(self, folder: Path = PACKAGE / "engine", rules: list[Rule] | None = None) -> None:
        self.rules = {(rule.module, rule.name): rule for rule in rules or read_rules()}
        self.functions: dict[Key, Function] = {}
        self.modules: dict[str, ast.Module] = {}
        self.comments: dict[str, list[str]] = {}
        self.set_fields: dict[str, list[tuple[Key, ast.expr]]] = defaultdict(list)
        for path in sorted(folder.glob("*.py")):
            self._read(path)
        self.calls: dict[Key, list[Call]] = defaultdict(list)  # of a rule or an engine function
        for function in self.functions.values():
            self._find_calls(function)
        for function in self.functions.values():
            self._find_fields(function)
        self._find_filled()

    def _read(self, path: Path) -> None:
        tree = ast.parse(path.read_text())
        self.modules[path.stem] = tree
        self.comments[path.stem] = path.read_text().splitlines()
        imports: dict[str, Key | str] = {}
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("redan."):
                home = node.module.removeprefix("redan.")
                for name in node.names:
                    local = name.asname or name.name
                    is_module = home in ("engine", "rules")
                    imports[local] = name.name if is_module else (home.split(".")[-1], name.name)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                function = Function((path.stem, node.name), node, imports)
                _read_names(function)
                self.functions[function.key] = function

    def _find_calls(self, function: Function) -> None:
        for node in ast.walk(function.node):
            if isinstance(node, ast.Call):
                key = self.called(function, node)
                names = self._arguments_of(key)
                if key is not None and names is not None:
                    passed = dict(zip(names, node.args, strict=False))
                    passed |= {word.arg: word.value for word in node.keywords if word.arg}
                    self.calls[key].append(Call(function.key, node.lineno, passed))

    def _find_fields(self, function: Function) -> None:
        for node in ast.walk(function.node):
            if isinstance(node, ast.Assign | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Attribute):
                        self.set_fields[f"{self.record(function, target.value)}.{target.attr}"].append(
                            (function.key, node.value)
                        )
                    elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                        for kind, name in self.follow(self.items(function, target.value)):
                            if kind == STATE:
                                self.set_fields[name].append((function.key, node.value))

    def _find_filled(self) -> None:
        """Arrays of the state that a rule fills: its arguments marked `out`."""
        for key, rule in self.rules.items():
            for argument in rule.doc.arguments:
                for call in self.calls[key]:
                    caller = self.functions[call.caller]
                    value = call.arguments.get(argument.name)
                    if value is None or not argument.extent.endswith("out"):
                        continue
                    result = ast.Call(ast.Name(key[1]), [], [])
                    for kind, name in self.follow(self.items(caller, value)):
                        if kind == STATE:
                            self.set_fields[name].append((call.caller, result))

    def _arguments_of(self, key: Key | None) -> Iterable[str] | None:
        if key in self.rules:
            return self.rules[key].arguments
        return self.functions[key].arguments if key in self.functions else None

    def called(self, function: Function, node: ast.Call) -> Key | None:
        """Module and name of what a call calls, where it is one of ours."""
        if isinstance(node.func, ast.Name):
            found = function.imports.get(node.func.id, (function.key[0], node.func.id))
            return found if isinstance(found, tuple) else None
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            module = function.imports.get(node.func.value.id)
            return (module, node.func.attr) if isinstance(module, str) else None
        return None

    def record(self, function: Function, value: ast.expr, depth: int = 0) -> str:
        """Name of the array of records that a variable is a row of: `here` of `cells`."""
        if isinstance(value, ast.Subscript):
            return self.record(function, value.value, depth)
        if isinstance(value, ast.Attribute):
            return value.attr
        if isinstance(value, ast.Name):
            rows = [given for given, _ in function.assigned[value.id] if isinstance(given, ast.Subscript)]
            if rows:
                return self.record(function, rows[0], depth)
            if value.id in function.arguments and depth < 3:
                for call in self.calls[function.key]:
                    passed = call.arguments.get(value.id)
                    if passed is not None:
                        return self.record(self.functions[call.caller], passed, depth + 1)
            return value.id
        return "?"

    def items(self, function: Function, value: ast.expr) -> Iterator[Item]:
        """What an expression reads: leaves, and names to follow."""
        if isinstance(value, ast.Constant):
            yield CONSTANT, str(value.value)
        elif isinstance(value, ast.Name):
            if value.id.isupper():
                yield CONSTANT, value.id
            else:
                yield "var", *function.key, value.id
        elif isinstance(value, ast.Attribute):
            yield from self._attribute(function, value)
        elif isinstance(value, ast.Subscript):
            yield from self.items(function, value.value)
        elif isinstance(value, ast.Call):
            yield from self._call(function, value)
        elif isinstance(value, ast.IfExp):
            constants = isinstance(value.body, ast.Constant) and isinstance(value.orelse, ast.Constant)
            for part in (value.test,) if constants else (value.body, value.orelse):
                yield from self.items(function, part)
        else:
            for child in ast.iter_child_nodes(value):
                if isinstance(child, ast.expr):
                    yield from self.items(function, child)

    def _attribute(self, function: Function, value: ast.Attribute) -> Iterator[Item]:
        base = value.value
        if value.attr == "shape":
            return
        if isinstance(base, ast.Name) and base.id == PARAMETERS:
            yield PARAMETER, value.attr
        elif isinstance(base, ast.Name) and base.id in WHOLE:
            yield WHOLE[base.id], value.attr
        else:
            yield STATE, f"{self.record(function, base)}.{value.attr}"

    def _call(self, function: Function, value: ast.Call) -> Iterator[Item]:
        key = self.called(function, value)
        if key in self.rules:
            yield RULE, ".".join(key)
        elif key in self.functions:
            yield "return", *key, "-1"
        elif key is not None and key[1] == "uniform":
            names = [part.id for part in value.args if isinstance(part, ast.Name) and part.id.isupper()]
            yield DRAW, names[0] if names else "uniform"
        else:
            for part in value.args:
                yield from self.items(function, part)

    def follow(self, start: Iterable[Item]) -> tuple[Leaf, ...]:
        """Leaves that can be reached, in the order found; constants only where there is nothing else."""
        leaves: dict[Leaf, None] = {}
        counted: dict[Leaf, None] = {}
        seen: set[Node] = set()
        queue = list(start)
        while queue:
            item = queue.pop(0)
            if item[0] not in ("var", "return"):
                leaves[(item[0], item[1])] = None
            elif item not in seen:
                seen.add(item)
                queue += self._behind(item)
                if item[0] == "return":
                    counted[(ENGINE, ".".join(item[1:3]))] = None
        real = tuple(leaf for leaf in leaves if leaf[0] != CONSTANT)
        return real or tuple(counted) or tuple(leaves)

    def _behind(self, item: Node) -> Iterator[Item]:
        kind, module, name, what = item
        function = self.functions[module, name]
        if kind == "return":
            for value in function.returned:
                yield from self._part(function, value, int(what))
            return
        for value, index in function.assigned[what]:
            if isinstance(value, ast.Call) and self.called(function, value) in self.functions:
                called = self.called(function, value)
                yield "return", *called, str(-1 if index is None else index)  # type: ignore[misc]
            else:
                yield from self._part(function, value, -1 if index is None else index)
        if what in function.arguments:
            for call in self.calls[function.key]:
                if what in call.arguments:
                    yield from self.items(self.functions[call.caller], call.arguments[what])

    def _part(self, function: Function, value: ast.expr, index: int) -> Iterator[Item]:
        if index >= 0 and isinstance(value, ast.Tuple):
            value = value.elts[index]
        yield from self.items(function, value)

    def feed(self, rule: Rule, argument: str) -> Feed:
        """What every call of the engine passes for one argument of a rule."""
        leaves: dict[Leaf, None] = {}
        bare: dict[str, None] = {}
        for call in self.calls[rule.module, rule.name]:
            caller, value = self.functions[call.caller], call.arguments.get(argument)
            if value is None:
                continue
            leaves |= dict.fromkeys(self.follow(self.items(caller, value)))
            bare |= dict.fromkeys(self.unchanged(caller, value))
        real = tuple(leaf for leaf in leaves if leaf[0] != CONSTANT)
        return Feed(real or tuple(leaves), tuple(bare))

    def unchanged(self, function: Function, value: ast.expr) -> Iterator[str]:
        """Parameters that an expression passes on as they are, one of several perhaps."""
        if isinstance(value, ast.IfExp):
            yield from self.unchanged(function, value.body)
            yield from self.unchanged(function, value.orelse)
        elif isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name):
            if value.value.id == PARAMETERS:
                yield value.attr
        elif isinstance(value, ast.Name):
            given = function.assigned[value.id]
            if len(given) == 1 and given[0][1] is None:
                yield from self.unchanged(function, given[0][0])

    def field_feed(self, name: str) -> tuple[tuple[Leaf, ...], tuple[Key, ...]]:
        """What sets a field of the state: leaves and the functions that do."""
        leaves: dict[Leaf, None] = {}
        for key, value in self.set_fields[name]:
            leaves |= dict.fromkeys(self.follow(self.items(self.functions[key], value)))
        real = tuple(leaf for leaf in leaves if leaf != (STATE, name) and leaf[0] != CONSTANT)
        return real, tuple(dict.fromkeys(key for key, _ in self.set_fields[name]))

    def readers(self) -> dict[str, list[str]]:
        """Engine functions that read each parameter, by name of the parameter."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for function in self.functions.values():
            for node in ast.walk(function.node):
                if isinstance(node, ast.Attribute) and _is_name(node.value, PARAMETERS):
                    found[node.attr][function.label] = None
        return {name: list(labels) for name, labels in found.items()}

    def phases(self, key: Key, seen: frozenset[Key] = frozenset()) -> tuple[str, ...]:
        """Phases of the day in which a rule or an engine function is called, in their order."""
        found: set[str] = set()
        for call in self.calls[key]:
            if call.caller[0] == "day":
                found |= set(self._phase_named(key[0]) or self._phase_commented(call))
            elif call.caller[0] == "reset":
                found.add(START)
            elif call.caller not in seen:
                found |= set(self.phases(call.caller, seen | {key}))
        for caller in self.inner_callers(key):
            found |= set(self.phases(caller))
        return tuple(sorted(found, key=ORDER.index))

    def inner_callers(self, key: Key) -> tuple[Key, ...]:
        """Rules of the same file that call a rule."""
        return tuple(
            other for other, rule in self.rules.items() if other != key and key[0] == other[0]
            and key[1] in rule.calls
        )  # fmt: skip

    def _phase_named(self, module: str) -> tuple[str, ...]:
        """`Phase 4: ...` at the head of a module's docstring."""
        if module not in self.modules:
            return ()
        match = re.match(r"Phase (\d+)", ast.get_docstring(self.modules[module]) or "")
        return (match[1],) if match else ()

    def _phase_commented(self, call: Call) -> tuple[str, ...]:
        """`# 5 assault, 6 counter-attack` above a call in `day.py`."""
        lines = self.comments["day"]
        first = self.functions[call.caller].node.lineno
        for line in reversed(lines[first : call.line]):
            match = re.match(r"\s*# (\d+ .*)", line)
            if match:
                return tuple(re.findall(r"\b(\d+) ", match[1]))
        return (MORNING,)


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _read_names(function: Function) -> None:
    """Collect what is assigned to each name, and what is returned."""
    for node in ast.walk(function.node):
        if isinstance(node, ast.Return) and node.value is not None:
            function.returned.append(node.value)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            function.assigned[node.target.id].append((node.value, None))
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    function.assigned[target.id].append((node.value, None))
                elif isinstance(target, ast.Tuple):
                    for index, part in enumerate(target.elts):
                        if isinstance(part, ast.Name):
                            function.assigned[part.id].append((node.value, index))
