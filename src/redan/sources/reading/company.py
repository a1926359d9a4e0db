"""Which of several settlements of one name is meant: the one in the company of the others in a text."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from redan.sources.gazetteer import Settlement, folded

F64 = NDArray[np.float64]

REACH_KM: Final = 150.0  # [km] at which the company of another place counts a third
ROUNDS: Final = 4
MAIN_NAME: Final = 0.15  # [-] that the name is the main one and not one of many spellings
COUNTRY: Final = 0.3  # [-] that the text names the country
PEOPLE: Final = 7.0  # [-] decades of population that count 1
SHARPNESS: Final = 4.0  # [-] how soon the better of two candidates is believed
EARTH_KM: Final = 6_371.0
CLEAR: Final = 0.3  # [-] by which the first must lead the second to be sure


@dataclass(frozen=True)
class Choice:
    """What a name was taken for.

    Attributes
    ----------
    chosen
        The settlement.
    support
        How much company it has: about 1 for each other place close by.
    lead
        Its score less that of the next; infinite where there is no other.
    nearest
        The nearest other place chosen, and its distance in km; None where there is no other.
    """

    chosen: Settlement
    support: float
    lead: float
    nearest: tuple[Settlement, float] | None


def choose(
    candidates: Mapping[str, Sequence[Settlement]], weights: Mapping[str, float], countries: Collection[str]
) -> dict[str, Choice]:
    """Choose a settlement for every name.

    Parameters
    ----------
    candidates
        Settlements by name, at least one for each.
    weights
        How much a name counts as company for others, by name.
    countries
        Two letters of countries that the text speaks of.
    """
    if not candidates:
        return {}
    names = list(candidates)
    towns = [town for name in names for town in candidates[name]]
    owner = np.array([k for k, name in enumerate(names) for _ in candidates[name]])
    weight = np.array([weights[name] for name in names])
    near = np.exp(-distances_km(towns) / REACH_KM)
    prior = np.array([_prior(names[k], town, countries) for k, town in zip(owner, towns, strict=True)])
    score, support = prior, np.zeros(len(towns))
    for _ in range(ROUNDS):
        belief = _belief(score, owner, len(names)) * weight[owner]
        support = _support(near, belief, owner, len(names))
        score = prior + support
    best = [int(np.flatnonzero(owner == k)[np.argmax(score[owner == k])]) for k in range(len(names))]
    return {name: _choice(k, best, towns, score, support, owner) for k, name in enumerate(names)}


def _prior(name: str, town: Settlement, countries: Collection[str]) -> float:
    is_main = folded(name) == folded(town.name)
    people = math.log10(town.population + 100.0) / PEOPLE
    return people + MAIN_NAME * is_main + COUNTRY * (town.country in countries)


def _belief(score: F64, owner: NDArray[np.int64], n: int) -> F64:
    """Share of belief of every candidate among those of its name."""
    top = np.array([score[owner == k].max() for k in range(n)])
    raw = np.exp(SHARPNESS * (score - top[owner]))
    total = np.bincount(owner, weights=raw, minlength=n)
    return np.asarray(raw / total[owner], np.float64)


def _support(near: F64, belief: F64, owner: NDArray[np.int64], n: int) -> F64:
    """Company of every candidate: over all other names, the believed nearness of their candidates."""
    support = np.zeros(len(owner))
    for k in range(n):
        mine = owner == k
        others = owner != k
        support[others] += (near[np.ix_(others, mine)] * belief[mine]).sum(axis=1)
    return support


def _choice(
    k: int,
    best: Sequence[int],
    towns: Sequence[Settlement],
    score: F64,
    support: F64,
    owner: NDArray[np.int64],
) -> Choice:
    rivals = [int(i) for i in np.flatnonzero(owner == k) if i != best[k]]
    lead = float(score[best[k]] - max((score[i] for i in rivals), default=-np.inf))
    others = [
        towns[i] for j, i in enumerate(best) if j != k and towns[i].geonameid != towns[best[k]].geonameid
    ]
    nearest = None
    if others:
        away = distances_km([towns[best[k]], *others])[0, 1:]
        nearest = (others[int(np.argmin(away))], float(away.min()))
    return Choice(towns[best[k]], float(support[best[k]]), lead, nearest)


def distances_km(towns: Sequence[Settlement]) -> F64:
    """Distances [n, n] on a sphere, good to half a per cent."""
    lon, lat = np.radians([[town.lon, town.lat] for town in towns]).T
    half = (
        np.sin((lat[:, None] - lat[None, :]) / 2.0) ** 2
        + np.cos(lat)[:, None] * np.cos(lat)[None, :] * np.sin((lon[:, None] - lon[None, :]) / 2.0) ** 2
    )
    return np.asarray(2.0 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))), np.float64)
