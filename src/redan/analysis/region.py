"""Where, among the uncertain parameters, one course does better than another: a confirmed box, or none.

Two courses were played on the same luck and the same drawn parameters. The search is over parameters nobody
knows exactly, which all courses share; never over what a course decides. It finds out on which unknowns a
comparison turns; it does not look for a better plan.

Two questions are put for each measure. Is the first course better in more than half of all pairs (ties half)?
And if not over all, then in some box of one or two parameters? Every second replication is for searching,
the others for confirming. In the searching half every box of one parameter, and of two of the strongest, is
judged by the lower end of Wilson's interval for the share better, and the best is kept. Only that one box is
then asked of the confirming half, which had no part in choosing it, so that its interval there is an honest
one. Intervals are widened for the number of questions (Bonferroni): if the first course is nowhere better,
anything at all is found with a chance of at most `LEVEL`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from redan.analysis.boxes import LEAST_PAIRS, Bound, best_box
from redan.analysis.censored import event_days
from redan.analysis.ensemble import Ensemble, play
from redan.analysis.influence import Influence, rank_parameters
from redan.analysis.intervals import wilson
from redan.analysis.shown import shown
from redan.analysis.viewpoint import ATTACK_EVENTS
from redan.runs.collect import Progress
from redan.runs.prepare import DEFAULT_HORIZON_DAYS, DEFAULT_REPLICATIONS, DEFAULT_SEED, check
from redan.runs.run import no_progress
from redan.runs.tables import PARAMETER
from redan.scenario.scenario import Scenario
from redan.vocabulary.errors import InputError, suggest
from redan.vocabulary.outcomes import HIGHER, LOWER, event_names, measures, slug

F64 = NDArray[np.float64]
#: Chance that anything at all is confirmed if the first course is nowhere better.
LEVEL: Final = 0.05
EVERYWHERE: Final = "everywhere"
BOX: Final = "box"
NONE: Final = "none"
#: An ensemble with fewer pairs is refused: a half of it could not confirm anything.
LEAST_REPLICATIONS: Final = 4 * LEAST_PAIRS


@dataclass(frozen=True)
class Share:
    """Share of pairs in which the first course is better, ties half, with its interval.

    Ties pull the share towards one half and say nothing of either course. So the interval is Wilson's among
    the pairs that differ, carried over with the share of ties as it was seen; it lies above one half exactly
    where the first course wins clearly more of the pairs that differ.
    """

    pairs: int
    differing: int
    p_better: float
    low: float
    high: float

    @property
    def is_better(self) -> bool:
        """Whether the first course is better in more than half of the pairs, beyond the interval's doubt."""
        return self.low > 0.5


@dataclass(frozen=True)
class Region:
    """What was found for one measure.

    Attributes
    ----------
    overall
        Over all pairs, whatever the parameters.
    ties
        Share of pairs in which both courses are equal, such as days that came in neither by the horizon.
    influences
        Parameters by how strongly the outcome goes with them, the strongest first.
    box
        Bounds of the best box of the searching half.
    searched, confirmed
        The share in the box in the searching half (flattered by the search) and in the confirming half.
    """

    measure: str
    overall: Share
    ties: float
    influences: tuple[Influence, ...]
    box: tuple[Bound, ...]
    searched: Share
    confirmed: Share

    @property
    def verdict(self) -> str:
        """`everywhere` (better over all pairs), `box` (only the box is confirmed) or `none`."""
        if self.overall.is_better:
            return EVERYWHERE
        return BOX if self.confirmed.is_better else NONE


