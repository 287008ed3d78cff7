"""Language, urgency and complexity by rules: what they say of messages as people write them."""

from __future__ import annotations

import pytest

from yizhan.learning import complexity, language, urgency


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("怎么退款", "zh"),
        ("請問什麼時候發貨", "zh-Hant"),
        ("注文した商品がまだ届きません", "ja"),
        ("返金お願いします", "ja"),
        ("주문이 아직 안 왔어요", "ko"),
        ("where is my order", "en"),
        ("refund", "en"),
        ("¿Dónde está mi pedido?", "es"),
        ("Où est ma commande", "fr"),
        ("Wo ist meine Bestellung?", "de"),
        ("Onde está meu pedido", "pt"),
        ("Dov'è il mio ordine", "it"),
        ("Pesanan saya belum sampai", "id"),
        ("Đơn hàng của tôi đâu", "vi"),
        ("Siparişim nerede", "tr"),
        ("Где мой заказ", "ru"),
        ("订单 please 快点 refund 一下", "zh"),
        ("发票抬头改成ABC Technology Co Ltd", "zh"),
        ("我的iPhone充不进电", "zh"),
        ("DD20261102-7731", "und"),
        ("😂😂", "und"),
        ("https://example.com/order?id=1", "und"),
        ("", "und"),
    ],
)
def test_languages_are_told_apart(text: str, code: str) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("账号被盗了，资金马上要被转走，紧急！", "high"),
        (
            "We are stranded at the airport, flight leaves in two hours, please help immediately",
            "high",
        ),
        ("宝宝发烧39度，今晚必须看上医生", "high"),
        ("帮我把收货地址改成公司", "normal"),
        ("My parcel is at the wrong depot", "normal"),
    ],
)
def test_urgency_is_what_happens_if_nobody_comes(text: str, label: str) -> None:
    assert urgency.read(text).label == label


def test_urgency_shows_its_words_and_hears_a_denial() -> None:
    assert "hacked" in urgency.read("My account was hacked, freeze it immediately").evidence
    calm = urgency.read("不着急，有空回我就行")
    assert not calm.evidence
    assert calm.label != "high"


def test_complexity_says_what_it_counted() -> None:
    simple = complexity.read("怎么开发票？")
    hard = complexity.read(
        "第一，订单 LW20261102-7731 少发了一件；第二，发票抬头错了，怎么改？另外退款为什么还没到账？"
        "还有一个问题，报错 0x80070005 是什么意思？" * 2,
        intents=3,
        attachments=2,
        turns=5,
    )
    assert simple.score < 0.15
    assert 0.6 < hard.score <= 1
    assert {part.name for part in hard.parts} >= {"questions", "issues", "intents", "attachments"}
    assert [part.share for part in hard.parts] == sorted(
        (part.share for part in hard.parts), reverse=True
    )
    assert complexity.read("").score == 0
