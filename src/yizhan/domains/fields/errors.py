"""What can go wrong with fields, rules and forms."""

from __future__ import annotations

from yizhan.kernel import errors


class FieldNotFound(errors.NotFound):
    """There is no such field."""


class RuleNotFound(errors.NotFound):
    """There is no such rule."""


class FormNotFound(errors.NotFound):
    """There is no such form, or it has no such version."""


class UnknownField(errors.Invalid):
    """Some keys are no fields here, or none that you may see; ``fields`` names them."""


class FieldReadOnly(errors.Forbidden):
    """Your role may see these fields but not change them; ``fields`` names them."""


class FieldsInvalid(errors.Invalid):
    """Some fields do not have a value that they need, or have one that they do not take."""


class FieldKeyTaken(errors.Conflict):
    """A field with this key exists already; an archived one keeps its key, too."""


class DefinitionInvalid(errors.Invalid):
    """The definition of this field does not fit together."""


class RulesContradict(errors.Invalid):
    """These rules contradict each other, or run in a circle; ``reasons`` names them. Nothing was saved."""


class FormInvalid(errors.Invalid):
    """A form can only ask for fields that exist, each once."""


class RecordNotFound(errors.NotFound):
    """There is no such ticket, customer or company, or it is not yours to see."""
