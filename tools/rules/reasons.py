"""An exception from a check says why, and nothing is left to do later."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.rules import Tree, Violation

SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore)\b(?P<rest>.*)$")
CODES = re.compile(r"^(:\s*[A-Z]+[0-9]+(\s*,\s*[A-Z]+[0-9]+)*|\[[a-z-]+(\s*,\s*[a-z-]+)*\])")
LATER = re.compile(r"(#|//|--|/\*)\s*(TO" r"DO|FIX" r"ME|X" r"XX)\b")
CODE = (".py", ".ts", ".tsx", ".sql", ".css", ".mjs")

_BARE = "x = eval(y)  # no" + "qa: S307"  # in pieces: this file keeps its own rule
GOOD = {"src/yizhan/a.py": f"{_BARE} -- y is a constant of ours\n"}
BAD = {"src/yizhan/a.py": f"{_BARE}\n"}


def check(tree: Tree) -> Iterator[Violation]:
    """Silenced checks without a reason, and notes of things to do."""
    for path, text in tree.items():
        if not path.endswith(CODE) or "node_modules" in path:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if path.endswith(".py") and (found := SILENCED.search(line)) and not _reason(found):
                yield Violation(path, number, f"say why: {found.group().strip()}")
            if LATER.search(line):
                yield Violation(path, number, "do it, or open an issue")


def _reason(found: re.Match[str]) -> bool:
    rest = CODES.sub("", found["rest"].strip(), count=1)
    return len(rest.strip(" -#:")) >= 3
