"""The page behind a survey's link. Pure: every text is escaped, no script, no picture from elsewhere."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from html import escape
from pathlib import Path

import msgspec

from yizhan.domains.surveys import words
from yizhan.domains.surveys.scales import SCALES
from yizhan.domains.surveys.types import Face, Invitation
from yizhan.domains.surveys.wording import Asked
from yizhan.kernel import colors

STYLE = (Path(__file__).resolve().parent / "assets" / "survey.css").read_bytes()
BUILD = sha256(STYLE).hexdigest()[:12]
CSP = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
MOST_COMMENT = 2000
NOBODY = Face(name="", color=colors.PLAIN, locale="")
CHANGE_FOR = timedelta(days=7)


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a page is about."""

    invitation: Invitation
    asked: Asked
    face: Face
    locale: str
    token: str
    chosen: int | None = None  # from the link; nothing is stored by it
    settled: bool = False
    problem: str = ""


def page(shown: Shown) -> str:
    """The question, or what was answered."""
    one = shown.invitation
    body = _question(shown) if one.score is None else _answered(shown)
    return _document(shown.face, shown.locale, title=shown.asked.question, body=body)


def message(title: str, text: str, *, locale: str, face: Face = NOBODY) -> str:
    """A page that says one thing."""
    body = f"<h1>{escape(title)}</h1><p>{escape(text)}</p>"
    return _document(face, locale, title=title, body=body)


def _document(face: Face, locale: str, *, title: str, body: str) -> str:
    name = f'<header><p class="brand">{escape(face.name)}</p></header>' if face.name else ""
    whole = f"{title} · {face.name}" if face.name else title
    return (
        f'<!doctype html><html lang="{escape(locale)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<title>{escape(whole)}</title><meta name="robots" content="noindex">'
        f'<link rel="stylesheet" href="/rate-assets/{BUILD}/survey.css">'
        f'<link rel="stylesheet" href="/rate-assets/theme/{face.color.lstrip("#").lower()}.css">'
        f"</head><body>{name}<main>{body}</main></body></html>"
    )


def _form(shown: Shown) -> str:
    return f'<form method="post" action="/rate/{escape(shown.token)}?lang={escape(shown.locale)}">'


def _scale(shown: Shown) -> str:
    """The steps as radio buttons, with one chosen by the link or by an earlier answer."""
    one, said = shown.invitation, words.of(shown.locale)
    chosen = shown.chosen if shown.chosen is not None else one.score
    steps = "".join(
        f'<label><input type="radio" name="score" value="{score}" required'
        f"{' checked' if score == chosen else ''}><span>{score}</span>"
        f'<b class="away">{escape(_name(shown, score))}</b></label>'
        for score in SCALES[one.kind].steps
    )
    wrong = f'<p class="problem" role="alert">{escape(shown.problem)}</p>' if shown.problem else ""
    return (
        f'<fieldset><legend>{_lines(shown.asked.question)}</legend><div class="scale"><div class="steps">{steps}</div>'
        f'<p class="ends"><span>{said[f"{one.kind}.low"]}</span><span>{said[f"{one.kind}.high"]}</span></p></div>'
        f"{wrong}</fieldset>"
    )


def _name(shown: Shown, score: int) -> str:
    scale, said, kind = (
        SCALES[shown.invitation.kind],
        words.of(shown.locale),
        shown.invitation.kind,
    )
    ends = {scale.first: said[f"{kind}.low"], scale.last: said[f"{kind}.high"]}
    return said.get(f"{kind}.{score}", "") or ends.get(score, "")


def _question(shown: Shown) -> str:
    said = words.of(shown.locale)
    return (
        f"<p>{_lines(shown.asked.intro)}</p>{_form(shown)}{_scale(shown)}"
        f"<button>{said['send']}</button></form>{_language(shown)}"
    )


def _answered(shown: Shown) -> str:
    """Thanks, what was said, and room for a comment and for another mind."""
    one, said = shown.invitation, words.of(shown.locale)
    score = words.step(shown.locale, one.kind, score=one.score or 0)
    head = f'<h1>{_lines(shown.asked.thanks)}</h1><p class="said">{said["said"].format(score=score)}</p>'
    if shown.settled:
        kept = (
            f"<p>{said['comment_saved']}</p><blockquote>{_lines(one.comment)}</blockquote>"
            if one.comment
            else ""
        )
        return f"{head}{kept}<p>{said['settled']}</p>{_language(shown)}"
    wrong = f'<p class="problem" role="alert">{escape(shown.problem)}</p>' if shown.problem else ""
    comment = (
        f'{_form(shown)}<label for="comment">{said["comment"]} <small>({said["optional"]})</small></label>'
        f'<textarea id="comment" name="comment" rows="4" maxlength="{MOST_COMMENT}">{escape(one.comment)}'
        f"</textarea>{wrong}<button>{said['send_comment']}</button></form>"
    )
    until = (one.answered_at or one.sent_at) + CHANGE_FOR
    is_other = shown.chosen is not None and shown.chosen != one.score
    change = (
        f"<details{' open' if is_other else ''}><summary>{said['change']}</summary>"
        f"{_form(shown)}{_scale(shown)}<p>{said['until'].format(date=until.strftime('%Y-%m-%d'))}</p>"
        f"<button>{said['change']}</button></form></details>"
    )
    return f"{head}{comment}{change}{_language(shown)}"


def _language(shown: Shown) -> str:
    """The same page in the other language; a choice that a link brought stays chosen."""
    other = "en" if shown.locale == "zh-CN" else "zh-CN"
    score = f"&amp;score={shown.chosen}" if shown.chosen is not None else ""
    return (
        f'<p class="other"><a href="/rate/{escape(shown.token)}?lang={other}{score}" lang="{other}"'
        f' hreflang="{other}">{words.of(shown.locale)["other"]}</a></p>'
    )


def _lines(said: str) -> str:
    return "<br>".join(escape(line) for line in said.splitlines())
