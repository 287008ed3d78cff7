"""A desk that may reach a model server on this machine."""

from tests.domains.copilot.conftest import desk, model

__all__ = ["desk", "model"]
