"""What a message wants in the light of what was said before it in its ticket. Pure.

"Yes", "the 11th" or an order number want what the customer wanted before; a gate tells them from a new
matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from yizhan.learning.dialogue import carry
from yizhan.learning.dialogue.types import Encode, Turn, TurnReading

QUOTED: Final = 60
"""Characters of an earlier turn that are shown as what a reading rests on."""


class Followed(NamedTuple):
    """``carried``: the turn goes on with what was wanted before, which ``quote`` said."""

    reading: TurnReading
    carried: bool
    quote: str


def follow(
    earlier: Sequence[Turn], text: str, *, machine: Any, alone: str, embed: Encode | None
) -> Followed | None:
    """What a turn wants, given the turns before it; ``alone`` is what it would mean without them.

    None where nothing of the customer came before, or the program came without a gate.
    """
    gate = carry.shipped()
    said = [turn.text for turn in earlier if turn.role == "user" and turn.text.strip()]
    if gate is None or not said:
        return None
    read = carry.Follower(machine, gate, embed).read([*earlier, Turn("user", text)])
    if not read.intent or read.intent == carry.OUT:
        return None
    return Followed(read, carried=read.intent != alone, quote=said[-1].strip()[:QUOTED])
