"""Which of our errors a function can give, read from its code and from all that it calls.

The house's way of calling makes this plain: modules are imported and functions called by their full
name, so ``service.update(...)`` in the byte code leads to the function, and ``raise errors.Gone`` to
the class. What is called through an instance or a registry is not followed.
"""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import Any

from yizhan.kernel import errors

_CHAIN = frozenset({"LOAD_ATTR", "LOAD_METHOD"})
_HOUSE = "yizhan."


def _chains(code: CodeType) -> Iterator[list[str]]:
    """``module.name.name`` wherever it stands in the code, also in functions within, but not the
    classes that an ``except`` only looks for."""
    chain: list[str] = []
    for step in dis.get_instructions(code):
        if chain and step.opname in _CHAIN:
            chain.append(step.argval)
            continue
        if chain and step.opname != "CHECK_EXC_MATCH":
            yield chain
        chain = [step.argval] if step.opname == "LOAD_GLOBAL" else []
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _chains(constant)


@cache
def _named(function: FunctionType) -> tuple[Any, ...]:
    """Everything that a function names and that can be called, outermost first."""
    return tuple(found for found in _every(function) if callable(found))


def _every(function: FunctionType) -> Iterator[Any]:
    for root, *rest in _chains(function.__code__):
        found = function.__globals__.get(root)
        yield found
        for name in rest:
            found = getattr(found, name, None)
            yield found


def _followed(found: Any) -> FunctionType | None:
    plain = inspect.unwrap(found) if callable(found) and not isinstance(found, type) else None
    plain = getattr(plain, "__func__", plain)  # a class method
    if isinstance(plain, FunctionType) and plain.__module__.startswith(_HOUSE):
        return plain
    return None


@cache
def raised_by(function: Callable[..., Any]) -> frozenset[type[errors.YizhanError]]:
    """The classes of errors, without the general one of a fault of ours."""
    first = _followed(function)
    waiting = [] if first is None else [first]
    seen: set[FunctionType] = set(waiting)
    kinds: set[type[errors.YizhanError]] = set()
    while waiting:
        for found in _named(waiting.pop()):
            if isinstance(found, type) and issubclass(found, errors.YizhanError):
                kinds.add(found)
            elif (called := _followed(found)) is not None and called not in seen:
                seen.add(called)
                waiting.append(called)
    return frozenset(kind for kind in kinds if kind is not errors.YizhanError)
