"""A text in another language. Only a model can do it."""

from __future__ import annotations

import msgspec

from yizhan.domains.copilot import cleaning, drafting, prompts
from yizhan.domains.copilot.contract import Told, Wanted, Written

Output = Written
Form = None


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """What it sees."""

    text: str = ""
    locale: str = ""
    reader: str = ""


def can(seen: Input) -> bool:
    return False


def make(seen: Input) -> Written | None:
    return None


def tell(seen: Input) -> Told:
    language = drafting.language(seen.text)
    wanted = prompts.language(seen.locale or seen.reader, told_in=language)
    return Told(language=language, parts=(seen.text,), values={"language": wanted})


def read(seen: Input, sent: Input, given: str) -> Written | None:
    text = cleaning.plain(given, known=cleaning.addresses([seen.text]))
    return Written(text=text) if text else None


def meets(wanted: Wanted, got: Written) -> bool:
    return wanted.fits(got.text)
