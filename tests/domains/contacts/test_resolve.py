"""Who spoke: what finds a contact, what never does, and a hundred at once."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.desk import Desk
from yizhan.domains.contacts import errors, normal
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import Identity
from yizhan.kernel.tx import Tx


def mail(address: str, *, proven: bool = False, failed: bool = False) -> list[Identity]:
    """The identities that a mail brings."""
    lane = Identity(kind="email", value=address, scope="mail:fail" if failed else "mail")
    held = Identity(kind="email", value=address, strength=3, verified=True)
    return [held, lane] if proven else [lane]


def visitor(number: str, typed: str = "") -> list[Identity]:
    """A chat's visitor, perhaps with an address that was typed."""
    own = [Identity(kind="visitor", value=number, scope="1", strength=2)]
    return own + ([Identity(kind="email", value=typed)] if typed else [])


async def test_unproven_mail_from_one_address_is_one_contact(tx: Tx) -> None:
    first = await contacts.resolve(tx, mail("Ann@Example.com"), name="Ann")
    again = await contacts.resolve(tx, mail("ann@example.COM"))
    assert first.id == again.id
    assert again.name == "Ann"


async def test_proven_mail_takes_over_what_came_unproven_before(tx: Tx) -> None:
    unproven = await contacts.resolve(tx, mail("ann@example.com"))
    proven = await contacts.resolve(tx, mail("ann@example.com", proven=True))
    later = await contacts.resolve(tx, mail("ann@example.com"))
    assert unproven.id == proven.id == later.id


async def test_forged_mail_is_never_the_known_customer(tx: Tx) -> None:
    proven = await contacts.resolve(tx, mail("ann@example.com", proven=True))
    forged = await contacts.resolve(tx, mail("ann@example.com", failed=True))
    assert forged.id != proven.id
    suggested = await contacts.suggestions(tx, forged.id)
    assert [s.contact.id for s in suggested] == [proven.id]


async def test_unproven_mail_gains_nothing_proven_elsewhere(tx: Tx) -> None:
    user = [
        Identity(kind="app_user", value="42", strength=3),
        Identity(kind="email", value="ann@example.com", strength=3, verified=True),
    ]
    signed_in = await contacts.resolve(tx, user)
    unproven = await contacts.resolve(tx, mail("ann@example.com"))
    assert unproven.id != signed_in.id


async def test_unproven_mail_meets_whom_we_entered_ourselves(tx: Tx) -> None:
    entered = await contacts.create(
        tx, name="Ann", given=[Identity(kind="email", value="ann@example.com")]
    )
    assert (await contacts.resolve(tx, mail("ann@example.com"))).id == entered.id


async def test_typed_address_never_merges(tx: Tx) -> None:
    known = await contacts.resolve(tx, mail("ann@example.com", proven=True), name="Ann")
    typed = await contacts.resolve(tx, visitor("v1", typed="ann@example.com"))
    other = await contacts.resolve(tx, visitor("v2", typed="ann@example.com"))
    assert len({known.id, typed.id, other.id}) == 3
    again = await contacts.resolve(tx, visitor("v1"))
    assert again.id == typed.id
    assert known.id in {s.contact.id for s in await contacts.suggestions(tx, typed.id)}
    # The owner writes by mail: still not the visitor's contact.
    assert (await contacts.resolve(tx, mail("ann@example.com"))).id == known.id


async def test_two_different_customer_numbers_are_two_people(tx: Tx) -> None:
    def customer(number: str) -> list[Identity]:
        return [
            Identity(kind="external_id", value=number, strength=2),
            Identity(kind="email", value="family@example.com", strength=2),
        ]

    first = await contacts.resolve(tx, customer("A"))
    second = await contacts.resolve(tx, customer("B"))
    assert first.id != second.id
    assert (await contacts.resolve(tx, customer("A"))).id == first.id
    assert (await contacts.resolve(tx, customer("B"))).id == second.id


async def test_hundred_at_once_make_one_contact(desk: Desk) -> None:
    async def one(n: int) -> int:
        async with desk.as_system() as tx:
            return (await contacts.resolve(tx, mail("new@example.com", proven=n % 2 == 0))).id

    found = await asyncio.gather(*(one(n) for n in range(100)))
    assert len(set(found)) == 1
    async with desk.as_system() as tx:
        count = await tx.db.fetchval(
            "SELECT count(*) FROM identity WHERE workspace_id = $1", tx.workspace_id
        )
    assert count == 2  # held, and the lane


async def test_second_look_at_a_known_contact_writes_nothing(tx: Tx) -> None:
    await contacts.resolve(tx, mail("ann@example.com"))
    before = tx.db.statements
    await contacts.resolve(tx, mail("ann@example.com"))
    assert tx.db.statements - before <= 2


async def test_who_writes_again_after_a_while_is_marked_as_seen(tx: Tx) -> None:
    """Within the statement that reads them, and without waiting for another message of theirs."""
    known = await contacts.resolve(tx, mail("ann@example.com", proven=True))
    aged = "UPDATE identity SET last_seen_at = now() - interval '1 day' WHERE workspace_id = $1"
    await tx.db.execute(aged, tx.workspace_id)
    before = tx.db.statements
    again = await contacts.resolve(tx, mail("ann@example.com", proven=True))
    assert (again.id, tx.db.statements - before) == (known.id, 2)
    seen = "SELECT bool_and(last_seen_at = $2) FROM identity WHERE workspace_id = $1"
    assert await tx.db.fetchval(seen, tx.workspace_id, tx.now)


async def test_nothing_usable_is_refused(tx: Tx) -> None:
    with pytest.raises(errors.IdentityInvalid):
        await contacts.resolve(tx, [Identity(kind="email", value="no address")])


@pytest.mark.parametrize(
    ("raw", "normalised"),
    [
        ("Ann@EXAMPLE.com", "ann@example.com"),
        ("a.b+c@gmail.com", "a.b+c@gmail.com"),
        ("李雷@例子.中国", "李雷@xn--fsqu00a.xn--fiqs8s"),
        ("ａnn@example.com", "ann@example.com"),
    ],
)
def test_addresses_have_one_form(raw: str, normalised: str) -> None:
    assert normal.email(raw) == normalised


@pytest.mark.parametrize(
    ("raw", "normalised"),
    [("138 0013 8000", "+8613800138000"), ("+1 (212) 555-0100", "+12125550100")],
)
def test_numbers_have_one_form(raw: str, normalised: str) -> None:
    assert normal.phone(raw) == normalised


@given(st.text(max_size=400))
def test_normal_form_is_stable_or_refused(raw: str) -> None:
    for kind in ("email", "phone", "visitor"):
        try:
            once = normal.value(kind, raw)
        except errors.IdentityInvalid:
            continue
        assert normal.value(kind, once) == once
