"""What goes into retrieval and comes out of it."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """An article: what it is called, what it says, and questions that it is known to answer."""

    id: str
    title: str
    body: str = ""
    questions: tuple[str, ...] = ()


class Accepted(NamedTuple):
    """Somebody asked ``text``, and the article ``id`` was the answer."""

    text: str
    id: str


class Why(NamedTuple):
    """What speaks for a hit."""

    near: str
    """The part of the article, or the question, that is closest."""
    words: tuple[str, ...]
    """Pieces of the query that the article has, the rarest first."""
    covered: float
    """How much of the query's weight in words the article covers, 0 to 1."""
    similar: float | None
    """Cosine of meaning less what is usual in this collection; None without vectors."""
    learned: float
    """What accepted answers added, 0 and more."""


class Hit(NamedTuple):
    """``score`` compares hits, of several queries too; higher is better."""

    id: str
    score: float
    why: Why


class Weights(NamedTuple):
    """How the parts of a score are mixed.

    Chosen on public sets in two languages together; see docs/evaluation.md.
    """

    words: float = 1.0
    meaning: float = 1.0
    hubs: float = 0.6
    """How much of an article's closeness to its own neighbours is taken off (CSLS)."""
    neighbours: int = 15
