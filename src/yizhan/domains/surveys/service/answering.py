"""Customers answer. Only a form that somebody sends comes here; opening a link reads."""

from __future__ import annotations

import msgspec

from yizhan.domains.contacts import service as contacts
from yizhan.domains.surveys import errors, events, pages, repository, scales, wording, words
from yizhan.domains.surveys.service import asking
from yizhan.domains.surveys.types import Face, Invitation
from yizhan.domains.tickets import service as tickets
from yizhan.kernel.tx import Tx


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation with what its page says."""

    invitation: Invitation
    asked: wording.Asked
    face: Face
    locale: str
    settled: bool


async def open_link(tx: Tx, invitation_id: int, *, locale: str = "") -> Seen:
    """Changes nothing. Errors: SurveyLinkUnknown, SurveyLinkExpired before anything was answered."""
    one = await repository.invitation(tx, invitation_id)
    if one is None:
        raise errors.SurveyLinkUnknown
    if one.score is None and tx.now > one.expires_at:
        raise errors.SurveyLinkExpired
    face = await asking.face_of(tx, one.brand_id)
    survey = await repository.survey(tx, one.survey_id)
    ticket = await tickets.get(tx, one.ticket_id)
    shown = words.locale_of(locale, one.locale)
    own = survey.texts if survey is not None else {}
    return Seen(
        invitation=one,
        asked=wording.texts(one.kind, shown, own=own, brand=face.name, number=ticket.number),
        face=face,
        locale=shown,
        settled=_settled(tx, one),
    )


def _settled(tx: Tx, one: Invitation) -> bool:
    return one.answered_at is not None and tx.now > one.answered_at + pages.CHANGE_FOR


async def answer(
    tx: Tx, invitation_id: int, *, score: int | None = None, comment: str | None = None
) -> Invitation:
    """A score, a comment, or both. The same again changes nothing.

    Errors: SurveyLinkUnknown, SurveyLinkExpired, AnswerSettled, ScoreInvalid, CommentTooLong.
    """
    one = await repository.invitation(tx, invitation_id, lock=True)
    if one is None:
        raise errors.SurveyLinkUnknown
    if _settled(tx, one):
        raise errors.AnswerSettled
    if one.score is None and tx.now > one.expires_at:
        raise errors.SurveyLinkExpired
    chosen = one.score if score is None else score
    if chosen is None or chosen not in scales.SCALES[one.kind].steps:
        raise errors.ScoreInvalid
    said = one.comment if comment is None else comment.strip()
    if len(said) > pages.MOST_COMMENT:
        raise errors.CommentTooLong
    if (chosen, said) == (one.score, one.comment):
        return one
    first = one.answered_at or tx.now
    await repository.set_answer(tx, one.id, score=chosen, comment=said, first=first)
    new = msgspec.structs.replace(
        one, score=chosen, comment=said, answered_at=first, changed_at=tx.now
    )
    _tell(tx, one, new=new)
    return new


def _tell(tx: Tx, old: Invitation, *, new: Invitation) -> None:
    place = {
        "ticket_id": new.ticket_id,
        "survey_id": new.survey_id,
        "invitation_id": new.id,
        "contact_id": new.contact_id,
    }
    if new.score is not None and new.score != old.score:
        tx.emit(
            events.SurveyAnswered(
                **place,
                kind=new.kind,
                score=new.score,
                rating=scales.rating(new.kind, new.score),
                before=None if old.score is None else scales.rating(old.kind, old.score),
                agent_id=new.agent_id,
            )
        )
    if new.comment and new.comment != old.comment:
        tx.emit(events.SurveyCommented(**place))


async def customer_name(tx: Tx, contact_id: int) -> str:
    """In whose name an answer is written down."""
    return str((await contacts.get(tx, contact_id)).name)
