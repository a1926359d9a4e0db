"""Read a claims file: every fault at once, each with its line."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from redan.sources import claims as model
from redan.sources.claims import Claim, Claims
from redan.sources.geonames import settlement
from redan.sources.ledger import load_ledger
from redan.vocabulary.documents import Readable, read_document
from redan.vocabulary.errors import Fault, InputError, quote, suggest
from redan.vocabulary.plain import Document, FieldPath, field_name

#: Pydantic names the kind of check in an error's place; the kind is no part of the file.
CHECK_KINDS = frozenset(
    kind.model_fields["kind"].annotation.__args__[0]  # type: ignore[union-attr]
    for kind in model.CHECKS
)

#: Parts of a claim that are mappings with fields of their own.
OWNERS: dict[object, type[BaseModel]] = {
    "source": model.ClaimSource,
    "becomes": model.Becomes,
    "evidence": model.Evidence,
}


def read_claims(path: Readable, shown: str, *, as_of: date | None = None) -> Claims:
    """Read and validate a claims file.

    Parameters
    ----------
    path
        The file, on disk or inside the package.
    shown
        Its name in faults.
    as_of
        Evidence dated later is refused.

    Raises
    ------
    InputError
        With every fault found, each with its line.
    """
    document = read_document(path, shown)
    if not isinstance(document.value, dict):
        raise InputError.of(shown, 1, "document", "is not a mapping", "see the bundled claims.yaml")
    try:
        # Lists stand for tuples and a whole number for a decimal one: YAML knows no difference.
        claims = Claims.model_validate(document.value)
    except ValidationError as error:
        errors = error.errors()
        # A list all of whose items are at fault is also called too short: the items' own faults say more.
        telling = [item for item in errors if item["type"] != "too_short"] or errors
        raise InputError(_fault(document, item) for item in telling) from None
    except RecursionError:
        raise InputError.of(shown, 1, "document", "is nested too deeply", "see the bundled file") from None
    faults = [*_repeated(document, claims), *_too_late(document, claims, as_of), *_unknown(document, claims)]
    if faults:
        raise InputError(faults)
    return claims


def _at(document: Document, path: FieldPath, problem: str, remedy: str) -> Fault:
    mark = document.mark(path)
    return Fault(mark.file, mark.line, field_name(path), problem, remedy)


def _fault(document: Document, item: Any) -> Fault:
    """One of pydantic's errors as a fault with its line."""
    path = tuple(part for part in item["loc"] if part not in CHECK_KINDS)
    if item["type"] == "extra_forbidden":
        known = _fields_at(item["loc"])
        return _at(document, path, "is not a field of a claims file", suggest(str(path[-1]), known))
    if item["type"] == "missing":
        return _at(document, path, "is missing", "add it")
    if item["type"] in ("union_tag_invalid", "union_tag_not_found"):
        kind = document.value["claims"][path[1]]["check"].get("kind", "")
        remedy = suggest(str(kind), sorted(CHECK_KINDS))
        return _at(document, (*path, "kind"), f"{quote(kind)} is no kind of check", remedy)
    problem = str(item["msg"])
    remedy = "see the comment of that field in the bundled claims.yaml"
    return _at(document, path, f"{quote(item['input'])}: {problem[0].lower()}{problem[1:]}", remedy)


def _fields_at(place: tuple[Any, ...]) -> list[str]:
    """Fields known where an unknown one was written."""
    for part in reversed(place[:-1]):
        if part in CHECK_KINDS:
            kind = next(c for c in model.CHECKS if part in str(c.model_fields["kind"].annotation))
            return [field.alias or name for name, field in kind.model_fields.items()]
        if part in OWNERS:
            return list(OWNERS[part].model_fields)
        if part == "claims":
            return list(Claim.model_fields)
    return list(Claims.model_fields)


def _repeated(document: Document, claims: Claims) -> list[Fault]:
    """Ids used twice."""
    ids = [claim.id for claim in claims.claims]
    return [
        _at(document, ("claims", i, "id"), f"{quote(name)} is used twice", "give each claim its own id")
        for i, name in enumerate(ids)
        if name in ids[:i]
    ]


def _too_late(document: Document, claims: Claims, as_of: date | None) -> list[Fault]:
    """Evidence and derived facts from after the as_of date."""
    if as_of is None:
        return []
    faults = []
    for i, claim in enumerate(claims.claims):
        dated: list[tuple[FieldPath, object]] = [
            (("claims", i, "evidence", j, "date"), evidence.date) for j, evidence in enumerate(claim.evidence)
        ]
        if isinstance(claim.check, model.Shipped):
            dated += [(("claims", i, "check", "facts", k), v) for k, v in claim.check.facts.items()]
        faults += [
            _at(document, path, f"{day} is later than as_of {as_of}", "use what was known by then")
            for path, day in dated
            if isinstance(day, date) and day > as_of
        ]
    return faults


def _unknown(document: Document, claims: Claims) -> list[Fault]:
    """GeoNames ids and datasets that do not exist, and facts a check needs but does not ship."""
    faults = []
    for i, claim in enumerate(claims.claims):
        check, at = claim.check, ("claims", i, "check")
        for geonameid in check.settlements():
            try:
                settlement(geonameid)
            except KeyError:
                problem = f"GeoNames has no settlement {geonameid} of 500 residents or more"
                faults.append(_at(document, at, problem, "correct the id"))
        if isinstance(check, model.Shipped):
            if check.dataset not in load_ledger():
                remedy = suggest(check.dataset, sorted(load_ledger()))
                faults.append(_at(document, (*at, "dataset"), "is not in the dataset ledger", remedy))
            lacking = [name for name in check.needs() if not _is_given(check.facts.get(name))]
            if lacking:
                remedy = "add the number, derived from the dataset"
                faults.append(_at(document, (*at, "facts"), f"lacks {', '.join(lacking)}", remedy))
    return faults


def _is_given(value: object) -> bool:
    return isinstance(value, int | float | date)
