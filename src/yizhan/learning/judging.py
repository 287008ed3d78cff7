"""How good a model is on examples that it has not seen: the figures of a report card."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.learning import metrics
from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Sequence

OOS: Final = "oos"
BINS: Final = 10
STEPS: Final = tuple(round(0.05 * step, 2) for step in range(20))
"""Confidences that a threshold is chosen from."""
LEAST: Final = 10
"""Examples that must be left above a threshold before it is believed."""
PAIRS: Final = 60
"""Confusions that are kept, the most frequent ones."""


class Said(NamedTuple):
    """What a model says of one example. ``inside`` False: it thinks that no label fits."""

    label: str
    confidence: float
    inside: bool = True

    @property
    def answer(self) -> str:
        return self.label if self.inside else OOS


def hits(truth: Sequence[str], said: Sequence[Said]) -> list[bool]:
    return [real == one.answer for real, one in zip(truth, said, strict=True)]


def report(truth: Sequence[str], said: Sequence[Said], *, target: float) -> dict[str, Any]:
    """Plain JSON; shares with their 95 % intervals as value, low, high."""
    right = hits(truth, said)
    answers = [one.answer for one in said]
    chosen = threshold(right, said, target=target)
    # Confidence is that of a label; where it says that none fits, it claims none.
    claims = [pair for pair in zip(right, said, strict=True) if pair[1].inside]
    kept, claimed = [ok for ok, _ in claims], [one for _, one in claims]
    return {
        "examples": len(truth),
        "accuracy": metrics.share(sum(right), len(right))._asdict(),
        "macro_f1": metrics.macro_f1(truth, answers),
        "calibration_error": metrics.calibration_error([one.confidence for one in claimed], kept),
        "calibration": calibration(kept, claimed),
        "coverage": coverage(right, said),
        "threshold": chosen,
        "covered": covered(right, said, above=chosen),
        "labels": labels(truth, answers),
        "confusions": confusions(truth, answers),
        "scope": scope(truth, said),
    }


def calibration(right: Sequence[bool], said: Sequence[Said]) -> list[dict[str, Any]]:
    """Per span of confidence: how sure it was and how often it was right, with the interval."""
    sure = np.array([one.confidence for one in said])
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    hit = np.array(right, dtype=bool)
    found = []
    for span in range(BINS):
        here = place == span
        if here.any():
            found.append(
                {
                    "confidence": float(sure[here].mean()),
                    "right": metrics.share(int(hit[here].sum()), int(here.sum()))._asdict(),
                    "examples": int(here.sum()),
                }
            )
    return found


def covered(right: Sequence[bool], said: Sequence[Said], *, above: float) -> dict[str, Any]:
    """What remains if nothing is said below a confidence: the share of messages, how often it is right."""
    kept = [
        ok for ok, one in zip(right, said, strict=True) if one.inside and one.confidence >= above
    ]
    return {
        "threshold": above,
        "share": len(kept) / max(1, len(right)),
        "accuracy": metrics.share(sum(kept), len(kept))._asdict(),
        "examples": len(kept),
    }


def coverage(right: Sequence[bool], said: Sequence[Said]) -> list[dict[str, Any]]:
    return [covered(right, said, above=step) for step in STEPS]


def threshold(right: Sequence[bool], said: Sequence[Said], *, target: float) -> float:
    """The lowest confidence above which ``target`` of what is said is right; if none, the best there is."""
    best, most = 0.0, -1.0
    for line in coverage(right, said):
        if line["examples"] < LEAST:
            continue
        rate = line["accuracy"]["value"]
        if rate >= target:
            return float(line["threshold"])
        if rate > most:
            best, most = float(line["threshold"]), rate
    return best


def labels(truth: Sequence[str], answers: Sequence[str]) -> list[dict[str, Any]]:
    """Per label, the most frequent first."""
    hit = Counter(real for real, said in zip(truth, answers, strict=True) if real == said)
    found = [
        {
            "label": line.label,
            "precision": line.precision,
            "recall": metrics.share(hit[line.label], line.examples)._asdict(),
            "f1": line.f1,
            "examples": line.examples,
        }
        for line in metrics.per_label(truth, answers)
    ]
    return sorted(found, key=lambda line: (-line["examples"], line["label"]))


def confusions(truth: Sequence[str], answers: Sequence[str]) -> list[dict[str, Any]]:
    """What is taken for what, the most frequent first, with how often the truth occurs."""
    often = Counter(truth)
    pairs = Counter((real, said) for real, said in zip(truth, answers, strict=True) if real != said)
    return [
        {"truth": real, "said": said, "count": count, "of": often[real]}
        for (real, said), count in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[
            :PAIRS
        ]
    ]


def scope(truth: Sequence[str], said: Sequence[Said]) -> dict[str, Any] | None:
    """How well it knows what fits no label; None when no example is of that kind."""
    outside = [one.answer == OOS for real, one in zip(truth, said, strict=True) if real == OOS]
    if not outside:
        return None
    lost = [one.answer == OOS for real, one in zip(truth, said, strict=True) if real != OOS]
    return {
        "recognised": metrics.share(sum(outside), len(outside))._asdict(),
        "lost": metrics.share(sum(lost), len(lost))._asdict(),
    }


def majority(truth: Sequence[str], *, seen: Sequence[str]) -> list[bool]:
    """What saying the most frequent label every time would get right."""
    usual = Counter(seen).most_common(1)[0][0] if seen else ""
    return [real == usual for real in truth]
