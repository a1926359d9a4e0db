"""Files that a scenario names must be there, of a sane size, and hold what they should."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from redan.scenario import geojson, ground
from redan.scenario.checks.review import Review
from redan.scenario.observed import read_observed
from redan.vocabulary import documents
from redan.vocabulary.errors import InputError, quote
from redan.vocabulary.plain import FieldPath

FARTHEST_KM: Final = 500.0  # [km] a vertex of the line farther than this from the theatre is a slip

Reader = Callable[[str, str], object]


def check(review: Review) -> None:
    """Read every file that is named and check its content."""
    line = _read(review, ("control", "line"), geojson.LARGEST_BYTES, geojson.read_line)
    if isinstance(line, np.ndarray):
        _check_line(review, line)
    _read(review, ("control", "pockets"), geojson.LARGEST_BYTES, geojson.read_pockets)
    _read(review, ("place", "ground", "file"), ground.LARGEST_BYTES, ground.read_ground)
    _read(review, ("claims",), documents.LARGEST_BYTES, None)
    places = frozenset(review.place_names)
    _read(
        review,
        ("observed",),
        documents.LARGEST_BYTES,
        lambda text, shown: read_observed(text, shown, places=places),
    )


def _read(review: Review, path: FieldPath, largest: int, reader: Reader | None) -> object:
    """Read and parse the file named at `path`; None where there is none or it is at fault."""
    name = review.value_at(path)
    if not isinstance(name, str) or not is_safe(name):
        return None
    shown = f"{review.shown}{name}"
    try:
        text = review.files.get(name, review.given.get(name))
        if text is None:
            if review.folder is None:
                review.fault(path, f"the file {quote(name)} is missing", "give its text under files")
                return None
            file = review.folder.joinpath(name)
            if not file.is_file() or not _is_inside(file, review.folder):
                review.fault(path, f"there is no file {quote(name)}", "put it beside scenario.yaml")
                return None
            text = documents.read_limited(file, shown, largest=largest)
        review.files[name] = text
        return None if reader is None else reader(text, shown)
    except InputError as error:
        review.faults += error.faults
        return None


def is_safe(name: str) -> bool:
    """Whether a file name stays in the folder; the model says so where it does not."""
    return not (name.startswith(("/", "~")) or ".." in name.split("/") or set(name) & set("\\:\0"))


def _is_inside(file: object, folder: object) -> bool:
    """Whether a file, its links followed, is inside the folder."""
    if not isinstance(file, Path) or not isinstance(folder, Path):
        return True  # inside an archive there are no links
    return file.resolve().is_relative_to(folder.resolve())


def _check_line(review: Review, line: geojson.F64) -> None:
    area = review.area
    if area is None:
        return
    shown = f"{review.shown}{review.value_at(('control', 'line'))}"
    far = np.flatnonzero(~(area.distance_km(line) <= FARTHEST_KM))
    if far.size:
        problem = f"vertex {int(far[0]) + 1} lies more than {FARTHEST_KM:g} km outside the theatre"
        fault = InputError.of(shown, 1, "coordinates", problem, "write [lon, lat], in this order")
        review.faults += fault.faults
    elif not area.is_touched_by(line):
        review.fault(
            ("control", "line"), "does not run through the theatre", "draw it across, or move the theatre"
        )
