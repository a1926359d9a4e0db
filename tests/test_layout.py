"""The shape of the repository: sizes, docstrings, imports of the kernels, and what must not be committed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from redan.numerics.compile import KERNEL_VOCABULARY

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "redan"
TOPS = ("src", "tests", "verification", "benchmarks")
PYTHON = sorted(path for top in TOPS for path in (ROOT / top).rglob("*.py"))
LOCKS = ("base", "build", "dev")
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 120

# What compiled code may import: arrays, codes and numbers, nothing that opens a file. What it may import
# of our own is in the fingerprint of the compile cache.
ARRAYS_AND_NUMBERS = (
    r"__future__|collections(\.abc)?|typing|math|numpy(\..*)?|numba(\..*)?"
    r"|redan\.numerics\..*|redan\.vocabulary\."
) + f"({'|'.join(KERNEL_VOCABULARY)})"
KERNEL_IMPORTS = {
    "rules": ARRAYS_AND_NUMBERS,
    "engine": ARRAYS_AND_NUMBERS + r"|redan\.(rules|engine)\..*",
    # Beside the kernels, numerics finds the cache folder and hashes the names of declared things.
    "numerics": "|".join((ARRAYS_AND_NUMBERS, r"llvmlite(\..*)?|scipy(\..*)?", *sys.stdlib_module_names)),
}
FOR_NEWCOMERS = (
    "README.md",
    "LICENSE",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/mission.md",
    "docs/decisions/README.md",
    "docs/background/what-the-model-is.md",
    "docs/reference/rules/index.md",
    "docs/reference/parameters.md",
)


def repository_files() -> list[Path]:
    """Return every file that is, or would be, committed."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the modules imported; of our own packages (but the root) the module that is taken from them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            is_package = module.startswith("redan.") and (PACKAGE.parent / module.replace(".", "/")).is_dir()
            yield from (f"{module}.{name.name}" for name in node.names) if is_package else (module,)


@pytest.mark.parametrize("path", PYTHON, ids=relative)
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= MAX_FILE_LINES
    long = [
        f"{function.name}: {length} lines"
        for function in functions(ast.parse(text))
        if (length := (function.end_lineno or 0) - function.lineno + 1) > MAX_FUNCTION_LINES
    ]
    assert long == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=relative)
def test_every_public_name_has_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text())
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
    ]
    assert ast.get_docstring(tree), "the module says what it is for"
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=relative)
def test_package_files_import_nothing(path: Path) -> None:
    """Importing a package has no side effects; the root's may load its names when they are asked for."""
    tree = ast.parse(path.read_text())
    body = tree if path != PACKAGE / "__init__.py" else ast.Module([*_at_import(tree)], [])
    allowed = {"__future__", "collections.abc", "typing"} if path == PACKAGE / "__init__.py" else set()
    assert set(imported(body)) <= allowed


def _at_import(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements that run when the module is imported, but for what only a type checker reads."""
    for node in tree.body:
        is_typing = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        if not is_typing and not isinstance(node, ast.FunctionDef):
            yield node


@pytest.mark.parametrize("folder", KERNEL_IMPORTS)
def test_kernels_know_arrays_and_numbers_only(folder: str) -> None:
    foreign = [
        f"{relative(path)}: {name}"
        for path in sorted((PACKAGE / folder).rglob("*.py"))
        for name in imported(ast.parse(path.read_text()))
        if not re.fullmatch(KERNEL_IMPORTS[folder], name)
    ]
    assert foreign == []


def test_no_module_imports_the_package_root() -> None:
    guilty = [
        relative(path)
        for path in sorted(PACKAGE.rglob("*.py"))
        if "redan" in set(imported(ast.parse(path.read_text())))
    ]
    assert guilty == []


def test_nothing_names_a_registry_or_a_path_of_one_machine() -> None:
    # Put together from pieces, so that this file does not name what it looks for.
    hosts = "|".join(("py" + "pi", "python" + "hosted", "npm" + "js", "deb" + "ian"))
    tops = "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me"))
    forbidden = re.compile(rf"\b({hosts})\.org\b|(?<![\w.~])/({tops})/\w")
    found = [
        f"{relative(path)}:{number}: {line.strip()[:80]}"
        for path in repository_files()
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []


def test_the_locks_hold_names_versions_and_hashes_only() -> None:
    assert not (ROOT / "uv.lock").exists(), "a uv.lock carries addresses; the locks are requirements/*.txt"
    line = re.compile(r"[a-z0-9-]+==[\w.+!]+( ; [^\\:]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    for name in LOCKS:
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert [row for row in text.splitlines() if not line.fullmatch(row)] == []


def test_the_locks_agree_with_each_other() -> None:
    """The checks run on the versions that `make forecast` installs."""
    pin = re.compile(r"^[a-z0-9-]+==\S+", re.MULTILINE)
    pins = {name: set(pin.findall((ROOT / "requirements" / f"{name}.txt").read_text())) for name in LOCKS}
    assert pins["base"] | pins["build"] <= pins["dev"]


def test_no_unfinished_business_in_the_source() -> None:
    word = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|NotImplemented" + r"Error)\b")
    found = [relative(path) for path in PYTHON if word.search(path.read_text())]
    assert found == []


def test_every_test_runs() -> None:
    """A test may step aside where data are absent that may not be committed, and for nothing else."""
    mark = re.compile(r"mark\.(sk" + r"ip\b|xf" + r"ail)|pytest\.(xf" + r"ail|importor" + r"skip)\(")
    found = [relative(path) for path in PYTHON if mark.search(path.read_text())]
    assert found == []


@pytest.mark.parametrize("name", FOR_NEWCOMERS)
def test_what_a_newcomer_looks_for_is_there(name: str) -> None:
    assert (ROOT / name).read_text().strip()


def test_every_bundled_scenario_is_whole() -> None:
    folders = [path for path in (PACKAGE / "bundled" / "scenarios").iterdir() if path.is_dir()]
    assert "slavyansk-kramatorsk" in {path.name for path in folders}
    assert [path.name for path in folders if not (path / "scenario.yaml").is_file()] == []


def test_every_decision_is_recorded_the_same_way() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [int(path.name[:4]) for path in records]
    assert numbers == list(range(1, len(records) + 1)), "numbered without gaps"
    headings = ["## Context", "## Decision", "## Consequence", "## What would change our mind"]
    for path in records:
        assert [row for row in path.read_text().splitlines() if row.startswith("## ")] == headings, path.name
