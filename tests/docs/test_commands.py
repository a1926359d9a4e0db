"""Options quoted in the pages are accepted: a renamed field or layer fails here, not on a reader's screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import redan
from redan.vocabulary.codes import LAYERS
from tools.rule_docs import ROOT

MODEL = ROOT / "docs" / "background" / "what-the-model-is.md"
PAGES = (MODEL, ROOT / "docs" / "mission.md", ROOT / "README.md")
SET = re.compile(r"--set (\w[\w.-]*=[^\s`]+)")


def sets_of(page: Path) -> list[str]:
    return [
        text for text in SET.findall(" ".join(page.read_text().split())) if text != "parameters.NAME=VALUE"
    ]


@pytest.mark.parametrize(("page", "text"), [(page.name, text) for page in PAGES for text in sets_of(page)])
def test_a_quoted_setting_is_accepted(page: str, text: str) -> None:
    assert redan.load("slavyansk-kramatorsk", sets=[text]).scenario.name == "slavyansk-kramatorsk"


def test_every_layer_is_described() -> None:
    off = re.findall(r"Off: (.*?)(?: Vary:|\n\* Not:)", MODEL.read_text(), re.DOTALL)
    named = {name for text in off for name in re.findall(r"`(\w+)`", text)}
    assert named == set(LAYERS), (
        "each layer that can be switched off stands in its paragraph, and no other name"
    )
