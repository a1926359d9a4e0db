"""Numba's own work of a compile, done with less effort and the same result, for the time of that compile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from numba.core.targetconfig import ConfigStack
from numba.core.types.functions import BaseFunction

SELDOM: Final = 50_000  # objects made before garbage is looked for


@contextmanager
def quickly() -> Iterator[None]:
    """Remember types and look for garbage seldom; afterwards everything is as it was.

    A compile holds numba's lock, so no other thread compiles meanwhile. What a function of numba's returns
    for given types is asked once, not at each of thousands of calls. Garbage is looked for seldom, because
    nearly all of the millions of objects of a compile stay.
    """
    asked, patience = BaseFunction.get_call_type, gc.get_threshold()
    BaseFunction.get_call_type = _remembering(asked)  # type: ignore[method-assign]
    gc.set_threshold(SELDOM, *patience[1:])
    try:
        yield
    finally:
        gc.set_threshold(*patience)
        BaseFunction.get_call_type = asked  # type: ignore[method-assign]


def _remembering(asked: Any) -> Any:
    """The method that returns a function's signature for types, with a memory."""
    found: dict[Any, Any] = {}

    def get_call_type(self: Any, context: Any, args: Any, kws: Any) -> Any:
        flags = ConfigStack.top_or_none()
        named = tuple((name, kind._code) for name, kind in kws.items())
        key = (
            self._code,
            id(context),
            flags is not None and flags.nrt,
            tuple(kind._code for kind in args),
            named,
        )
        if key not in found:
            # with the types themselves: a code belongs to one only as long as it lives
            found[key] = asked(self, context, args, kws), self, args, kws
        return found[key][0]

    return get_call_type