@dataclass(frozen=True, repr=False)
class Regions:
    """Where course `a` does better than course `b`, measure by measure."""

    a: str
    b: str
    replications: int
    horizon_days: int
    n_parameters: int
    confidence: float
    regions: tuple[Region, ...]

    def document(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "a": self.a,
            "b": self.b,
            "replications": self.replications,
            "horizon_days": self.horizon_days,
            "parameters_searched": self.n_parameters,
            "level": LEVEL,
            "confidence_of_intervals": self.confidence,
            "measures": [_described(region) for region in self.regions],
        }

    def table(self) -> pl.DataFrame:
        """Return a row per measure: overall, in the box that is kept, and whether it is confirmed."""
        return pl.DataFrame(
            [
                {
                    "measure": region.measure,
                    "p_a_better": region.overall.p_better,
                    "low": region.overall.low,
                    "high": region.overall.high,
                    "ties": region.ties,
                    "verdict": region.verdict,
                    "box": " and ".join(map(str, region.box)),
                    "box_pairs": region.confirmed.pairs,
                    "box_p_a_better": region.confirmed.p_better,
                    "box_low": region.confirmed.low,
                    "box_high": region.confirmed.high,
                }
                for region in self.regions
            ]
        )

    def _repr_html_(self) -> str:
        """Show where the first course does better in a notebook."""
        caption = (
            f"How often {self.a} does better than {self.b}, over all and in the best box of one or two"
            f" uncertain parameters, confirmed on pairs that had no part in the search: {self.replications:,}"
            f" pairs, {self.horizon_days:,} days."
        )
        return shown((), [(caption, self.table())])

    def __repr__(self) -> str:
        said = ", ".join(f"{region.measure}: {region.verdict}" for region in self.regions)
        return f"Regions({self.a!r} better than {self.b!r}: {said})"


def _described(region: Region) -> dict[str, Any]:
    told = asdict(region)
    told["influences"] = [asdict(one) for one in region.influences if one.p_any <= LEVEL]
    return {**told, "verdict": region.verdict}


def where_better(
    scenario: Scenario,
    a: str,
    b: str,
    *,
    measures: Sequence[str] | None = None,
    replications: int = DEFAULT_REPLICATIONS,
    horizon_days: int = DEFAULT_HORIZON_DAYS,
    seed: int = DEFAULT_SEED,
    posterior: str | None = None,
    threads: int | None = None,
    progress: Progress = no_progress,
) -> Regions:
    """Play two courses on the same luck and search for where the first does better.

    Parameters
    ----------
    posterior : what to draw from, as for a forecast: the box is one of its draws

    Raises
    ------
    InputError : an unknown course or measure, a number out of its range, too few replications
    KeyboardInterrupt : Ctrl-C
    """
    check((a, b), list(scenario.courses), replications, horizon_days, seed)
    _enough(replications)
    objectives = [slug(name) for name in scenario.objectives]
    for name in measures or ():
        direction(name, objectives)
    progress(0, 2 * replications, "compile")
    played = play(
        scenario,
        courses=(a, b),
        replications=replications,
        horizon_days=horizon_days,
        seed=seed,
        posterior=posterior,
        threads=threads,
        played=lambda done: progress(done, 2 * replications, "campaigns"),
    )
    return find_regions(played, a, b, measures=measures, seed=seed)


def _enough(replications: int) -> None:
    if replications < LEAST_REPLICATIONS:
        problem = "are too few to search in one half and confirm in the other"
        remedy = f"give {LEAST_REPLICATIONS} or more"
        raise InputError.of("--replications", 0, str(replications), problem, remedy)


