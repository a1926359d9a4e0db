"""The committed posterior: a table of joint draws that takes the place of the register's priors.

A file `bundled/posterior/NAME.json`, or one that `redan calibrate` wrote:

    {"name", "known": "YYYY-MM-DD", "columns": [parameter], "rows": [[value]], "fit": {how it was made}}

A row is one draw of all its columns together. A parameter that is no column was not identified by the fit and
keeps its prior. What a scenario or `--set` states stands: a fit only replaces what the register alone gives.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from redan.vocabulary.distributions import fitted
from redan.vocabulary.errors import InputError
from redan.vocabulary.parameters import BY_POSTERIOR, BY_REGISTER, Joint, Parameter, load_register

F64 = NDArray[np.float64]
#: Shipped, and drawn from unless something else is said.
DEFAULT: Final = "front"
PRIORS: Final = "priors"
GRADE: Final = "B"  # what is fitted rests on data that were read, at second hand
OPTION: Final = "--posterior"
DRAWN: Final = ("name", "known", "columns", "rows")  # of the document: what draws depend on
MOST_ROWS: Final = 100_000
REMEDY: Final = "give priors, a bundled name, or a file that `redan calibrate` wrote"


@dataclass(frozen=True)
class Posterior:
    """Joint draws of fitted parameters.

    Attributes
    ----------
    name
        What reports call it.
    known
        Last day of the data it rests on: a scenario of an earlier date must not draw from it.
    columns
        Names of the parameters.
    rows
        [draw, column], equally weighted.
    sha256
        Of what draws depend on.
    document
        The file's content; a run keeps what draws depend on, so that it can rebuild itself.
    """

    name: str
    known: dt.date
    columns: tuple[str, ...]
    rows: F64
    sha256: str
    document: Mapping[str, Any] = dataclasses.field(repr=False)

    def named(self) -> dict[str, str]:
        """Return what tells one fit from another: its name and hash."""
        return {"name": self.name, "sha256": self.sha256}


def find_posterior(asked: str | Path | None, as_of: dt.date) -> Posterior | None:
    """What a forecast of a date draws from; None: the register's priors.

    Parameters
    ----------
    asked
        `priors`, a bundled name or a file: of a fit that knows more than the date allows, the part that was
        known by then. None: the one that ships, if the whole of it was known at that date.

    Raises
    ------
    InputError
        There is no such fit, it cannot be read, or it rests on facts later than `as_of`.
    """
    if asked is None:
        found = shipped()
        return found if found is not None and found.known <= as_of else None
    if str(asked) == PRIORS:
        return None
    path = Path(asked)
    bundled = _bundled(str(asked)) if path.name == str(asked) and not path.suffix else None
    if bundled is not None and bundled.is_file():
        found = parse_posterior(bundled.read_text(encoding="utf-8"), str(asked))
    else:
        found = parse_posterior(_text(path), str(asked))
    _check_era(found, str(asked), as_of)
    known = known_part(found, as_of)
    if known is None:
        problem = f"rests on facts up to {found.known}, after the scenario's {as_of}"
        raise InputError.of(OPTION, 0, str(asked), problem, "give --posterior priors")
    return known


def shipped() -> Posterior | None:
    """The fit that ships."""
    file = _bundled(DEFAULT)
    return parse_posterior(file.read_text(encoding="utf-8"), DEFAULT) if file.is_file() else None


def known_part(found: Posterior | None, day: dt.date) -> Posterior | None:
    """A fit, or the part of it that had seen nothing later than a day; None where there is none."""
    if found is None or found.known <= day:
        return found
    part = found.document.get("fit", {}).get("held_out")
    if part is None or dt.date.fromisoformat(part["known"]) > day:
        return None
    own = {"name": f"{found.name} until {part['known']}", "known": part["known"]}
    return from_document(own | {"columns": part["columns"], "rows": part["rows"]}, found.name)


def _check_era(found: Posterior, asked: str, as_of: dt.date) -> None:
    """Refuse a fit of a time whose values the register dates apart from those of the scenario's."""
    until = found.document.get("until")
    if until is not None and as_of.isoformat() > str(until):
        problem = f"is of a time that ended on {until}, before the scenario's {as_of}"
        raise InputError.of(OPTION, 0, asked, problem, "give --posterior priors")


def _bundled(name: str) -> Any:
    return resources.files("redan.bundled").joinpath("posterior", f"{name}.json")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = (getattr(error, "strerror", None) or "cannot be read").lower()
        raise InputError.of(OPTION, 0, str(path), reason, REMEDY) from None


def parse_posterior(text: str, shown: str) -> Posterior:
    """Read a fit from its text; `shown` names it in faults.

    Raises
    ------
    InputError
        It is no fit, or one of parameters that the register does not have.
    """
    try:
        document = json.loads(text)
    except ValueError:
        raise InputError.of(shown, 1, "file", "is not JSON", REMEDY) from None
    return from_document(document, shown)


def from_document(document: Any, shown: str) -> Posterior:
    """As `parse_posterior`, from what the file holds.

    Raises
    ------
    InputError
        As there.
    """
    try:
        columns = tuple(str(name) for name in document["columns"])
        rows = np.array(document["rows"], dtype=np.float64).reshape(len(document["rows"]), len(columns))
        name, known = str(document["name"]), dt.date.fromisoformat(document["known"])
    except (ValueError, KeyError, TypeError):
        raise InputError.of(shown, 1, "file", "is no posterior", REMEDY) from None
    if not 1 <= len(rows) <= MOST_ROWS or not np.isfinite(rows).all():
        problem = f"must be 1 to {MOST_ROWS:,} rows of numbers"
        raise InputError.of(shown, 1, "rows", problem, "fit again")
    _check_columns(columns, rows, shown)
    text = json.dumps({key: document[key] for key in DRAWN}, sort_keys=True, ensure_ascii=False)
    return Posterior(name, known, columns, rows, hashlib.sha256(text.encode()).hexdigest(), document)


def _check_columns(columns: tuple[str, ...], rows: F64, shown: str) -> None:
    register = load_register()
    for k, name in enumerate(columns):
        entry = register.find(name)
        if entry is None or entry.is_given:
            problem = f"{name} is not a parameter of the register"
            raise InputError.of(shown, 1, "columns", problem, "fit again with this version")
        low, high = rows[:, k].min(), rows[:, k].max()
        if low < entry.low or high > entry.high:
            problem = f"{name} is outside {entry.label}"
            raise InputError.of(shown, 1, "rows", problem, "fit again with this version")


def with_posterior(parameters: Mapping[str, Parameter], posterior: Posterior | None) -> dict[str, Parameter]:
    """Parameters in which what the register alone gave is drawn from a fit instead."""
    found = dict(parameters)
    if posterior is None:
        return found
    for k, name in enumerate(posterior.columns):
        own = found[name]
        if own.origin != BY_REGISTER:
            continue  # the scenario or the user knows better
        draws = np.ascontiguousarray(posterior.rows[:, k])
        found[name] = dataclasses.replace(
            own,
            value=float(np.median(draws)),
            distribution=fitted(draws),
            grade=GRADE,
            source=f"fitted: posterior {posterior.name}; prior: {own.source}",
            known=posterior.known,
            origin=BY_POSTERIOR,
            joint=Joint(posterior.name, draws),
        )
    return found


def said_of(posterior: Posterior | None) -> dict[str, Any] | None:
    """What a run's manifest keeps of it: enough to draw the same again."""
    if posterior is None:
        return None
    content = {key: posterior.document[key] for key in DRAWN}
    return {"name": posterior.name, "sha256": posterior.sha256, "content": content}
