"""Say it at the call: after the second argument (and the transaction) keywords only.

And modules are imported, functions called through them: ``tickets.assign(tx, ticket, to=agent)``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.rules import Tree, Violation
from tools.rules._code import Function, functions, modules

FREE = {"self", "cls", "tx"}  # do not count: what everything is called on
MOST = 3  # `f(tx, a, b)` and `f(a, b, c)` still read; a fourth is a keyword

GOOD = {"src/yizhan/domains/a/service.py": "def close(tx, ticket, *, notify): ...\n"}
BAD = {"src/yizhan/domains/a/service.py": "def close(tx, a, b, c, d): ...\n"}


def check(tree: Tree) -> Iterator[Violation]:
    """Long positional signatures, and functions imported out of another domain's service."""
    for path, module in modules(tree, "src/yizhan/"):
        overrides = _overrides(module)
        for function in functions(module):
            free = function in overrides or function.name.startswith("_")
            # What is decorated is called by whoever decorated it, by keyword.
            if not free and not function.decorator_list and len(_positional(function)) > MOST:
                names = ", ".join(_positional(function))
                yield Violation(path, function.lineno, f"{function.name}({names}): use keywords")
        for node in ast.walk(module):
            if isinstance(node, ast.ImportFrom) and (taken := _taken(tree, path, node)):
                yield Violation(path, node.lineno, f"import the module, call {taken} through it")


def _overrides(module: ast.Module) -> set[ast.stmt]:
    """Methods whose signature a base class may have given."""
    classes = [node for node in ast.walk(module) if isinstance(node, ast.ClassDef) and node.bases]
    return {statement for one in classes for statement in one.body}


def _positional(function: Function) -> list[str]:
    arguments = [*function.args.posonlyargs, *function.args.args]
    # A callback's unused parameters are named with an underscore: its caller decides on them.
    return [one.arg for one in arguments if one.arg not in FREE and one.arg[0] != "_"]


def _taken(tree: Tree, path: str, node: ast.ImportFrom) -> str | None:
    module = node.module or ""
    same_domain = "src/" + "/".join(module.split(".")[:3]) + "/"
    if (
        path.startswith(same_domain)
        or not module.startswith("yizhan.domains.")
        or ".service" not in f"{module}."
    ):
        return None
    folder = "src/" + module.replace(".", "/")
    for alias in node.names:
        is_module = {f"{folder}/{alias.name}.py", f"{folder}/{alias.name}/__init__.py"} & set(tree)
        if alias.name.islower() and not is_module:
            return alias.name
    return None
