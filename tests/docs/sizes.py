"""What the commands of the pages are cut down to in tests, and what no test can run, with the reason."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pytest

import redan.views.case
from redan.calibration.engage.table import COLUMNS
from redan.scenario.authoring import finding

#: At most so much, whatever a page or a default says. The pages speak of real sizes where small ones
#: would mislead; that a command works does not hang on its size.
MOST: Final[Mapping[str, Mapping[str, int]]] = {
    "forecast": {"--replications": 5, "--horizon-days": 60},
    "ablate": {"--replications": 2, "--horizon-days": 20},
    "augment": {"--replications": 2, "--horizon-days": 20},
    "compare": {"--replications": 4, "--horizon-days": 20},
    "sensitivity": {"--trajectories": 4, "--samples": 16, "--horizon-days": 15},
    "engage": {"--replications": 10},
    "validate": {"--replications": 10},
    "calibrate": {"--draws": 64},
    "new": {"--radius-km": 30},
}
#: ... but for numbers that a page gives the teaching case, which is quick, and a run that is asked for a
#: width: it plays 200 at least.
QUICK: Final = {"--replications": 200, "--horizon-days": 180}
ASKED_FOR_WIDTH: Final = {"--replications": 200, "--horizon-days": 10}
#: ... and one of what is asked for all of.
ONE: Final[Mapping[str, tuple[str, str]]] = {
    "ablate": ("--layer", "works"),
    "augment": ("--change", "digging_more"),
    "--until-width": ("--course", "storm"),
}
LAST_DAY: Final = QUICK["--horizon-days"]
#: What a page calls RUN without making it: enough campaigns for a group of them.
FINISHED: Final = tuple(
    f"forecast two-belts --course storm --course bypass --replications 100 --horizon-days {LAST_DAY}".split()
)
#: Studies of many campaigns or theatres take the teaching case in the place of the large one.
STUDIES: Final = ("ablate", "augment", "sensitivity", "--until-width")
STAND_IN: Final = {"slavyansk-kramatorsk": "two-belts", "taken:kramatorsk": "taken:harrow-bridge"}
#: Python of the pages: compiled, and as plain Python where it makes an engine of its own.
PYTHON: Final = {"replications": 10, "horizon_days": 60}
PLAIN: Final = {"replications": 2, "horizon_days": 1}

#: What is never run here, by the page and the beginning of the command: why, and what is tested in its place.
#: `redan` commands among them are parsed, `make` must have the target, `pip` the extra.
SERVER: Final = "a server that runs until it is stopped; tests/views/web, tests/views/cli/test_serve.py"
CLUSTER: Final = "needs a cluster; tests/runs/test_cluster.py, make cluster-demo"
CARD: Final = "needs a CUDA card; tests/runs/test_gpu.py"
SIMULATED: Final = "sets a variable of the shell; tests/runs/test_gpu.py"
INSTALL: Final = "installs packages; tests/test_wheel.py"
HOURS: Final = "takes from minutes to hours"
DATA: Final = "needs data that are not shipped, and takes hours; tests/calibration"
RUN_ELSEWHERE: Final = {
    "docs/tutorial/notebook.md": "every cell is run, in full, by tests/docs/test_notebook.py"
}
STYLISED: Final = f"{HOURS}; tests/calibration/test_stylised.py"
NOT_RUN: Final[Mapping[tuple[str, str], str]] = {
    ("README.md", "make forecast"): INSTALL,
    ("README.md", "make test"): "runs this test",
    ("README.md", "redan serve"): SERVER,
    ("README.md", "redan calibrate front"): DATA,
    ("README.md", "redan bench"): "times this machine; tests/runs/test_bench.py",
    ("docs/background/stylised-facts.md", "redan validate --stylised"): STYLISED,
    ("docs/how-to/map.md", "redan serve"): SERVER,
    ("docs/how-to/read-a-report.md", "make report"): "the two commands behind it stand on the page",
    ("docs/how-to/run-on-a-cluster.md", "pip install"): INSTALL,
    ("docs/how-to/run-on-a-cluster.md", "dask"): CLUSTER,
    ("docs/how-to/run-on-a-cluster.md", "redan forecast"): CLUSTER,
    ("docs/how-to/run-on-a-gpu.md", "pip install"): INSTALL,
    ("docs/how-to/run-on-a-gpu.md", "redan forecast"): CARD,
    ("docs/how-to/run-on-a-gpu.md", "NUMBA_ENABLE_CUDASIM=1"): SIMULATED,
    ("docs/how-to/serve.md", "pip install"): INSTALL,
    ("docs/how-to/serve.md", "redan serve"): SERVER,
    ("docs/how-to/serve.md", "curl"): SERVER,
    ("docs/how-to/serve.md", "export"): "sets a variable of the shell",
    ("docs/validation.md", "python tools/"): DATA,
    ("docs/validation.md", "redan calibrate"): DATA,
}  # fmt: skip
#: Blocks that are no commands of Redan's, by page and kind.
NOT_OURS: Final[Mapping[tuple[str, str], str]] = {
    ("docs/how-to/run-on-a-cluster.md", "bash"): "a job for SLURM; tests/runs/test_cluster.py plays the same",
    ("docs/how-to/serve.md", "caddy"): "configures another program",
}
#: Files that a reader brings.
BROUGHT: Final[Mapping[str, str]] = {
    "article.txt": "Sloviansk, Ukraine\n\nSloviansk lies 14 km from Kramatorsk, he said on 3 March 2025.\n",
    "battles.csv": f"{','.join(COLUMNS)}\n"
    "a,1944,20000,10000,100,20,150,80,0,0,10.5,prepared,rolling,mixed,0,3\n",
}


def reason(page: str, command: str) -> str:
    """Why a command of a page is not run; empty for one that is."""
    return next(
        (why for (where, start), why in NOT_RUN.items() if where == page and command.startswith(start)), ""
    )


def cut_down(words: Sequence[str]) -> list[str]:
    """Arguments of `redan` with numbers, and in long studies a scenario, that a test has time for."""
    if any(word in STUDIES for word in words):
        for large, small in STAND_IN.items():
            words = [word.replace(large, small) for word in words]
    most = {} if "--resume" in words or "RUN" in words else MOST.get(words[0], {})
    if "--until-width" in words:
        most = ASKED_FOR_WIDTH
    elif words[0] == "forecast" and words[1] == "two-belts":
        most = {name: QUICK[name] if name in words else number for name, number in most.items()}
    elif words[0] == "new" and "--around" not in words:
        most = {}
    found = [
        str(min(int(word), LAST_DAY)) if before == "--day" else word
        for before, word in zip(["", *words], words, strict=False)
    ]
    for option, number in most.items():
        if option in found:
            at = found.index(option) + 1
            found[at] = str(min(int(found[at]), number))
        elif words[0] != "validate" and words[0] != "calibrate":
            found += [option, str(number)]
    for word, one in ONE.items():
        found += one if word in words and one[0] not in words else ()
    return found


@contextlib.contextmanager
def cut_down_python(most: Mapping[str, int]) -> Iterator[None]:
    """`Case.forecast` with such numbers at most."""
    before = redan.views.case.Case.forecast

    def forecast(self: Any, **asked: Any) -> Any:
        return before(self, **{**asked, **{name: min(asked.get(name, n), n) for name, n in most.items()}})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(redan.views.case.Case, "forecast", forecast)
        yield


_named = functools.cache(finding._named)


def can_be_shared(words: Sequence[str]) -> bool:
    """Whether a command that several pages have is run for one of them: the others do not need it."""
    is_study = words[0] == "compare" or any(word in STUDIES for word in words)
    return is_study and not any(word in ("RUN", "--json") or "yaml" in word for word in words)


def read_once(patch: pytest.MonkeyPatch) -> None:
    """Names that many commands look up anew, each in a process of its own, are looked up once here."""
    patch.setattr(finding, "_named", lambda name: list(_named(name)))
