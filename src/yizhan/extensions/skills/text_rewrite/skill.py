"""The agent's own text in another tone: without a model the little that can be done to it, and nothing
that only looks like more."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from yizhan.domains.copilot import cleaning, drafting
from yizhan.domains.copilot.contract import Customer, Told, Wanted, Written
from yizhan.domains.copilot.types import Tone

_GREETED = re.compile(
    r"^\s*(?:您好|你好|亲|尊敬的|hi\b|hello\b|dear\b|hey\b|good (?:morning|afternoon"
    r"|evening))",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"(?:谢谢|感谢|祝|此致|regards|sincerely|thank you|thanks|best wishes)[^\n]{0,40}\s*$",
    re.IGNORECASE,
)
_DOUBLED = re.compile(r"([，。！？、；])\1+")
_FILLERS = re.compile(
    r"(?:非常|十分|特别)(?=(?:抱歉|感谢|理解))|其实|的话(?=，)|\b(?:just|really|very|actually|basically|simply) ",
    re.IGNORECASE,
)  # fmt: skip


def _tidy(text: str) -> str:
    """Blanks and marks put right."""
    clean = re.sub(r"[ \t]+", " ", text.replace("\r\n", "\n"))
    clean = re.sub(r" +([，。！？；：,.!?;:])", r"\1", clean)
    clean = _DOUBLED.sub(r"\1", clean)
    clean = re.sub(r"!{2,}", "!", re.sub(r"\?{2,}", "?", clean))
    clean = re.sub(r"(?<=[.!?] )([a-z])", lambda found: found.group().upper(), clean)
    return re.sub(r"\n{3,}", "\n\n", clean).strip()


def _polite(text: str, *, name: str) -> str:
    """With a greeting and a closing where they are missing."""
    clean, chinese = _tidy(text), drafting.speaks_chinese(text)
    if not _GREETED.match(clean):
        if chinese:
            clean = f"{name}，您好！\n\n{clean}" if name else f"您好！\n\n{clean}"
        else:
            clean = f"Hello {name},\n\n{clean}" if name else f"Hello,\n\n{clean}"
    if not _CLOSED.search(clean):
        clean += "\n\n感谢您的理解与支持。" if chinese else "\n\nKind regards"
    return clean


def _short(text: str) -> str:
    """Without words that say nothing."""
    return _tidy(_FILLERS.sub("", text))


_ALONE: Final = {"polite", "short"}
_HOW: Final[dict[str, dict[Tone, str]]] = {
    "en": {
        "polite": "more polite and warm",
        "short": "as short as it can be without losing a fact",
        "friendly": "friendly and relaxed",
        "formal": "formal",
    },
    "zh": {
        "polite": "更礼貌、更温和",
        "short": "在不丢失事实的前提下尽可能简短",
        "friendly": "亲切、自然",
        "formal": "正式",
    },
}
Output = Written
Form = None


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """What it sees."""

    text: str = ""
    tone: Tone = "polite"
    customer: Customer = Customer()


def can(seen: Input) -> bool:
    """Other words are a model's business."""
    return seen.tone in _ALONE


def make(seen: Input) -> Written | None:
    if seen.tone == "short":
        return Written(text=_short(seen.text))
    return Written(text=_polite(seen.text, name=seen.customer.name))


def tell(seen: Input) -> Told:
    language = drafting.language(seen.text)
    return Told(language=language, parts=(seen.text,), values={"how": _HOW[language][seen.tone]})


def read(seen: Input, sent: Input, given: str) -> Written | None:
    text = cleaning.plain(given, known=cleaning.addresses([seen.text]))
    return Written(text=text) if text else None


def meets(wanted: Wanted, got: Written) -> bool:
    return wanted.fits(got.text)
