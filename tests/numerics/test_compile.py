"""The compiled campaign is kept between processes, and an edited rule is never served from the cache."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from redan.numerics import compile as compile_module
from redan.numerics.compile import campaign_kernel, kernel
from redan.rules.weather import daylight_hours

N_TOY_RULES = 8  # enough to tell a file that is watched from one that is not

RULE = '''
"""One toy rule, in a file of its own as every rule is."""
from redan.numerics.compile import kernel


@kernel
def toy_{i}(day: float, x) -> float:
    total = 0.0
    for k in range(x.size):
        total += x[k] * day + {i}.0
    return total
'''
CAMPAIGN = '''
"""A toy campaign that calls a real rule and every toy rule."""
from redan.numerics.compile import campaign_kernel
from redan.rules.weather import daylight_hours
{imports}


@campaign_kernel
def run(days: int, x) -> float:
    total = 0.0
    for day in range(days):
        total += daylight_hours(float(day), 48.8) + {calls}
    return total
'''
SCRIPT = """
import json, time, warnings
import numpy as np
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    from redan.engine.toy_campaign import run
    from redan.numerics.compile import cache_folder
    start = time.perf_counter()
    result = run(10, np.arange(5.0))
    seconds = time.perf_counter() - start
    folder = str(cache_folder())
print(json.dumps({
    "result": result,
    "seconds": seconds,
    "hits": sum(run.stats.cache_hits.values()) if hasattr(run, "stats") else None,
    "folder": folder,
    "warnings": [str(warning.message) for warning in caught],
}))
"""


class ToyPackage:
    """A copy of the package with toy rules and a toy campaign added, run in processes of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache"
        self.package = folder / "redan"
        shutil.copytree(compile_module.PACKAGE, self.package, ignore=shutil.ignore_patterns("__pycache__"))
        for i in range(N_TOY_RULES):
            (self.package / "rules" / f"toy_{i}.py").write_text(RULE.format(i=i))
        imports = "\n".join(f"from redan.rules.toy_{i} import toy_{i}" for i in range(N_TOY_RULES))
        calls = " + ".join(f"toy_{i}(float(day), x)" for i in range(N_TOY_RULES))
        (self.package / "engine" / "toy_campaign.py").write_text(
            CAMPAIGN.format(imports=imports, calls=calls)
        )

    def run(self, script: str = SCRIPT, **environment: str) -> dict[str, Any]:
        """Run the script in a fresh process that sees only this copy, and return the JSON it prints."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
        env |= {"PYTHONPATH": str(self.folder), "REDAN_CACHE_DIR": str(self.cache), **environment}
        done = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            env=env,
            cwd=self.folder,
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def double(self, rule: str, function: str) -> None:
        """Make a function of `rules/<rule>.py` return twice what it did, whatever it says."""
        path = self.package / "rules" / f"{rule}.py"
        tree = ast.parse(path.read_text())
        (law,) = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == function]
        for node in ast.walk(law):
            if isinstance(node, ast.Return) and node.value:
                node.value = ast.BinOp(ast.Constant(2.0), ast.Mult(), node.value)
        path.write_text(ast.unparse(ast.fix_missing_locations(tree)))


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> ToyPackage:
    """Copy the package once: each process costs two seconds."""
    return ToyPackage(tmp_path_factory.mktemp("copy"))


def test_an_edited_rule_changes_the_result_and_an_unchanged_one_is_cached(toy: ToyPackage) -> None:
    first = toy.run()
    assert first["hits"] == 0
    assert first["warnings"] == []
    again = toy.run()
    assert again["hits"] == 1, "the campaign must come from the cache, with every rule it calls inside"
    assert again["result"] == first["result"]
    assert again["folder"] == first["folder"]

    toy.double("weather", "daylight_hours")
    edited = toy.run()
    assert edited["hits"] == 0
    assert edited["folder"] != first["folder"]
    daylight = sum(daylight_hours(float(day), 48.8) for day in range(10))
    assert daylight > 10.0
    assert edited["result"] == pytest.approx(first["result"] + daylight, abs=1e-6)

    toy.double("toy_7", "toy_7")
    again = toy.run()
    toy_7 = sum(day * x + 7.0 for day in range(10) for x in range(5))
    assert again["result"] == pytest.approx(edited["result"] + toy_7, abs=1e-6)


def test_plain_python_gives_the_same_without_compiling(toy: ToyPackage) -> None:
    compiled, plain = toy.run(), toy.run(NUMBA_DISABLE_JIT="1")
    assert plain["hits"] is None
    assert plain["result"] == pytest.approx(compiled["result"], rel=1e-12)


def test_an_unwritable_cache_gives_a_temporary_folder_and_one_warning(
    toy: ToyPackage, tmp_path: Path
) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("a folder cannot be made below a file, not even by root")
    answer = toy.run(REDAN_CACHE_DIR=str(blocker / "cache"))
    assert answer["result"] == toy.run()["result"]
    assert len(answer["warnings"]) == 1
    assert "REDAN_CACHE_DIR" in answer["warnings"][0]
    assert not Path(answer["folder"]).exists(), "the temporary folder must go with the process"


def twice(x: int) -> int:
    return 2 * x


def test_nothing_writable_at_all_still_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh_folder: None
) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    monkeypatch.setenv("REDAN_CACHE_DIR", str(blocker / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(blocker))
    with pytest.warns(RuntimeWarning, match="REDAN_CACHE_DIR"):
        double = campaign_kernel(twice)
    assert compile_module.cache_folder() is None
    assert double(21) == 42


@pytest.fixture
def fresh_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look for the folder afresh in the test, and leave the session's folder and configuration after it."""
    monkeypatch.setattr(numba.config, "CACHE_DIR", numba.config.CACHE_DIR)
    compile_module.forget()
    yield
    compile_module.forget()


