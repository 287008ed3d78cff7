"""What a model gave, made fit to be shown: no links from nowhere, no pictures, sentences with sources. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from yizhan.domains.copilot.types import CopilotSentence, Source
from yizhan.learning import summary

_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(([^)\s]{1,500})(?:[ \t][^)\n]{0,100})?\)")
_ADDRESS = re.compile(
    r"(?:(?:https?:)?//|www\.|javascript:|data:|mailto:|\b(?:[a-z0-9-]{1,63}\.){1,4}(?!js|ts|py|css)[a-z]{2,24}/)"
    r"[^\s<>\"'，。；）)\]]{1,500}",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,300}>")
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_THOUGHT = re.compile(r"<think>.{0,20000}?</think>", re.DOTALL)
_MARK = re.compile(r"[ \t]?[\[【]((?:\d{1,2})(?:[ ,，、]{1,2}\d{1,2}){0,5})[\]】]")
_END = re.compile(
    r"(?<=[。！？!?；])(?![\[【])|(?<=[.])(?=\s+[^\s\[])"
    r"|(?<=[\]】])(?=\s*[^\s\[【.。,，;；!！?？])|\n+"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SMALL = frozenset(map(str, range(11)))
_MOST = 12_000
_REBUILT = 4


def plain(text: str, *, known: Collection[str] = ()) -> str:
    """Without pictures, markup and links; only addresses that stand in a source stay."""
    clean = _HIDDEN.sub("", _THOUGHT.sub("", text))[:_MOST]
    clean = _IMAGE.sub("", clean)
    clean = _LINK.sub(lambda found: _linked(found, known), clean)
    for _ in range(_REBUILT):  # what is left of two tags may be a third
        clean = _TAG.sub("", clean)
    clean = _ADDRESS.sub(lambda found: found.group() if found.group() in known else "", clean)
    clean = re.sub(r"\*\*([^*\n]{1,300})\*\*", r"\1", clean)
    clean = re.sub(r"^#{1,6} ", "", clean, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", clean).strip()


def _linked(found: re.Match[str], known: Collection[str]) -> str:
    name, address = found.group(1), found.group(2)
    return f"{name} ({address})" if address in known and address != name else name


def addresses(texts: Sequence[str]) -> frozenset[str]:
    """The links that stand in texts."""
    return frozenset(found for text in texts for found in _ADDRESS.findall(text))


def sentences(text: str, sources: Sequence[Source], *, ticket: str) -> list[CopilotSentence]:
    """The sentences of an answer with what each rests on.

    A claim without a source, with one that does not exist, or with a number that stands neither in
    its sources nor in the ticket is "unsupported".
    """
    found: list[CopilotSentence] = []
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:[-*•]|\d{1,2}[.、)]) )", text):
        parts = [part.strip() for part in _END.split(paragraph) if part and part.strip()]
        for place, part in enumerate(_with_marks(parts)):
            one = _sentence(part, sources, ticket)
            if one is not None:
                last = place == len(_with_marks(parts)) - 1
                found.append(CopilotSentence(one.text, one.sources, one.kind, breaks=last))
    return found


def _with_marks(parts: Sequence[str]) -> list[str]:
    """A mark that stands alone belongs to the sentence before it."""
    joined: list[str] = []
    for part in parts:
        if joined and not _MARK.sub("", part).strip(" .。"):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _sentence(part: str, sources: Sequence[Source], ticket: str) -> CopilotSentence | None:
    numbers = [int(n) for found in _MARK.finditer(part) for n in re.findall(r"\d+", found.group(1))]
    bare = _MARK.sub("", part).strip()
    if not bare:
        return None
    cited = [n for n in dict.fromkeys(numbers) if 1 <= n <= len(sources)]
    if not cited:
        mild = summary.is_courtesy(bare) or _asks(bare)
        return CopilotSentence(bare, [], "courtesy" if mild else "unsupported")
    held = ticket + " ".join(f"{sources[n - 1].title} {sources[n - 1].text}" for n in cited)
    known = set(_NUMBER.findall(held)) | _SMALL
    invented = [n for n in _NUMBER.findall(bare) if n not in known]
    return CopilotSentence(bare, cited, "unsupported" if invented else "claim")


_ASKS = re.compile(
    r"[?？]\s*$|^(?:请(?:您)?(?:提供|告诉|告知|回复|补充)"
    r"|(?:could|can) you|please (?:send|tell|share|let|provide|reply))",
    re.IGNORECASE,
)
_WARM = re.compile(
    r"抱歉|对不起|不好意思|理解您|感谢|谢谢|您好|祝您|sorry|apologi[sz]e|understand|thank|hello|dear|regards|hope",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"[0-9]|已|将|会为|会在|退|赔|补偿|免费|保证|refund|credit|free|guarantee|compensat|will |have (?:been|sent|done)",
    re.IGNORECASE,
)


def _asks(sentence: str) -> bool:
    """A question back, or a kind word: nothing that could be wrong."""
    if _ASKS.search(sentence):
        return True
    return bool(_WARM.search(sentence)) and not _PROMISE.search(sentence)
