"""Which machine learns which head."""

from __future__ import annotations

import numpy as np

from yizhan.domains.understanding.training import machines
from yizhan.learning import calibrate, classify

GOOD = ["太好了，非常满意", "great service, thank you", "很快就解决了，谢谢", "love it, works well"]
BAD = [
    "太差了，气死我了",
    "this is awful, I am angry",
    "根本没人管，太失望",
    "terrible, still broken",
]


def test_moods_are_learned_by_the_head_that_is_made_for_them() -> None:
    texts, labels = GOOD + BAD, ["positive"] * 4 + ["negative"] * 4
    made = machines.fit("emotion", texts, labels=labels, vectors=None, seed=1)
    kept = machines.load("emotion", made.dump())
    said = machines.say(kept, ["失望，太差", "满意，谢谢"], vectors=None)
    assert [one.label for one in said] == ["negative", "positive"]
    assert machines.fit("emotion", texts, labels=labels, vectors=None, seed=1).dump() == made.dump()


def test_versions_of_before_are_still_read() -> None:
    old = classify.Classifier.fit(GOOD + BAD, ["positive"] * 4 + ["negative"] * 4)
    (said,) = machines.say(machines.load("emotion", old.dump()), ["太差了"], vectors=None)
    assert said.label == "negative"


def test_labels_that_were_seen_once_tell_of_others() -> None:
    assert calibrate.familiar(np.array([0, 0, 1, 1])) == 1.0
    assert calibrate.familiar(np.array([0, 0, 1, 2])) == 0.5
    few = classify.Classifier.fit(["退款", "发票", "改地址", "改地址谢谢"], ["a", "b", "c", "c"])
    assert few.guess(["改地址"])[0].confidence <= 0.5, "half of the labels may be unknown yet"
