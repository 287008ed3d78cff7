"""Files stay below 350 lines (95 of 100) and 500 (all), functions below 45, TSX files below 250."""

from __future__ import annotations

from collections.abc import Iterator

from tools.rules import Tree, Violation
from tools.rules._code import functions, modules, percentile

FILE_P95, FILE_MOST = 350, 500
FUNCTION_P95, FUNCTION_MOST = 45, 100
TSX_P95, TSX_MOST = 250, 400
OURS = ("src/", "tests/", "tools/", "clients/", "web/src/", "widget/src/")
CODE = (".py", ".ts", ".tsx")

GOOD = {"src/yizhan/a.py": "def f() -> int:\n    return 1\n" * 100}
BAD = {"src/yizhan/a.py": "x = 1\n" * 501}


def check(tree: Tree) -> Iterator[Violation]:
    """Sizes of all files and functions."""
    code = {
        path: text.count("\n")
        for path, text in tree.items()
        if path.startswith(OURS) and path.endswith(CODE) and not _is_data(path)
    }
    yield from _files(
        {p: n for p, n in code.items() if not p.endswith(".tsx")}, FILE_P95, FILE_MOST
    )
    yield from _files({p: n for p, n in code.items() if p.endswith(".tsx")}, TSX_P95, TSX_MOST)
    yield from _functions(tree)


def _is_data(path: str) -> bool:
    """Generated types and texts of the interface are not read as code."""
    name = path.rpartition("/")[2]
    written = ".gen." in name or "/yizhan_client/models/" in path  # one for each tag of the API
    return name.endswith(".d.ts") or written or "/i18n/" in path or "/demo/texts" in path


def _files(lines: dict[str, int], p95: int, most: int) -> Iterator[Violation]:
    for path, count in lines.items():
        if count > most:
            yield Violation(path, count, f"{count} lines, the wall is {most}")
    if (found := percentile(list(lines.values()), 0.95)) >= p95:
        longest = sorted(lines, key=lambda path: lines[path])[-5:]
        yield Violation(longest[-1], 1, f"p95 of file lengths is {found}: {', '.join(longest)}")


def _functions(tree: Tree) -> Iterator[Violation]:
    lengths: list[int] = []
    for path, module in modules(tree, "src/", "tools/", "clients/"):
        for function in functions(module):
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            lengths.append(length)
            if length > FUNCTION_MOST:
                yield Violation(path, function.lineno, f"{function.name} has {length} lines")
    if (found := percentile(lengths, 0.95)) >= FUNCTION_P95:
        yield Violation("src", 1, f"p95 of function lengths is {found}")
