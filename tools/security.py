"""Writes the tables of ``docs/security.md`` and its translation from ``tests/security/cases``.

A test compares the pages with what this would write, and looks for every test that is named.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "security" / "cases"
PAGES = ("docs/security.md", "docs/security.zh-CN.md")
BEGIN, END = "<!-- cases: written by python -m tools.security -->", "<!-- end of cases -->"


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class of fault, and the tests that would find it here."""

    id: str
    title: str
    title_zh: str
    others: str
    asvs: list[str]
    tests: list[str]
    untested: str = ""


def cases() -> list[Case]:
    """All cases: the numbered ones first, in order, then the named ones."""
    found = [
        msgspec.convert(row, Case)
        for path in sorted(CASES.glob("*.toml"))
        for row in tomllib.loads(path.read_text())["case"]
    ]
    return sorted(found, key=lambda case: (not case.id.isdigit(), case.id.zfill(3)))


@cache
def functions(path: Path) -> set[str]:
    """Names of the tests in a file."""
    return {
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def pages() -> dict[str, str]:
    """Path below the root → text, with fresh tables."""
    tables = (_english(), _chinese())
    return {
        path: _within((ROOT / path).read_text(), table)
        for path, table in zip(PAGES, tables, strict=True)
    }


def _within(page: str, table: str) -> str:
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    return pattern.sub(lambda _found: f"{BEGIN}\n\n{table}\n{END}", page)


def _english() -> str:
    rows = [
        "| | class | what happened to others | ASVS 5.0 | tests |",
        "| --- | --- | --- | --- | --- |",
    ]
    for case in cases():
        tests = _tests(case) + (f"<br>Not tested: {case.untested}" if case.untested else "")
        rows.append(f"| {case.id} | {case.title} | {case.others} | {_asvs(case)} | {tests} |")
    return "\n".join(rows) + "\n\n" + _summary("{} classes, {} with tests, {} named tests.") + "\n"


def _chinese() -> str:
    rows = ["| | 类别 | ASVS 5.0 | 测试数 |", "| --- | --- | --- | --- |"]
    rows += [
        f"| {case.id} | {case.title_zh} | {_asvs(case)} | {len(case.tests)} |" for case in cases()
    ]
    return "\n".join(rows) + "\n\n" + _summary("共 {} 类，{} 类有测试，{} 个测试。") + "\n"


def _summary(words: str) -> str:
    found = cases()
    named = {name for case in found for name in case.tests}
    return words.format(len(found), sum(bool(case.tests) for case in found), len(named))


def _asvs(case: Case) -> str:
    return ", ".join(case.asvs)


def _tests(case: Case) -> str:
    """Grouped by file, so that a row stays readable."""
    files: dict[str, list[str]] = {}
    for name in case.tests:
        path, _, function = name.partition("::")
        files.setdefault(path, []).append(function.removeprefix("test_"))
    return "<br>".join(
        f"[{path}](../tests/{path}): {', '.join(f'`{one}`' for one in names)}"
        for path, names in files.items()
    )


def main() -> int:
    for path, text in pages().items():
        (ROOT / path).write_text(text)
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
