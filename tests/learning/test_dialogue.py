"""A turn is read in the light of what came before it, and what was said is known afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from yizhan.app import cli
from yizhan.learning import bundle, dialogue, shipped
from yizhan.learning.dialogue import Turn, carry

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["Anna", "Bert", "Carla", "Dirk", "Erna", "Fritz", "Greta", "Hans"]
SMALL = dialogue.Shape(words=600, hidden=24)


def refund(name: str, number: int) -> list[Turn]:
    return [
        Turn("user", "I want my money back", "refund", {}),
        Turn("agent", "What is your order number?"),
        Turn("user", f"AB{number}", "refund", {"order": f"AB{number}"}),
        Turn("agent", "Shall I send it to your card?"),
        Turn("user", "ok", "refund", {}),
        Turn("user", "thanks bye", "bye", {}),
        Turn("agent", f"Bye {name}"),
    ]


def booking(name: str, number: int) -> list[Turn]:
    return [
        Turn("user", "a table please", "book", {}),
        Turn("agent", "Your name?"),
        Turn("user", f"my name is {name}", "book", {"name": name}),
        Turn("agent", "For how many?"),
        Turn("user", f"{number % 7 + 2} people", "book", {"people": f"{number % 7 + 2}"}),
        Turn("user", "ok", "book", {}),
        Turn("user", "bye", "bye", {}),
    ]


def some(count: int) -> list[list[Turn]]:
    return [
        kind(NAMES[at % len(NAMES)], 1000 + 37 * at)
        for at in range(count)
        for kind in (refund, booking)
    ]


@pytest.fixture(scope="module")
def model() -> dialogue.DialogueModel:
    return dialogue.DialogueModel.fit(some(24), None, shape=SMALL)


def bare(turns: list[Turn]) -> list[Turn]:
    return [Turn(turn.role, turn.text) for turn in turns]


def test_the_same_word_means_what_was_spoken_of(model: dialogue.DialogueModel) -> None:
    for turns, intent in ((refund("Ida", 5555), "refund"), (booking("Ida", 5555), "book")):
        upto = next(at for at, turn in enumerate(turns) if turn.text == "ok")
        read = model.read(bare(turns[: upto + 1]))
        assert read.intent == intent
        assert 0 < read.confidence <= 1


def test_slots_of_new_values_are_found(model: dialogue.DialogueModel) -> None:
    reads = model.read_all(bare(refund("Ida", 5555)))
    assert [None if one is None else one.slots for one in reads] == [
        *({}, None),
        *({"order": "AB5555"}, None),
        *({}, {}, None),
    ]


def test_labels_of_earlier_turns_are_not_looked_at(model: dialogue.DialogueModel) -> None:
    turns = booking("Ida", 4)
    lies = [turn._replace(intent="bye", slots={"people": "99"}) for turn in turns]
    assert model.read_all(turns) == model.read_all(lies)


def test_a_model_is_the_same_after_it_was_kept(model: dialogue.DialogueModel) -> None:
    data = model.dump()
    again = dialogue.DialogueModel.load(data)
    assert again.dump() == data
    turns = bare(booking("Ida", 3))
    pairs = zip(model.read_all(turns), again.read_all(turns), strict=True)
    assert all(
        a is b or (a and b and a.intent == b.intent and a.slots == b.slots) for a, b in pairs
    )
    with pytest.raises(bundle.Unreadable):
        dialogue.DialogueModel.load(bundle.dump(bundle.Bundle("dialogue", {}, {})))
    with pytest.raises(bundle.Unreadable):
        dialogue.DialogueModel.load(data[: len(data) // 2])


def test_odd_conversations_are_read(model: dialogue.DialogueModel) -> None:
    for text in ("", "\0", "🙂" * 50, "x" * 20_000, "退款" * 3000):
        assert model.read([Turn("user", text)]).intent in model.labels
    assert model.read_all([Turn("agent", "hello")]) == [None]


def test_it_learns_from_little_and_refuses_nothing() -> None:
    one = dialogue.DialogueModel.fit([[Turn("user", "hi", "greet")]], None)
    assert one.read([Turn("user", "hello")]).intent == "greet"
    with pytest.raises(dialogue.NothingToLearn):
        dialogue.DialogueModel.fit([[Turn("user", "hi")]], None)


def test_values_are_said_as_the_labels_say_them() -> None:
    turns = [
        [
            Turn(
                "user",
                f"能玩{a}到{a + 1}个小时的景点",
                "inform",
                {"time": f"{a}小时 - {a + 1}小时"},
            )
        ]
        for a in (1, 2, 3, 4, 5)
    ] * 6
    turns += [
        [Turn("user", f"要有{x}的酒店", "inform", {f"hotel-{x}": "是"})] for x in ("桑拿", "wifi")
    ] * 8
    model = dialogue.DialogueModel.fit(turns, None, shape=SMALL)
    assert model.read([Turn("user", "能玩2到3个小时的景点")]).slots == {"time": "2小时 - 3小时"}
    assert model.read([Turn("user", "要有桑拿的酒店")]).slots == {"hotel-桑拿": "是"}


def test_the_latest_stated_value_is_known() -> None:
    known = dialogue.known(
        [
            Turn("user", "电话13800002716，订单LW20261116-0923"),
            Turn("agent", "请打 010-66668888"),
            Turn("user", "打错了，不是13800002716是13900005521"),
            Turn("user", "sorry, I meant order LW20261116-0924"),
        ]
    )
    assert known.slots == {"phone": "13900005521", "order_number": "LW20261116-0924"}
    phone = known.facts["phone"]
    assert (phone.turn, phone.before) == (2, ("13800002716",))
    assert dialogue.known([]).facts == {}


def test_what_is_only_taken_back_is_not_known() -> None:
    turns = [Turn("user", "订单LW20261116-0923"), Turn("user", "不是LW20261116-0923")]
    assert dialogue.known(turns).slots == {}


def test_a_model_knows_names_of_its_own() -> None:
    turns = [Turn("user", "a table for Anna"), Turn("user", "Bert, not Anna")]
    known = dialogue.known(turns, readings={0: {"name": "Anna"}, 1: {"name": "Bert"}})
    assert known.slots == {"name": "Bert"}
    assert known.facts["name"].before == ("Anna",)


def test_the_gate_that_ships_goes_on_and_changes_the_matter() -> None:
    head, gate = shipped.intent(), carry.shipped()
    assert head is not None
    assert gate is not None
    follower = carry.Follower(head, gate, None)
    turns = [
        Turn("user", "我要退款，东西坏了，请把钱退给我"),
        Turn("agent", "请告诉我订单号？"),
        Turn("user", "LW20261116-0923"),
        Turn("agent", "好的，已登记。"),
        Turn("user", "另外发票怎么开？能不能给我开一张发票"),
    ]
    first, _, second, _, third = follower.read_all(turns)
    assert first is not None
    assert second is not None
    assert third is not None
    assert second.intent == first.intent != third.intent
    assert second.slots == {"order_number": "LW20261116-0923"}


def test_a_file_of_conversations_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YIZHAN_ENCODER", "none")
    for name, dialogues in (("train", some(12)), ("test", some(2))):
        lines = [json.dumps({"turns": [turn._asdict() for turn in turns]}) for turns in dialogues]
        (tmp_path / name).write_text("\n".join(lines), "utf-8")
    files = ["--train", str(tmp_path / "train"), "--test", str(tmp_path / "test")]
    code = cli.main(["eval", "dialogue", "--json", "--data", str(tmp_path), *files])
    result = json.loads(capsys.readouterr().out)
    assert code == 0
    assert result["turns"] == len(result["predictions"]) == 18
    assert 0 <= result["joint_goal_accuracy"] <= result["slot_f1"] <= 1
    assert {"intent_accuracy", "turn_accuracy", "ece", "ms_p95"} <= result.keys()
