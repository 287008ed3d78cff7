"""Nobody waits for the file store while a transaction is open.

It may be a bucket behind a slow line, and whoever waits there holds a connection and locks. Bytes are put
first and recorded after: a function that takes a ``Tx`` takes no ``Store`` and reaches for none, and neither
does the block of a transaction.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.rules import Tree, Violation
from tools.rules._code import Function, modules

# The recount reads files in the snapshot of the rows that name them; an operator runs it by hand.
ALLOWED = ("src/yizhan/domains/tickets/verify.py", "src/yizhan/app/commands/verify.py")
_BEGINS = frozenset({"begin", "as_system"})

GOOD = {
    "src/yizhan/domains/a/service.py": "async def keep(tx: Tx, sha256: str) -> None: ...\n"
    "async def take(edge: Edge) -> None:\n"
    "    sha256 = await edge.store.put(1, b'')\n"
    "    async with edge.database.begin(who) as tx:\n"
    "        await keep(tx, sha256)\n"
}
BAD = {
    "src/yizhan/domains/a/service.py": "async def take(edge: Edge) -> None:\n"
    "    async with edge.database.begin(who) as tx:\n"
    "        sha256 = await edge.store.put(1, b'')\n"
}


def check(tree: Tree) -> Iterator[Violation]:
    """Functions that take a transaction, and blocks that open one."""
    for path, module in modules(tree, "src/yizhan/"):
        if path in ALLOWED:
            continue
        lines: set[int] = set()
        for node in ast.walk(module):
            if isinstance(node, Function):
                lines.update(_within_function(node))
            elif isinstance(node, ast.AsyncWith) and any(map(_begins, node.items)):
                lines.update(_stores(node.body))
        for line in sorted(lines):
            yield Violation(path, line, "the store within a transaction: put first, record after")


def _begins(item: ast.withitem) -> bool:
    call = item.context_expr
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in _BEGINS
    )


def _within_function(node: Function) -> Iterator[int]:
    given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    types = [ast.unparse(one.annotation) for one in given if one.annotation is not None]
    if "Tx" in types:
        if "Store" in types:
            yield node.lineno
        yield from _stores(node.body)


def _stores(body: list[ast.stmt]) -> Iterator[int]:
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Attribute) and node.attr == "store":
                yield node.lineno
