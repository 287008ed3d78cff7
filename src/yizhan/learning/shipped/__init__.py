"""What the desk knows before it has learned anything: heads trained on ``evals/suites/train``.

``python -m tools.shipped_models`` writes them; a test says when they and the suites part ways.
"""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Final

from yizhan.learning import classify, paths

INTENT: Final = "intent.npz"
TAXONOMY: Final = "taxonomy.jsonl"


@functools.cache
def intent() -> classify.Classifier | None:
    """Intents of the suites; None in a build without them."""
    data = _bytes(INTENT)
    return None if data is None else classify.Classifier.load(data)


@functools.cache
def category(language: str = "en") -> paths.PathClassifier | None:
    """Category paths in a language (``en`` or ``zh``): every intent belongs to one of them."""
    head, taxonomy = intent(), _bytes(TAXONOMY)
    if head is None or taxonomy is None:
        return None
    lines = [json.loads(line) for line in taxonomy.splitlines() if line.strip()]
    field = "category_zh" if language.startswith("zh") else "category"
    names = {line["intent"]: line[field] for line in lines}
    document = {**head.document, "labels": [names.get(label, label) for label in head.labels]}
    return paths.PathClassifier(classify.Classifier(document, head.arrays))


def _bytes(name: str) -> bytes | None:
    file = resources.files(__name__).joinpath(name)
    return file.read_bytes() if file.is_file() else None
