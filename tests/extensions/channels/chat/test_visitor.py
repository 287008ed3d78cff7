"""Tokens and proof: what holds, and what must not."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from yizhan.extensions.channels.chat import colors, origins, visitor
from yizhan.extensions.channels.chat.settings import Settings
from yizhan.kernel.crypto import Vault

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SECRET = "a-secret-of-the-shop-with-32-chars"
VAULT = Vault(b"k" * 32)


def signed(*, secret: str = SECRET, alg: str = "HS256", **claims: object) -> str:
    body = {"sub": "u-1", "exp": int((NOW + timedelta(minutes=5)).timestamp()), **claims}
    key = OctKey.import_key(secret)
    return jwt.encode({"alg": alg}, body, key, algorithms=[alg])


def hashed(user: str, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), user.encode(), hashlib.sha256).hexdigest()


def test_a_jwt_proves_who_it_is() -> None:
    token = signed(name=" Ann ", email="ann@example.com")
    person = visitor.check(visitor.Proof(jwt=token), secret=SECRET, now=NOW)
    assert person == visitor.Person("u-1", "Ann", "ann@example.com")


@pytest.mark.parametrize(
    "token",
    [
        signed(secret="another-secret-which-is-32-chars-long"),
        signed(alg="HS384"),
        signed(exp=int((NOW + timedelta(hours=2)).timestamp())),
        signed(exp=int((NOW - timedelta(minutes=3)).timestamp())),
        signed(exp=None),
        signed(exp="9999999999"),
        signed(sub=""),
        signed(sub=17),
        signed(nbf=int((NOW + timedelta(minutes=4)).timestamp())),
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1LTEifQ.",
        "nonsense",
    ],
)
def test_a_jwt_that_does_not_hold_is_refused(token: str) -> None:
    with pytest.raises(visitor.IdentityInvalid):
        visitor.check(visitor.Proof(jwt=token), secret=SECRET, now=NOW)


def test_a_hash_proves_the_id_that_it_was_made_of() -> None:
    proof = visitor.Proof(user_id="42", user_hash=hashed("42").upper(), name="Ann")
    assert visitor.check(proof, secret=SECRET, now=NOW).id == "42"
    for wrong in (
        visitor.Proof(user_id="43", user_hash=hashed("42")),
        visitor.Proof(user_id="42", user_hash=hashed("42", "other")),
        visitor.Proof(user_id="42"),
        visitor.Proof(user_hash=hashed("")),
        visitor.Proof(email="ann@example.com"),
    ):
        with pytest.raises(visitor.IdentityInvalid):
            visitor.check(wrong, secret=SECRET, now=NOW)


def test_without_a_secret_nothing_is_proof() -> None:
    with pytest.raises(visitor.IdentityInvalid):
        visitor.check(visitor.Proof(user_id="1", user_hash=hashed("1", "")), secret="", now=NOW)


def test_a_token_holds_only_for_its_chat_and_workspace_and_unchanged() -> None:
    who = visitor.fresh(7)
    token = visitor.seal(VAULT, who, workspace_id=1, now=NOW)
    assert visitor.unseal(VAULT, token, workspace_id=1, inbox_id=7, now=NOW) == who
    for workspace_id, inbox_id, text in ((2, 7, token), (1, 8, token), (1, 7, token[:-1] + "0")):
        with pytest.raises(visitor.VisitorTokenInvalid):
            visitor.unseal(VAULT, text, workspace_id=workspace_id, inbox_id=inbox_id, now=NOW)


def test_a_token_with_proof_ends_after_a_day_and_an_anonymous_one_does_not() -> None:
    later = NOW + timedelta(days=2)
    plain = visitor.fresh(7)
    known = visitor.introduce(plain, visitor.Person("u-1"), has_conversation=False)
    kept = visitor.seal(VAULT, plain, workspace_id=1, now=NOW)
    assert visitor.unseal(VAULT, kept, workspace_id=1, inbox_id=7, now=later) == plain
    ends = visitor.seal(VAULT, known, workspace_id=1, now=NOW)
    with pytest.raises(visitor.VisitorTokenInvalid):
        visitor.unseal(VAULT, ends, workspace_id=1, inbox_id=7, now=later)


def test_signing_in_keeps_the_anonymous_talk_and_another_user_begins_anew() -> None:
    plain = visitor.fresh(7)
    ann = visitor.introduce(plain, visitor.Person("ann"), has_conversation=True)
    assert (ann.key, ann.user) == (plain.key, "ann")
    bob = visitor.introduce(ann, visitor.Person("bob"), has_conversation=True)
    assert bob.key == "user:bob"
    assert bob.id != ann.id
    elsewhere = visitor.introduce(visitor.fresh(7), visitor.Person("bob"), has_conversation=False)
    assert elsewhere.key == bob.key, "a known user finds the talk on every device"
    kinds = [
        (i.kind, i.strength) for i in msgspec.structs.replace(ann, email="a@b.cn").identities()
    ]
    assert kinds == [("app_user", 3), ("visitor", 2), ("email", 1)]


@pytest.mark.parametrize("color", ["#0b5cad", "#ffd400", "#fff", "#000", "#7f7f7f", "#e11d48", ""])
def test_every_brand_colour_becomes_readable(color: str) -> None:
    palette = colors.palette(color)
    assert colors.contrast(palette.color, palette.on) >= 4.5
    assert colors.contrast(palette.light, "#f2f4f7") >= 4.5
    assert colors.contrast(palette.dark, "#262a32") >= 4.5


def test_only_listed_websites_may_frame_the_chat() -> None:
    listed = Settings(allowed_origins=("https://shop.example",))
    assert origins.check_parent(listed, "https://shop.example") == "https://shop.example"
    assert origins.check_parent(Settings(), "https://any.example")
    for wrong in (
        "https://evil.example",
        "https://shop.example.evil.example",
        "http://shop.example",
        "https://shop.example/path",
        "https://shop.example; script-src *",
        "null",
    ):
        with pytest.raises(origins.OriginNotAllowed):
            origins.check_parent(listed, wrong)
    assert "frame-ancestors 'none'" in origins.frame_policy("", host="desk.example")
