"""An article in the words of those who solved it: nothing is made up, everything has its ticket. Pure.

Of the agents' answers, greetings, questions back, what was done for one customer alone, and what says
who somebody is are left out. What several agents wrote counts more and is taken once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Final

import msgspec

from yizhan.domains.upkeep.types import Solved, Source
from yizhan.kernel import text
from yizhan.learning import privacy, summary

MOST: Final = 10
"""Paragraphs of a draft."""
COMMON: Final = 2
"""Sentences that several tickets must share for the draft to be made of those."""
ALIKE: Final = 0.6
LONGEST: Final = 20_000
_TOKEN: Final = re.compile(r"‹[A-Z]+_\d+›")
_STEP: Final = re.compile(
    r"^\s*(?:\d{1,2}\s*[.)、．]|[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]步[:：,，]?"
    r"|step \d{1,2}[:.,]?|[-*•]\s)\s*",
    re.IGNORECASE,
)
_FOR_ONE: Final = re.compile(
    r"抱歉|对不起|不好意思|遗憾|借口|理解您|感谢您|\bsorry\b|\bapolog|\bregret"
    r"|请(?:查收|告诉|提供|回复|稍等|放心)|(?:给|帮|为)您(?:加|换|补|改|退|放)|已经?退回|今天(?:就|签收|发出|寄出)|补偿"
    r"|\bplease (?:send|tell|reply|let|give) (?:me|us|back)\b"
    r"|已经?(?:为|帮|给)您|(?:为|帮|给)您(?:查|申请|登记|安排|补发|办理|处理|提交)(?:了|到|好)|您的(?:订单|包裹|工单|快递)(?:已|目前|现在)"
    r"|我(?:这边)?(?:查|看)(?:了|到)|\bI(?:'ve| have| just)\b|\bwe(?:'ve| have) (?:now |just )?(?:sent|refunded|issued"
    r"|checked|booked|cancel|shipped|registered)|\byour (?:order|parcel|ticket|refund|case) (?:has|was|is now)\b",
    re.IGNORECASE,
)
_GREETED: Final = re.compile(
    r"^(?:您好|你好|亲爱的|尊敬的|亲|(?:hi|hello|dear|hey|good (?:morning|afternoon|evening))\b)"
    r"[^，,。.!！:：]{0,30}[，,。.!！:：~～]+\s*",
    re.IGNORECASE,
)
_SHORTEST: Final = 5
"""Words (Chinese: characters and their pairs) below which a sentence says nothing."""
_SIGNED: Final = re.compile(r"^(?:--|—|best|kind|regards|yours|cheers|祝|此致|顺颂)", re.IGNORECASE)


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Markup with its sources; ``questions`` are what customers asked, without who they are."""

    title: str
    html: str
    questions: tuple[str, ...]
    sources: tuple[Source, ...]


class _Said(msgspec.Struct, frozen=True):
    text: str
    ticket_id: int
    message_id: int
    place: float  # from the beginning of the ticket's answers to their end, 0 to 1
    step: bool
    words: frozenset[str]


def draft(title: str, solved: Sequence[Solved], *, questions: Sequence[str] = ()) -> Draft | None:
    """None when no answer holds anything that is true for others too."""
    said = _said(solved)
    chosen = _chosen(_together(said), tickets=len(solved))
    if not chosen:
        return None
    parts: list[str] = []
    sources = []
    listing = False
    for number, (one, tickets) in enumerate(chosen, start=1):
        if one.step != listing:
            parts.append("<ol>" if one.step else "</ol>")
            listing = one.step
        line = escape(_STEP.sub("", one.text))
        parts.append(f"<li>{line}</li>" if one.step else f"<p>{line}</p>")
        sources.append(
            Source(
                paragraph=number,
                text=one.text,
                ticket_id=one.ticket_id,
                message_id=one.message_id,
                tickets=tickets,
            )
        )
    if listing:
        parts.append("</ol>")
    asked = dict.fromkeys(one for one in questions if one and "…" not in one)
    return Draft(
        title=" ".join(title.split())[:200],
        html="".join(parts),
        questions=tuple(asked)[:5],
        sources=tuple(sources),
    )


