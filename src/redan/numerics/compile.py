"""The two decorators every compiled function wears, and the folder that keeps the compiled campaign.

numba's cache looks only at the file of the function it caches: a campaign that calls rules in other files
would go on returning old results after a rule was edited. So the folder is named by the content of every
kernel source, the versions and the CPU: an edit anywhere leads to an empty folder and a fresh compile.
Only the campaign is cached, because its object code already holds every rule it calls.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cached_property, lru_cache, update_wrapper
from importlib import metadata
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import llvmlite
import llvmlite.binding
import numba
from numba import types
from numba.extending import typeof_impl

from redan.numerics.linking import CAMPAIGN_COMPILER, KERNEL_COMPILER, OWN_RULE_COMPILER

F = TypeVar("F", bound=Callable[..., Any])

PACKAGE: Final = Path(__file__).resolve().parent.parent
KERNEL_FOLDERS: Final = ("numerics", "rules", "engine")
KERNEL_VOCABULARY: Final = ("arrays", "codes", "outcomes", "state")  # modules that kernels may import
KEPT_FOLDERS: Final = 6  # newest caches that pruning leaves alone
KEPT_SECONDS: Final = 3600.0  # a folder used within the last hour may belong to a running process
FOLDER_NAME: Final = re.compile(r"[0-9a-f]{64}")
OPTIONS: Final = {"nogil": True, "error_model": "numpy", "fastmath": False}
# Inside a campaign nothing is allocated, so numba need not count references: a fifth of compile and run.
UNCOUNTED: Final = {"_nrt": False, **OPTIONS}

_UNCACHED: Final = ContextVar("uncached", default=False)


def kernel(function: F) -> F:
    """Compile a rule or a numeric helper; plain Python when NUMBA_DISABLE_JIT is 1.

    The GIL is released, division by zero gives inf or nan as in numpy, and no floating-point liberty is
    taken, because a run must give the same bytes on any number of threads. Never cached by itself: it is
    stored inside the campaign that calls it.
    """
    if numba.config.DISABLE_JIT:
        return function
    _point_numba_at_the_cache()
    return cast("F", Kernel(function))


def campaign_kernel(function: F) -> F:
    """Compile a campaign and keep the result in `cache_folder()` for the next process.

    Inside `uncached`, where the day calls a user's own rules, nothing is kept.
    """
    if numba.config.DISABLE_JIT:
        return function
    folder = _point_numba_at_the_cache()
    is_kept = folder is not None and not _UNCACHED.get()
    compiled = numba.njit(cache=is_kept, no_cfunc_wrapper=True, pipeline_class=CAMPAIGN_COMPILER, **UNCOUNTED)
    return cast("F", compiled(function))


@contextmanager
def uncached() -> Iterator[None]:
    """Keep no campaign that is decorated inside: one with other rules has the same name and sources."""
    token = _UNCACHED.set(True)
    try:
        yield
    finally:
        _UNCACHED.reset(token)


class Kernel:
    """A compiled function in two forms: for other compiled functions, and for Python when Python calls it.

    By default numba gives every function an entry from Python and one from C, and compiles it again for
    each constant it is called with. None of it is used inside a campaign, and it is a third of the compile.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        update_wrapper(self, function)
        self.py_func = function
        bundled = function.__module__.startswith(f"{PACKAGE.name}.")
        inside = numba.njit(
            no_cpython_wrapper=True,
            no_cfunc_wrapper=True,
            pipeline_class=KERNEL_COMPILER if bundled else OWN_RULE_COMPILER,
            **UNCOUNTED,
        )(function)
        self.inside = widened(inside)

    @cached_property
    def outside(self) -> Callable[..., Any]:
        """The form with an entry from Python, compiled when it is first called.

        Whole, like a campaign: with the kernels it calls as weak symbols, which a campaign compiled before in
        the same process holds too, calling it ended in a segmentation fault.
        """
        compiled = numba.njit(pipeline_class=CAMPAIGN_COMPILER, **OPTIONS)
        return cast("Callable[..., Any]", compiled(self.py_func))

    def __call__(self, *args: Any, **kws: Any) -> Any:
        """Call it from Python."""
        return self.outside(*args, **kws)


def widened(dispatcher: Any) -> Any:
    """Let a compiled function take constants and narrow integers in the form for int64."""
    resolve = dispatcher.get_call_template
    dispatcher.get_call_template = lambda args, kws: resolve(
        tuple(map(_widen, args)), {name: _widen(value) for name, value in kws.items()}
    )
    return dispatcher


