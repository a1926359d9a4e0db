"""The benchmark as text."""

from __future__ import annotations

from typing import Any, Final

from rich.console import Console

from redan.views.cli.output import number, table

MEANING: Final = {
    "day_us": ("us", "one campaign day of the bundled theatre, one thread"),
    "replications_per_s": ("1/s", "replications of one course and the default horizon, all cores"),
    "speedup_2_threads": ("x", "two threads against one, median of pairs"),
    "compile_s": ("s", "first campaign day in a new process with an empty cache"),
    "peak_mib": ("MiB", "largest memory of this process so far"),
}
BESIDE: Final = {
    "depth": "depth of every cell behind the line",
    "losses": "losses drawn for every formation",
    "fires": "drones and fires along the line",
}


def show(screen: Console, found: dict[str, Any]) -> None:
    """Print each key of DESIGN 10 with its unit and meaning."""
    shown = table("measure", "value", "unit", "what", right=(1,))
    for key, (unit, meaning) in MEANING.items():
        shown.add_row(key, number(found[key]), unit, meaning)
    for name, ratio in found["numpy_over_compiled"].items():
        shown.add_row(f"numpy_over_compiled {name}", number(ratio), "x", BESIDE[name])
    screen.print(shown)
