"""Surveys, what customers said, and the satisfaction of a ticket over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import delete, get, patch, post, put
from litestar.params import QueryParameter

from yizhan.domains.surveys import links, schemas
from yizhan.domains.surveys.service import asking, reading, settings
from yizhan.domains.surveys.types import Kind, Rating, Survey
from yizhan.kernel import pagination
from yizhan.kernel.http import Edge
from yizhan.kernel.pagination import Page
from yizhan.kernel.tx import Tx

_TAGS = ["surveys"]
OfSurvey = Annotated[int | None, QueryParameter(name="survey")]
OfAgent = Annotated[int | None, QueryParameter(name="agent")]
OfTeam = Annotated[int | None, QueryParameter(name="team")]
Limit = Annotated[int, QueryParameter(ge=1, le=pagination.MOST)]


async def _out(tx: Tx, row: Survey) -> schemas.SurveyOut:
    return schemas.survey_out(row, await settings.defaults(tx, row))


@get("/surveys", summary="List surveys", tags=_TAGS)
async def list_surveys(tx: Tx) -> schemas.SurveyList:
    """In the order in which they are asked: the first that fits a ticket asks its customer."""
    return schemas.SurveyList([await _out(tx, row) for row in await settings.listed(tx)])


@post("/surveys", summary="Add a survey", tags=_TAGS)
async def create_survey(tx: Tx, data: schemas.SurveyIn) -> schemas.SurveyOut:
    """It asks nobody until it is active."""
    return await _out(tx, await settings.create(tx, data))


@put("/surveys/order", summary="Order surveys", tags=_TAGS)
async def order_surveys(tx: Tx, data: schemas.SurveyOrder) -> schemas.SurveyList:
    """Every survey once."""
    rows = await settings.order(tx, [int(one) for one in data.ids])
    return schemas.SurveyList([await _out(tx, row) for row in rows])


@get("/surveys/responses", summary="List what customers said", tags=_TAGS)
async def list_survey_responses(
    tx: Tx,
    survey: OfSurvey = None,
    kind: Kind | None = None,
    rating: Rating | None = None,
    agent: OfAgent = None,
    team: OfTeam = None,
    commented: bool | None = None,  # noqa: FBT001 -- a query parameter, given by name
    since: datetime | None = None,
    until: datetime | None = None,
    limit: Limit = pagination.DEFAULT,
    cursor: str | None = None,
) -> Page[schemas.SurveyResponse]:
    """Newest first, of tickets that you can see. ``since`` and ``until`` mean the time of the answer."""
    wanted = reading.Filter(
        survey_id=survey,
        kind=kind,
        rating=rating,
        agent_id=agent,
        team_id=team,
        commented=commented,
        since=since,
        until=until,
    )
    return await reading.page(tx, wanted, limit=limit, cursor=cursor)


@get("/surveys/summary", summary="Sum up what customers said", tags=_TAGS)
async def get_survey_summary(
    tx: Tx,
    survey: OfSurvey = None,
    kind: Kind | None = None,
    agent: OfAgent = None,
    team: OfTeam = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> schemas.SurveySummary:
    """CSAT, NPS and CES of tickets that you can see. ``since`` and ``until`` mean the time of asking."""
    wanted = reading.Filter(
        survey_id=survey, kind=kind, agent_id=agent, team_id=team, since=since, until=until
    )
    return await reading.summary(tx, wanted)


@get("/surveys/{survey_id:int}", summary="Get a survey", tags=_TAGS)
async def get_survey(tx: Tx, survey_id: int) -> schemas.SurveyOut:
    """One survey."""
    return await _out(tx, await settings.get(tx, survey_id))


@patch("/surveys/{survey_id:int}", summary="Change a survey", tags=_TAGS)
async def update_survey(tx: Tx, survey_id: int, data: schemas.SurveyChange) -> schemas.SurveyOut:
    """Absent fields stay. Who was asked already is not asked again."""
    return await _out(tx, await settings.update(tx, survey_id, change=data))


@delete("/surveys/{survey_id:int}", summary="Remove a survey", tags=_TAGS)
async def delete_survey(tx: Tx, survey_id: int) -> None:
    """What customers said by it stays."""
    await settings.delete(tx, survey_id)


@get("/tickets/{ticket_id:int}/satisfaction", summary="Get a ticket's satisfaction", tags=_TAGS)
async def get_ticket_satisfaction(tx: Tx, ticket_id: int) -> schemas.TicketSatisfaction:
    """Whether the customer is going to be asked, was asked, and what they said."""
    return await reading.of_ticket(tx, ticket_id)


@post(
    "/tickets/{ticket_id:int}/satisfaction/link",
    summary="Get a survey link to hand out",
    tags=_TAGS,
    status_code=200,
)
async def create_survey_link(tx: Tx, edge: Edge, ticket_id: int) -> schemas.SurveyLink:
    """A link for the customer, sent by you. Where they were asked already it is the same link."""
    one = await asking.hand_out(tx, ticket_id)
    url = links.url(edge.vault, edge.config.url, workspace_id=tx.workspace_id, invitation_id=one.id)
    return schemas.link_out(one, url)


routes = [
    list_surveys,
    create_survey,
    order_surveys,
    list_survey_responses,
    get_survey_summary,
    get_survey,
    update_survey,
    delete_survey,
    get_ticket_satisfaction,
    create_survey_link,
]
