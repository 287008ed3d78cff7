"""The little that can be done to a text without a model, and nothing that only looks like more."
" Pure."""

from __future__ import annotations

import re

from yizhan.domains.copilot.drafting import speaks_chinese

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


def tidy(text: str) -> str:
    """Blanks and marks put right."""
    clean = re.sub(r"[ \t]+", " ", text.replace("\r\n", "\n"))
    clean = re.sub(r" +([，。！？；：,.!?;:])", r"\1", clean)
    clean = _DOUBLED.sub(r"\1", clean)
    clean = re.sub(r"!{2,}", "!", re.sub(r"\?{2,}", "?", clean))
    clean = re.sub(r"(?<=[.!?] )([a-z])", lambda found: found.group().upper(), clean)
    return re.sub(r"\n{3,}", "\n\n", clean).strip()


def polite(text: str, *, name: str) -> str:
    """With a greeting and a closing where they are missing."""
    clean, chinese = tidy(text), speaks_chinese(text)
    if not _GREETED.match(clean):
        if chinese:
            clean = f"{name}，您好！\n\n{clean}" if name else f"您好！\n\n{clean}"
        else:
            clean = f"Hello {name},\n\n{clean}" if name else f"Hello,\n\n{clean}"
    if not _CLOSED.search(clean):
        clean += "\n\n感谢您的理解与支持。" if chinese else "\n\nKind regards"
    return clean


def short(text: str) -> str:
    """Without words that say nothing."""
    return tidy(_FILLERS.sub("", text))
