"""The client's errors: a class for each code, in one module for each status."""

from __future__ import annotations

import re

from tools.client_schema import Api

FOLDER = "errors"
_BASES = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    409: "Conflict",
    410: "Gone",
    412: "PreconditionFailed",
    413: "TooLarge",
    422: "Invalid",
    429: "TooMany",
    503: "Unavailable",
}
_ROW = re.compile(r"^\| `(\w+)` \| (\d+) \| (.*) \|$", re.MULTILINE)


def files(api: Api, reference: str) -> dict[str, str]:
    """Path below the package → text. ``reference`` is the page of all codes and their meanings."""
    spoken = {pair for one in api.operations for pair in one.codes}
    taken: set[str] = set()
    by_status: dict[int, dict[str, str]] = {}
    for code, status, text in _ROW.findall(reference):
        name = code.title().replace("_", "")
        base = _BASES.get(int(status))
        # Two parts of the server may use one code; the first one's class does for both.
        if (code, int(status)) in spoken and base and name != base and name not in taken:
            taken.add(name)
            by_status.setdefault(int(status), {})[name] = text.replace("\\|", "|")
    found = {}
    for status, kinds in by_status.items():
        found[f"{FOLDER}/of_{status}.py"] = _module(_BASES[status], kinds)
    lines = [f"from yizhan_client.errors.of_{status} import *" for status in sorted(by_status)]
    found[f"{FOLDER}/__init__.py"] = (
        '"""What may go wrong. Every code of the API is a class below that of its status."""\n\n'
        "from yizhan_client.errors.base import *\n" + "\n".join(lines)
    )
    return found


def _module(base: str, kinds: dict[str, str]) -> str:
    classes = "\n\n\n".join(
        f'class {name}({base}):\n    """{text}"""' for name, text in sorted(kinds.items())
    )
    listed = ", ".join(f'"{name}"' for name in sorted(kinds))
    return (
        f'"""Codes below :class:`{base}`."""\n\nfrom yizhan_client.errors.base import {base}\n\n'
        f"__all__ = [{listed},]\n\n\n{classes}\n"
    )
