"""These tests call single phases of the day, which costs a compile each: they run as plain Python only.

`tests/engine/test_uncompiled.py` runs them with NUMBA_DISABLE_JIT=1 in a process of their own; there also
every index out of range is an error, as it is not in compiled code.
"""

from __future__ import annotations

import os

collect_ignore_glob = [] if os.environ.get("NUMBA_DISABLE_JIT") == "1" else ["test_*.py"]
