"""Check claims against independent data and runs.

Every check that rests on a dataset ships the facts derived from it. Where a verified copy is at hand
the facts are derived again and compared; where it is not, the table says so and the shipped facts
stand.
"""

from __future__ import annotations

from typing import Any

from redan.sources import claim_facts, claim_judges, claim_run_judges, claims
from redan.sources.claim_grounds import Finding, Grounds
from redan.sources.claims import Claim, Claims, Fact
from redan.sources.ledger import find_copy

JUDGES = {**claim_judges.JUDGES, **claim_run_judges.JUDGES}


def check_claims(listed: Claims, grounds: Grounds) -> list[Finding]:
    """Judge every claim, in file order."""
    return [check_claim(claim, grounds) for claim in listed.claims]


def check_claim(claim: Claim, grounds: Grounds) -> Finding:
    """Judge one claim on the grounds given."""
    if claim.status == "draft":
        says = "not judged: read it in the source, mend it, and write status: confirmed"
        return Finding(claim, "draft", says, {})
    check = claim.check
    numbers: dict[str, Fact | None] = {}
    checked: tuple[str, ...] = ()
    if isinstance(check, claims.Shipped):
        facts, checked = _facts(check, grounds)
        numbers.update(facts)
    verdict, says, more = JUDGES[check.kind](check, numbers, grounds)
    return Finding(claim, verdict, says, {**numbers, **more}, checked)


def _facts(check: Any, grounds: Grounds) -> tuple[dict[str, Fact], tuple[str, ...]]:
    """Shipped facts, derived again where a verified copy is at hand."""
    copy = find_copy(check.dataset, grounds.data)
    if copy.path is None:
        return dict(check.facts), (copy.words,)
    derived = claim_facts.derive(check, copy.path, grounds.as_of)
    differing = [k for k, v in derived.items() if k in check.facts and not same(v, check.facts[k])]
    if differing:
        note = f"{copy.words}: differs from the shipped facts in {', '.join(differing)}"
        return {**check.facts, **derived}, (note,)
    return {**check.facts, **derived}, (copy.words,)


def same(derived: Fact, shipped: Fact) -> bool:
    """Equal, or equal to the digits a shipped fact is written with."""
    if isinstance(derived, float | int) and isinstance(shipped, float | int):
        return abs(derived - shipped) <= max(0.051, 0.002 * abs(shipped))
    return derived == shipped
