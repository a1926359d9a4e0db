"""What a campaign costs against cells, formations, days and replications, on invented strips.

    python -m benchmarks.curves                   # writes table and picture into docs/background/speed.md
    python -m benchmarks.curves --most 1000       # at most so many replications
    python -m benchmarks.curves --print           # the table alone

Time is that of the processor, the least of some repetitions, on one thread. The exponent is the slope of a
straight line through the logarithms: 1 is linear, less is better than linear.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.picture import draw
from redan.engine.allocate import allocate_output, allocate_state
from redan.engine.campaign import run_campaign
from redan.testing.params import toy_params
from redan.testing.toys import TOY_FORCES, Toy, toy_plan, toy_theatre

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "background" / "speed.md"
PICTURE: Final = PAGE.with_name("speed.svg")
BETWEEN: Final = re.compile(r"(<!-- curves -->\n).*?(<!-- end of curves -->)", re.DOTALL)

ROWS: Final = 20  # of cells along the line, where the line is to stay as long as it is
DAYS: Final = 180
SEED: Final = 1
REPEATS: Final = 3
MEN_PER_FORMATION: Final = 300.0


@dataclass(frozen=True)
class Curve:
    """Cost against one size, all else equal."""

    what: str
    sizes: Sequence[int]
    seconds: Sequence[float]

    @property
    def exponent(self) -> float:
        """Slope of log cost on log size."""
        return float(np.polyfit(np.log(self.sizes), np.log(self.seconds), 1)[0])


def toy(cells: int, formations: int) -> Toy:
    """A strip of so many cells with so many formations, three fifths of them the attacker's."""
    attackers = formations * 3 // 5
    columns = max(12, round(cells / ROWS))
    return Toy(
        columns=columns,
        rows=ROWS,
        front_column=columns // 3,
        town_column=columns // 2,
        attacker_formations=attackers,
        defender_formations=formations - attackers,
        attacker_reserves=attackers // 4,
        defender_reserves=(formations - attackers) // 4,
        source_t_per_day=formations * 10.0,
    )


def player(cells: int, formations: int, days: int) -> Callable[[int], None]:
    """Ready to play replications of a strip, memory allocated."""
    theatre = toy_theatre(toy(cells, formations))
    plan = toy_plan(theatre)
    men = formations * MEN_PER_FORMATION
    scale = men / (TOY_FORCES["attacker_men"] + TOY_FORCES["defender_men"])
    row = toy_params({name: value * scale for name, value in TOY_FORCES.items() if "jamming" not in name})[0]
    state, output = allocate_state(theatre, plan), allocate_output(theatre, plan, days)
    return lambda replication: run_campaign(theatre, plan, row, SEED, replication, days, state, output)


def cost(play: Callable[[int], None], replications: int, repeats: int = REPEATS) -> float:
    """Seconds of the processor for so many replications."""
    play(0)
    spent = []
    for _ in range(repeats):
        began = time.process_time()
        for replication in range(replications):
            play(replication)
        spent.append(time.process_time() - began)
    return min(spent)


def measure(most: int) -> Iterator[Curve]:
    """The four curves; `most` replications at most."""
    cells = (350, 700, 1_400, 2_800, 5_600, 10_000)
    yield Curve("cells", cells, [cost(player(n, 100, DAYS), 3) for n in cells])
    formations = (50, 100, 200, 400, 700, 1_000)
    yield Curve("formations", formations, [cost(player(1_400, n, DAYS), 3) for n in formations])
    days = (30, 90, 365, 1_095)
    yield Curve("days", days, [cost(player(1_400, 100, n), 3) for n in days])
    counts = [n for n in (10, 100, 1_000, 10_000, 100_000) if n <= most]
    small = player(350, 50, 10)
    yield Curve("replications", counts, [cost(small, n, repeats=1) for n in counts])


def table(curves: Sequence[Curve]) -> str:
    """The curves as a Markdown table."""
    lines = ["| against | from | to | cost grows | exponent |", "|---|---|---|---|---|"]
    for curve in curves:
        ends = f"{curve.sizes[0]:,} | {curve.sizes[-1]:,}"
        grown = curve.seconds[-1] / curve.seconds[0]
        lines.append(f"| {curve.what} | {ends} | {_times(grown)} | {curve.exponent:.2f} |")
    return "\n".join(lines) + "\n"


def _times(ratio: float) -> str:
    digits = 0 if ratio >= 10 else 1
    return f"{ratio:,.{digits}f} times"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, then write or print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=100_000, help="replications at most")
    parser.add_argument(
        "--print", action="store_true", dest="only_print", help="print the table, write nothing"
    )
    chosen = parser.parse_args(arguments)
    curves = list(measure(chosen.most))
    text = table(curves)
    sys.stdout.write(text)
    if chosen.only_print:
        return 0
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        BETWEEN.sub(lambda found: found[1] + "\n" + text + "\n" + found[2], page), encoding="utf-8"
    )
    relative = {
        curve.what: [
            (math.log10(size / curve.sizes[0]), math.log10(spent / curve.seconds[0]))
            for size, spent in zip(curve.sizes, curve.seconds, strict=True)
        ]
        for curve in curves
    }
    PICTURE.write_text(draw(relative), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
