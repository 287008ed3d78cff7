"""Profiles over HTTP."""

from __future__ import annotations

from litestar import delete, get, patch, post, put

from yizhan.domains.contacts.errors import ContactNotFound
from yizhan.domains.profile import errors, schemas
from yizhan.domains.profile.service import facts, staging
from yizhan.kernel.tx import Tx

_TAGS = ["contacts"]
_NONE = {"errors": (ContactNotFound,)}
_FACT = {"errors": (ContactNotFound, errors.FactNotFound)}


@get("/contacts/{contact_id:int}/profile", summary="See what is known", tags=_TAGS, opt=_NONE)
async def get_contact_profile(tx: Tx, contact_id: int) -> schemas.ProfileOut:
    """Facts with the words they come from, and the stage with its reason."""
    return await facts.of_contact(tx, contact_id)


@patch(
    "/contacts/{contact_id:int}/profile",
    summary="Set the stage by hand",
    tags=_TAGS,
    opt={"errors": (ContactNotFound, errors.StageUnknown)},
)
async def change_contact_profile(
    tx: Tx, contact_id: int, data: schemas.ProfileChange
) -> schemas.ProfileOut:
    """Null gives the stage back to the rules; ``collect`` stops and begins reading."""
    return await staging.change(tx, contact_id, data)


@delete("/contacts/{contact_id:int}/profile", summary="Erase what is known", tags=_TAGS, opt=_NONE)
async def erase_contact_profile(tx: Tx, contact_id: int) -> None:
    """Everything read in their words, for good; nothing is read until ``collect`` is set again."""
    await facts.erase(tx, contact_id)


@post("/contacts/{contact_id:int}/facts", summary="Add a fact", tags=_TAGS, opt=_NONE)
async def add_contact_fact(tx: Tx, contact_id: int, data: schemas.FactIn) -> schemas.ProfileOut:
    """What an agent says holds against what is read."""
    return await facts.add(tx, contact_id, data)


@patch(
    "/contacts/{contact_id:int}/facts/{fact_id:int}",
    summary="Correct a fact",
    tags=_TAGS,
    opt=_FACT,
)
async def correct_contact_fact(
    tx: Tx, contact_id: int, fact_id: int, data: schemas.FactChange
) -> schemas.ProfileOut:
    """The old value does not come back."""
    return await facts.correct(tx, contact_id, fact_id=fact_id, change=data)


@delete(
    "/contacts/{contact_id:int}/facts/{fact_id:int}",
    summary="Take a fact out",
    tags=_TAGS,
    opt=_FACT,
)
async def remove_contact_fact(tx: Tx, contact_id: int, fact_id: int) -> None:
    """It does not come back by itself."""
    await facts.remove(tx, contact_id, fact_id=fact_id)


@get("/profile/settings", summary="See the rules of stages", tags=_TAGS)
async def get_profile_settings(tx: Tx) -> schemas.ProfileSettingsOut:
    """With how many customers are in each stage."""
    return await staging.settings(tx)


@put(
    "/profile/settings",
    summary="Set the rules of stages",
    tags=_TAGS,
    opt={"errors": (errors.StageRulesInvalid,)},
)
async def set_profile_settings(tx: Tx, data: schemas.ProfileSettings) -> schemas.ProfileSettingsOut:
    """All customers are looked at again in the background."""
    return await staging.set_settings(tx, data)


routes = [
    get_contact_profile,
    change_contact_profile,
    erase_contact_profile,
    add_contact_fact,
    correct_contact_fact,
    remove_contact_fact,
    get_profile_settings,
    set_profile_settings,
]
