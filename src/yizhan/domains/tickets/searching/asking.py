"""From a query to what is asked of the database: words of messages, and conditions over tickets."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import filters
from yizhan.domains.tickets.searching import operators, vocabulary
from yizhan.kernel import finding, text
from yizhan.kernel import query as queries
from yizhan.kernel.tx import Tx

COMMON = 5_000  # in more messages than this a word is common
_MOST_NUMBER = 16  # digits

# The text of a message as phrases are looked for in it. To make a text so is dear, and seldom needed: most
# phrases stand in it word for word or not at all.
_NORMAL = "lower(normalize(regexp_replace(m.words, '\\s+', ' ', 'g'), NFKC))"
# What may hide a phrase. One of ASCII letters, digits and spaces is hidden by other white space and by
# characters that become such letters; any other one by whatever is not plain ASCII.
_HIDES_PLAIN = (
    r"[\x01-\x1f\u00a0-\u00be\u0130-\u02ff\u1d00-\u1e9b\u2000-\u200a\u202f\u205f\u2070-\u218f\u2460-\u24ff"
    r"\u2c60-\u2c7f\u3000\u3200-\u33ff\ua690-\uab6f\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
    r"\U0001d400-\U0001d7ff\U0001f100-\U0001f1ff]|  "
)
_HIDES_ANY = r"[^ -~]|  "


def _holds(doc: str, place: str) -> str:
    """Whether a phrase stands in a message."""
    hides = f"CASE WHEN {place} ~ '^[a-z0-9 ]*$' THEN '{_HIDES_PLAIN}' ELSE '{_HIDES_ANY}' END"
    return (
        "EXISTS (SELECT FROM (SELECT concat_ws(' ', subject, author_name, body_text) AS words FROM message"
        f" WHERE workspace_id = $1 AND id = {doc}.id OFFSET 0) AS m"
        f" WHERE strpos(lower(m.words), {place}) > 0"
        f" OR (m.words ~ {hides} AND strpos({_NORMAL}, {place}) > 0))"
    )


class Asked(msgspec.Struct):
    """A query made ready. In ``where`` the ticket is ``t``; ``args`` begin with workspace and reader."""

    args: list[Any]
    where: list[str]
    words: str | None = None  # a tsquery over messages
    phrases: list[str] = []
    without: list[tuple[str, str | None]] = []  # words and phrases in no message of the ticket
    is_common: bool = False
    number: int | None = None
    value: str | None = None  # what may be the whole value of a custom field
    marks: list[str] = []
    corrected: list[finding.Correction] = []
    problems: list[queries.Misread] = []
    with_notes: bool = True
    query: str = ""  # where the words are bound
    places: list[str] = []  # where the phrases are
    table: str = "ticket"  # or the few that fulfil the conditions
    few: int | None = None  # how many these are

    def bind(self, value: Any) -> str:
        self.args.append(value)
        return f"${len(self.args)}"

    @property
    def is_empty(self) -> bool:
        """Nothing was asked that could be answered."""
        return self.words is None and not self.without and len(self.where) == 1

    def matches(self, doc: str) -> str:
        """Whether a message matches. Parameters are those that :meth:`ready` has bound."""
        parts = [f"{doc}.vector @@ {self.query}::tsquery"]
        if not self.with_notes:
            parts.append(f"NOT {doc}.internal")
        parts += [_holds(doc, place) for place in self.places]
        return " AND ".join(parts)

    def ready(self) -> None:
        """Bind what :meth:`matches` needs."""
        self.query = self.bind(self.words)
        self.places = [self.bind(phrase) for phrase in self.phrases]


async def ask(tx: Tx, wanted: queries.Query) -> Asked:
    """Make a query ready for the reader of the transaction."""
    asked = Asked([tx.workspace_id, tx.actor.agent_id or 0], [])
    asked.problems = list(wanted.problems)
    asked.with_notes = permissions.can(tx.actor, "ticket:note")
    seen, values = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
    asked.args += values
    asked.where.append(seen)
    for term in wanted.operators():
        await _operator(tx, asked, term)
    await _words(tx, asked, wanted)
    for words, phrase in asked.without:
        stands = f"w.vector @@ {asked.bind(words)}::tsquery"
        if phrase is not None:
            stands += f" AND {_holds('w', asked.bind(phrase))}"
        asked.where.append(
            "NOT EXISTS (SELECT FROM search_doc w WHERE w.workspace_id = $1 AND w.ticket_id = t.id"
            f" AND {stands})"
        )
    return asked


async def _operator(tx: Tx, asked: Asked, term: queries.Term) -> None:
    found = await operators.meaning(tx, term)
    if found.problem:
        asked.problems.append(queries.problem(term, found.problem))
    sign = "NOT " if term.negated else ""
    if found.sql is not None:
        places = [asked.bind(one) for one in found.args]
        asked.where.append(f"{sign}({found.sql.format(*places)})")
    if found.condition is not None:
        condition = filters.parse(found.condition)
        known = await filters.known(tx, filters.fields_of(condition))
        made = filters.clause(condition, known, who=filters.reader(tx), first=len(asked.args) + 1)
        asked.args += made.args
        asked.where.append(f"{sign}{made.sql}")
        ids = None if term.negated else await filters.few(tx, condition, known)
        if ids is not None and (asked.few is None or len(ids) < asked.few):
            place = asked.bind(ids)
            asked.where.append(f"t.id = ANY({place}::bigint[])")
            asked.few, asked.table = len(ids), filters.only(place)


async def _words(tx: Tx, asked: Asked, wanted: queries.Query) -> None:
    terms = wanted.words()
    cut = {term: text.wanted(term.text) for term in (*terms, *wanted.words(negated=True))}
    counts = await vocabulary.counts(tx, sorted({word for words in cut.values() for word in words}))
    parts: list[str] = []
    rarest: list[int] = []
    for term in terms:
        asked.marks += [text.normal(term.text), *cut[term]]
        if (phrase := _phrase(term)) is not None:
            asked.phrases.append(phrase)
        unfinished = term == wanted.terms[-1]
        for word in cut[term]:
            others = []
            if word not in counts and term.kind == "word":
                others = await vocabulary.meant(tx, word, unfinished=unfinished)
            if others:
                asked.corrected.append(finding.Correction(word, others))
                asked.marks += others
            parts.append("(" + " | ".join(map(text.lexeme, (word, *others))) + ")")
            rarest.append(counts.get(word, 0))
    addressed = [term for term in wanted.operators() if term.operator == "to"]
    for term in addressed:
        token = text.lexeme(f"to:{text.normal(term.text).strip()[:60]}")
        if term.negated:
            asked.without.append((token, None))
        else:
            parts.append(token)
            rarest.append(0)
    asked.words = " & ".join(parts) or None
    asked.is_common = bool(rarest) and min(rarest) > COMMON
    asked.without += [
        (" & ".join(map(text.lexeme, cut[term])), _phrase(term))
        for term in wanted.words(negated=True)
        if cut[term]
    ]
    alone = _alone(wanted)
    asked.number = _number(alone)
    asked.value = alone if any(one.isdigit() for one in alone) else None


def _phrase(term: queries.Term) -> str | None:
    return " ".join(text.normal(term.text).split()) if term.kind == "phrase" else None


def _alone(wanted: queries.Query) -> str:
    """The word or phrase when nothing else is asked."""
    if len(wanted.terms) != 1 or wanted.terms[0].kind == "operator" or wanted.terms[0].negated:
        return ""
    return wanted.terms[0].text


def _number(alone: str) -> int | None:
    """A ticket's number."""
    plain = alone.lstrip("#")
    fits = plain.isascii() and plain.isdigit() and len(plain) <= _MOST_NUMBER
    return int(plain) if fits else None
