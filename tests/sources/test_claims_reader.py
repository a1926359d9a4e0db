"""Claims files: what is at fault is said with its line, all at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from redan.sources.claims_reader import CHECK_KINDS, read_claims
from redan.vocabulary.errors import InputError

HEAD = """\
format: 1
source: {title: A text, date: 2025-12-12, note: made for a test}
claims:
"""
CLAIM = """\
  - id: far
    paragraph: 2
    who: article
    says: The towns are 36 km apart.
    hedge: flat
    kind: check
    becomes: {mechanism: positions, shown_by: redan describe somewhere}
    check: {kind: distance, from: 694403, to: 693468, says_km: 36, within_km: 1}
"""


def _faults(tmp_path: Path, text: str, as_of: date | None = None) -> list[str]:
    file = tmp_path / "claims.yaml"
    file.write_text(text)
    with pytest.raises(InputError) as caught:
        read_claims(file, "claims.yaml", as_of=as_of)
    return [str(fault) for fault in caught.value.faults]


def test_reads(tmp_path: Path) -> None:
    file = tmp_path / "claims.yaml"
    file.write_text(HEAD + CLAIM)
    (claim,) = read_claims(file, "claims.yaml").claims
    assert claim.check.settlements() == (694403, 693468)


def test_unknown_field_with_a_suggestion(tmp_path: Path) -> None:
    (fault,) = _faults(tmp_path, HEAD + CLAIM.replace("hedge: flat", "hedge: flat\n    whoo: me"))
    assert fault.startswith("claims.yaml:9: claims[0].whoo:")
    assert "did you mean who?" in fault


def test_all_faults_at_once(tmp_path: Path) -> None:
    text = HEAD + CLAIM.replace("paragraph: 2", "paragraph: -1").replace("hedge: flat", "hedge: loud")
    faults = _faults(tmp_path, text)
    assert [fault.split(": ")[0] for fault in faults] == ["claims.yaml:5", "claims.yaml:8"]


def test_kind_of_check(tmp_path: Path) -> None:
    (fault,) = _faults(tmp_path, HEAD + CLAIM.replace("kind: distance", "kind: distanse"))
    assert "'distanse' is no kind of check; did you mean distance?" in fault


def test_field_of_a_check(tmp_path: Path) -> None:
    (fault,) = _faults(tmp_path, HEAD + CLAIM.replace("within_km", "withinkm"), None)[:1]
    assert fault.startswith("claims.yaml:11: claims[0].check.")


def test_id_twice(tmp_path: Path) -> None:
    (fault,) = _faults(tmp_path, HEAD + CLAIM + CLAIM)
    assert fault.startswith("claims.yaml:12: claims[1].id: 'far' is used twice")


def test_settlement_that_is_none(tmp_path: Path) -> None:
    (fault,) = _faults(tmp_path, HEAD + CLAIM.replace("694403", "1"))
    assert "GeoNames has no settlement 1" in fault


def test_evidence_known_too_late(tmp_path: Path) -> None:
    evidence = "    evidence:\n      - {text: so, source: x, grade: B, date: 2026-01-05}\n"
    (fault,) = _faults(tmp_path, HEAD + CLAIM + evidence, date(2025, 12, 12))
    assert fault.startswith("claims.yaml:13: claims[0].evidence[0].date: 2026-01-05 is later than as_of")


def test_check_without_the_facts_it_needs(tmp_path: Path) -> None:
    check = "{kind: status, town: Here, taken_share: 0.9, dataset: front-serie, facts: {occupied: much}}"
    text = HEAD + CLAIM[: CLAIM.index("    check:")] + f"    check: {check}\n"
    faults = _faults(tmp_path, text)
    assert "did you mean front-series?" in faults[0]
    assert "lacks occupied, unknown, data_date" in faults[1]


@pytest.mark.parametrize(
    "text", ["", "- 1\n", "claims: &a [*a]\n", "\x00", "a: [" * 200, "!!python/object:x {}\n"]
)
def test_what_is_no_claims_file_is_one_fault_without_a_traceback(tmp_path: Path, text: str) -> None:
    assert all(fault.startswith("claims.yaml:") for fault in _faults(tmp_path, text))


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_claims(tmp_path / "none.yaml", "none.yaml")


def test_every_kind_is_known_to_the_judges() -> None:
    from redan.sources.claim_checks import JUDGES

    assert set(JUDGES) == set(CHECK_KINDS)