@pytest.mark.parametrize(
    ("platform", "variable", "tail"),
    [
        ("linux", "XDG_CACHE_HOME", ("redan", "kernels")),
        ("win32", "LOCALAPPDATA", ("redan", "kernels")),
        ("darwin", "HOME", ("Library", "Caches", "redan", "kernels")),
    ],
)
def test_the_users_cache_follows_the_platform(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, variable: str, tail: tuple[str, ...]
) -> None:
    monkeypatch.delenv("REDAN_CACHE_DIR", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert compile_module.user_cache() == tmp_path.joinpath(*tail)


def test_a_relative_xdg_cache_is_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("REDAN_CACHE_DIR", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert compile_module.user_cache() == tmp_path / ".cache" / "redan" / "kernels"


def test_old_caches_are_pruned_and_foreign_folders_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh_folder: None
) -> None:
    old = [tmp_path / f"{i:064x}" for i in range(compile_module.KEPT_FOLDERS + 3)]
    last_week = time.time() - 7 * 86400.0
    for age, folder in enumerate(old):
        folder.mkdir()
        os.utime(folder, (last_week - age, last_week - age))
    foreign, recent = tmp_path / "notes", tmp_path / ("f" * 64)
    foreign.mkdir()
    os.utime(foreign, (0, 0))
    recent.mkdir()
    monkeypatch.setenv("REDAN_CACHE_DIR", str(tmp_path))
    current = compile_module.cache_folder()
    assert current is not None
    kept = set(tmp_path.iterdir())
    # The newest KEPT_FOLDERS in all: the current one, the recent one, and the youngest of the old.
    assert kept == {current, recent, foreign, *old[: compile_module.KEPT_FOLDERS - 2]}


def test_every_kernel_source_is_in_the_fingerprint() -> None:
    """Any module that uses a decorator, or is imported by one that does, must be hashed."""
    hashed = {path.resolve() for path in compile_module.kernel_sources()}
    package = compile_module.PACKAGE
    decorated = {
        path
        for folder in ("numerics", "rules", "engine", "vocabulary")
        for path in (package / folder).rglob("*.py")
        if "redan.numerics.compile import" in path.read_text()
    }
    assert decorated <= hashed
    assert package / "numerics" / "draws.py" in decorated


@kernel
def ratio(a: float, b: float) -> float:
    return a / b


@kernel
def power(base: int, times: int) -> int:
    result = 1
    for _ in range(times):
        result *= base
    return result


@kernel
def powers(bases: Any) -> int:
    """Call with two constants, a narrow integer and a keyword: one compiled form must serve them all."""
    return power(2, 3) + power(3, 2) + power(bases[0], 4) + power(base=bases[1], times=1)


@kernel
def halved(key: Any) -> Any:
    return key >> np.uint64(1)


@kernel
def halved_twice(key: Any) -> Any:
    return halved(halved(key))


def test_kernels_divide_as_numpy_does() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert ratio(1.0, 0.0) == float("inf")


def test_a_kernel_called_with_constants_is_compiled_once() -> None:
    assert powers(np.array([5, 7], np.int32)) == 8 + 9 + 625 + 7
    assert len(power.inside.signatures) == 1  # type: ignore[attr-defined]


def test_an_unsigned_integer_stays_unsigned() -> None:
    top = np.uint64(2**64 - 1)
    assert halved_twice(top) == 2**62 - 1


def test_a_kernel_says_what_it_is() -> None:
    assert power.__name__ == "power"
    assert powers.__doc__
    assert "Call with two constants" in powers.__doc__
    assert power(times=5, base=2) == 32


def test_both_forms_release_the_gil_and_keep_to_ieee_arithmetic() -> None:
    for form in (power.inside, power.outside):  # type: ignore[attr-defined]
        assert form.targetoptions["nogil"] is True
        assert form.targetoptions["fastmath"] is False
        assert form.targetoptions["error_model"] == "numpy"
