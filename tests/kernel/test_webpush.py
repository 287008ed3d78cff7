"""Web Push: the vectors of RFC 8291, a reader of our own, and tokens that a push service accepts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.pushing import Browser, b64, raw, vouched
from yizhan.kernel import clock, webpush

# RFC 8291, appendix A.
_TEXT = b"When I grow up, I want to be a watermelon"
_RECEIVER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
_POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
_AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
_SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
_SALT = "DGv6ra1nlYgDCS1FRnbzlw"
_BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
    "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
    "lcy4a-fN"
)


def _key(scalar: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(raw(scalar), "big"), ec.SECP256R1())


def _subscription(browser: Browser) -> webpush.Subscription:
    keys = browser.subscription()["keys"]
    return webpush.Subscription(browser.endpoint, keys["p256dh"], keys["auth"])


def test_the_example_of_the_standard_comes_out_byte_by_byte() -> None:
    to = webpush.Subscription("https://push.example/x", _POINT, _AUTH)
    body = webpush.encrypt(_TEXT, to, salt=raw(_SALT), sender=_key(_SENDER))
    assert b64(body) == _BODY


def test_the_reader_of_these_tests_reads_the_example() -> None:
    browser = Browser("https://push.example/x", _key(_RECEIVER), raw(_AUTH))
    assert b64(browser.point) == _POINT
    assert browser.read(raw(_BODY)) == _TEXT


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=webpush.MOST).filter(lambda text: not text.endswith(b"\x00")))
def test_what_is_sent_is_read_and_its_length_is_hidden(text: bytes) -> None:
    browser = Browser("https://push.example/x")
    body = webpush.encrypt(text, _subscription(browser), padded=600)
    assert browser.read(body) == text
    assert len(body) == 86 + 16 + 1 + max(600, len(text)) <= webpush.RECORD


def test_nobody_else_reads_it_and_no_two_are_alike() -> None:
    browser = Browser("https://push.example/x")
    one, two = (webpush.encrypt(b"same", _subscription(browser)) for _ in range(2))
    assert one != two
    with pytest.raises(InvalidTag):
        Browser("https://push.example/y").read(one)


def test_more_than_a_record_is_refused() -> None:
    to = _subscription(Browser("https://push.example/x"))
    with pytest.raises(ValueError, match="too long"):
        webpush.encrypt(b"x" * (webpush.MOST + 1), to)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", _AUTH),
        ("not base64!", _AUTH),
        (b64(b"\x04" + b"\x01" * 64), _AUTH),  # not on the curve
        (_POINT[:-4], _AUTH),
        (_POINT, b64(b"short")),
    ],
)
def test_keys_that_are_none_are_refused(p256dh: str, auth: str) -> None:
    with pytest.raises(webpush.BadSubscription):
        webpush.Subscription("https://push.example/x", p256dh, auth).receiver()


@pytest.mark.parametrize(
    ("endpoint", "origin"),
    [
        ("https://fcm.example/wp/abc?x=1", "https://fcm.example"),
        ("https://push.example:8443/abc", "https://push.example:8443"),
        ("https://[2606:4700::1]/abc", "https://[2606:4700::1]"),
    ],
)
def test_the_token_is_for_one_service_and_not_for_long(endpoint: str, origin: str) -> None:
    sender = webpush.Sender(ec.generate_private_key(ec.SECP256R1()), contact="https://desk.example")
    now = clock.now()
    claims, key = vouched(sender.authorization(endpoint, now=now))
    assert key == sender.public_key
    assert claims["aud"] == origin
    assert claims["sub"] == "https://desk.example"
    assert now.timestamp() < claims["exp"] <= (now + timedelta(hours=24)).timestamp()