def _said(solved: Sequence[Solved]) -> list[_Said]:
    """Sentences that are true for others too, in the order in which they were written."""
    names = tuple(dict.fromkeys(name for one in solved for name in one.names if len(name) > 1))
    veil = privacy.Veil(privacy.Rules(names=names[:300]))
    hidden = [
        (one, message_id, veil.hide(body[:LONGEST]))
        for one in solved
        for message_id, body in one.replies
    ]
    house = _house(hidden)
    found = []
    for one in solved:
        mine = [
            (message_id, part)
            for other, message_id, body in hidden
            if other is one
            for part in _parts(body)
        ]
        for place, (message_id, part) in enumerate(mine):
            plain = _own(part, veil, house)
            if plain is not None:
                found.append(
                    _Said(
                        plain,
                        one.ticket_id,
                        message_id,
                        place / max(1, len(mine) - 1),
                        _STEP.match(plain) is not None,
                        frozenset(text.tokens(_STEP.sub("", plain))),
                    )
                )
    return found


def _parts(body: str) -> list[str]:
    """Sentences; a numbered line stays whole. What follows a signature is left."""
    found: list[str] = []
    for line in body.splitlines():
        if _SIGNED.match(line.strip()) and found:
            break
        if _STEP.match(line):
            found.append(line.strip())
        else:
            found += summary.sentences(line)
    return found


def _house(hidden: Sequence[tuple[Solved, int, str]]) -> set[str]:
    """What agents tell several customers (a number to call, an address) is nobody's own."""
    seen: dict[str, set[int]] = {}
    for one, _, body in hidden:
        for token in _TOKEN.findall(body):
            if token.startswith(("‹PHONE", "‹LINK", "‹EMAIL", "‹ADDRESS", "‹NUMBER")):
                seen.setdefault(token, set()).add(one.requester_id)
    return {token for token, people in seen.items() if len(people) > 1}


def _own(part: str, veil: privacy.Veil, house: set[str]) -> str | None:
    """The sentence as it may be published; None where it is one customer's, or says nothing."""
    if summary.is_courtesy(part) or part.rstrip().endswith(("?", "？")) or _FOR_ONE.search(part):
        return None
    if any(token not in house for token in _TOKEN.findall(part)):
        return None
    plain = veil.fill(_GREETED.sub("", part)).strip()
    return plain if len(text.tokens(plain)) >= _SHORTEST else None


def _together(said: Sequence[_Said]) -> list[list[_Said]]:
    """What says the same, once: the first wording stands for it."""
    groups: list[list[_Said]] = []
    for one in said:
        for group in groups:
            both = len(one.words & group[0].words)
            if both >= ALIKE * len(one.words | group[0].words):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _chosen(groups: Sequence[list[_Said]], *, tickets: int) -> list[tuple[_Said, tuple[int, ...]]]:
    """What most tickets say, in the order of the answers; where they say little in common, all of the
    first one's: a mix of answers to different questions answers none.

    Steps stay together: who follows one follows all of that answer.
    """
    support = [tuple(dict.fromkeys(one.ticket_id for one in group)) for group in groups]
    rated = sorted(range(len(groups)), key=lambda at: (-len(support[at]), at))
    shared = [at for at in rated if len(support[at]) > 1]
    if tickets > 1 and groups:
        first = groups[0][0].ticket_id
        alone = len(shared) < COMMON
        rated = [
            at
            for at in rated
            if len(support[at]) > 1 or groups[at][0].step or (alone and first in support[at])
        ]
    # One answer's steps: of several lists that do the same, the one with most behind it.
    listed: Counter[int] = Counter()
    for at in rated:
        if groups[at][0].step:
            listed[groups[at][0].message_id] += len(support[at])
    best = max(listed, key=lambda one: (listed[one], -one), default=None)
    kept = [at for at in rated if not groups[at][0].step or groups[at][0].message_id == best]
    steps = [at for at in kept if groups[at][0].step]
    plain = [at for at in kept if not groups[at][0].step][: max(2, MOST - len(steps))]
    middle = min((groups[at][0].place for at in steps), default=0.0)
    order = sorted(plain, key=lambda at: (round(_mean(groups[at]), 3), at))
    before = [at for at in order if _mean(groups[at]) < middle]
    after = [at for at in order if at not in before]
    return [(groups[at][0], support[at]) for at in [*before, *sorted(steps)[:MOST], *after]]


def _mean(group: Sequence[_Said]) -> float:
    return sum(one.place for one in group) / len(group)
