"""What rules ask of Python code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from tools.rules import Tree

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parse(text: str) -> ast.Module:
    """The tree of one file; each rule gets the same."""
    return ast.parse(text)


def modules(tree: Tree, *prefixes: str) -> Iterator[tuple[str, ast.Module]]:
    """Python files below any of the folders."""
    for path, text in tree.items():
        if path.endswith(".py") and path.startswith(prefixes or ("",)):
            yield path, parse(text)


def functions(module: ast.Module) -> Iterator[Function]:
    """Every function and method."""
    for node in ast.walk(module):
        if isinstance(node, Function):
            yield node


def percentile(values: list[int], share: float) -> int:
    """The value that so many of hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0
