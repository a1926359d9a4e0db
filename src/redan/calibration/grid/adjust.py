"""Regression-adjusted approximate Bayesian computation on a table, with a cut (scikit-learn).

Summaries are first condensed to what they say of the parameters (semi-automatic: Fearnhead and Prangle 2012).
The nearest rows, each direction scaled by its median deviation, are kept and moved along the regression of
the parameters on the summaries to where the observed ones lie (Beaumont, Zhang and Balding 2002). What is
carried from the first stage is among the regressors and is drawn from that stage alone: the front does not
move it.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from redan.vocabulary.errors import InputError

F64 = NDArray[np.float64]
KEPT_SHARE: Final = 0.1  # of the table's rows, but
LEAST_KEPT: Final = 150  # no fewer, so that the regression stands on something
RIDGES: Final = (1.0, 10.0, 100.0, 1000.0)  # of which the one that predicts best is taken
FOLDS: Final = 5
LEAST_EXPLAINED: Final = 0.02  # of a parameter's variance, on folds not seen: below it nothing is told
EDGE: Final = 1e-4  # of the range of a prior: logits stay finite
PRIOR_SD: Final = float(np.sqrt(1.0 / 12.0))  # of a share of a prior
PACKAGE: Final = "sklearn"


def require_learning() -> None:
    """Refuse to go on without scikit-learn.

    Raises
    ------
    InputError
        It is not installed.
    """
    if importlib.util.find_spec(PACKAGE) is None:
        problem = "scikit-learn is not installed"
        raise InputError.of("calibrate", 0, "front", problem, "install the extra: pip install 'redan[study]'")


@dataclass(frozen=True)
class Guide:
    """What condenses summaries: fitted once on a table."""

    model: Any
    told: NDArray[np.bool_]  # [parameter] of which the summaries tell anything: each is a direction
    scale: F64  # [direction] median absolute deviation
    rows: F64  # [row, direction] the table's own summaries, condensed

    def condense(self, summaries: F64) -> F64:
        """[draw, direction] expected logits of the parameters, in median deviations."""
        return np.asarray(self.model.predict(summaries)[:, self.told] / self.scale, np.float64)


def to_logit(u: F64) -> F64:
    """Shares of priors as logits: no adjustment leaves a prior."""
    return np.asarray(special.logit(np.clip(u, EDGE, 1.0 - EDGE)), np.float64)


def learn_guide(summaries: F64, u: F64) -> Guide:
    """Regress the parameters on the summaries and their products.

    The table's own rows are condensed by folds that did not see them: else they would look more telling than
    what is observed can be. A parameter that these cannot predict gives no direction: it would only be noise
    among the distances.
    """
    from sklearn.linear_model import RidgeCV
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import PolynomialFeatures, StandardScaler

    model = make_pipeline(
        StandardScaler(),
        PolynomialFeatures(2, include_bias=False),
        StandardScaler(),
        RidgeCV(RIDGES, alpha_per_target=True),
    )
    y = to_logit(u)
    found = np.asarray(cross_val_predict(model, summaries, y, cv=FOLDS), np.float64)
    model.fit(summaries, y)
    explained = 1.0 - ((y - found) ** 2).sum(axis=0) / ((y - y.mean(axis=0)) ** 2).sum(axis=0)
    told = explained >= LEAST_EXPLAINED
    told[int(np.argmax(explained))] = True  # something must measure distance
    found = found[:, told]
    scale = np.maximum(1e-9, np.median(np.abs(found - np.median(found, axis=0)), axis=0))
    return Guide(model, np.asarray(told, np.bool_), scale, found / scale)


def posterior_shares(
    u: F64, carried: F64, condensed: F64, target: F64, wanted_carried: F64, *, seed: int
) -> tuple[F64, int]:
    """Posterior draws as shares of the priors [draw, parameter], one for each row carried, and rows kept.

    Parameters
    ----------
    u, carried, condensed
        The table: shares of the priors, what was carried, condensed summaries; all [row, ...].
    target
        [direction] condensed summaries of what was observed.
    wanted_carried
        [draw, name] draws of the first stage's posterior.
    """
    from sklearn.linear_model import LinearRegression

    away = np.sqrt(((condensed - target) ** 2).sum(axis=1))
    kept = min(len(u), max(LEAST_KEPT, int(KEPT_SHARE * len(u))))
    reach = float(np.partition(away, kept - 1)[kept - 1]) + 1e-12
    near = np.flatnonzero(away <= reach)
    weight = 1.0 - (away[near] / reach) ** 2 + 1e-9  # Epanechnikov
    centre, spread = carried.mean(axis=0), np.maximum(1e-9, carried.std(axis=0))
    held = (carried[near] - centre) / spread
    x = np.column_stack([condensed[near] - target, held])
    y = to_logit(u[near])
    slope = np.asarray(LinearRegression().fit(x, y, sample_weight=weight).coef_, np.float64)
    wanted = (wanted_carried - centre) / spread
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(near), size=len(wanted), p=weight / weight.sum())
    moved = y[chosen] - x[chosen, : condensed.shape[1]] @ slope[:, : condensed.shape[1]].T
    moved += (wanted - held[chosen]) @ slope[:, condensed.shape[1] :].T
    return np.asarray(special.expit(moved), np.float64), len(near)


def sd_ratio(shares: F64) -> F64:
    """[parameter] standard deviation of the posterior over the prior's, both of shares of the prior."""
    return np.asarray(shares.std(axis=0) / PRIOR_SD, np.float64)
