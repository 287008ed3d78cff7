# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``fields``."""

from __future__ import annotations

from typing import Literal

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncFields:
    """Operations of ``fields``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_labels(self, *, kind: str, ids: str) -> models.FieldLabelsOut:
        """Names of what fields point to.

        Up to a hundred agents, files, tickets, customers or companies by id.
        """
        return await self._transport.call(
            models.FieldLabelsOut, "GET", "/api/v1/field-labels", query={"kind": kind, "ids": ids}
        )

    async def list_field_rules(
        self, *, object: Literal["ticket", "customer", "company"] | None = None
    ) -> models.FieldRulesOut:
        """List rules between fields.

        What shows, requires, fills, limits and computes fields.
        """
        return await self._transport.call(
            models.FieldRulesOut, "GET", "/api/v1/field-rules", query={"object": object}
        )

    async def create_field_rule(
        self, body: models.NewFieldRule, *, idempotency_key: str | None = None
    ) -> models.FieldRuleOut:
        """Add a rule between fields.

        422 ``rules_contradict`` with the reasons when it does not go together with the others.

        Errors: DefinitionInvalid, RuleNotFound, RulesContradict.
        """
        return await self._transport.call(
            models.FieldRuleOut, "POST", "/api/v1/field-rules", body=body, key=idempotency_key
        )

    async def change_field_rule(
        self, rule_id: Id, body: models.FieldRuleChange
    ) -> models.FieldRuleOut:
        """Change a rule between fields.

        Absent members stay.

        Errors: DefinitionInvalid, RuleNotFound, RulesContradict.
        """
        return await self._transport.call(
            models.FieldRuleOut, "PATCH", "/api/v1/field-rules/{}", rule_id, body=body
        )

    async def delete_field_rule(self, rule_id: Id) -> None:
        """Remove a rule between fields.

        It no longer holds; values that it set stay.

        Errors: RuleNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/field-rules/{}", rule_id)

    async def list_custom_fields(
        self,
        *,
        object: Literal["ticket", "customer", "company"] | None = None,
        archived: bool | None = None,
    ) -> models.CustomFields:
        """List custom fields.

        The fields of tickets, customers or companies that you may see, in order.
        """
        return await self._transport.call(
            models.CustomFields,
            "GET",
            "/api/v1/fields",
            query={"object": object, "archived": archived},
        )

    async def create_custom_field(
        self, body: models.NewCustomField, *, idempotency_key: str | None = None
    ) -> models.CustomField:
        """Define a custom field.

        From the first field of an object on, keys that are no field are refused in its records.

        Errors: DefinitionInvalid, FieldKeyTaken, RulesContradict.
        """
        return await self._transport.call(
            models.CustomField, "POST", "/api/v1/fields", body=body, key=idempotency_key
        )

    async def evaluate_form(
        self, body: models.EvaluateForm, *, idempotency_key: str | None = None
    ) -> models.EvaluatedForm:
        """Evaluate a form.

        What is shown, needed and offered with what was entered so far. Nothing is stored.

        Errors: RecordNotFound.
        """
        return await self._transport.call(
            models.EvaluatedForm, "POST", "/api/v1/fields/evaluate", body=body, key=idempotency_key
        )

    async def order_custom_fields(self, body: models.CustomFieldOrder) -> None:
        """Put custom fields in order.

        The keys in their new order; those that are missing follow.

        Errors: UnknownField.
        """
        await self._transport.send("PUT", "/api/v1/fields/order", body=body)

    async def get_custom_field(self, field_id: Id) -> models.CustomField:
        """One custom field.

        A field's definition.

        Errors: FieldNotFound.
        """
        return await self._transport.call(models.CustomField, "GET", "/api/v1/fields/{}", field_id)

    async def change_custom_field(
        self, field_id: Id, body: models.CustomFieldChange
    ) -> models.CustomField:
        """Change a custom field.

        Key and type stay. 422 ``rules_contradict`` names the rules that need what would go.

        Errors: DefinitionInvalid, FieldNotFound, RulesContradict.
        """
        return await self._transport.call(
            models.CustomField, "PATCH", "/api/v1/fields/{}", field_id, body=body
        )

    async def archive_custom_field(self, field_id: Id) -> None:
        """Archive a custom field.

        It is shown and asked nowhere any more. Its values stay and come back with it.

        Errors: DefinitionInvalid, FieldNotFound, RulesContradict.
        """
        await self._transport.send("DELETE", "/api/v1/fields/{}", field_id)

    async def list_forms(
        self, *, object: Literal["ticket", "customer", "company"] | None = None
    ) -> models.FormsOut:
        """List forms.

        Which fields are asked where.
        """
        return await self._transport.call(
            models.FormsOut, "GET", "/api/v1/forms", query={"object": object}
        )

    async def create_form(
        self, body: models.NewForm, *, idempotency_key: str | None = None
    ) -> models.FormOut:
        """Make a form.

        For a type, brand, channel or role, or for any.

        Errors: FormInvalid.
        """
        return await self._transport.call(
            models.FormOut, "POST", "/api/v1/forms", body=body, key=idempotency_key
        )

    async def get_form(self, form_id: Id) -> models.FormOut:
        """One form.

        A form as it is now.

        Errors: FormNotFound.
        """
        return await self._transport.call(models.FormOut, "GET", "/api/v1/forms/{}", form_id)

    async def change_form(self, form_id: Id, body: models.FormChange) -> models.FormOut:
        """Change a form.

        Every change makes a version.

        Errors: FormInvalid, FormNotFound.
        """
        return await self._transport.call(
            models.FormOut, "PATCH", "/api/v1/forms/{}", form_id, body=body
        )

    async def delete_form(self, form_id: Id) -> None:
        """Remove a form.

        Where it was used, the next that fits is.

        Errors: FormNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/forms/{}", form_id)

    async def restore_form(
        self, form_id: Id, body: models.RestoreForm, *, idempotency_key: str | None = None
    ) -> models.FormOut:
        """Restore a form's version.

        The form is as it was, in a new version.

        Errors: FormInvalid, FormNotFound.
        """
        return await self._transport.call(
            models.FormOut,
            "POST",
            "/api/v1/forms/{}/restore",
            form_id,
            body=body,
            key=idempotency_key,
        )

    async def list_form_versions(self, form_id: Id) -> models.FormVersionsOut:
        """List a form's versions.

        Newest first.

        Errors: FormNotFound.
        """
        return await self._transport.call(
            models.FormVersionsOut, "GET", "/api/v1/forms/{}/versions", form_id
        )
