"""Where a reply ends and the mail that it answers begins, in plain text.

Known by heart: Gmail, Apple Mail, Outlook, Thunderbird, Yahoo, phones; QQ Mail, 163/126/yeah and
the NetEase master app, Foxmail, Aliyun, DingTalk and Feishu mail; Chinese and English, with the
commonest other languages. Every expression works on one short line, so none can run away.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_LINES = 20_000
_MAX_LINE = 500  # characters of a line that are matched


class Split(NamedTuple):
    """A text without its quote, and the quote ("" when there is none)."""

    text: str
    quoted: str


_WROTE_EN = re.compile(
    r"^\W{0,3}(?:On|At|Am|Le|El|Op|Il|Em|Den|Dnia)\b.{4,400}?"
    r"(?:wrote|writes|schrieb|a écrit|escribió|schreef|ha scritto|escreveu|skrev|napisał)"
    r"[^:：]{0,80}[:：]$",
    re.IGNORECASE,
)
_WROTE_NAME_FIRST = re.compile(
    r"^.{1,120}<[^<>]{3,120}@[^<>]{3,120}>.{0,60}(?:wrote|schrieb|a écrit|escribió)\s{0,3}[:：]$",
    re.IGNORECASE,
)
_WROTE_ZH = re.compile(
    r"^(?=.{0,400}(?:\d{1,4}\s?[年/.-]\s?\d{1,2}|星期|周[一二三四五六日]|週[一二三四五六日]|[\w.+-]{1,64}@))"
    r".{0,400}(?:写道|寫道|写到|来信写道|寫到|来信)\s{0,3}[:：]$"
)
_WROTE_JA_KO = re.compile(
    r"^\d{4}年\d{1,2}月\d{1,2}日.{0,200}(?:<[^<>]{3,120}@[^<>]{3,120}>\s?[:：]|書きました[:：]|のメール[:：])$"
    r"|^\d{4}년 \d{1,2}월 \d{1,2}일.{0,200}작성[:：]$"
)
_SEPARATOR = re.compile(
    r"^[\s>]{0,5}[-—─=_*]{2,40}\s{0,3}(?:原始邮件|原始信件|原邮件|邮件原件|原始郵件|原始訊息|回复的原邮件|回复的邮件"
    r"|Original Message|Original mail|Original|Original Email|Replied Message|Reply message"
    r"|Ursprüngliche Nachricht|Message d'origine|Mensaje original|元のメッセージ)\s{0,3}[-—─=_*]{2,40}$",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"^[\s>]{0,5}(?:[-—─=_*]{2,40}\s{0,3}"
    r"(?:Forwarded (?:message|mail|by)|转发的?邮件(?:信息)?|已转发(?:的?邮件)?|转发的消息"
    r"|轉寄的?郵件|轉寄郵件|轉發郵件|转发邮件|转发).{0,80}"
    r"|Begin forwarded message\s?[:：]|下面是被转发的邮件\s?[:：]|开始转发的邮件\s?[:：]|被转发的邮件\s?[:：])$",
    re.IGNORECASE,
)
_FORWARD_SUBJECT = re.compile(r"^\s*(?:fwd?|fw|转发|轉寄|轉發|wg|tr|rv|i)\s*[:：]", re.IGNORECASE)
_LABEL = re.compile(
    r"^[\s>|*]{0,8}(From|Sent|Sent at|Date|To|Cc|Subject|Send time|Reply-To|Importance"
    r"|发\s{0,4}件\s{0,4}人|发送人|发送时间|发件时间|发送日期|日\s{0,4}期|时\s{0,4}间|收\s{0,4}件\s{0,4}人|抄\s{0,4}送\s{0,4}人?|主\s{0,4}题"
    r"|發件人|寄件者|寄件人|寄件日期|傳送日期|日期|收件者|副本|主旨|主題"
    r"|Von|Gesendet|An|Betreff|De|Envoyé|À|Objet|Enviado|Para|Asunto|差出人|送信日時|宛先|件名)"
    r"[*|]{0,3}\s{0,4}[|:：]",
    re.IGNORECASE,
)
_FROM_LABELS = {"from", "发件人", "发送人", "發件人", "寄件者", "寄件人", "von", "de", "差出人"}
_RULE = re.compile(r"^[\s>]{0,5}[-_—─=]{5,200}\s{0,5}$")


def wrote(line: str) -> bool:
    """Whether a line introduces a quote: "On … wrote:", "… 写道："."""
    line = line.strip().lstrip("> ").strip()[:_MAX_LINE]
    if len(line) < 6 or line[-1] not in ":：":
        return False
    patterns = (_WROTE_EN, _WROTE_NAME_FIRST, _WROTE_ZH, _WROTE_JA_KO)
    return any(pattern.match(line) for pattern in patterns)


def separator(line: str) -> bool:
    """Whether a line separates the reply from the original below."""
    return len(line) < 200 and bool(_SEPARATOR.match(line.replace("\u00a0", " ").strip()))


def rule(line: str) -> bool:
    """Whether a line only sets the older mail apart: a ruler, or "Original mail" without one."""
    return bool(_RULE.match(line[:210])) or line.strip() in (
        "原始邮件",
        "Original",
        "Original mail",
    )


def forward(line: str) -> bool:
    """Whether a line announces a forwarded mail, which is content and not a quote."""
    return len(line) < 250 and bool(_FORWARD.match(line.replace("\u00a0", " ").strip()))


def forwarded_subject(subject: str) -> bool:
    return bool(_FORWARD_SUBJECT.match(subject))


def label(line: str) -> str | None:
    """The name of a header field shown in a mail's text, normalised."""
    match = _LABEL.match(line[:80].replace("\u00a0", " ").replace("\u3000", " "))
    return re.sub(r"\s", "", match[1]).lower() if match else None


