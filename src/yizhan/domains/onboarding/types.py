"""Values of exercises."""

from __future__ import annotations

import msgspec


class Turn(msgspec.Struct, frozen=True):
    """What the customer says next; something else when the answer had one of some words."""

    text: str
    words: list[str] = []
    heard: str = ""

    def said(self, answer: str) -> str:
        """The customer's words to an answer."""
        found = answer.casefold()
        return self.heard if any(word.casefold() in found for word in self.words) else self.text


class Scene(msgspec.Struct, frozen=True):
    """A written conversation."""

    id: str
    title: str
    about: str
    customer: str
    subject: str
    text: str
    tips: list[str]
    turns: list[Turn]


class Script(msgspec.Struct, frozen=True):
    """All scenes of a language."""

    tag: str
    coach: str
    done: str
    scene: list[Scene]


class Practice(msgspec.Struct, frozen=True):
    """An exercise of an agent, and where its customer's script stands."""

    ticket_id: int
    conversation_id: int
    contact_id: int
    agent_id: int
    scene: str
    locale: str
    step: int
    done: bool