def _widen(kind: Any) -> Any:
    """Return int64 for a constant or a narrower signed integer: one compiled form serves them all."""
    kind = types.unliteral(kind) if isinstance(kind, types.IntegerLiteral) else kind
    return types.int64 if isinstance(kind, types.Integer) and kind.signed else kind


def _type_of_kernel(value: Kernel, context: Any) -> Any:
    """Let compiled code see the form without entries."""
    return typeof_impl(value.inside, context)


typeof_impl.register(Kernel, _type_of_kernel)


def _point_numba_at_the_cache() -> Path | None:
    """Set numba's cache folder, at every decoration: numba may read its configuration afresh in between."""
    folder = cache_folder()
    numba.config.CACHE_DIR = "" if folder is None else str(folder)
    return folder


@lru_cache(maxsize=1)
def cache_folder() -> Path | None:
    """Return the folder for the sources, versions and CPU of now, made and proved writable.

    Where the user's cache cannot be written it is a temporary folder, removed at exit, with one warning;
    None only where no folder at all can be written, and then nothing is cached.
    """
    try:
        base = user_cache()
        folder = base / fingerprint()
        _prove_writable(folder)
    except (OSError, RuntimeError) as problem:  # RuntimeError: the home folder cannot be found
        return _temporary_folder(problem)
    _prune(base, keep=folder)
    return folder


def forget() -> None:
    """Forget the folder, so that the next decoration looks again (for tests that change the environment)."""
    cache_folder.cache_clear()


def user_cache() -> Path:
    """Return where compiled campaigns go: REDAN_CACHE_DIR if set, else the platform's user cache folder."""
    chosen = os.environ.get("REDAN_CACHE_DIR")
    if chosen:
        return Path(chosen).expanduser().resolve()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        base = Path(local) if local else Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        xdg = os.environ.get("XDG_CACHE_HOME", "")
        # The XDG specification says that a relative path is to be ignored.
        base = Path(xdg) if Path(xdg).is_absolute() else Path.home() / ".cache"
    return base / "redan" / "kernels"


def fingerprint() -> str:
    """Return the sha256 of every kernel source, the versions of what compiles it, and the CPU."""
    digest = hashlib.sha256()
    for path in kernel_sources():
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update("\n".join((_redan_version(), numba.__version__, llvmlite.__version__, *cpu())).encode())
    return digest.hexdigest()


def kernel_sources() -> Iterator[Path]:
    """Yield every file whose text can change compiled code, in a fixed order."""
    for folder in KERNEL_FOLDERS:
        yield from sorted((PACKAGE / folder).rglob("*.py"))
    for name in KERNEL_VOCABULARY:
        yield PACKAGE / "vocabulary" / f"{name}.py"


def cpu() -> tuple[str, str]:
    """Return the CPU's name and features as LLVM sees them, or as numba's environment variables set them."""
    name = numba.config.CPU_NAME or llvmlite.binding.get_host_cpu_name()
    features = numba.config.CPU_FEATURES
    if features is None:
        features = llvmlite.binding.get_host_cpu_features().flatten()
    return str(name), str(features)


def _redan_version() -> str:
    try:
        return metadata.version("redan")
    except metadata.PackageNotFoundError:  # a copy of the package on the path: its sources tell it apart
        return "not installed"


def _prove_writable(folder: Path) -> None:
    """Make the folder, private to the user because numba unpickles what lies in it, and write into it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=folder).close()
    os.utime(folder)  # "last used", for pruning


def _temporary_folder(problem: Exception) -> Path | None:
    folder = None
    with suppress(OSError):
        folder = Path(tempfile.mkdtemp(prefix="redan-kernels-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    remedy = "set REDAN_CACHE_DIR to a folder that can be written"
    warnings.warn(
        f"the compiled campaign cannot be kept and is compiled again in every run ({problem}); {remedy}",
        RuntimeWarning,
        stacklevel=2,
    )
    return folder


def _prune(base: Path, *, keep: Path) -> None:
    """Remove caches of sources long gone; failing to is no fault of the run."""
    found: list[tuple[float, Path]] = []
    with suppress(OSError):  # the folder cannot be listed, or another process prunes at the same time
        others = (path for path in base.iterdir() if path != keep and FOLDER_NAME.fullmatch(path.name))
        found = sorted(((path.stat().st_mtime, path) for path in others), reverse=True)
    for used, path in found[KEPT_FOLDERS - 1 :]:
        if time.time() - used > KEPT_SECONDS:
            shutil.rmtree(path, ignore_errors=True)
