"""A draft put together from what stands in sources, without a model. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec

from yizhan.domains.copilot.types import CopilotSentence, Source, Turn
from yizhan.kernel import text
from yizhan.learning import privacy, summary

_HAN = re.compile(r"[一-鿿]")
_LEAST = 1.2
# How much nearness in meaning counts beside shared words. Alone it never makes a draft: of a passage some
# word must be shared, so that it is the sentence that answers.
_MEANING = 1.5
_MOST_SENTENCES = 6
_MOST_CHARS = 900
# A colleague's own matter on another ticket: nothing to say again to somebody else.
_OWN_MATTER = re.compile(
    r"您的(?:订单|快递|退款|包裹|账单)已|your (?:order|refund|parcel) (?:has|was|is)", re.IGNORECASE
)
_WEIGHT = {"article": 1.15, "macro": 1.1, "answer": 1.0, "message": 0.5}


class Passage(msgspec.Struct, frozen=True):
    """A run of sentences of one source (counted from 1) that fits."""

    source: int
    sentences: list[str]
    score: float


def speaks_chinese(words: str) -> bool:
    """Whether an answer to this is in Chinese."""
    return len(_HAN.findall(words)) * 4 >= max(1, len(words.strip()))


def language(words: str) -> Literal["zh", "en"]:
    """The language to speak of these words in."""
    return "zh" if speaks_chinese(words) else "en"


def asked(subject: str, turns: Sequence[Turn]) -> str:
    """What the customer wrote since the last answer, or at all."""
    tail: list[str] = []
    for one in reversed([one for one in turns if one.who != "note"]):
        if one.who != "customer" and tail:
            break
        if one.who == "customer":
            tail.append(one.text)
    return "\n".join([subject, *reversed(tail[:4])])[:4_000]


def usable(source: Source) -> list[str]:
    """The sentences of a source that may be said to anybody.

    Of an answer to somebody else those fall away that hold personal data or speak of their matter.
    """
    found = [one for one in summary.sentences(source.text) if not summary.is_courtesy(one)]
    if source.kind != "answer":
        return found
    return [one for one in found if not _OWN_MATTER.search(one) and not privacy.find(one)]


def passages(asked: str, sources: Sequence[Source]) -> list[Passage]:
    """The part of each source that fits the question best, the best source first."""
    wanted = {one for one in text.tokens(asked) if len(one) > 1}
    split = [usable(source) for source in sources]
    seen: Counter[str] = Counter()
    for parts in split:
        for part in parts:
            seen.update(set(text.tokens(part)))
    total = 1 + sum(map(len, split))
    found = []
    for number, (source, parts) in enumerate(zip(sources, split, strict=True), start=1):
        weights = [_weight(part, wanted, seen, total) for part in parts]
        title = _weight(source.title, wanted, seen, total)
        start, end, score = _window(parts, weights)
        shared = score + title
        score = shared * _WEIGHT[source.kind] + _MEANING * source.meant
        if end > start and shared > 0 and score >= _LEAST:
            found.append(Passage(number, parts[start:end], score))
    return sorted(found, key=lambda one: -one.score)


def _weight(part: str, wanted: set[str], seen: Counter[str], total: int) -> float:
    """How much a sentence shares with the question; rare words count for more."""
    shared = [one for one in text.tokens(part) if one in wanted]
    gain = sum(math.log(1 + total / (1 + seen[one])) for one in shared)
    return gain / math.sqrt(6 + len(part) / 4)


def _window(parts: Sequence[str], weights: Sequence[float]) -> tuple[int, int, float]:
    """The run of sentences around the best one: what explains it usually follows."""
    if not parts:
        return 0, 0, 0.0
    best = max(range(len(parts)), key=lambda place: weights[place])
    start = best - 1 if best > 0 and weights[best - 1] > 0.3 * weights[best] else best
    end, size = start, 0
    while end < len(parts) and end - start < _MOST_SENTENCES and size < _MOST_CHARS:
        size += len(parts[end])
        end += 1
    return start, end, weights[best] + 0.3 * sum(weights[start:end])


def compose(asked: str, sources: Sequence[Source], *, name: str) -> list[CopilotSentence]:
    """Sentences with their sources, or none at all where nothing fits."""
    ranked = passages(asked, sources)
    if not ranked:
        return []
    chosen = ranked[:1]
    if len(ranked) > 1 and ranked[1].score >= 0.7 * ranked[0].score:
        chosen = ranked[:2]
    said: set[str] = set()
    body: list[CopilotSentence] = []
    for passage in chosen:
        fresh = [one for one in passage.sentences if _same(one) not in said]
        said.update(map(_same, fresh))
        body += [
            CopilotSentence(one, [passage.source], "claim", breaks=place == len(fresh) - 1)
            for place, one in enumerate(fresh)
        ]
    chinese = speaks_chinese(asked)
    return [_greeting(name, chinese=chinese), *body, _closing(chinese=chinese)] if body else []


def whole(asked: str, source: Source, *, name: str) -> list[CopilotSentence]:
    """All that one source says, as an answer."""
    body = [CopilotSentence(one, [1], "claim") for one in usable(source)]
    if not body:
        return []
    chinese = speaks_chinese(asked)
    body[-1] = CopilotSentence(body[-1].text, [1], "claim", breaks=True)
    return [_greeting(name, chinese=chinese), *body, _closing(chinese=chinese)]


def _same(sentence: str) -> str:
    return re.sub(r"\W+", "", sentence).lower()


def _greeting(name: str, *, chinese: bool) -> CopilotSentence:
    if chinese:
        return CopilotSentence(
            f"{name}，您好！" if name and len(name) <= 12 else "您好！", [], "courtesy", breaks=True
        )
    return CopilotSentence(f"Hello {name}," if name else "Hello,", [], "courtesy", breaks=True)


def _closing(*, chinese: bool) -> CopilotSentence:
    closing = (
        "如果还有疑问，请直接回复我们。"
        if chinese
        else "If anything is unclear, just reply to this message."
    )
    return CopilotSentence(closing, [], "courtesy")


def joined(sentences: Sequence[CopilotSentence]) -> str:
    """The sentences as one text."""
    parts: list[str] = []
    for place, one in enumerate(sentences):
        parts.append(one.text)
        if place + 1 < len(sentences):
            wide = bool(_HAN.search(one.text[-2:])) or one.text[-1:] in "。！？；："
            parts.append("\n\n" if one.breaks else "" if wide else " ")
    return "".join(parts).strip()