def header_block(lines: list[str], at: int) -> bool:
    """Whether "From: … Sent: … To: …" of an older mail begins at this line."""
    if label(lines[at]) not in _FROM_LABELS:
        return False
    near = [item for item in lines[at : at + 14] if item.strip()][:7]
    return len({found for item in near if (found := label(item))}) >= 3


def split(text: str, *, subject: str = "") -> Split:
    """Cut the quote off. Forwarded mails and answers between the quotes stay visible."""
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        return Split(text, "")
    keep_headers = forwarded_subject(subject)
    start, stop = _tail(lines, keep_headers=keep_headers)
    visible, folded = _fold_marked(lines[:stop], final=start is None)
    if start is not None:
        folded = [*folded, *lines[start:]]
    if not "".join(visible).strip():
        return Split(text.strip("\n"), "")
    if not folded:
        return Split("\n".join(visible).strip("\n"), "")
    shown = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in visible))
    return Split(shown.strip("\n"), "\n".join(folded).strip("\n"))


def _tail(lines: list[str], *, keep_headers: bool) -> tuple[int | None, int]:
    """Where everything to the end is quote; (None, length) when nowhere."""
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        if forward(line):
            return None, len(lines)
        if line.lstrip().startswith(">"):
            continue
        if keep_headers and (separator(line) or header_block(lines, at)):
            return None, len(lines)
        if separator(line) or header_block(lines, at):
            begin = _with_rule(lines, at)
            return begin, begin
        if (size := _attribution(lines, at)) and not _marked_below(lines, at + size):
            return at, at
    return None, len(lines)


def _with_rule(lines: list[str], at: int) -> int:
    """Take the ruler above a header block along."""
    above = at - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and rule(lines[above]) else at


def _attribution(lines: list[str], at: int) -> int:
    """How many lines (mails are wrapped) the introduction of a quote takes, 0 when it is none."""
    joined = ""
    for size in range(1, 5):
        if at + size > len(lines) or not lines[at + size - 1].strip():
            return 0
        joined = f"{joined} {lines[at + size - 1].strip()}".strip()
        if joined[-1] in ":：":
            starts = size == 1 or re.match(
                r"\W{0,3}(?:On|At|在|于|於|Le|Am|El|.{0,80}[@于於在])", joined
            )
            return size if starts and wrote(joined) else 0
        if len(joined) > _MAX_LINE:
            return 0
    return 0


def _marked_below(lines: list[str], at: int) -> bool:
    below = next((item for item in lines[at : at + 4] if item.strip()), "")
    return below.lstrip().startswith((">", "|"))


def _fold_marked(lines: list[str], *, final: bool) -> tuple[list[str], list[str]]:
    """Fold the blocks of ">" lines; ``final`` when nothing quoted follows these lines."""
    blocks = _blocks(lines)
    if not blocks or any(forward(line) for line in lines):
        return lines, []
    ends = [start for start, _ in blocks[1:]] + [len(lines)]
    answered = [any(line.strip() for line in lines[block[1] : end])
                for block, end in zip(blocks, ends, strict=True)]  # fmt: skip
    introduced = [_introduction(lines, start) for start, _ in blocks]
    if sum(answered) >= 2 or (
        sum(answered) == 1 and not _bottom_posted(blocks, answered, introduced)
    ):
        first = max(at for at, value in enumerate(answered) if value) + 1  # replies between quotes
    else:
        first = 0
    if not final and first:
        first = len(blocks)
    folded = {at for (start, stop), intro in list(zip(blocks, introduced, strict=True))[first:]
              for at in range(intro if intro is not None else start, stop)}  # fmt: skip
    visible = [line for at, line in enumerate(lines) if at not in folded]
    return visible, [line for at, line in enumerate(lines) if at in folded]


def _bottom_posted(
    blocks: list[tuple[int, int]], answered: list[bool], introduced: list[int | None]
) -> bool:
    """One quote with an introduction, and the answer below it."""
    return answered[-1] and introduced[len(blocks) - 1] is not None and len(blocks) == 1


def _blocks(lines: list[str]) -> list[tuple[int, int]]:
    """The spans of lines that begin with ">", blank lines within included."""
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if not lines[at].lstrip().startswith(">"):
            at += 1
            continue
        start = last = at
        while at < len(lines) and (not lines[at].strip() or lines[at].lstrip().startswith(">")):
            last = at if lines[at].strip() else last
            at += 1
        out.append((start, last + 1))
    return out


def _introduction(lines: list[str], start: int) -> int | None:
    """The first line of the introduction right above a quote."""
    above = start - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    for begin in range(above, max(-1, above - 4), -1):
        if begin >= 0 and _attribution(lines, begin) == above - begin + 1:
            return begin
    # "> On … wrote:" inside the marks themselves
    inside = lines[start].lstrip("> ").strip() if start < len(lines) else ""
    return start if wrote(inside) else None
