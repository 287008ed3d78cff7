"""Write the examples that come with the program: ``python -m tools.shipped_examples``.

They are the training part of ``evals/suites`` as far as learning needs it, in one file inside of the
package: a workspace that trains on labels of its own learns them too and forgets none of them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SUITES = ROOT / "evals" / "suites"
SHIPPED = ROOT / "src" / "yizhan" / "learning" / "shipped" / "examples.jsonl"
_KINDS = ("messages", "oos", "wordings")


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def content() -> str:
    """The file's text."""
    paths = {line["intent"]: line for line in _lines(SUITES / "taxonomy.jsonl")}
    found = []
    for kind in _KINDS:
        for path in sorted((SUITES / "train").glob(f"*.{kind}.jsonl")):
            for line in _lines(path):
                known = paths.get(line["intent"], {})
                found.append(
                    {
                        "text": line["text"],
                        "intent": line["intent"],
                        "category": known.get("category", line["intent"]),
                        "category_zh": known.get("category_zh", line["intent"]),
                    }
                    | {name: line[name] for name in ("emotion", "urgency") if name in line}
                )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found)


def main() -> None:
    SHIPPED.parent.mkdir(parents=True, exist_ok=True)
    SHIPPED.write_text(content(), "utf-8")


if __name__ == "__main__":
    main()
