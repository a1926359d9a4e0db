"""Hook of the documentation site: a link to a file outside `docs/` becomes the file's path.

In the repository such links open the source; the site holds the documentation alone. And what
stands behind the kind of a code block, the name of a file or `fails`, becomes its title: the site's Markdown
knows no other words there.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any, Final

FENCE: Final = re.compile(r"^(```\w+) ([^\n=]+)$", re.MULTILINE)
LINK: Final = re.compile(r"\[([^\]]+)\]\(([^)\s#]+)(#[^)\s]*)?\)")


def on_page_markdown(markdown: str, /, *, page: Any, **_: Any) -> str:
    """Rewrite the links of one page (the name and arguments are those of MkDocs' hooks)."""
    return with_titles(with_inner_links(markdown, page.file.src_uri))


def with_titles(markdown: str) -> str:
    """Markdown in which the words behind a block's kind are its title."""
    return FENCE.sub(r'\1 title="\2"', markdown)


def with_inner_links(markdown: str, page: str) -> str:
    """Markdown of the page at `page` (below docs/) in which no link leaves docs/."""

    def inside(match: re.Match[str]) -> str:
        text, target = match.group(1), match.group(2)
        path = posixpath.normpath(posixpath.join("docs", posixpath.dirname(page), target))
        if re.match(r"[a-z]+:", target) or path.startswith("docs/"):
            return match.group(0)
        return f"{text} (`{path}`)"

    return LINK.sub(inside, markdown)
