"""One scenario and what can be asked of it: the words of the command line, for Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from redan.scenario.checks.strict import strict_faults
from redan.scenario.load import load_scenario
from redan.scenario.parameters import resolve
from redan.scenario.posterior import find_posterior, with_posterior
from redan.sources.claim_checks import check_claims
from redan.sources.claim_grounds import Finding, Grounds, ParameterFact
from redan.sources.claims import Claims
from redan.sources.claims_reader import read_claims
from redan.sources.ledger import data_root
from redan.vocabulary.errors import InputError

if TYPE_CHECKING:
    from redan.analysis.ablation import Ablation
    from redan.analysis.augment.run import Augmented
    from redan.analysis.region import Regions
    from redan.analysis.sensitivity.result import Sensitivity
    from redan.forecast.result import Forecast
    from redan.runs.elsewhere import Elsewhere
    from redan.runs.world import Engine
    from redan.scenario.posterior import Posterior
    from redan.scenario.scenario import Scenario
    from redan.theatre.compile import Compiled
    from redan.vocabulary.parameters import Parameter

Progress = Callable[[int, int, str], None]


class Case:
    """A loaded scenario.

    Attributes
    ----------
    scenario
        The frozen scenario, validated.
    shown
        How the user named it: what a command that is suggested to him repeats.
    posterior
        What parameters are drawn from; None: the fit that ships, where the scenario may know it.
    """

    def __init__(self, scenario: Scenario, shown: str, posterior: str | Path | None = None) -> None:
        self.scenario = scenario
        self.shown = shown
        self.posterior = posterior

    @classmethod
    def load(
        cls,
        name_or_path: str | Path,
        *,
        overlays: Sequence[Path] = (),
        sets: Sequence[str] = (),
        posterior: str | Path | None = None,
    ) -> Case:
        """Load by bundled name or path; raises InputError with every fault found."""
        return cls(load_scenario(name_or_path, overlays=overlays, sets=sets), str(name_or_path), posterior)

    @cached_property
    def fit(self) -> Posterior | None:
        """The fit that parameters are drawn from; None: the register's priors."""
        return find_posterior(self.posterior, self.scenario.as_of)

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """Every parameter in force, by name, in the order of the register."""
        return with_posterior(resolve(self.scenario), self.fit)

    @cached_property
    def compiled(self) -> Compiled:
        """The theatre and the plans, compiled to arrays on cells."""
        from redan.theatre.compile import compile_theatre

        return compile_theatre(self.scenario)

    def check(self, *, strict: bool = False) -> dict[str, Any]:
        """Validate all that loading does not: the theatre, the parameters, the claims.

        Parameters
        ----------
        strict
            Also fault placeholders and statements without a source or a reason.

        Returns
        -------
        A summary: `{"ok": true, "scenario", "as_of", "cells", "objectives", "courses", ...}`.

        Raises
        ------
        InputError
            With every fault found.
        """
        from redan.views.description import summary

        faults = []
        for part in (lambda: self.parameters, lambda: self.compiled, self.read_claims):
            try:
                part()
            except InputError as error:
                faults += error.faults
        if strict and not faults:
            faults += strict_faults(self.scenario)
        if faults:
            raise InputError(faults)
        return summary(self)

    def describe(self) -> dict[str, Any]:
        """Say what will happen before it is run: ground, layers, forces, places, plans, parameters."""
        from redan.views.description import describe

        return describe(self)

    def read_claims(self) -> Claims | None:
        """Read the scenario's claims; None where it has none. Those of a run come from its manifest."""
        name, folder = self.scenario.claims, self.scenario.folder
        if name is None:
            return None
        shown = name if folder is None else str(folder / name)
        return read_claims(_Held(self.scenario.file_text(name)), shown, as_of=self.scenario.as_of)

    def claims(self, *, run: str | Path | None = None, data: Path | None = None) -> list[Finding]:
        """Check the sources' claims.

        Parameters
        ----------
        run
            Folder of a forecast that answers the questions about the future. None: the newest run of this
            scenario in `redan-runs` of the current folder, where there is one.
        data
            Folder of the datasets; None: $REDAN_DATA or shared/data beside the working copy.

        Raises
        ------
        InputError
            The scenario has no claims, or the run is none of this scenario.
        """
        from redan.views.results import find_run, run_facts

        listed = self.read_claims()
        if listed is None:
            raise InputError([self.scenario.fault("claims", "the scenario lists no claims", "add a file")])
        found = find_run(self.scenario.name, None if run is None else Path(run))
        control = self.scenario.control
        vertices = self.scenario.control_line()
        line = () if vertices is None else [(float(lon), float(lat)) for lon, lat in vertices]
        grounds = Grounds(
            as_of=self.scenario.as_of,
            scenario=self.shown,
            data=data_root(data),
            line=line,
            line_date=None if control is None else control.date,
            parameters={name: parameter_fact(p) for name, p in self.parameters.items()},
            run=None if found is None else run_facts(found),
        )
        return check_claims(listed, grounds)

    def forecast(  # noqa: PLR0913  each is an option of the command line
        self,
        *,
        replications: int | None = None,
        horizon_days: int = 1095,
        seed: int = 1,
        courses: Sequence[str] | None = None,
        out: str | Path | None = None,
        threads: int | None = None,
        engine: Engine | None = None,
        progress: Progress | None = None,
        preview: Callable[[dict[str, Any]], None] | None = None,
        until_width: Sequence[str] = (),
        elsewhere: Elsewhere | None = None,
    ) -> Forecast:
        """Play every course on the same luck and say how long, at what cost, how sure.

        Parameters
        ----------
        replications
            Campaigns of each course, by default 1,000; with `until_width` the most, by default 10,000.
        horizon_days
            Days played; what has not ended by then is censored.
        seed
            The same seed gives the same campaigns, on any number of threads.
        courses
            Names; None: all of the scenario.
        out
            Run folder; None: `redan-runs/NAME-SEED-HASH` in the current folder.
        threads
            None: every core.
        engine
            What plays the campaigns: `redan.build_campaign(edge_loss=my_rule)`; None: the bundled rules.
        progress, preview
            Called with (done, in all, phase), and once with a provisional document.
        until_width
            Go on until the 90 % interval of an event's probability or a measure's mean is as narrow as this,
            in every course: `taken:kramatorsk=0.05`.
        elsewhere
            Where campaigns are played, as `redan.runs.cluster.connected(ADDRESS)` or
            `redan.runs.gpu.card(asked=True)` gives it; None: here.
        """
        from redan.forecast.run import run_forecast
        from redan.runs.run import no_progress

        return run_forecast(
            self.scenario,
            courses=courses,
            replications=replications,
            horizon_days=horizon_days,
            seed=seed,
            out=out,
            threads=threads,
            engine=engine,
            posterior=self.posterior,
            progress=progress or no_progress,
            preview=preview,
            until_width=until_width,
            elsewhere=elsewhere,
        )

    def ablate(
        self,
        *,
        replications: int = 100,
        horizon_days: int = 1095,
        seed: int = 1,
        courses: Sequence[str] | None = None,
        layers: Sequence[str] | None = None,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> Ablation:
        """Say what each layer of the defence is worth: off in turn, and alone, paired on the same luck.

        Parameters
        ----------
        replications
            Campaigns of each course with the layer and without it, paired one by one.
        horizon_days
            Days played; an event that has not come by then counts as that many days.
        seed
            The same seed gives the same campaigns, on any number of threads; those of a forecast as well.
        courses, layers
            Names; None: all.
        threads
            None: every core.
        progress
            Called with (done, in all, phase).
        """
        from redan.analysis.layers import ablate
        from redan.runs.run import no_progress

        return ablate(
            self.scenario,
            courses=courses,
            layers=layers,
            replications=replications,
            horizon_days=horizon_days,
            seed=seed,
            posterior=self.posterior,
            threads=threads,
            progress=progress or no_progress,
        )

    def augment(self, *, progress: Progress | None = None, **settings: Any) -> Augmented:
        """Say what more drones for either side, and more or fewer years of digging, would do.

        Parameters
        ----------
        settings
            As `redan.analysis.augment.run.augment` takes them.
        """
        from redan.analysis.augment.run import augment
        from redan.runs.run import no_progress

        return augment(self.scenario, posterior=self.posterior, progress=progress or no_progress, **settings)

    def sensitivity(
        self, *, course: str | None = None, progress: Progress | None = None, **settings: Any
    ) -> Sensitivity:
        """Say where the spread of a course's results comes from: chance, groups of parameters, judgement.

        Parameters
        ----------
        course
            Name; None: the scenario's first.
        settings
            As `redan.analysis.sensitivity.run.sensitivity` takes them (extra `study`).
        """
        from redan.analysis.sensitivity.run import sensitivity
        from redan.runs.run import no_progress

        return sensitivity(
            self.scenario,
            course=course,
            posterior=self.posterior,
            progress=progress or no_progress,
            **settings,
        )

    def where_better(
        self,
        a: str,
        b: str,
        *,
        measures: Sequence[str] | None = None,
        replications: int = 1000,
        horizon_days: int = 1095,
        seed: int = 1,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> Regions:
        """Search the uncertain parameters for where course `a` does better than course `b`.

        Parameters
        ----------
        measures
            Ids of events (sooner is better) and of measures; None: the end, each objective taken, the
            attacker's losses, housing destroyed and residents at home.
        replications
            Pairs of campaigns: one half searches, the other confirms.
        horizon_days, seed, threads, progress
            As for a forecast.

        Returns
        -------
        For each measure how often `a` is better over all, and a box of one or two parameters in which it is
        better that was confirmed on replications which had no part in the search; or none.
        """
        from redan.analysis.region import where_better
        from redan.runs.run import no_progress

        return where_better(
            self.scenario,
            a,
            b,
            measures=measures,
            replications=replications,
            horizon_days=horizon_days,
            seed=seed,
            posterior=None if self.posterior is None else str(self.posterior),
            threads=threads,
            progress=progress or no_progress,
        )


class _Held:
    """The text of a file that the scenario already holds."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read_bytes(self) -> bytes:
        return self._text.encode()


def parameter_fact(parameter: Parameter) -> ParameterFact:
    """Central value and the 5 and 95 % points of a parameter."""
    low, high = (float(parameter.ppf(u)) for u in (0.05, 0.95))
    return ParameterFact(parameter.value, low, high, parameter.unit, parameter.grade)
