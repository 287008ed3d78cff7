"""The settings of the installation."""

from __future__ import annotations

import pytest

from yizhan.kernel import config


def test_a_log_level_is_taken_in_any_case() -> None:
    assert config.load(environment={"YIZHAN_LOG_LEVEL": "WARNING"}).log_level == "warning"


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("YIZHAN_LOG_LEVEL", "loud", "one of debug, info, warning, error"),
        ("YIZHAN_PORT", "many", "Expected `int`"),
    ],
)
def test_a_bad_setting_is_named(variable: str, value: str, said: str) -> None:
    with pytest.raises(config.BadSetting) as caught:
        config.load(environment={variable: value})
    assert str(caught.value).startswith(f"{variable}: ")
    assert said in str(caught.value)
