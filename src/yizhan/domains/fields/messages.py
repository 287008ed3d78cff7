"""Problems in words, for API users; the interface has its own texts by code."""

from __future__ import annotations

from typing import Any

from yizhan.domains.fields.logic.evaluate import Problem

_WORDS = {
    "required": "This field is needed.",
    "not_offered": "“{option}” cannot be chosen here now.",
    "option": "There is no option “{option}”.",
    "missing": "There is nothing with the id {id} that you can see.",
    "too_long": "At most {most} characters.",
    "too_short": "At least {least} characters.",
    "pattern": "This is not written as it must be.",
    "out_of_range": "This number is too large to keep.",
    "too_small": "At least {least}.",
    "too_large": "At most {most}.",
    "currency": "This currency is not taken here.",
    "decimals": "At most {most} decimals in this currency.",
    "too_early": "Not before {least}.",
    "too_late": "Not after {most}.",
    "too_many": "At most {most}.",
    "not_text": "A text is needed.",
    "not_number": "A number is needed.",
    "not_money": "Money is {{amount, currency}}.",
    "not_date": "A date is YYYY-MM-DD.",
    "not_datetime": "A moment is RFC 3339 with its offset.",
    "not_choice": "One of the options is needed, as text.",
    "not_multi_choice": "A list of options is needed.",
    "not_id": "An id is needed, as text.",
    "not_list": "A list of ids is needed.",
    "not_checkbox": "true or false is needed.",
}


def problem(one: Problem) -> dict[str, Any]:
    """A problem as it travels: field, code, message, and the figures in it."""
    words = _WORDS.get(one.code, "This value does not fit.")
    return {
        "field": f"fields.{one.field}",
        "code": one.code,
        "message": words.format(**{"option": "", "id": "", "most": "", "least": ""} | one.figures),
        "figures": one.figures,
    }
