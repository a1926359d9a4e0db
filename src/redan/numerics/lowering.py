"""How a bundled kernel becomes code for LLVM: the short way, for what kernels do most.

For each element that is read numba takes an array apart through a copy of its seven fields on the stack, and
for each field loads all of a named tuple. Here an element of a C-ordered array and a field of a named tuple
are addressed directly: a fifth less for LLVM to read, and less than half the work for its first passes.
Nothing counts references, so a variable needs no clearing when it is deleted or written again.

Kernels never count from the end of an array, so their indices are taken for numbers without a sign: numba
asks of every signed one whether it is below zero. A rule of one's own may count from the end, and is lowered
in numba's way.
"""

from __future__ import annotations

from typing import Any

from numba import types
from numba.core import cgutils
from numba.core.compiler_machinery import register_pass
from numba.core.lowering import Lower
from numba.core.typed_passes import NativeLowering


def without_sign(index: Any) -> Any:
    """The type of an index that is known not to be below zero; what is no whole number stays as it is."""
    if isinstance(index, types.BaseTuple):
        return types.Tuple([without_sign(one) for one in index])
    is_number = isinstance(index, types.Integer) and not isinstance(index, types.Literal)
    return types.uintp if is_number else index


class ForwardLower(Lower):  # type: ignore[misc]  # numba has no types
    """Lowers indices without asking whether they count from the end, elements and fields by their address."""

    _disable_sroa_like_opt = False  # numba's switch for debuggers: a variable of one block needs no memory

    def lower_getitem(self, resty: Any, expr: Any, value: Any, index: Any, signature: Any) -> Any:
        """`array[index]`, read."""
        address = self._element(value, index, signature)
        if address is None:
            return super().lower_getitem(resty, expr, value, index, _forward(signature))
        element = self.typeof(value.name).dtype
        found = self.context.unpack_value(self.builder, element, address)
        return self.context.cast(self.builder, found, element, resty)

    def lower_setitem(self, target_var: Any, index_var: Any, value_var: Any, signature: Any) -> Any:
        """`array[index] = value`."""
        address = self._element(target_var, index_var, signature)
        if address is None:
            return super().lower_setitem(target_var, index_var, value_var, _forward(signature))
        element = self.typeof(target_var.name).dtype
        given = self.loadvar(value_var.name)
        cast = self.context.cast(self.builder, given, self.typeof(value_var.name), element)
        self.context.pack_value(self.builder, element, cast, address)
        return None

    def lower_expr(self, resty: Any, expr: Any) -> Any:
        """A field of a named tuple by its address; everything else as numba does it."""
        if expr.op == "getattr":
            address = self._field(expr)
            if address is not None:
                return self.builder.load(address)
        return super().lower_expr(resty, expr)

    def storevar(self, value: Any, name: str, argidx: Any = None) -> None:
        """Write a variable without reading what it held."""
        self._alloca_var(name, self.typeof(name))
        if name in self._singly_assigned_vars:
            self._blk_local_varmap[name] = value
        else:
            self.builder.store(value, self.getvar(name))

    def delvar(self, name: str) -> None:
        """Forget a variable without clearing it."""
        if name not in self._blk_local_varmap:
            self._singly_assigned_vars.discard(name)
        self._alloca_var(name, self.typeof(name))

    def _field(self, expr: Any) -> Any:
        """Address of a field of a named tuple that lies on the stack; None where it is something else."""
        name = expr.value.name
        kind = self.typeof(name)
        if not isinstance(kind, types.BaseNamedTuple) or name in self._blk_local_varmap:
            return None
        if expr.attr not in kind.fields:
            return None
        return cgutils.gep_inbounds(self.builder, self.getvar(name), 0, kind.fields.index(expr.attr))

    def _element(self, array: Any, index: Any, signature: Any) -> Any:
        """Address of one element of a C-ordered array; None where it is not one element of such an array."""
        kind = self.typeof(array.name)
        if not isinstance(kind, types.Array) or kind.layout != "C" or not kind.aligned:
            return None
        whole = self._whole_numbers(index, signature.args[1])
        if whole is None or len(whole) != kind.ndim:
            return None
        builder, value = self.builder, self.loadvar(array.name)
        model = self.context.data_model_manager[kind]
        place = whole[0]
        if kind.ndim > 1:
            shape = builder.extract_value(value, model.get_field_position("shape"))
            for axis in range(1, kind.ndim):
                place = builder.add(builder.mul(place, builder.extract_value(shape, axis)), whole[axis])
        return builder.gep(
            builder.extract_value(value, model.get_field_position("data")), [place], inbounds=True
        )

    def _whole_numbers(self, index: Any, kind: Any) -> list[Any] | None:
        """The index along each axis as words; None where one of them is a slice, an array or missing."""
        kinds = tuple(kind) if isinstance(kind, types.BaseTuple) else (kind,)
        if not all(isinstance(one, types.Integer) for one in kinds):
            return None
        value = self.context.cast(self.builder, self.loadvar(index.name), self.typeof(index.name), kind)
        values = cgutils.unpack_tuple(self.builder, value) if isinstance(kind, types.BaseTuple) else [value]
        return [
            self.context.cast(self.builder, each, one, types.intp)
            for each, one in zip(values, kinds, strict=True)
        ]


def _forward(signature: Any) -> Any:
    array, index, *rest = signature.args
    if not isinstance(array, types.Array):
        return signature
    return signature.replace(args=(array, without_sign(index), *rest))


@register_pass(mutates_CFG=True, analysis_only=False)
class ForwardLowering(NativeLowering):  # type: ignore[misc]
    """The pass that lowers a bundled kernel."""

    _name = "forward_lowering"

    @property
    def lowering_class(self) -> Any:
        """Numba asks for it."""
        return ForwardLower
