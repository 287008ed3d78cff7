"""What may be done with skills. The evaluation lab runs them through :func:`evaluate`."""

from yizhan.domains.copilot.skills.registry import asked, folder, folders, get, helper, known
from yizhan.domains.copilot.skills.service.evaluating import (
    Ask,
    CaseOutcome,
    Evaluation,
    evaluate,
)

__all__ = [
    "Ask",
    "CaseOutcome",
    "Evaluation",
    "asked",
    "evaluate",
    "folder",
    "folders",
    "get",
    "helper",
    "known",
]
