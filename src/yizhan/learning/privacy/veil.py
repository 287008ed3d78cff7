"""Hiding and filling in: a conversation's tokens."""

from __future__ import annotations

import re
from typing import Final

from yizhan.learning.privacy import recognise, views
from yizhan.learning.privacy.types import KINDS, Rules

_OPEN: Final = "‹<«〈《⟨[【{(（"
_CLOSE: Final = "›>»〉》⟩]】})）"
_NAMES: Final = "|".join(KINDS)
# As models give tokens back: other brackets, other case, a blank for the line, no brackets at all.
_TOKEN: Final = re.compile(
    rf"[{re.escape(_OPEN)}][ \t]{{0,2}}({_NAMES})[ _\-]{{0,2}}([0-9]{{1,4}})[ \t]{{0,2}}[{re.escape(_CLOSE)}]"
    rf"|(?<![A-Za-z])({_NAMES})_([0-9]{{1,4}})(?![0-9])",
    re.IGNORECASE,
)
_LONGEST: Final = 24
"""Characters of a token at most, however it was spelled."""
_PLAIN_SIGNS: Final = re.compile(r"[\s\-_.·•()（）/~+]+")


def _same(kind: str, value: str) -> str:
    """What makes two spellings one value."""
    seen = views.plain(value)
    if kind in ("PHONE", "IDCARD", "BANKCARD", "NUMBER", "ORDER", "PLATE"):
        seen = _PLAIN_SIGNS.sub("", views.spoken(seen))
        if kind == "PHONE" and len(seen) > 11:
            seen = seen.removeprefix("0086").removeprefix("86")
    return " ".join(seen.lower().split())


class Veil:
    """The tokens of one conversation. Texts are given oldest first, so that numbers stay theirs."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.counts: dict[str, int] = {}
        self._tokens: dict[tuple[str, str], str] = {}
        self._values: dict[str, str] = {}
        self._names: dict[str, None] = dict.fromkeys(self.rules.names)

    @property
    def values(self) -> dict[str, str]:
        """What stands behind each token."""
        return dict(self._values)

    def _token(self, kind: str, value: str) -> str:
        key = (kind, _same(kind, value))
        known = self._tokens.get(key)
        if known is None:
            number = self.counts[kind] = self.counts.get(kind, 0) + 1
            known = self._tokens[key] = f"‹{kind}_{number}›"
            self._values[known] = value
        return known

    def learn(self, text: str) -> None:
        """Names that a text introduces are hidden in texts before and after it as well."""
        for one in recognise.find(text, self.rules):
            if one.kind == "NAME" and 2 <= one.end - one.start <= 40:
                self._names.setdefault(text[one.start : one.end])

    def hide(self, text: str) -> str:
        """The text with tokens. Errors: ValueError for one longer than ``recognise.MOST``."""
        if len(text) > recognise.MOST:
            raise ValueError("the text is longer than what can be looked at")
        self.learn(text)
        rules = Rules(tuple(self._names)[:500], self.rules.orders, self.rules.skip)
        parts: list[str] = []
        at = 0
        for one in recognise.find(text, rules):
            parts += [text[at : one.start], self._token(one.kind, text[one.start : one.end])]
            at = one.end
        parts.append(text[at:])
        return "".join(parts)

    def fill(self, text: str) -> str:
        """The text with the values again; a token that was never given out stays as it is."""
        return _TOKEN.sub(self._value, text)

    def unknown(self, text: str) -> list[str]:
        """Tokens in a text that were never given out: somebody invented them."""
        return [found.group() for found in _TOKEN.finditer(text) if self._of(found) is None]

    def _of(self, found: re.Match[str]) -> str | None:
        kind, number = found.group(1) or found.group(3), found.group(2) or found.group(4)
        return self._values.get(f"‹{kind.upper()}_{int(number)}›")

    def _value(self, found: re.Match[str]) -> str:
        value = self._of(found)
        return found.group() if value is None else value


class Filling:
    """Fills in while the text still arrives; a token that is cut in two waits for its other half."""

    def __init__(self, veil: Veil) -> None:
        self._veil = veil
        self._rest = ""

    def feed(self, piece: str) -> str:
        """What can be shown by now."""
        text = self._rest + piece
        cut = self._cut(text)
        self._rest = text[cut:]
        return self._veil.fill(text[:cut])

    def end(self) -> str:
        """What is left when nothing more comes."""
        rest, self._rest = self._rest, ""
        return self._veil.fill(rest)

    @staticmethod
    def _cut(text: str) -> int:
        """Before what may be the beginning of a token."""
        tail = max(0, len(text) - _LONGEST)
        for place in range(tail, len(text)):
            sign = text[place]
            if sign in _OPEN and not any(close in text[place:] for close in _CLOSE):
                return place
        match = _UNFINISHED.search(text, tail)
        return match.start() if match else len(text)


_UNFINISHED: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,9}(?:_[0-9]{0,4})?\Z")
