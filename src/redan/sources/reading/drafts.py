"""Drafts of claims from a reading: in the claims format, each for a person to confirm."""

from __future__ import annotations

import datetime as dt
import json
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from redan.sources.reading.doubts import FAR_KM, nearest_km
from redan.sources.reading.lexicon import MECHANISMS
from redan.sources.reading.links import THE_FRONT
from redan.sources.reading.places import Places
from redan.sources.reading.reading import Item, Reading

MOST_DRAFTS: Final = 300  # [-] of one file: nobody confirms more in a sitting
TOLERANCE: Final = {
    "flat": 0.05,
    "hedged": 0.1,
    "conditional": 0.1,
    "opinion": 0.1,
}  # [-] of a stated distance
LEAST_TOLERANCE_KM: Final = 1.0
UNCHECKED: Final = "placeholder: nobody has said yet how this can be checked"
HEADER: Final = (
    "Drafts by `redan read`: what the text was read to say, for a person to confirm. For each claim: find the"
    " paragraph (0 is headline and standfirst), read it, mend `says`, `who`, `hedge` and `check`, and write"
    " `status: confirmed`; delete what is no claim. `quote` may then go. The grammar reads numbers, dates and"
    " places only: what the text says without them is not here. Kinds of check: see the bundled claims.yaml."
)
#: What each kind is to Redan: its kind in the claims format, and the mechanism that it may touch.
ROLES: Final[Mapping[str, tuple[str, str]]] = {
    "distance": ("check", "positions of the towns and of the line of contact"),
    "area": ("check", "area held and gained, by cell"),
    "pace": ("check", "pace of the front, from density, effort, works and drones"),
    "duration": ("check", "days until an objective is taken or left, censored at the horizon"),
    "share": ("parameter", "a share: residents left, ground destroyed or held"),
    "date": ("check", "dates: day 0, when works were begun, when an operation began"),
    "men": ("parameter", "forces: totals of men with a range"),
    "units": ("parameter", "forces: formations are laid out from totals of men"),
    "people": ("parameter", "residents of places on day 0"),
    "casualties": ("check", "losses of either side, killed, wounded out and captured"),
    "equipment": ("parameter", "forces: guns and armour with a range"),
    "munitions": ("parameter", "forces: drones a day; obstacles: mines"),
    "buildings": ("check", "share of the built-up area destroyed"),
    "settlements": ("check", "ground that changes hands"),
    "strikes": ("check", "effort: assaults a day"),
    "tonnes": ("parameter", "sources of supply: tonnes a day"),
}


@dataclass(frozen=True)
class Draft:
    """A drafted claim, and what a person should look at before confirming it."""

    claim: dict[str, Any]
    remarks: tuple[str, ...]


def draft_claims(reading: Reading, scenario: str) -> list[Draft]:
    """A draft for each item of a reading, up to `MOST_DRAFTS`; `scenario`: the folder that commands name."""
    ids: set[str] = set()
    drafts = []
    for item in reading.items[:MOST_DRAFTS]:
        claim = _claim(item, reading.places, scenario, ids)
        ids.add(claim["id"])
        drafts.append(Draft(claim, tuple(_remarks(item, reading.places))))
    return drafts


def amount_of(item: Item) -> str:
    """The number of an item with its unit, as a person writes it."""
    if item.kind == "date":
        return " ".join(part for part in (item.relation, item.noun, item.date) if part)
    low, high, unit = item.low or 0.0, item.high or 0.0, item.unit
    for small, factor, name in ((2.0, 24.0, "days"), (1.0, 1_000.0, "km"), (2.0, 100.0, "share")):
        if unit == name and high < small:
            low, high, unit = factor * low, factor * high, {"days": "hours", "km": "m", "share": "%"}[name]
    if unit == "days":
        low, high = round(low), round(high)
    number = _number(low) if low == high else f"{_number(low)} to {_number(high)}"
    before = f"{item.relation} " if item.relation else ""
    return f"{before}{number} {_noun(item) if item.kind == 'count' else unit}"


def _noun(item: Item) -> str:
    return "men" if item.noun == "strong" else item.noun


def claims_yaml(drafts: Iterable[Draft], *, title: str, date: dt.date, is_dated: bool, note: str) -> str:
    """The text of a claims file."""
    lines = [
        *textwrap.wrap(HEADER, 110, initial_indent="# ", subsequent_indent="# "),
        "format: 1",
        "source:",
        f"  title: {_text(title)}",
        f"  date: {date.isoformat()}"
        + ("" if is_dated else "   # placeholder: the text carries no full date"),
        f"  note: {_text(note)}",
        "",
        "claims:",
    ]
    for draft in drafts:
        lines += [f"  # {remark}" for remark in draft.remarks]
        lines += _block(draft.claim)
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _claim(item: Item, places: Places, scenario: str, ids: set[str]) -> dict[str, Any]:
    role, mechanism = ROLES[item.unit if item.kind == "count" else item.kind]
    mechanism, parameters = _mechanism(item, mechanism)
    becomes: dict[str, Any] = {"mechanism": mechanism}
    if parameters:
        becomes["parameters"] = list(parameters)
        role = "parameter"
    becomes["shown_by"] = f"redan describe {scenario}"
    return {
        "id": _unused(_slug(item, places), ids),
        "status": "draft",
        "paragraph": item.paragraph,
        "who": item.who,
        "says": _says(item),
        "quote": item.quote,
        "hedge": item.hedge,
        "kind": "question" if item.is_future and item.kind == "duration" else role,
        "becomes": becomes,
        "check": _check(item, places),
    }


