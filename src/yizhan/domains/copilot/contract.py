"""What a skill is made of: one decision about a customer's message, or one thing that an agent asks for.

A skill is one folder below ``yizhan/extensions/skills`` (or one installed package with the entry point
group ``yizhan.skills``)::

    manifest.toml      its names, how far it may ever go, which actions it may use (:class:`Manifest`)
    skill.py           ``Input``, ``Output`` (frozen msgspec structs) and the functions of :class:`Skill`,
                       or of :class:`Helper` where the manifest names the ``task`` that it is asked for
    cases.jsonl        what it should decide of what: {"id", "input", "output"}; null: nothing
    prompt.zh.txt      prompt.en.txt: what a model server is told, where one may decide
    strings.zh.toml    strings.en.toml: reasons in words

The fields of ``Input`` are the declaration of what the skill sees: each is one of :data:`NEEDS` (or
:data:`ASKED_NEEDS`), and there is nothing else that it gets. A skill is pure: it reads no clock, no
database and no network. It does nothing itself either; ``steps`` names actions, and how far these go by
themselves is earned.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal, Protocol, get_args

import msgspec

from yizhan.domains.automation.types import Step
from yizhan.domains.copilot import drafting
from yizhan.domains.copilot.types import (
    CopilotSentence,
    CopilotStep,
    CopilotSummary,
    Source,
    Task,
    Tone,
    Turn,
)

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
    task: Task | None = None  # what it is asked for; None: it looks at messages by itself
    actions: list[str] = []  # ids of actions; it may use no others
    highest: Level = "suggest"  # no workspace can let it go further
    confidence: float = 0.5  # under which it says nothing, unless a workspace wants it otherwise
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
    turned: bool = False  # the customer was in a better mood before
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
"""What a skill that looks at messages may ask to see, with the form in which it gets it."""

ASKED_NEEDS: Final[dict[str, Any]] = {
    "subject": str,
    "customer": Customer,
    "signals": Known,
    "ticket": State,
    "turns": tuple[Turn, ...],  # the whole conversation, with the notes of colleagues
    "sources": tuple[Source, ...],  # articles, macros and earlier answers that may fit
    "text": str,  # what the agent wrote, or what is to be worked on
    "tone": Tone,
    "locale": str,  # the language that was asked for
    "reader": str,  # the language of whoever asks
    "due_at": datetime | None,  # the nearest promise
    "now": datetime,
}
"""The same for one that an agent asks."""


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
    """A line of ``cases.jsonl``: what should be decided; None: nothing.

    ``given``: what a model once answered, which stands for one where none is asked; with ``replay`` the case
    is about what is made of just that, and is never put to a model.
    """

    id: str
    input: dict[str, Any]
    output: dict[str, Any] | None = None
    given: Any = None
    replay: bool = False
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


# ------------------------------------------------------------------------------- what agents ask for


class Drafted(msgspec.Struct, frozen=True, kw_only=True):
    """A reply. The sources of its sentences count from 1."""

    text: str
    sentences: list[CopilotSentence] = []
    sources: list[Source] = []


class Summed(msgspec.Struct, frozen=True, kw_only=True):
    """A summary, and the same as one text."""

    text: str
    summary: CopilotSummary


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A text in place of another."""

    text: str


class Advised(msgspec.Struct, frozen=True, kw_only=True):
    """What could be done now, the most pressing first."""

    steps: list[CopilotStep] = []


OUTPUTS: Final[dict[Task, type[Any]]] = {
    "draft": Drafted,
    "summary": Summed,
    "rewrite": Written,
    "translate": Written,
    "next": Advised,
}
"""What each task gives, as the copilot shows it."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a model gets: the prompt in a language with ``{values}`` filled in, and parts of material."""

    language: Literal["zh", "en"]
    parts: tuple[str, ...]
    values: dict[str, str] = {}


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a case asks of an output: words that must stand in it and that must not, what it must name as
    its sources, in order, and what of it must be marked as resting on none; ``exactly`` is all of it."""

    has: list[str] = []
    lacks: list[str] = []
    sources: list[str] | None = None
    unsupported: list[str] = []
    exactly: str | None = None

    def fits(
        self, text: str, *, sources: Sequence[str] = (), unsupported: Sequence[str] = ()
    ) -> bool:
        """Whether a text, and what it is from, is as it should be."""
        return (
            all(one in text for one in self.has)
            and not any(one in text for one in self.lacks)
            and self.sources in (None, list(sources))
            and self.unsupported == list(unsupported)
            and self.exactly in (None, text)
        )


class Helper(Protocol):
    """The functions of the ``skill.py`` of a skill that an agent asks. All are pure.

    ``can`` says whether it can be done without a model; ``make`` does it, None where nothing fits.
    ``tell`` is what a model gets of what may leave, ``Form`` the form of its answer (None: plain text, shown
    as it comes), and ``read`` what is made of that; None where nothing is left of it. ``meets`` compares an
    output with what a case asks of it.
    """

    Input: type[Any]
    Output: type[Any]
    Form: type[Any] | None

    def can(self, seen: Any) -> bool: ...
    def make(self, seen: Any) -> Any | None: ...
    def tell(self, seen: Any) -> Told: ...
    def read(self, seen: Any, sent: Any, given: Any) -> Any | None: ...
    def meets(self, wanted: Wanted, got: Any) -> bool: ...


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
