"""Writes ``requirements*.lock``: exact versions with hashes, and no address of any registry.

Where the packages come from is the business of whoever installs them.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

LOCKS = {
    "requirements.lock": ("pyproject.toml",),
    "requirements-dev.lock": ("pyproject.toml", "--group", "dev"),
    "requirements-clusters.lock": ("--group", "clusters"),  # apart from the desk's own packages
}
ADDRESS = re.compile(r"^\s*(--(extra-)?index-url|--find-links|--trusted-host|-i|-f)\b")


def main() -> int:
    root = Path(__file__).resolve().parent.parent
    for name, what in LOCKS.items():
        done = subprocess.run(
            [
                *(sys.executable, "-m", "uv", "pip", "compile", *what),
                *("--universal", "--python-version", "3.11", "--generate-hashes"),
                *("--no-header", "--no-annotate", "--quiet"),
            ],
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        )
        (root / name).write_text(without_addresses(done.stdout))
        print(name)
    return 0


def without_addresses(text: str) -> str:
    """The lock without lines that name where packages were found."""
    kept = [line for line in text.splitlines() if not ADDRESS.match(line)]
    return "\n".join(kept) + "\n"


if __name__ == "__main__":
    sys.exit(main())
