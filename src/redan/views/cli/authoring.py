"""The commands that write scenarios: what they are asked, and what they answer."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from redan.scenario.authoring.folder import refuse_existing
from redan.scenario.authoring.from_reading import draft_from_reading
from redan.scenario.authoring.new import Given, new_scenario
from redan.scenario.bundled import bundled_names
from redan.sources.reading.reading import read_text
from redan.sources.reading.text import load_text
from redan.views.case import Case
from redan.views.cli import output, show_new, show_reading
from redan.vocabulary.errors import InputError, quote


def new(
    name: str,
    *,
    given: Mapping[str, Path | None],
    around: str | None,
    radius_km: float | None,
    attacker_from: str | None,
    as_of: str | None,
    out: Path | None,
    json: bool,
) -> None:
    """Write a scenario to start from, check it, and say what is in it."""
    drafted = new_scenario(
        name,
        around=around,
        radius_km=radius_km,
        attacker_from=attacker_from,
        as_of=parse_day(as_of),
        out=out,
        given=Given(**given),
    )
    told = show_new.document(drafted, Case.load(drafted.folder).check())
    if json:
        output.print_json(told)
    else:
        show_new.show(output.console(), told)


def read(article: Path, *, as_of: str | None, out: Path | None, json: bool) -> None:
    """Read a text, write what it was read to say, and show it."""
    today = dt.date.today()
    day = parse_day(as_of)
    text = load_text(article)
    name = name_of(article.stem if out is None else out.name)
    folder = Path(name) if out is None else out
    refuse_existing(folder)
    reading = read_text(text, today=today)
    drafted = draft_from_reading(reading, name=name, folder=folder, as_of=day or reading.last_day or today)
    checked = None if drafted.sketch is None else Case.load(folder).check()
    told = show_reading.document(reading, drafted, checked)
    if json:
        output.print_json(told)
    else:
        show_reading.show(output.console(), told, reading.items)


def name_of(text: str) -> str:
    """A scenario's name from the name of a file or folder; of a bundled one, with `-draft` after it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "article"
    return f"{name}-draft" if name in bundled_names() else name


def parse_day(text: str | None) -> dt.date | None:
    """The day that `--as-of` names.

    Raises
    ------
    InputError
        It is none.
    """
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise InputError.of("--as-of", 0, quote(text), "is not a day", "write it as YYYY-MM-DD")
