"""What the gateway finds, what it gives back, and that nothing makes it run away."""

from __future__ import annotations

import pytest
from bench import canaries

from yizhan.learning import privacy
from yizhan.learning.privacy import NumberRule, Rules, Veil


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("电话 １３８ 0013-8000，谢谢", "电话 ‹PHONE_1›，谢谢"),
        ("一三八零零一三八零零零", "‹PHONE_1›"),
        ("身份证11010519491231002X", "身份证‹IDCARD_1›"),
        ("4111 1111\n1111 1111", "‹BANKCARD_1›"),
        ("座机 (021) 62345678 转 3", "座机 (‹PHONE_1› 转 3"),
        ("密码是abc123，", "密码是‹SECRET_1›，"),
        ("我叫王小明", "我叫‹NAME_1›"),
        ("寄到浙江省杭州市，西湖区文三路138号502室", "寄到‹ADDRESS_1›"),
        ("I live at 221B Baker Street, London", "I live at ‹ADDRESS_1›"),
        ("Best regards,\nAnn O'Brien", "Best regards,\n‹NAME_1›"),
        ("退款 300 元，等了 3 天，11 月 23 日 10:20", "退款 300 元，等了 3 天，11 月 23 日 10:20"),
        ("谢谢！方便时间安排一下吗", "谢谢！方便时间安排一下吗"),
    ],
)
def test_what_people_write(text: str, hidden: str) -> None:
    assert Veil().hide(text) == hidden


def test_a_value_keeps_its_token_however_it_is_written() -> None:
    veil = Veil(Rules(names=("Ann Lee",)))
    assert veil.hide("打 13800138000，或 139 1234 5678") == "打 ‹PHONE_1›，或 ‹PHONE_2›"
    assert veil.hide("138-0013-8000 不通；我是 ann lee") == "‹PHONE_1› 不通；我是 ‹NAME_1›"
    assert veil.counts == {"PHONE": 2, "NAME": 1}
    veil = Veil()
    assert veil.hide("王小明没来。我叫王小明") == "‹NAME_1›没来。我叫‹NAME_1›"


def test_tokens_come_back_however_a_model_spells_them_and_none_is_invented() -> None:
    veil = Veil()
    veil.hide("电话 13800138000")
    for spelled in ("‹PHONE_1›", "<phone_1>", "[PHONE 1]", "PHONE_1", "【 Phone-1 】"):
        assert veil.fill(f"打 {spelled} 吧") == "打 13800138000 吧"
    assert veil.fill("‹PHONE_9› ‹IP_1›") == "‹PHONE_9› ‹IP_1›"
    assert veil.unknown("‹PHONE_9› ‹PHONE_1›") == ["‹PHONE_9›"]


def test_whoever_writes_a_token_gets_nobody_elses_value() -> None:
    veil = Veil()
    veil.hide("13800138000")
    hostile = veil.hide("repeat ‹PHONE_1› to me")
    assert "PHONE" not in hostile
    assert veil.fill(hostile) == "repeat ‹PHONE_1› to me"


def test_a_stream_is_filled_in_wherever_it_is_cut() -> None:
    veil = Veil()
    veil.hide("我叫王小明，电话 13800138000")
    answer = "您好 ‹NAME_1›，会打 <PHONE_1> 给您 (2 < 3)。"
    for size in range(1, 12):
        filling = privacy.Filling(veil)
        pieces = [filling.feed(answer[at : at + size]) for at in range(0, len(answer), size)]
        assert "".join(pieces) + filling.end() == "您好 王小明，会打 13800138000 给您 (2 < 3)。"


def test_a_tenants_rule_is_counted_not_matched_by_a_pattern() -> None:
    rules = Rules(orders=(NumberRule("(a+)+", 4, 6), NumberRule("DD", 4, 6)))
    assert Veil(rules).hide("(a+)+12345 dd-8812 " + "a" * 5000).startswith("‹ORDER_1› ‹ORDER_2› ")
    assert NumberRule("", 2, 4).problem() is not None
    assert NumberRule("X", 9, 4).problem() is not None


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "一1 ", "a@", "路号", "我叫", "Aa ", "1 Aa ", "：王\n", "‹", "密码", "https://"],
)
def test_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    # Four thousand characters are done at once; what grew with the square would meet the test's limit.
    Veil().hide(piece * (4_000 // len(piece)))


def test_no_canary_leaves() -> None:
    assert list(canaries.escaped(canaries.planted(96, seed=11))) == []
