"""What a text was read to say, as a document and as text: findings, what was not placed, what was written."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from redan.scenario.authoring.from_reading import DraftedText
from redan.sources.reading.drafts import amount_of
from redan.sources.reading.places import Town
from redan.sources.reading.reading import Item, Reading
from redan.views.cli.output import heading, table
from redan.views.cli.show_new import show_next
from redan.vocabulary.counting import how_many

MOST_SHOWN: Final = 60  # [-] rows of one table on a screen; the document has all


def document(reading: Reading, drafted: DraftedText, checked: dict[str, Any] | None) -> dict[str, Any]:
    """The reading and what was written from it, as plain data; `checked` is the summary of `redan check`."""
    claims = [draft.claim["id"] for draft in drafted.drafts]
    return {
        "folder": str(drafted.folder) if drafted.files else None,
        "files": list(drafted.files),
        "title": reading.text.title,
        "paragraphs": reading.text.paragraphs,
        "words": reading.text.words,
        "is_english": reading.is_english,
        "last_day": None if reading.last_day is None else reading.last_day.isoformat(),
        "places": [_place(town, reading, drafted) for town in reading.places.towns],
        "regions": [
            {"name": name, "paragraphs": _paragraphs(reading, mentions)}
            for name, mentions in reading.places.regions
        ],
        "countries": list(reading.places.countries),
        "not_placed": [
            {"name": found.name, "paragraphs": _paragraphs(reading, [found.mention]), "why": found.why}
            for found in reading.places.unplaced
        ],
        "found": [
            {**_item(item), "claim": claims[k] if k < len(claims) else None}
            for k, item in enumerate(reading.items)
        ],
        "set_aside": [
            {"quote": aside.quote, "paragraph": aside.paragraph, "why": aside.why} for aside in reading.aside
        ],
        "claims": len(drafted.drafts),
        "not_drafted": len(reading.items) - len(drafted.drafts),
        "scenario": None if drafted.sketch is None else drafted.sketch.name,
        "objectives": [] if drafted.layout is None else [town.name for town in drafted.layout.objectives],
        "real_place": False,
        "line_is_invented": drafted.layout is not None,
        "placeholders": drafted.placeholders,
        "check": checked,
        "next": _next(drafted),
    }


def _place(town: Town, reading: Reading, drafted: DraftedText) -> dict[str, Any]:
    found = town.settlement
    return {
        "name": town.name,
        "geonameid": found.geonameid,
        "official": found.name,
        "country": found.country,
        "lon": found.lon,
        "lat": found.lat,
        "people": found.population,
        "paragraphs": _paragraphs(reading, town.mentions),
        "is_sure": town.is_sure,
        "why": town.why,
        "others": [
            {"name": other.name, "country": other.country, "geonameid": other.geonameid}
            for other in town.others
        ],
        "in_theatre": town in drafted.inside,
    }


def _paragraphs(reading: Reading, mentions: Sequence[Any]) -> list[int]:
    return sorted({reading.text.sentences[mention.sentence].paragraph for mention in mentions})


def _item(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "low": item.low,
        "high": item.high,
        "unit": item.unit,
        "noun": item.noun,
        "date": item.date or None,
        "relation": item.relation,
        "paragraph": item.paragraph,
        "line": item.line,
        "quote": item.quote,
        "who": item.who,
        "who_basis": item.who_basis,
        "hedge": item.hedge,
        "hedge_words": list(item.hedge_words),
        "from": item.link.start or None,
        "to": item.link.end or None,
        "of": item.link.extent or None,
        "places": list(item.names),
    }


def _next(drafted: DraftedText) -> list[str]:
    if not drafted.files:
        return []
    folder = shlex.quote(str(drafted.folder))
    if drafted.sketch is None:
        return ["redan new my-theatre --around TOWN"]
    return [
        f"redan claims {folder}",
        f"redan check {folder}",
        f"redan forecast {folder} --replications 50 --horizon-days 365",
    ]


def show(screen: Console, told: dict[str, Any], items: Sequence[Item]) -> None:
    """Print it for a person who will confirm it."""
    screen.print(Text(f"{told['title']}", style="bold"))
    screen.print(
        f"{how_many(told['paragraphs'], 'paragraph')}, {how_many(told['words'], 'word')}."
        " Everything below is a draft to confirm."
    )
    if not told["is_english"]:
        screen.print(
            "The text does not look like English: the grammar reads English only, and places by any spelling."
        )
    _show_places(screen, told)
    _show_found(screen, told, items)
    _show_aside(screen, told)
    _show_written(screen, told)


def _show_places(screen: Console, told: dict[str, Any]) -> None:
    heading(screen, "Places")
    if not told["places"]:
        screen.print("No town was found.")
    else:
        outside = [place["name"] for place in told["places"] if not place["in_theatre"]]
        rows = table("in the text", "GeoNames", "id", "paragraphs", "why", right=(2,))
        for place in told["places"][:MOST_SHOWN]:
            sure = "" if place["is_sure"] else " (confirm)"
            where = ", ".join(map(str, place["paragraphs"]))
            rows.add_row(
                place["name"],
                f"{place['official']}, {place['country']}",
                str(place["geonameid"]),
                where,
                f"{place['why']}{sure}",
            )
        screen.print(rows)
        if outside:
            screen.print(f"Outside the theatre that was drafted: {', '.join(outside)}.")
    for key, word in (("regions", "Regions"), ("not_placed", "Not placed")):
        if told[key]:
            names = [f"{row['name']} ({row['why']})" if "why" in row else row["name"] for row in told[key]]
            screen.print(f"{word}: {'; '.join(names[:MOST_SHOWN])}.")
    if told["countries"]:
        screen.print(f"Countries: {', '.join(told['countries'])}.")


def _show_found(screen: Console, told: dict[str, Any], items: Sequence[Item]) -> None:
    heading(screen, "What can be checked")
    if not items:
        screen.print("No distance, number, date or duration was found.")
        return
    rows = table("par.", "what", "words", "who", "how firmly", right=(0,))
    for item in items[:MOST_SHOWN]:
        ends = " - ".join(part for part in (item.link.start, item.link.end) if part)
        what = f"{item.kind} {amount_of(item)}" + (
            f": {ends or item.link.extent}" if ends or item.link.extent else ""
        )
        who = item.who + (" (carried on)" if item.who_basis == "carried" else "")
        rows.add_row(str(item.paragraph), what, item.quote, who, item.hedge)
    screen.print(rows)
    if len(items) > MOST_SHOWN:
        screen.print(f"... and {len(items) - MOST_SHOWN:,} more: --json has all.")


def _show_aside(screen: Console, told: dict[str, Any]) -> None:
    if not told["set_aside"]:
        return
    heading(screen, "Read and set aside")
    counts = Counter(row["why"] for row in told["set_aside"])
    for why, count in counts.items():
        quotes = [row["quote"] for row in told["set_aside"] if row["why"] == why]
        shown = ", ".join(f'"{quote}"' for quote in quotes[:5]) + (", ..." if count > 5 else "")
        screen.print(f"{count} x {why}: {shown}")


def _show_written(screen: Console, told: dict[str, Any]) -> None:
    heading(screen, "Written")
    if not told["files"]:
        screen.print("Nothing: the text holds nothing to draft.")
        return
    screen.print(
        f"{', '.join(told['files'])} in {told['folder']}: {how_many(told['claims'], 'claim')},"
        " each status: draft."
    )
    if told["not_drafted"]:
        more = how_many(told["not_drafted"], "more finding was", "more findings were")
        screen.print(f"{more} not drafted: --json has all.")
    if told["scenario"] is None:
        screen.print("No scenario: the text names no town to lay one about.")
    else:
        screen.print(
            f"A scenario to start from: {'objective' if len(told['objectives']) == 1 else 'objectives'} "
            f"{', '.join(told['objectives'])}; {how_many(told['check']['cells'], 'cell')}. "
            "INVENTED: the line of contact, and which side attacks from where. "
            f"{told['placeholders']} statements are placeholders. It passes `redan check`."
        )
    show_next(screen, told["next"])
