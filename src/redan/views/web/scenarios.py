"""The scenarios that a server knows: those that ship, and the one it was started with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from redan.forecast.study.footing import MOST_CHANGES, differing
from redan.runs.manifest import plain
from redan.scenario.bundled import bundled_names
from redan.scenario.editing.compose import Changes, Composed, compose
from redan.scenario.load import Written, read_written
from redan.views.case import Case
from redan.views.web.shelf import Shelf
from redan.vocabulary.errors import InputError

#: Scenarios kept loaded and compiled.
MOST_CASES: Final = 8


class UnknownScenario(Exception):
    """There is no scenario of that name here."""


class Scenarios:
    """Scenarios by name. Only bundled ones and the one given can be asked for: a name is never a path.

    Parameters
    ----------
    given
        Bundled name or path of the scenario that is to be opened first.

    Raises
    ------
    InputError
        The scenario given is at fault.
    """

    def __init__(self, given: str | None = None) -> None:
        self._where: dict[str, str | Path] = {name: name for name in bundled_names()}
        self._cases: Shelf[Case] = Shelf(MOST_CASES)
        self._written: Shelf[Written] = Shelf(MOST_CASES)
        self._resolved: Shelf[Any] = Shelf(MOST_CASES)
        self.given: str | None = None
        if given is not None:
            self.given = Case.load(given).scenario.name
            self._where[self.given] = given if given in self._where else Path(given)

    @property
    def names(self) -> Sequence[str]:
        """Names, the one given first."""
        others = [name for name in self._where if name != self.given]
        return others if self.given is None else [self.given, *others]

    def state(self, name: str) -> tuple[str, int]:
        """What tells one state of a scenario from another: its name and when its files last changed.

        Raises
        ------
        UnknownScenario
            There is none of that name.
        """
        where = self._path(name)
        if not isinstance(where, Path):
            return name, 0
        folder = where if where.is_dir() else where.parent
        return name, max((file.stat().st_mtime_ns for file in folder.glob("*") if file.is_file()), default=0)

    def case(self, name: str) -> Case:
        """A scenario, loaded.

        Raises
        ------
        UnknownScenario
            There is none of that name.
        InputError
            It is at fault.
        """
        where = self._path(name)
        return self._cases.get(self.state(name), lambda: Case.load(where))

    def compose(self, name: str | None, changes: Changes) -> Composed:
        """A scenario with changes laid over it; None: one given in full by the files.

        Raises
        ------
        UnknownScenario, InputError
            As `case`.
        """
        if name is None:
            return compose(None, changes)
        where = self._path(name)
        return compose(self._written.get(self.state(name), lambda: read_written(where)), changes)

    def changed(self, name: str, resolved: Mapping[str, Any]) -> list[str] | None:
        """Fields in which a run's scenario is not the one of its name here; None where there is none.

        Parameters
        ----------
        resolved
            The scenario as a manifest holds it.
        """
        try:
            state, case = self.state(name), self.case(name)
        except (UnknownScenario, InputError):
            return None
        own = self._resolved.get(state, lambda: plain(case.scenario.resolved()))
        return differing(own, resolved)[:MOST_CHANGES]

    def load_all(self) -> None:
        """Load and compile every scenario ahead of the first who asks; what is at fault is said to him."""
        for name in self.names:
            with suppress(InputError, UnknownScenario):
                self.case(name).compiled  # noqa: B018  kept by the case

    def summaries(self) -> list[dict[str, Any]]:
        """Name, title, date and summary of each."""
        found = []
        for name in self.names:
            scenario = self.case(name).scenario
            found.append(
                {
                    "name": name,
                    "title": scenario.title,
                    "as_of": scenario.as_of.isoformat(),
                    "summary": " ".join(scenario.summary.split()),
                    "real_place": scenario.real_place,
                }
            )
        return found

    def _path(self, name: str) -> str | Path:
        if name not in self._where:
            raise UnknownScenario(name)
        return self._where[name]
