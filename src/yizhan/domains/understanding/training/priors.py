"""Examples that come with the program, beside a workspace's own.

They are added when the workspace's labels are those of the program: a workspace that has corrected five
intents must not forget the hundred others.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib import resources
from typing import Any, Final, NamedTuple

import msgspec

from yizhan.domains.understanding.training.types import Head

ALIKE: Final = 0.5
"""The share of a workspace's labels that must be among the program's."""
_LABELS: Final[dict[Head, tuple[str, ...]]] = {
    "intent": ("intent",),
    "category": ("category", "category_zh"),
    "emotion": ("emotion",),
    "urgency": ("urgency",),
    "satisfaction": (),
}


class Example(NamedTuple):
    """``typical`` is what a customer would write, and not just another wording to learn from."""

    text: str
    label: str
    typical: bool


@functools.cache
def _examples() -> tuple[dict[str, Any], ...]:
    content = resources.files("yizhan.learning").joinpath("shipped", "examples.jsonl")
    try:
        lines = content.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    return tuple(msgspec.json.decode(line) for line in lines)


def fitting(head: Head, labels: Sequence[str]) -> list[Example]:
    """Texts with their labels, if the program's labels are the workspace's; otherwise nothing."""
    for name in _LABELS[head]:
        known = {one[name] for one in _examples() if name in one}
        if sum(label in known for label in labels) > ALIKE * len(labels):
            known_ones = [one for one in _examples() if name in one]
            return [Example(one["text"], one[name], "emotion" in one) for one in known_ones]
    return []
