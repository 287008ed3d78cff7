"""What people write into a search field: words, phrases, operators, and what is left out.

Parsing is pure and never fails: what cannot be understood becomes a problem that says why, and the rest
is searched. ``render`` writes a query so that it reads back as the same.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

LONGEST = 500
MOST_TERMS = 40

# Operators by their names in English, and as they are called in Chinese.
OPERATORS: dict[str, tuple[str, ...]] = {
    "from": ("来自", "客户"),
    "to": ("发给", "收件人"),
    "company": ("公司",),
    "tag": ("标签",),
    "status": ("状态",),
    "priority": ("优先级",),
    "assignee": ("负责人", "处理人"),
    "team": ("团队",),
    "channel": ("渠道",),
    "before": ("早于",),
    "after": ("晚于",),
    "has": ("含有",),
    "is": ("属于",),
    "field": ("字段",),
}
_NAMES = {alias: name for name, aliases in OPERATORS.items() for alias in (name, *aliases)}

Kind = Literal["word", "phrase", "operator"]

# A term: maybe a minus, maybe an operator with its colon, then a quoted text or anything up to a blank.
_TERM = re.compile(
    r"""(?P<minus>[-－])?
        (?:(?P<name>[^\W\d_]{2,20})[:：](?!//))?
        (?:["“”](?P<quoted>[^"“”]*)(?:["“”]|$)|(?P<plain>[^\s"“”]+))?""",
    re.VERBOSE | re.UNICODE,
)


class Term(msgspec.Struct, frozen=True):
    """One part of a query. ``operator`` is set for operators only."""

    kind: Kind
    text: str
    operator: str | None = None
    negated: bool = False


class Misread(msgspec.Struct, frozen=True):
    """What was not understood, and why."""

    term: str
    code: str  # unknown_operator | no_value | bad_date | unknown_value | too_long
    message: dict[str, str]


class Query(msgspec.Struct, frozen=True):
    """A query that was read."""

    terms: tuple[Term, ...] = ()
    problems: tuple[Misread, ...] = ()

    def operators(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.kind == "operator")

    def words(self, *, negated: bool = False) -> tuple[Term, ...]:
        return tuple(t for t in self.terms if t.kind != "operator" and t.negated is negated)


def parse(text: str) -> Query:
    """Read a query. Never raises."""
    terms: list[Term] = []
    problems: list[Misread] = []
    if len(text) > LONGEST:
        problems.append(_problem("", "too_long"))
    clean = text[:LONGEST].replace("\x00", " ")
    place = 0
    while place < len(clean) and len(terms) < MOST_TERMS:
        if clean[place].isspace():
            place += 1
            continue
        match = _TERM.match(clean, place)
        if match is None or match.end() == place:
            place += 1
            continue
        place = match.end()
        _read(match, terms, problems)
    return Query(tuple(terms), tuple(problems))


def _read(match: re.Match[str], terms: list[Term], problems: list[Misread]) -> None:
    quoted, plain, name = match["quoted"], match["plain"], match["name"]
    value = quoted if quoted is not None else (plain or "")
    value = " ".join(value.split())
    negated = match["minus"] is not None
    if name is not None:
        operator = _NAMES.get(name.lower())
        if operator is not None:
            if value:
                terms.append(Term("operator", value, operator, negated))
            else:
                problems.append(_problem(match.group().strip(), "no_value"))
            return
        problems.append(_problem(match.group().strip(), "unknown_operator"))
        if quoted is None:
            value = match.group()[1:] if negated else match.group()
        else:
            terms.append(Term("word", name, None, negated))
    if value:
        terms.append(Term("word" if quoted is None else "phrase", value, None, negated))


def render(query: Query) -> str:
    """The query as text that reads back as the same terms."""
    return " ".join(_write(term) for term in query.terms)


def _write(term: Term) -> str:
    minus = "-" if term.negated else ""
    if term.kind == "word":
        return minus + term.text
    quoted = f'"{term.text}"'
    if term.kind == "phrase":
        return minus + quoted
    plain = re.search(r'[\s"“”]', term.text) is None
    return f"{minus}{term.operator}:{term.text if plain else quoted}"


_MESSAGES: dict[str, tuple[str, str]] = {
    "unknown_operator": (
        "没有“{0}”这个搜索条件，已按普通文字搜索。可用：" + "、".join(f"{n}:" for n in OPERATORS),
        "There is no operator in “{0}”; it was searched as words. Known: "
        + ", ".join(f"{n}:" for n in OPERATORS),
    ),
    "no_value": ("“{0}”后面缺少内容，已忽略", "“{0}” has nothing behind it and was left out"),
    "bad_date": (
        "看不懂“{0}”里的日期，已忽略。可写 2026-05-31、2026-05、7d、今天、昨天",
        "The date in “{0}” cannot be read and was left out. Write 2026-05-31, 2026-05, 7d, today, yesterday",
    ),
    "unknown_value": (
        "“{0}”里的值在这里不存在",
        "The value in “{0}” does not exist here",
    ),
    "too_long": (
        f"搜索内容超过 {LONGEST} 个字，后面的部分已忽略",
        f"The search is longer than {LONGEST} characters; what follows was left out",
    ),
}


def _problem(term: str, code: str) -> Misread:
    zh, en = _MESSAGES[code]
    return Misread(term, code, {"zh": zh.format(term), "en": en.format(term)})


def problem(term: Term, code: str) -> Misread:
    """A problem with a term that was read but means nothing here."""
    return _problem(_write(term), code)
