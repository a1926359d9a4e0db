"""One file, one mistake: what the user is told must be exactly what the file's header expects.

A case is a YAML file in `cases/`, laid over the small valid scenario in `base/`. Its header says:

    # expect: FILE:LINE: field: problem; remedy     one per fault, in order, FILE without its folder
    # set: a.b=v                                     passed as --set
    # today: 2024-08-27                              date of the system
    # whole: yes                                     the file is the scenario itself, not an overlay

To add a case, add a file without `expect` lines and run this file as a program: it writes them, and you
read whether they are what a stranger needs. Files that cases name are in `base/spoilt/`.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from redan.scenario.load import load_scenario
from redan.vocabulary.errors import InputError
from redan.vocabulary.parameters import Register, read_register

HERE = Path(__file__).parent
CASES = HERE / "cases"
BASE = HERE / "base"
TODAY = dt.date(2025, 6, 1)
REGISTER = HERE.parent / "vocabulary" / "register.yaml"


@pytest.fixture(scope="module")
def register() -> Register:
    return read_register(REGISTER, "register.yaml")


def header(case: Path, key: str) -> list[str]:
    """Values of one key in the comments at the top of a case."""
    lines = case.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix(f"# {key}: ") for line in lines if line.startswith(f"# {key}: ")]


def told(case: Path, register: Register) -> list[str]:
    """What the user is told about a case, without folders."""
    whole = bool(header(case, "whole"))
    today = [dt.date.fromisoformat(text) for text in header(case, "today")]
    with pytest.raises(InputError) as caught:
        load_scenario(
            case if whole else BASE,
            overlays=[] if whole else [case],
            sets=header(case, "set"),
            today=today[0] if today else TODAY,
            register=register,
        )
    folders = (f"{CASES}/", f"{BASE}/")
    return [str(fault).replace(folders[0], "").replace(folders[1], "") for fault in caught.value.faults]


@pytest.mark.parametrize("case", sorted(CASES.glob("*.yaml")), ids=lambda case: case.stem)
def test_the_user_is_told(case: Path, register: Register) -> None:
    faults = told(case, register)
    assert faults == header(case, "expect")


def test_the_base_scenario_is_whole(register: Register) -> None:
    assert load_scenario(BASE, register=register, today=TODAY).name == "gull-island"


def update() -> None:
    """Write what the user is told now into the header of every case."""
    register = read_register(REGISTER, "register.yaml")
    for case in sorted(CASES.glob("*.yaml")):
        lines = case.read_text(encoding="utf-8").splitlines()
        lines = [line for line in lines if not line.startswith("# expect: ")]
        count = sum(line.startswith("# ") for line in lines)
        # The number of lines of the header is the number of faults, which shifts the lines they name.
        for _ in range(2):
            expected = [f"# expect: {fault}" for fault in told(case, register)]
            text = "\n".join([*lines[:count], *expected, *lines[count:]]) + "\n"
            case.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    update()
