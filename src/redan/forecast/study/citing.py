"""What a run rests on, for a list of references: software, scenario, sources, terms of the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from redan.forecast.study.footing import GRADES
from redan.runs.folder import RunFolder
from redan.runs.manifest import digest
from redan.sources.ledger import load_ledger
from redan.vocabulary.plain import walk

AUTHORS: Final = "The Redan authors"
TITLE: Final = "Redan: simulating an operation against a defence in depth"
#: What every scenario uses and every result has to acknowledge.
GAZETTEER: Final = "Settlements: GeoNames (geonames.org), CC BY 4.0"


def citing(run: RunFolder) -> dict[str, Any]:
    """Collect what is to be cited beside a result of this run.

    Returns
    -------
    `software`: title, authors, version, sources' hash; `scenario`: name, title, as_of, the digest of it as
    played, seed, replications, horizon; `sources`: rows of `source`, `grade`, `parameters` and `statements`
    (how many rest on it), strongest grade first; `acknowledge`: lines; `datasets`: outside files that Redan's
    own facts were checked against or fitted to, with terms.
    """
    manifest = run.manifest
    resolved = manifest["resolved"]
    return {
        "software": {
            "title": TITLE,
            "authors": AUTHORS,
            "version": manifest["versions"]["redan"],
            "sources_sha256": manifest["versions"]["redan_sources"],
        },
        "scenario": {
            "name": run.scenario,
            "title": resolved["title"],
            "as_of": manifest["as_of"],
            "sha256": digest(resolved),
            "seed": run.seed,
            "replications": run.done,
            "horizon_days": run.horizon_days,
        },
        "sources": _sources(manifest["parameters"], resolved),
        "acknowledge": [GAZETTEER],
        "datasets": [
            {"title": row.title, "address": row.address, "terms": row.terms, "used_for": row.used_for}
            for row in load_ledger().values()
        ],
    }


def _sources(parameters: Mapping[str, Any], resolved: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each source once, with what rests on it."""
    found: dict[tuple[str, str], dict[str, Any]] = {}

    def count(source: str, grade: str, kind: str) -> None:
        row = found.setdefault(
            (grade, source), {"source": source, "grade": grade, "parameters": 0, "statements": 0}
        )
        row[kind] += 1

    for said in parameters.values():
        count(said["source"], said["grade"], "parameters")
    for statement in statements(resolved):
        count(statement["source"], statement["grade"], "statements")
    return [found[key] for key in sorted(found, key=lambda key: (GRADES.index(key[0]), key[1].lower()))]


def statements(resolved: Any) -> Iterator[Mapping[str, Any]]:
    """Every part of a resolved scenario that names its source and grade."""
    for _, part in walk(resolved):
        if isinstance(part, dict) and isinstance(part.get("source"), str) and part.get("grade") in GRADES:
            yield part