def find_regions(
    played: Ensemble, a: str, b: str, *, measures: Sequence[str] | None = None, seed: int = 1
) -> Regions:
    """Search an ensemble of two courses for where the first does better.

    Parameters
    ----------
    measures : ids of events (`taken:kramatorsk`: sooner is better) and of measures; by default the end, each
        objective taken, the attacker's losses, housing destroyed and residents at home
    seed : of the permutations that judge the parameters; the box does not depend on it

    Raises
    ------
    InputError : too few replications, or an unknown measure
    """
    first, second = played.of(a), played.of(b)
    _enough(first.height)
    asked = list(measures or default_measures(played.objectives))
    better = {name: direction(name, played.objectives) for name in asked}
    drawn = first.select(pl.col(f"^{PARAMETER}.*$"))
    names = [name for name in drawn.columns if drawn[name].n_unique() > 1]
    table = drawn.select(names).to_numpy()
    short = [name.removeprefix(PARAMETER) for name in names]
    confidence = confidence_for(len(asked))
    return Regions(
        a=a,
        b=b,
        replications=first.height,
        horizon_days=played.horizon_days,
        n_parameters=len(names),
        confidence=confidence,
        regions=tuple(
            find_region(
                name, short, table, outcome(_values(first, name), _values(second, name), way), confidence,
                seed=seed,
            )
            for name, way in better.items()
        ),
    )  # fmt: skip


def _values(rows: pl.DataFrame, name: str) -> F64:
    """An event's day, `inf` where it did not come, or a measure, by replication."""
    is_event = name.partition(":")[0] in ATTACK_EVENTS
    return event_days(rows, name) if is_event else rows[name].to_numpy().astype(np.float64)


def confidence_for(n_measures: int) -> float:
    """Confidence of each interval, so that all lower ends together miss with a chance of at most `LEVEL`.

    Two lower ends are looked at for each measure, and each is missed with half of what is left.
    """
    return 1.0 - 2.0 * LEVEL / (2 * n_measures)


def default_measures(objectives: Sequence[str]) -> list[str]:
    """Days, men, housing, residents."""
    taken = [f"taken:{name}" for name in objectives]
    return ["ended", *taken, "losses:attacker", "destroyed_km2", "residents_left"]


def direction(name: str, objectives: Sequence[str]) -> str:
    """Return LOWER or HIGHER: the register's direction of a measure; of an event, the earlier day.

    Raises
    ------
    InputError : no such event or measure
    """
    registered = {m.name: m for m in measures(objectives)}
    if name in registered:
        return HIGHER if registered[name].better == HIGHER else LOWER
    events = [e for e in event_names(objectives, ()) if e.partition(":")[0] in ATTACK_EVENTS]
    if name in events:
        return LOWER
    remedy = suggest(name, [*events, *registered])
    raise InputError.of("--measure", 0, name, "there is no such event or measure", remedy)


def outcome(first: F64, second: F64, better: str) -> F64:
    """Return 1 where the first is better, 1/2 where both are equal, 0 where it is worse."""
    wins = first > second if better == HIGHER else first < second
    found: F64 = np.where(first == second, 0.5, wins.astype(np.float64))
    return found


def find_region(
    measure: str, names: Sequence[str], drawn: F64, better: F64, confidence: float, *, seed: int = 1
) -> Region:
    """Search one outcome.

    Parameters
    ----------
    names, drawn : parameters that vary, and their values [replication, parameter]
    better : 1, 1/2 or 0 for each replication
    confidence : of every interval
    """
    searching = np.arange(better.size) % 2 == 0
    box = best_box(names, drawn[searching], better[searching], confidence)
    inside = np.ones(better.size, dtype=bool)
    for bound in box:
        inside &= bound.holds(drawn[:, names.index(bound.parameter)])
    return Region(
        measure=measure,
        overall=share(better, confidence),
        ties=float((better == 0.5).mean()),
        influences=tuple(rank_parameters(names, drawn, better, seed=seed)),
        box=box,
        searched=share(better[searching & inside], confidence),
        confirmed=share(better[~searching & inside], confidence),
    )


def share(better: F64, confidence: float) -> Share:
    """Return the share better with its interval."""
    differing = int((better != 0.5).sum())
    if differing == 0:
        return Share(better.size, 0, 0.5, 0.0, 1.0)
    ends = wilson((better == 1.0).sum(), differing, confidence=confidence)
    weight = differing / better.size
    low, high = (0.5 + weight * (float(end) - 0.5) for end in ends)
    return Share(better.size, differing, float(better.mean()), low, high)
