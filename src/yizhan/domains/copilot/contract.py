"""What a skill is made of: one decision about a customer's message, and what follows from it.

A skill is one folder below ``yizhan/extensions/skills`` (or one installed package with the entry point
group ``yizhan.skills``)::

    manifest.toml      its names, how far it may ever go, which actions it may use (:class:`Manifest`)
    skill.py           ``Input``, ``Output`` (frozen msgspec structs) and the functions of :class:`Skill`
    cases.jsonl        what it should decide of what: {"id", "input", "output"}; null: nothing
    prompt.zh.txt      prompt.en.txt: what a model server is told, where one may decide
    strings.zh.toml    strings.en.toml: reasons in words

The fields of ``Input`` are the declaration of what the skill sees: each is one of :data:`NEEDS`, and
there is nothing else that it gets. A skill is pure: it reads no clock, no database and no network. It
does nothing itself either; ``steps`` names actions, and how far these go by themselves is earned.
"""

from __future__ import annotations

from typing import Any, Final, Literal, Protocol, get_args

import msgspec

from yizhan.domains.automation.types import Step
from yizhan.domains.copilot import drafting
from yizhan.domains.copilot.types import Source

Level = Literal["shadow", "suggest", "approve", "act"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
"""Nobody sees it; it is shown; one key carries it out; it is done."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The skill's ``manifest.toml``."""

    id: str
    name: dict[str, str]  # language -> name
    description: dict[str, str]
    icon: str
    version: str
    actions: list[str]  # ids of actions; it may use no others
    highest: Level  # no workspace can let it go further
    confidence: float  # under which it says nothing, unless a workspace wants it otherwise
    by_intent: bool = False  # a level for each intent
    settles: bool = (
        False  # answers or closes: a ticket that comes back within a week counts against it
    )
    may_ask_model: bool = False


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wrote; the newest customer's message is the last one."""

    who: Literal["customer", "agent"]
    text: str
    id: int = 0


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote."""

    name: str = ""
    locale: str = ""


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """A published article for customers that may answer. The best comes first."""

    id: str
    title: str
    text: str
    locale: str = ""
    score: float = 0.0
    words: tuple[str, ...] = ()  # of the question that stand in it
    in_title: tuple[str, ...] = ()
    near: str = ""  # its question or part that means the same, where meaning spoke for it


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What was read in the customer's messages, as far as it is sure enough to be acted upon."""

    intent: str | None = None
    intent_title: str = ""  # in the workspace's language
    intent_confidence: float = 0.0
    category: str | None = None
    category_field: str = ""  # of the ticket, and the value of it that the category is
    category_value: str = ""
    emotion: str | None = None
    negative: float = 0.0
    urgency: str | None = None
    complexity: str | None = None
    grave: bool = False
    slots: dict[str, str] = {}


class State(msgspec.Struct, frozen=True, kw_only=True):
    """The ticket when the message came."""

    status: str = "open"
    category: str = "open"  # new, open, waiting, resolved, closed
    before: str = ""  # its status until this message opened it again
    before_category: str = ""
    resolved: str = "resolved"  # this workspace's first status for what is solved
    priority: str = "normal"
    type: str = "question"
    tags: tuple[str, ...] = ()
    field: str = ""  # what stands in the field of categories
    answered: bool = False  # somebody answered before


NEEDS: Final[dict[str, Any]] = {
    "language": str,  # zh or en: of the customer's words
    "subject": str,
    "messages": tuple[Message, ...],
    "customer": Customer,
    "articles": tuple[Article, ...],
    "signals": Known,
    "ticket": State,
}
"""What a skill may ask to see, with the form in which it gets it."""


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What a skill says, and how sure it is. ``why`` is a code of ``[why]`` in its strings."""

    output: Any
    confidence: float
    why: str = ""


class After(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the ticket until it was resolved: what a decision is compared with."""

    priority: str
    type: str
    tags: tuple[str, ...]
    field: str  # what stands in the field of categories
    intent: str | None = None  # what a person said it is
    replies: tuple[str, ...] = ()  # of people, after the message
    more: tuple[str, ...] = ()  # the customer's further words
    articles: tuple[str, ...] = ()  # ids of those that people used
    carried: bool = False  # this decision was carried out


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A line of ``cases.jsonl``: what should be decided; None: nothing."""

    id: str
    input: dict[str, Any]
    output: dict[str, Any] | None = None
    note: str = ""


class Skill(Protocol):
    """The functions of a skill's ``skill.py``. All are pure.

    ``applies`` is a quick look: False where the skill has nothing to say. ``decide`` is the way without a
    model; None where it is not sure. ``holds`` says whether an output, perhaps a model's, is possible at
    all for what was seen. ``steps`` are the actions that follow, none where there is nothing to do.
    ``same`` compares two outputs in an evaluation. ``judge`` says whether people did the same; None where
    what they did says nothing of it.
    """

    Input: type[Any]
    Output: type[Any]

    def applies(self, seen: Any) -> bool: ...
    def decide(self, seen: Any) -> Decided | None: ...
    def holds(self, seen: Any, output: Any) -> bool: ...
    def steps(self, seen: Any, output: Any) -> list[Step]: ...
    def same(self, wanted: Any, got: Any) -> bool: ...
    def judge(self, output: Any, after: After) -> bool | None: ...


_SHORT: Final = 400  # characters of an article that may be said whole


def quote(asked: str, article: Article, *, name: str = "") -> str:
    """The sentences of an article that answer, with a greeting; empty where none can be told from others.

    A short article is said whole where the question shares no words with it: it was found by meaning.
    """
    source = Source(kind="article", id=article.id, title=article.title, text=article.text)
    found = drafting.compose(asked, [source], name=name)
    if not found and len(article.text) <= _SHORT:
        found = drafting.whole(asked, source, name=name)
    return drafting.joined(found)
