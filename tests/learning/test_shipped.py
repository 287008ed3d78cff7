"""What the program knows from the start agrees with the suites that it was made from."""

from __future__ import annotations

import pytest

from tools import shipped_models
from yizhan.learning import embedding, shipped

MADE_AGAIN = "the suites have changed: run python -m tools.shipped_models"


def test_the_heads_were_made_from_the_suites_as_they_are() -> None:
    head = shipped.intent()
    assert head is not None
    examples = shipped_models.intent_examples()
    assert head.document["made_from"] == shipped_models.made_from(examples), MADE_AGAIN
    assert set(head.labels) == {label for _, label in examples} - {"oos"}
    assert sum(path.stat().st_size for path in shipped_models.SHIPPED.glob("*.npz")) < (
        shipped_models.LARGEST
    )


@pytest.mark.parametrize(
    ("text", "intent", "path"),
    [
        ("我忘了密码，怎么重新设置", "reset_password", "账户 > 登录 > 重置密码"),
        ("I was charged twice for the same order", "charged_twice", "付款 > 扣款 > 重复扣款"),
        ("帮我转人工客服", "speak_to_human", "服务 > 联系 > 转人工"),
    ],
)
def test_plain_requests_are_understood(text: str, intent: str, path: str) -> None:
    head, categories = shipped.intent(), shipped.category("zh-CN")
    assert head is not None
    assert categories is not None
    without = head.guess([text])[0]
    assert intent in {without.label, *(label for label, _ in without.others)}
    encoder = embedding.default()
    assert encoder is not None
    vectors = encoder.embed([text])
    assert head.guess([text], vectors)[0].label == intent
    assert categories.guess([text], vectors)[0].label == path
