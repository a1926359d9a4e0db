"""The page: whole without anything from elsewhere, legible without pictures, and all of it computed."""

from __future__ import annotations

import copy
import itertools
import re
from typing import Any

import pytest

from redan.views.report import words
from redan.views.report.ask import gather
from redan.views.report.numbers import between, came_by, percent, rounded, span
from redan.views.report.page import render, typeset
from tests.views.report.pages import (
    NOWHERE,
    Element,
    by_id,
    city_run,
    corners,
    document_of,
    ended_page,
    page_of,
    read,
    run_of,
)

SEEDS = (1, 2)
FIGURES = (
    "fig-ended", "fig-taken", "fig-cleared", "fig-outside", "fig-claimed", "fig-map", "fig-residents",
    "fig-housing", "fig-left", "fig-destroyed", "fig-losses", "fig-exchange", "fig-endings", "fig-pairs",
)  # fmt: skip


@pytest.fixture(scope="module", params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def document(seed: int) -> dict[str, Any]:
    return document_of(seed)


@pytest.fixture(scope="module")
def page(seed: int) -> Element:
    return read(page_of(seed))


def scale_of(panel: Element) -> tuple[float, float]:
    """Places of 0 and 100 % (or of the lowest and the highest tick) in a picture, from its grid lines."""
    places = [float(line.attributes["y1"]) for line in panel.all("line", "grid")]
    return max(places), min(places)


# --- moved together ---------------------------------------------------------------------------------------


def test_curves_end_where_the_numbers_say(page: Element, document: dict[str, Any]) -> None:
    for kind in ("taken", "cleared"):
        panels = by_id(page, f"fig-{kind}").all("div", "panel")
        assert len(panels) == len(document["objectives"])
        for panel, objective in zip(panels, document["objectives"], strict=True):
            curves = document["survival"]["events"][f"{kind}:{objective}"]
            bottom, top = scale_of(panel)
            drawn = panel.all("path", "series")
            labels = [label.text for label in panel.all("text", "label")]
            for path, (course, curve) in zip(drawn, curves.items(), strict=True):
                ends_at = corners(path)[-1][1]
                assert (bottom - ends_at) / (bottom - top) == pytest.approx(curve["share"][-1], abs=0.001)
                assert typeset(f"{course} {percent(curve['share'][-1])}") in labels


def test_medians_end_where_the_numbers_say(page: Element, document: dict[str, Any]) -> None:
    panels = by_id(page, "fig-losses").all("div", "panel")
    measures = document["over_time"]["measures"]
    heights = []
    for panel, course in zip(panels, document["courses"], strict=True):
        bottom, top = scale_of(panel)
        for path, side in zip(panel.all("path", "series"), ("attacker", "defender"), strict=True):
            median = measures[f"losses:{side}"]["courses"][course]["p50"][-1]
            heights.append(((bottom - corners(path)[-1][1]) / (bottom - top), median))
    highest = {round(median / height, -1) for height, median in heights}
    assert max(highest) == pytest.approx(min(highest), rel=0.01), "all panels share one scale"


def test_the_map_draws_every_class_that_occurs(page: Element, document: dict[str, Any]) -> None:
    panels = by_id(page, "fig-map").all("div", "panel")
    expected = [(number, course) for number in range(3) for course in document["courses"]]
    for panel, (number, course) in zip(panels, expected, strict=True):
        shares = {n / document["replications"] for n in document["ground"]["n"][course][number]}
        lows = (0.0, 0.01, 0.10, 0.25, 0.50, 0.75, 0.90, 0.99)
        classes = {f"p{max(i for i, low in enumerate(lows) if share >= low)}" for share in shares}
        drawn = {path.attributes["class"] for path in panel.all("path")}
        assert drawn & {f"p{i}" for i in range(8)} == classes


def test_the_words_are_those_of_the_document(page: Element, document: dict[str, Any]) -> None:
    said = page.one("p", "answer").text
    ended = document["survival"]["events"]["ended"].values()
    losses = [
        content["measures"]["losses:defender"]["p50"] for content in document["forecast"]["courses"].values()
    ]
    home = document["at_days"]["measures"]["residents_left"]["courses"]
    for part in (
        f"{document['replications']} campaigns of each of 2 courses",
        f"within 91 days in {between(came_by(curve['share'][-1]) for curve in ended)}",
        f"the defender {span(losses, whole=True)}",
        f"Of {rounded(home['storm']['p50'][0], whole=True)} residents",
        f"{span((levels['p50'][-1] for levels in home.values()), whole=True)} are still there",
        f"{document['parameters']['by_grade']['C']} are judgement",
    ):
        assert typeset(part) in said
    listed = [item.text for item in page.one("ul", "details").all("li")]
    assert listed == [typeset(sentence) for sentence in words.details(document)]


def test_tables_hold_the_numbers_of_the_figures(page: Element, document: dict[str, Any]) -> None:
    rows = by_id(page, "fig-taken").one("table").all("tr")
    assert len(rows) == 1 + len(document["objectives"]) * len(document["courses"])
    curve = document["survival"]["events"]["taken:seversk"]["bypass"]
    (row,) = [row.text for row in rows if row.text.startswith("Seversk taken bypass")]
    at = document["survival"]["days"].index(63)
    assert typeset(percent(came_by(curve["share"][at]))) in row


def test_another_seed_moves_text_and_pictures_together() -> None:
    one, other = (read(ended_page(seed)) for seed in SEEDS)
    assert one.one("p", "answer").text != other.one("p", "answer").text
    for name in FIGURES:
        if name == "fig-outside":  # the place is invented: past battles have nothing to say of it
            continue
        first, second = by_id(one, name), by_id(other, name)
        assert shapes(first) != shapes(second), name
        for part in ("figcaption", "details"):
            assert first.one(part).text != second.one(part).text, (name, part)


def test_pages_of_one_seed_differ_only_where_their_numbers_do() -> None:
    """Where nothing has ended in either run, the words and the picture of it are the same as well."""
    one, other = (read(page_of(seed)) for seed in SEEDS)
    same = document_of(1)["survival"]["events"]["ended"] == document_of(2)["survival"]["events"]["ended"]
    assert same
    first, second = by_id(one, "fig-ended"), by_id(other, "fig-ended")
    assert (first.text, shapes(first)) == (second.text, shapes(second))


def shapes(figure: Element) -> list[tuple[Any, ...]]:
    """Every mark in the pictures of a figure, but for the words."""
    return [
        (mark.tag, *sorted(mark.attributes.items()))
        for picture in figure.all("svg")
        for mark in picture.all()
        if mark.tag != "text"
    ]


def test_the_same_run_gives_the_same_bytes() -> None:
    assert render(gather(run_of(1), days=[28, 63, 91], data=NOWHERE)) == page_of(1)


def test_a_number_changed_in_the_document_changes_the_page() -> None:
    """No number is written by hand: what the document says is what the page says."""
    changed = copy.deepcopy(document_of(1))
    for content in changed["forecast"]["courses"].values():
        content["measures"]["losses:attacker"] |= {"p10": 111_000.0, "p50": 222_000.0, "p90": 333_000.0}
    said = read(render(changed)).one("p", "answer").text
    assert typeset("the attacker loses 222,000 men (10 to 90 %: 111,000 to 333,000)") in said


# --- for every reader -------------------------------------------------------------------------------------


def test_nothing_comes_from_elsewhere(page: Element, seed: int) -> None:
    text = page_of(seed)
    assert not re.search(r"https?:|//[a-z]|@import|url\(|<(script|link|img|iframe|object|embed)\b", text)
    for element in page.all():
        for name in ("src", "srcset", "href", "action", "data"):
            assert element.attributes.get(name, "#").startswith("#"), element.attributes
        assert not any(name.startswith("on") for name in element.attributes)


def test_every_picture_has_a_title_a_description_and_a_table(page: Element) -> None:
    figures = page.all("figure")
    assert [figure.attributes["id"] for figure in figures] == list(FIGURES)
    for number, figure in enumerate(figures, 1):
        assert figure.one("p", "title").text.startswith(f"Figure {number}.")
        assert len(figure.one("figcaption").text) > 60
        pictures = [picture for panel in figure.all("div", "panel") for picture in panel.all("svg")]
        assert pictures
        for picture in pictures:
            assert picture.attributes["role"] == "img"
            assert picture.all("title")[0].text == picture.attributes["aria-label"]
            assert re.search(r"\d", picture.all("desc")[0].text)
        for table in figure.one("details").all("table"):
            assert table.one("caption").text
            width = len(table.one("thead").all("th"))
            assert all(head.attributes["scope"] == "col" for head in table.one("thead").all("th"))
            for row in table.one("tbody").all("tr"):
                assert len([cell for cell in row.children if isinstance(cell, Element)]) == width
                assert row.all("th")[0].attributes["scope"] == "row"


def test_anchors_and_ids(page: Element) -> None:
    ids = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    targets = [
        element.attributes["href"].removeprefix("#")
        for element in page.all("a")
        if element.attributes["href"].startswith("#")
    ]
    assert len(targets) > 8
    assert set(targets) <= set(ids)
    named = [e.attributes["aria-labelledby"] for e in page.all() if "aria-labelledby" in e.attributes]
    assert set(named) <= set(ids)
    assert page.one("html").attributes["lang"] == "en"
    levels = [int(element.tag[1]) for element in page.all() if re.fullmatch(r"h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_lines_and_markers_differ_without_colour(page: Element) -> None:
    for panel in by_id(page, "fig-taken").all("div", "panel"):
        dashes = [re.findall(r"\bd\d", path.attributes["class"]) for path in panel.all("path", "series")]
        assert len({str(dash) for dash in dashes}) == len(dashes)


def test_no_empty_number_in_the_text(page: Element) -> None:
    text = page.one("body").text
    assert not re.search(r"\b(None|nan|inf|NaN|Undefined)\b", text)
    assert "not yet" in text.lower()


def test_chapters(page: Element, document: dict[str, Any]) -> None:
    text = page.one("body").text
    for part in (
        "Past battles 193 fights for towns",
        "redan ablate slavyansk-kramatorsk --json",
        "The scenario is the bundled one, unchanged.",
        document["rebuild"]["command"],
        document["rebuild"]["versions"]["redan_sources"],
        document["boundary"],
        *document["rebuild"]["data"].values(),
    ):
        assert part in text
    claims = by_id(page, "claims").one("ol", "claims")
    listed = [child for child in claims.children if isinstance(child, Element)]
    assert len(listed) == len(document["claims"]["claims"])
    assert "run-" in text
    assert str(run_of(1).parent) not in text, "the name of the run's folder, not its path"


def test_a_claim_on_time_is_answered_by_its_day(page: Element, document: dict[str, Any]) -> None:
    text = by_id(page, "views").text
    claims = {claim["id"]: claim for claim in document["durations"]}
    assert claims["pokrovsk-mirnograd-a-year"]["days"] == 365
    assert claims["pokrovsk-mirnograd-a-year"]["says"] in text
    assert "Mirnograd: front within 20 km" in text


# --- other runs -------------------------------------------------------------------------------------------


def test_one_course_no_claims() -> None:
    document = gather(city_run(), data=NOWHERE)
    page = read(render(document))
    text = page.one("body").text
    assert document["claims"] is None
    for part in (
        "The run has one course: there is nothing to compare it with.",
        "The scenario lists no claims.",
        "The scenario lists no claim on time.",
        "The scenario is not one that ships with Redan",
        "an operation by this course",
    ):
        assert part in text
    assert "depending on the course" not in text
    assert "over the courses" not in text
    # no pairs, and no past battles beside an invented place
    assert len(page.all("figure")) == len(FIGURES) - 2


def test_text_of_the_scenario_is_no_markup() -> None:
    hostile = copy.deepcopy(document_of(1))
    evil = '</style><script>alert("x")</script>&'
    hostile["title"] = hostile["summary"] = evil
    hostile["courses"]["storm"] = evil
    for facts in hostile["objectives"].values():
        facts["name"] = f"{evil}'\""
    page = read(render(hostile))
    assert page.all("script") == []
    assert page.one("h1").text == evil


def test_typesetting() -> None:
    assert typeset("12 % of 3 km2, area_gained_km2 and losses:km2") == (
        "12\u00a0% of 3 km², area_gained_km2 and losses:km2"
    )
