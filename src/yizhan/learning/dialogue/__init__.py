"""Conversations: the intent and the slots of a turn in the light of earlier ones, and what is known so far.

``DialogueModel``  learns from labelled conversations; reads with its own earlier readings only
``known``          the latest stated value of every slot, with the turn that states it
"""

from yizhan.learning.dialogue import features
from yizhan.learning.dialogue.model import DialogueModel, NothingToLearn, Shape
from yizhan.learning.dialogue.state import known
from yizhan.learning.dialogue.types import Encode, Fact, Known, Turn, TurnReading

__all__ = [
    "DialogueModel",
    "Encode",
    "Fact",
    "Known",
    "NothingToLearn",
    "Shape",
    "Turn",
    "TurnReading",
    "features",
    "known",
]
