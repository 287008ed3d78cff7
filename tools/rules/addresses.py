"""No registry's address and no path of anybody's machine is committed, and no lock holds any address.

Where packages come from is the business of whoever installs them, and a lock that names a registry
works behind one firewall only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.rules import Tree, Violation

LOCKS = ("package-lock.json", ".lock", "npm-shrinkwrap.json")
# Written in pieces, so that this file does not break its own rule.
HOSTS = re.compile(
    "|".join(
        [
            r"registry\." + r"npmjs\.org",
            r"registry\." + r"npmmirror\.com",
            r"files\." + r"pythonhosted\.org",
            r"pypi\." + r"org/simple",
            r"pypi\.tuna\." + r"tsinghua",
            r"mirrors\." + r"aliyun",
        ]
    )
)
MACHINE = re.compile(r"(?<![\w.])/(work/(main|shared)|root/\.pyenv)\b")
IN_LOCKS = re.compile(r"://|^\s*--(extra-)?index-url|^\s*--find-links")

GOOD = {"requirements.lock": "msgspec==0.22.0 \\\n    --hash=sha256:00\n"}
BAD = {"web/package-lock.json": '"funding": {"url": "https://sponsors.example/anybody"}\n'}


def check(tree: Tree) -> Iterator[Violation]:
    """Addresses in locks, and hosts or machine paths anywhere."""
    for path, text in tree.items():
        lock = path.endswith(LOCKS)
        for number, line in enumerate(text.splitlines(), 1):
            if HOSTS.search(line) or MACHINE.search(line) or (lock and IN_LOCKS.search(line)):
                yield Violation(path, number, f"an address: {line.strip()[:80]}")
