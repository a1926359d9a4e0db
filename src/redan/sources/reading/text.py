"""A text in paragraphs and sentences, with the place of each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from redan.sources.reading.lexicon import listed
from redan.vocabulary.documents import read_limited
from redan.vocabulary.errors import InputError

LARGEST_BYTES: Final = 4 * 1024 * 1024
LONGEST_SENTENCE: Final = 1_200  # [characters] longer ones are cut: nothing is sought across more
LONGEST_HEADLINE: Final = 160
LONGEST_TITLE: Final = 100
LONGEST_STANDFIRST: Final = 200
WRAPPED: Final = 140  # [characters] longer lines are paragraphs, and were not wrapped
LONGEST_QUOTE: Final = 160
ENDS: Final = ".!?…:;\"'”’»)"
DOCUMENTS: Final = frozenset([".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".pages"])
ABBREVIATIONS: Final = frozenset(listed("abbreviations"))
BOUNDARY: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_a-z])")


@dataclass(frozen=True)
class Sentence:
    """A sentence, and where it stands.

    Attributes
    ----------
    paragraph
        0 is headline and standfirst, 1 the first paragraph below them.
    line
        Line of the text in which its paragraph begins, from 1.
    number
        Within its paragraph, from 0.
    text
        Its words, with single spaces.
    is_heading
        Whether it is a headline, where every word may be capitalised.
    """

    paragraph: int
    line: int
    number: int
    text: str
    is_heading: bool = False


@dataclass(frozen=True)
class Text:
    """A text as it is read.

    Attributes
    ----------
    title
        Its headline, or its first words.
    sentences
        In order.
    paragraphs
        How many there are below headline and standfirst.
    """

    title: str
    sentences: tuple[Sentence, ...]
    paragraphs: int

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(sentence.text.split()) for sentence in self.sentences)


def load_text(path: Path) -> Text:
    """Read a text file of at most 4 MiB, UTF-8.

    Raises
    ------
    InputError
        It is missing, too large, no UTF-8, no text, or empty.
    """
    shown = str(path)
    if path.suffix.lower() in DOCUMENTS and path.is_file():
        problem = f"is a {path.suffix[1:].upper()} document and no plain text"
        raise InputError.of(shown, 1, "file", problem, "save its words as a .txt file")
    raw = read_limited(path, shown, largest=LARGEST_BYTES)
    if re.search(r"<html|<!doctype html|<body", raw[:2_000], re.IGNORECASE):
        raise InputError.of(shown, 1, "file", "is HTML", "save the words of the page as a .txt file")
    for number, line in enumerate(raw.split("\n"), start=1):
        if any(char < " " and char not in "\t\r\f\v" for char in line):
            raise InputError.of(shown, number, "file", "holds control characters", "give a plain text file")
    text = split_text(raw)
    if not text.sentences:
        raise InputError.of(shown, 1, "file", "holds no words", "give a text to read")
    return text


def split_text(raw: str) -> Text:
    """Split a text into paragraphs and these into sentences."""
    blocks = _blocks(unicodedata.normalize("NFC", raw))
    heads = _heads(blocks)
    sentences: list[Sentence] = []
    for number, (line, block) in enumerate(blocks):
        is_head = number < heads
        parts = [block] if is_head and number == 0 else _sentences(block)
        paragraph = 0 if is_head else number - heads + 1
        first = sum(sentence.paragraph == 0 for sentence in sentences) if is_head else 0
        sentences += [
            Sentence(paragraph, line, first + k, part, is_heading=is_head and number == 0)
            for k, part in enumerate(parts)
        ]
    title = blocks[0][1] if blocks else ""
    short = title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rsplit(' ', 1)[0]} ..."
    return Text(short, tuple(sentences), len(blocks) - heads)


def quote_of(sentence: str, start: int, end: int) -> str:
    """The words from `start` to `end`, cut where they are too many to be a short quotation."""
    words = sentence[start:end].strip()
    return words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rsplit(" ", 1)[0]


def _blocks(raw: str) -> list[tuple[int, str]]:
    """Paragraphs with the line on which each begins: lines, or where these were wrapped, groups of them."""
    lines = [" ".join(line.split()) for line in re.split(r"\r\n|[\n\r\u2028\u2029\f\v\x85]", raw)]
    groups: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(lines, start=1):
        if re.search(r"\w", line):
            groups[-1].append((number, line))
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    if not _is_wrapped([[line for _, line in group] for group in groups]):
        return [row for group in groups for row in group]
    blocks: list[tuple[int, str]] = []
    for group in groups:
        head = int(not blocks and _is_headed([line for _, line in group]))
        blocks += group[:head]
        blocks.append((group[head][0], " ".join(line for _, line in group[head:])))
    return blocks


def _is_headed(lines: list[str]) -> bool:
    """Whether a headline stands right above the text: a short line that ends no sentence."""
    return len(lines) > 1 and lines[0][-1] not in ENDS and len(lines[0]) < 0.7 * max(map(len, lines))


def _is_wrapped(groups: list[list[str]]) -> bool:
    """Whether lines are pieces of paragraphs: short, and some end in the middle of a sentence."""
    lines = [line for group in groups for line in group]
    if len(lines) < 3 or max(map(len, lines)) > WRAPPED:
        return False
    if len(groups) == 1:
        return sum(line[-1] not in ENDS for line in lines) > 0.4 * len(lines)
    inner = [line for group in groups[1:] for line in group[:-1]]
    return any(line[-1] not in ENDS for line in inner)


def _heads(blocks: list[tuple[int, str]]) -> int:
    """How many paragraphs are headline and standfirst: 0, 1 or 2."""
    if len(blocks) < 2 or len(blocks[0][1]) > LONGEST_HEADLINE or blocks[0][1].rstrip("\"'”’»")[-1:] in ".…":
        return 0
    return 2 if len(blocks) > 2 and len(blocks[1][1]) <= LONGEST_STANDFIRST else 1


def _sentences(block: str) -> list[str]:
    """Sentences of a paragraph; what is too long for one is cut between words."""
    found, start = [], 0
    for match in BOUNDARY.finditer(block):
        before = block[start : match.start()].rsplit(" ", 1)[-1].strip("\"'“‘«([").lower()
        is_initial = len(before) == 1 and before.isalpha() and before != "i"
        if before in ABBREVIATIONS or is_initial:
            continue
        found.append(block[start : match.end()].strip())
        start = match.end()
    found.append(block[start:].strip())
    return [piece for sentence in found for piece in _cut(sentence) if piece]


def _cut(sentence: str) -> list[str]:
    pieces = []
    while len(sentence) > LONGEST_SENTENCE:
        at = sentence.rfind(" ", 0, LONGEST_SENTENCE)
        at = LONGEST_SENTENCE if at <= 0 else at
        pieces.append(sentence[:at].strip())
        sentence = sentence[at:].strip()
    return [*pieces, sentence]
