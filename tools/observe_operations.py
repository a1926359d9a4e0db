"""Write what the control grid says of the operations under history/, and the table of town falls.

    python -m tools.observe_operations            # say which files differ from the data; exit 1 if any does
    python -m tools.observe_operations --write    # rewrite them

Reads the control grid through the ledger (never committed). Writes `town_falls.csv` and, below the marker of
each `observed.yaml`, facts of our own: days, distances to half a km, areas to 5 km2. Above it all is by hand.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Final

from redan.calibration.operations.falls import FILE, to_csv, town_falls
from redan.calibration.operations.observe import observe
from redan.scenario.load import load_scenario
from redan.sources.control_maps import ControlGrid, read_control_grid
from redan.sources.ledger import data_root, find_copy
from tools.yaml_lines import section

HISTORY: Final = Path(__file__).resolve().parents[1] / "src/redan/bundled/history"
OBSERVED: Final = "observed.yaml"
MARKER: Final = (
    "# ---- below: written by tools/observe_operations.py from the control grid; not by hand ----\n"
)
UNTIL: Final = dt.date(2025, 12, 12)


def read_grid() -> ControlGrid | None:
    """The control grid up to the date, None where no copy is at hand."""
    copy = find_copy("control-grid", data_root())
    return None if copy.path is None else read_control_grid(copy.path, until=UNTIL)


def expected(grid: ControlGrid) -> dict[Path, str]:
    """Every file that this tool writes, with its text."""
    files = {HISTORY / FILE: to_csv(town_falls(grid))}
    for file in sorted(HISTORY.glob(f"*/{OBSERVED}")):
        by_hand = file.read_text(encoding="utf-8").partition(MARKER)[0]
        facts = observe(grid, load_scenario(file.parent))
        lines = [line for name, rows in facts.items() for line in section(name, rows)]
        files[file] = by_hand + MARKER + "\n".join(lines) + "\n"
    return files


def main() -> int:
    """Compare or rewrite."""
    grid = read_grid()
    if grid is None:
        print("the control grid is not here: nothing to compare with")
        return 1
    stale = {file: text for file, text in expected(grid).items() if not _is(file, text)}
    if "--write" in sys.argv[1:]:
        for file, text in stale.items():
            file.write_text(text, encoding="utf-8")
    print(f"differ: {', '.join(str(file.relative_to(HISTORY)) for file in stale) or 'none'}")
    return int(bool(stale) and "--write" not in sys.argv[1:])


def _is(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