def _says(item: Item) -> str:
    """The claim in words of the field, none of which the text does not bear out."""
    amount, ends = amount_of(item), item.link
    if item.kind == "distance" and ends.start and ends.end:
        first = "The front" if ends.start == THE_FRONT else ends.start
        last = "the front" if ends.end == THE_FRONT else ends.end
        return f"{first[:1].upper()}{first[1:]} lies {amount} from {last}."
    if item.kind == "distance" and (ends.start or ends.end):
        return f"A distance of {amount} is stated, beside {ends.end or ends.start}."
    if item.kind == "distance" and ends.extent in ("deep", "wide", "long", "high"):
        return f"Something is {amount} {ends.extent}."
    if item.kind == "distance" and ends.extent:
        return f"A size of {amount} is stated: {ends.extent}."
    beside = f"; the sentence names {', '.join(item.names)}" if item.names else ""
    what = {
        "date": "A date",
        "duration": "A duration",
        "count": "A number",
        "share": "A share",
        "pace": "A pace",
    }
    return f"{what.get(item.kind, f'A {item.kind}')} is stated: {amount}{beside}."


def _mechanism(item: Item, mechanism: str) -> tuple[str, tuple[str, ...]]:
    """What it may become, by words beside the number; a distance between towns is nothing else."""
    if item.kind == "distance" and item.link.start and item.link.end:
        return mechanism, ()
    for words, found, parameters in MECHANISMS:
        if re.search(rf"\b(?:{words})\b", item.context, re.IGNORECASE):
            is_depth = item.kind == "distance" and bool(item.link.extent)
            if item.kind in ("date", "distance", "duration") or is_depth:
                return found, parameters if is_depth else ()
    return mechanism, ()


def _check(item: Item, places: Places) -> dict[str, Any]:
    """A check of a distance between two towns; for the rest a person says how."""
    towns = {town.name: town for town in places.towns}
    start, end = towns.get(item.link.start), towns.get(item.link.end)
    if (
        item.kind == "distance"
        and start
        and end
        and start.settlement.geonameid != end.settlement.geonameid
        and item.low is not None
        and item.high is not None
        and not _is_doubtful_pair(item, places)
    ):
        middle, half = 0.5 * (item.low + item.high), 0.5 * (item.high - item.low)
        within = max(TOLERANCE[item.hedge] * middle, LEAST_TOLERANCE_KM) + half
        return {
            "kind": "distance",
            "from": start.settlement.geonameid,
            "to": end.settlement.geonameid,
            "says_km": float(f"{middle:.4g}"),
            "within_km": float(f"{within:.2g}"),
        }
    return {"kind": "stated", "verdict": "unchecked", "because": UNCHECKED}


def _is_doubtful_pair(item: Item, places: Places) -> bool:
    """Whether an end that is not sure lies in another part of the world than the distance puts it."""
    ends = [town for town in places.towns if town.name in (item.link.start, item.link.end)]
    if item.kind != "distance" or len(ends) != 2 or all(town.is_sure for town in ends):
        return False
    away = nearest_km(ends[0].settlement, [ends[1].settlement])
    return away > max(FAR_KM, 2.0 * (item.high or 0.0))


def _remarks(item: Item, places: Places) -> Iterable[str]:
    """What a person should look at."""
    if item.who_basis == "carried":
        yield f"who: the sentence names nobody; {item.who} speaks in the one before"
    if item.hedge_words:
        yield f"hedge: {', '.join(item.hedge_words)}"
    if item.kind == "distance" and not (item.link.start and item.link.end):
        yield "from where to where? The grammar does not see both ends"
    if _is_doubtful_pair(item, places):
        yield f"doubtful: GeoNames has {item.link.start} and {item.link.end} in other parts of the world"
    unsure = [town for town in places.towns if town.name in item.names and not town.is_sure]
    for town in unsure:
        found = town.settlement
        yield f"place: is {town.name} {found.name}, {found.country} ({found.geonameid})?"


def _slug(item: Item, places: Places) -> str:
    ends = [part for part in (item.link.start, item.link.end, item.link.extent) if part] or list(
        item.names[:2]
    )
    words = " ".join(
        [item.kind, *ends, amount_of(item) if item.kind != "date" else f"{item.relation} {item.date}"]
    )
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or item.kind


def _unused(name: str, ids: set[str]) -> str:
    number, free = 2, name
    while free in ids:
        free, number = f"{name}-{number}", number + 1
    return free


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) or value >= 1_000 else f"{value:.3g}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _block(claim: Mapping[str, Any]) -> list[str]:
    """A claim as lines of YAML."""
    lines: list[str] = []
    for key, value in claim.items():
        lead = "  - " if not lines else "    "
        if key == "becomes":
            lines.append(f"{lead}{key}:")
            lines += [f"      {name}: {_flow(inner)}" for name, inner in value.items()]
        else:
            lines.append(f"{lead}{key}: {_flow(value)}")
    return lines


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    if isinstance(value, str):
        return (
            value
            if re.fullmatch(r"[a-z][a-z_-]*", value)
            and value not in ("yes", "no", "on", "off", "true", "false", "null", "y", "n")
            else _text(value)
        )
    return f"{value:g}" if isinstance(value, float) else str(value)
