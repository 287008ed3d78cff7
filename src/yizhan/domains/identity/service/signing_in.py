"""Signing in. What cannot be told apart from outside: no such account, no longer active, wrong
password. Both ways check one hash, count one attempt and, when they fail, write one job.
"""

from __future__ import annotations

import msgspec

from yizhan.domains.identity import errors, schemas
from yizhan.domains.identity.repository import access
from yizhan.domains.identity.service import (
    authentication,
    passwords,
    profile,
    sessions,
    throttle,
    totp,
)
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.crypto import Vault
from yizhan.kernel.db import Database

_MOST_CHECKED = 5  # accounts of one e-mail in several workspaces; name a workspace beyond that
FAILED_JOB = "identity.note_failed_sign_in"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One account that an e-mail may mean."""

    workspace_id: int
    slug: str
    workspace_name: str
    agent_id: int
    password_hash: str | None
    totp_enabled: bool


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """From where somebody signs in, and what their browser showed."""

    ip: str
    user_agent: str = ""
    session: str | None = None  # the cookie of an earlier session: it ends
    device: str | None = None  # the mark of an earlier sign-in


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """What the edge sends back."""

    me: schemas.Me
    session: str
    device: str


async def sign_in(
    database: Database, login: schemas.Login, *, vault: Vault, visitor: Visitor
) -> SignedIn:
    """Errors: InvalidCredentials, CodeRequired, ChooseWorkspace, TooManyAttempts."""
    device = throttle.verified_device(vault, visitor.device, email=login.email)
    limits = throttle.limits_for(login.email, ip=visitor.ip, device=device)
    async with throttle.turn(limits):
        attempt = await throttle.reserve(database, limits)
        accounts = await _accounts(database, login)
        matching = await _matching(accounts, login.password)
        if not matching:
            await _note_failure(database, accounts, visitor=visitor, reason="password")
            raise errors.InvalidCredentials
        account = await _the_one(database, matching, attempt=attempt)
        return await _enter(
            database, account, login=login, attempt=attempt, vault=vault, visitor=visitor
        )


async def _accounts(database: Database, login: schemas.Login) -> list[Account]:
    rows = await database.lookup("SELECT * FROM yizhan_logins($1)", login.email.strip())
    found = [Account(**row) for row in rows]
    if login.workspace:
        found = [one for one in found if login.workspace in (one.slug, str(one.workspace_id))]
    return found[:_MOST_CHECKED]


async def _matching(accounts: list[Account], password: str) -> list[Account]:
    if not accounts:
        await passwords.matches(password, None)
        return []
    return [one for one in accounts if await passwords.matches(password, one.password_hash)]


async def _the_one(
    database: Database, matching: list[Account], *, attempt: throttle.Attempt
) -> Account:
    if len(matching) == 1:
        return matching[0]
    async with database.begin(system(throttle.NOWHERE)) as tx:
        await throttle.give_back(tx, attempt)
    raise errors.ChooseWorkspace(
        workspaces=[{"slug": one.slug, "name": one.workspace_name} for one in matching]
    )


async def _note_failure(
    database: Database, accounts: list[Account], *, visitor: Visitor, reason: str
) -> None:
    """A job in every case, also for an account that does not exist: it takes the same time."""
    who = [[str(one.workspace_id), str(one.agent_id)] for one in accounts]
    async with database.begin(system(throttle.NOWHERE)) as tx:
        tx.defer(FAILED_JOB, accounts=who, reason=reason, ip=visitor.ip)


async def _second_factor(
    database: Database,
    account: Account,
    *,
    login: schemas.Login,
    attempt: throttle.Attempt,
    vault: Vault,
    visitor: Visitor,
) -> str:
    """Check the code. Tries are counted for the account: only who knows the password gets here."""
    if not (login.code or "").strip():
        async with database.begin(system(throttle.NOWHERE)) as tx:
            await throttle.give_back(tx, attempt)  # earlier failures stay, or codes were free
        raise errors.CodeRequired
    limits = throttle.code_limit(account.workspace_id, account.agent_id)
    code_attempt = await throttle.reserve(database, limits)
    async with database.begin(system(account.workspace_id)) as tx:
        kind = await totp.verify(tx, account.agent_id, code=login.code or "", vault=vault)
        if kind is not None:
            await throttle.succeed(tx, code_attempt)
    if kind is None:
        await _note_failure(database, [account], visitor=visitor, reason="code")
        raise errors.InvalidCredentials
    return kind


async def _enter(
    database: Database,
    account: Account,
    *,
    login: schemas.Login,
    attempt: throttle.Attempt,
    vault: Vault,
    visitor: Visitor,
) -> SignedIn:
    factor: str | None = None
    if account.totp_enabled:
        factor = await _second_factor(
            database, account, login=login, attempt=attempt, vault=vault, visitor=visitor
        )
    stored = account.password_hash or ""
    fresh = await passwords.hash_of(login.password) if passwords.is_outdated(stored) else None
    actor = Actor(
        kind="agent",
        workspace_id=account.workspace_id,
        id=account.agent_id,
        agent_id=account.agent_id,
        ip=visitor.ip,
    )
    async with database.begin(actor) as tx:
        await throttle.succeed(tx, attempt)
        if fresh is not None:
            await access.set_password(tx, account.agent_id, password_hash=fresh)
        if visitor.session:  # its secret must not live on under another sign-in
            await sessions.replace(tx, account.agent_id, cookie=visitor.session)
        cookie = await sessions.start(
            tx,
            agent_id=account.agent_id,
            ip=visitor.ip,
            user_agent=visitor.user_agent,
            second_factor=factor,
        )
    signed_in = await authentication.by_session(database, cookie, ip=visitor.ip)
    async with database.begin(signed_in) as tx:
        me = await profile.me(tx)
    device = throttle.verified_device(vault, visitor.device, email=login.email)
    mark = visitor.device if device and visitor.device else None
    return SignedIn(
        me=me, session=cookie, device=mark or throttle.new_device(vault, email=login.email)
    )
