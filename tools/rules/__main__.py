"""Runs every rule on the repository."""

from __future__ import annotations

import sys
from pathlib import Path

from tools import rules


def main() -> int:
    """Prints what is broken; 1 when anything is."""
    tree = rules.of_repository(Path(__file__).resolve().parent.parent.parent)
    broken = 0
    for rule in rules.all_rules():
        name = rule.__name__.rpartition(".")[2]
        for violation in rule.check(tree):
            broken += 1
            print(f"{violation} [{name}]")
    print(f"{len(rules.all_rules())} rules, {broken} violations", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
