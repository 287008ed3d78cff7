"""The message that asks a customer: text for every channel, and buttons where there is HTML. Pure."""

from __future__ import annotations

from html import escape

import msgspec

from yizhan.domains.surveys import words
from yizhan.domains.surveys.scales import SCALES
from yizhan.domains.surveys.types import Face, Kind, SurveyTexts
from yizhan.kernel import colors

# Only what every mail program keeps, and our own cleaning of outgoing mail lets through.
_LINK = "color:{ink};text-decoration:none;font-weight:bold"


class Asked(msgspec.Struct, frozen=True):
    """What a customer reads."""

    intro: str
    question: str
    thanks: str


def texts(
    kind: Kind, locale: str, *, own: dict[str, SurveyTexts], brand: str, number: int
) -> Asked:
    """The workspace's words in a language, ours where it has none."""
    said = words.of(locale)
    mine = own.get(locale, SurveyTexts())
    return Asked(
        intro=mine.intro or said["intro"].format(number=number),
        question=mine.question or said[f"{kind}.question"].format(brand=brand),
        thanks=mine.thanks or said["thanks"],
    )


def plain(asked: Asked, locale: str, *, url: str) -> str:
    """Without buttons: one link."""
    return f"{asked.intro}\n\n{asked.question}\n{words.of(locale)['open'].format(url=url)}"


def rich(kind: Kind, asked: Asked, locale: str, *, url: str, face: Face) -> str:
    """A button for each step; it opens the page with that answer chosen, and votes for nothing."""
    said = words.of(locale)
    style = _LINK.format(ink=colors.ink_on(face.color))
    cells = "".join(
        f'<td bgcolor="{face.color}" align="center" width="24" style="background-color:{face.color}">'
        f'<a href="{escape(url)}?score={score}" style="{style}">{score}</a></td>'
        for score in SCALES[kind].steps
    )
    ends = f"{SCALES[kind].first} = {said[f'{kind}.low']} · {SCALES[kind].last} = {said[f'{kind}.high']}"
    link = f'<a href="{escape(url)}">{escape(url)}</a>'
    return (
        f"<p>{_lines(asked.intro)}</p><p><b>{_lines(asked.question)}</b></p>"
        f'<table cellpadding="10" cellspacing="4" border="0"><tr>{cells}</tr></table>'
        f"<p>{escape(ends)}</p>"
        f"<p>{said['buttons'].format(url=link)}</p>"
    )


def _lines(said: str) -> str:
    return "<br>".join(escape(line) for line in said.splitlines())
