"""Articles that time or tickets speak against. Pure."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from yizhan.domains.upkeep.looking import veiling
from yizhan.domains.upkeep.types import Answer, Article, Evidence, Found, Quote, Reason, Sent
from yizhan.kernel import text
from yizhan.learning import claims, metrics, summary

LEAST_SENT: Final = 8
LEAST_AGAIN: Final = 4
EDITED: Final = 3
"""Tickets in which the same sentence was taken out before the article was sent."""
EDITED_SHARE: Final = 0.5
LEFT: Final = 0.5
"""Of a sentence's words in an answer, below which it was taken out."""
AGREEING: Final = 2
"""Tickets whose answers say the same other value."""
SHOWN: Final = 12


def digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _stale(
    article: Article, reason: Reason, *, key: str, count: int, evidence: Evidence, seen: object
) -> Found:
    return Found(
        kind="stale",
        reason=reason,
        key=f"{reason}:{article.text_id}:{key}",
        title=article.title,
        count=count,
        evidence=evidence,
        fingerprint=digest(article.version, seen),
        brand_id=article.brand_id,
        locale=article.locale,
        article_id=article.article_id,
    )


def due(articles: Sequence[Article], *, today: date) -> Iterator[Found]:
    """The date on which somebody wanted to look again has come."""
    for one in articles:
        if one.review_on is not None and one.review_on <= today:
            late = (today - one.review_on).days
            evidence = Evidence(due=one.review_on)
            yield _stale(
                one, "review", key="", count=late, evidence=evidence, seen=str(one.review_on)
            )


# ------------------------------------------------------------------------------------- it helps not


def unhelpful(articles: Sequence[Article], sent: Sequence[Sent]) -> Iterator[Found]:
    """After them customers come back and are answered otherwise more often than after the others.

    More often: the lower end of the article's interval lies above the share of all others.
    """
    by_article: dict[tuple[int, str], list[Sent]] = defaultdict(list)
    for one in sent:
        by_article[one.article_id, one.locale].append(one)
    again_in_all = sum(one.again for one in sent)
    for article in articles:
        mine = [
            one
            for one in by_article[article.article_id, article.locale]
            if one.at >= article.published_at
        ]
        again = [one for one in mine if one.again]
        others = len(sent) - len(mine)
        if len(mine) < LEAST_SENT or len(again) < LEAST_AGAIN or others < LEAST_SENT:
            continue
        usual = (again_in_all - len(again)) / others
        rate = metrics.share(len(again), len(mine))
        if rate.low <= usual:
            continue
        quotes = tuple(_quote(one) for one in _newest(again))
        yield _stale(
            article,
            "unhelpful",
            key="",
            count=len(again),
            evidence=Evidence(quotes=quotes, of=len(mine), share=rate.value, usual=usual),
            # Again only when half as many more have come back.
            seen=int(math.log(max(1, len(again)), 1.5)),
        )


def _newest(rows: Sequence[Sent]) -> list[Sent]:
    return sorted(rows, key=lambda one: (one.at, one.message_id), reverse=True)[:SHOWN]


def _quote(one: Sent) -> Quote:
    return Quote(
        text=veiling.shown(one.text),
        at=one.at,
        ticket_id=one.ticket_id,
        message_id=one.message_id,
    )


# -------------------------------------------------------------------------- it is changed each time


def edited(articles: Sequence[Article], sent: Sequence[Sent]) -> Iterator[Found]:
    """Agents take the same sentence out again and again before they send the text."""
    for article in articles:
        mine = [
            one
            for one in sent
            if (one.article_id, one.locale) == (article.article_id, article.locale)
            and one.form == "text"
            and one.at >= article.published_at
        ]
        if len(mine) < EDITED:
            continue
        said = [set(text.tokens(one.text)) for one in mine]
        for sentence in dict.fromkeys(summary.sentences(article.body)):
            words = set(text.tokens(sentence))
            if len(words) < 3:
                continue
            out = [
                one
                for one, has in zip(mine, said, strict=True)
                if len(words & has) < LEFT * len(words)
            ]
            tickets = {one.ticket_id for one in out}
            if len(tickets) >= EDITED and len(out) >= EDITED_SHARE * len(mine):
                yield _stale(
                    article,
                    "edited",
                    key=digest(sentence),
                    count=len(tickets),
                    evidence=Evidence(
                        ours=sentence,
                        quotes=tuple(_quote(one) for one in _newest(out)),
                        of=len(mine),
                    ),
                    seen=sentence,
                )


# ------------------------------------------------------------------------- it is answered otherwise


def heard(answers: Sequence[Answer]) -> claims.Shelf:
    """What agents have said of late, by what it is about; ``owner`` is the place of the answer."""
    return claims.Shelf(
        (place, claim)
        for place, one in enumerate(answers)
        for claim in claims.claims(one.text, title=one.subject)
    )


def outdated(article: Article, shelf: claims.Shelf, answers: Sequence[Answer]) -> Iterator[Found]:
    """Newer answers of several tickets give another value, and more than give the article's own."""
    for claim in claims.claims(article.body, title=article.title):
        if claim.kind == "yes_no":
            continue  # of one customer's case it says nothing of all
        other: dict[tuple[str, ...], dict[int, tuple[Answer, str]]] = defaultdict(dict)
        same: set[int] = set()
        for place, said, _ in shelf.like(claim):
            answer = answers[place]
            if not _about(article, answer):
                continue
            if claims.differ(claim, said):
                other[said.values].setdefault(answer.ticket_id, (answer, said.quote))
            else:
                same.add(answer.ticket_id)
        if not other:
            continue
        counts = Counter({values: len(tickets) for values, tickets in other.items()})
        values, most = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        if most < AGREEING or most <= len(same):
            continue
        newest = sorted(
            other[values].values(), key=lambda pair: (pair[0].at, pair[0].message_id), reverse=True
        )
        quotes = tuple(
            Quote(
                text=veiling.shown(quote),
                at=answer.at,
                ticket_id=answer.ticket_id,
                message_id=answer.message_id,
            )
            for answer, quote in newest[:SHOWN]
        )
        yield _stale(
            article,
            "value",
            key=digest(claim.quote, claim.kind),
            count=most,
            evidence=Evidence(ours=claim.quote, quotes=quotes, of=most + len(same)),
            seen=(claim.quote, values),
        )


def _about(article: Article, answer: Answer) -> bool:
    return (
        answer.at > article.published_at
        and article.article_id not in answer.article_ids
        and (article.brand_id is None or answer.brand_id in (None, article.brand_id))
    )
