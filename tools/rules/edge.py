"""Only the edge commits: no service, repository or extension ends a transaction."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.rules import Tree, Violation
from tools.rules._code import modules

# The edge itself, and the one-off statements of start-up.
EDGE = ("src/yizhan/kernel/db.py", "src/yizhan/kernel/migrate.py")
ENDS = ("commit", "rollback", "begin", "start transaction", "end", "abort")

GOOD = {
    "src/yizhan/domains/a/service.py": 'async def f(t):\n    await t.db.execute("DELETE FROM a")\n',
    "src/yizhan/kernel/db.py": 'async def f(c):\n    await c.execute("COMMIT")\n',
}
BAD = {"src/yizhan/domains/a/service.py": 'async def f(c):\n    await c.execute("COMMIT")\n'}


def check(tree: Tree) -> Iterator[Violation]:
    """Calls that end a transaction, by method or by statement."""
    for path, module in modules(
        tree, "src/yizhan/domains/", "src/yizhan/extensions/", "src/yizhan/kernel/"
    ):
        if path in EDGE:
            continue
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and (found := _ends(node)):
                yield Violation(path, node.lineno, f"{found} belongs to the edge")


def _ends(call: ast.Call) -> str | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name in {"commit", "rollback"}:
        return name
    if name in {"execute", "fetch", "fetchval"} and call.args:
        said = call.args[0]
        if isinstance(said, ast.Constant) and isinstance(said.value, str):
            statement = said.value.strip().rstrip(";").lower()
            if statement in ENDS:
                return statement
    return None
