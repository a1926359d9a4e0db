"""How kernels become one program: linked as they are into the campaign, and optimised there, once.

By default numba optimises every compiled function by itself, with all that it calls linked in, and makes
machine code of it. A rule that is called four levels down is then optimised five times, and only the last
counts, because a campaign's object code holds every rule it calls. Here a kernel is typed and lowered, and
nothing more.

This leans on four methods of numba's code library that are not part of its interface. Where a later numba has
them no more, everything is compiled in numba's own way: as right, and slower.
"""

from __future__ import annotations

from typing import Any, Final

from llvmlite.binding import Linkage
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler, CompilerBase

NEEDED: Final = (
    "_optimize_functions",
    "_optimize_final_module",
    "_finalize_final_module",
    "_finalize_dynamic_globals",
)


class _Nowhere:
    """The code generator of a function that is never run by itself."""

    def set_env(self, name: str, environment: object) -> None:
        """Bind nothing: there is no machine code to bind it to."""


class _LinkedLibrary(JITCodeLibrary):  # type: ignore[misc]  # numba has no types
    """Code that is only ever linked into what calls it."""

    @property
    def codegen(self) -> Any:
        """What would bind an environment to the function's address."""
        return _Nowhere()

    def _optimize_functions(self, ll_module: Any) -> None:
        ll_module.data_layout = self._codegen._data_layout

    def _optimize_final_module(self) -> None:
        """Leave it to the campaign."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """No address."""
        self._ensure_finalized()
        return 0


class _WholeLibrary(JITCodeLibrary):  # type: ignore[misc]
    """Code of a campaign, with all that it calls."""

    def _optimize_functions(self, ll_module: Any) -> None:
        ll_module.data_layout = self._codegen._data_layout

    def _optimize_final_module(self) -> None:
        # what nobody else can call may be inlined, lose arguments it does not use, or vanish
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage == Linkage.linkonce_odr:
                function.linkage = Linkage.internal
        # numba's first round of passes prepares for pruning counts of references, and a campaign has none
        passes, builder = self._codegen._module_pass_manager()
        passes.run(self._final_module, builder)


class _LinkedCompiler(Compiler):  # type: ignore[misc]
    """Compiles a kernel for those that call it."""

    def __init__(self, typing: Any, target: Any, library: Any, *rest: Any) -> None:
        super().__init__(typing, target, library or _LinkedLibrary(target.codegen(), "kernel"), *rest)


class _WholeCompiler(Compiler):  # type: ignore[misc]
    """Compiles a campaign."""

    def __init__(self, typing: Any, target: Any, library: Any, *rest: Any) -> None:
        if library is None:
            library = _WholeLibrary(target.codegen(), "campaign")
            library.enable_object_caching()
        super().__init__(typing, target, library, *rest)


_able: Final = all(hasattr(JITCodeLibrary, name) for name in NEEDED)
KERNEL_COMPILER: Final[type[CompilerBase]] = _LinkedCompiler if _able else Compiler
CAMPAIGN_COMPILER: Final[type[CompilerBase]] = _WholeCompiler if _able else Compiler
