"""How kernels become one program: linked as they are into the campaign, and optimised there, once.

By default numba optimises every compiled function by itself, with all that it calls linked in, and makes
machine code of it. A rule that is called four levels down is then optimised five times, and only the last
counts, because a campaign's object code holds every rule it calls. Here a kernel is typed, lowered and tidied
function by function, and nothing more.

This leans on methods of numba's code library, of its lowering and of its function types, and on the names of
its passes, none of them part of its interface. Where a later numba has them no more, everything is compiled
in numba's own way: as right, and slower.
"""

from __future__ import annotations

from typing import Any, Final

from llvmlite.binding import Linkage
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler, CompilerBase
from numba.core.compiler_machinery import PassManager
from numba.core.lowering import Lower
from numba.core.typed_passes import NativeLowering
from numba.core.types.functions import BaseFunction

from redan.numerics.haste import quickly
from redan.numerics.lowering import ForwardLowering

NEEDED: Final = (
    (JITCodeLibrary, "_optimize_final_module"),
    (JITCodeLibrary, "_finalize_final_module"),
    (JITCodeLibrary, "_finalize_dynamic_globals"),
    (Lower, "_alloca_var"),
    (Lower, "_disable_sroa_like_opt"),
    (BaseFunction, "get_call_type"),
)
# Passes for what no bundled kernel has: closures, with-blocks, raises, literal arguments, array expressions,
# parallel loops. Each that changes a function makes numba count its variables anew.
UNNEEDED: Final = frozenset(
    {
        "WithLifting",
        "InlineClosureLikes",
        "RewriteDynamicRaises",
        "MakeFunctionToJitFunction",
        "InlineInlinables",
        "FindLiterallyCalls",
        "LiteralUnroll",
        "LiteralPropagationSubPipelinePass",
        "InlineOverloads",
        "NopythonRewrites",
        "DumpParforDiagnostics",
    }
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


class _LeanCompiler(_LinkedCompiler):
    """The same for the bundled kernels, which use less of the language than a rule of one's own may."""

    def define_pipelines(self) -> list[Any]:
        """Numba's passes, but for those that find nothing to do in a kernel."""
        kept = []
        for whole in super().define_pipelines():
            short = PassManager(whole.pipeline_name)
            for kind, why in whole.passes:
                if kind.__name__ not in UNNEEDED:
                    short.add_pass(ForwardLowering if kind is NativeLowering else kind, why)
            short.finalize()
            kept.append(short)
        return kept


class _WholeCompiler(Compiler):  # type: ignore[misc]
    """Compiles a campaign."""

    def __init__(self, typing: Any, target: Any, library: Any, *rest: Any) -> None:
        if library is None:
            library = _WholeLibrary(target.codegen(), "campaign")
            library.enable_object_caching()
        super().__init__(typing, target, library, *rest)

    def compile_extra(self, function: Any) -> Any:
        """Compile it, and with it every kernel it calls."""
        with quickly():
            return super().compile_extra(function)


_able: Final = all(hasattr(kind, name) for kind, name in NEEDED)
KERNEL_COMPILER: Final[type[CompilerBase]] = _LeanCompiler if _able else Compiler
OWN_RULE_COMPILER: Final[type[CompilerBase]] = _LinkedCompiler if _able else Compiler
CAMPAIGN_COMPILER: Final[type[CompilerBase]] = _WholeCompiler if _able else Compiler
