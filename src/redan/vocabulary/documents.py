"""Safe reading of YAML that a person wrote: size, depth and shape are checked, every key keeps its line.

Only plain data comes out: dict, list, str, bool, int, float, date, None.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from redan.vocabulary.errors import InputError
from redan.vocabulary.plain import Document
from redan.vocabulary.yaml_events import Builder, StopReading

LARGEST_BYTES: Final = 2 * 1024 * 1024
LONGEST_LINE: Final = 16_384  # [characters] some malformed tokens cost the square of their length


class Readable(Protocol):
    """A file on disk or inside an installed package."""

    def read_bytes(self) -> bytes:
        """Return the whole content."""
        ...


def read_limited(path: Readable, shown: str, *, largest: int = LARGEST_BYTES, name: str = "file") -> str:
    """Read a UTF-8 text file of at most `largest` bytes.

    Raises
    ------
    InputError
        The file is missing, unreadable, too large or not UTF-8.
    """
    try:
        if isinstance(path, Path):
            if not path.is_file():  # also keeps pipes and devices, which never end, from being opened
                raise FileNotFoundError
            with path.open("rb") as stream:
                raw = stream.read(largest + 1)
        else:
            raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError.of(shown, 1, name, "there is no such file", "check the name") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError.of(shown, 1, name, f"cannot be read ({reason})", "check its rights") from None
    if len(raw) > largest:
        limit = f"{largest / 2**20:g} MiB"
        raise InputError.of(shown, 1, name, f"is larger than {limit}", "make it smaller or split it")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError.of(shown, line, name, "is not UTF-8 text", "save it as UTF-8") from None


def read_document(path: Readable, shown: str) -> Document:
    """Read a YAML file safely; `shown` names it in faults.

    Raises
    ------
    InputError
        All that is wrong with the text itself, with lines.
    """
    return parse_document(read_limited(path, shown), shown)


def parse_document(text: str, shown: str) -> Document:
    """Parse YAML text safely into plain data with lines.

    Raises
    ------
    InputError
        All that is wrong with the text itself, with lines.
    """
    for number, row in enumerate(text.split("\n"), start=1):
        if len(row) > LONGEST_LINE:
            problem = f"the line has more than {LONGEST_LINE:,} characters"
            raise InputError.of(shown, number, "document", problem, "break it into lines")
    builder = Builder(shown)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except StopReading:
        pass
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context or "cannot be parsed").split())
        builder.fault((mark.line + 1) if mark else 1, f"is not valid YAML: {problem}", "mend the syntax here")
    except ReaderError as error:
        line = text.count("\n", 0, error.position or 0) + 1
        builder.fault(line, "holds a character that YAML does not allow", "remove the control character")
    except (YAMLError, ValueError, IndexError, AttributeError, TypeError, KeyError, RecursionError) as error:
        # The parser answers some malformed texts with a plain Python error.
        detail = " ".join(str(error).split())[:80] or type(error).__name__
        builder.fault(builder.line, f"is not valid YAML: {detail}", "mend the syntax near here")
    if builder.faults:
        raise InputError(builder.faults)
    return Document(builder.root, builder.marks)
