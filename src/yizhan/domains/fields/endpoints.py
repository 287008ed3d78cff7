"""HTTP of fields, rules and forms."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import delete, get, patch, post, put
from litestar.params import Parameter
from msgspec import UNSET

from yizhan.domains.fields import catalog, messages, schemas
from yizhan.domains.fields.service import definitions, forms, records
from yizhan.domains.fields.types import Field, Object
from yizhan.domains.identity import permissions
from yizhan.kernel.actor import stamped
from yizhan.kernel.tx import Tx

_TAGS = ["fields"]
_IDS = Annotated[str, Parameter(pattern=r"^[0-9]{1,19}(,[0-9]{1,19}){0,99}$")]
_KIND = Annotated[str, Parameter(pattern=r"^(agent|file|ticket|customer|company)$")]


def _values(data: msgspec.Struct) -> dict[str, Any]:
    """What was sent, ids as numbers."""
    found = {name: getattr(data, name) for name in data.__struct_fields__}
    given = {name: value for name, value in found.items() if value is not UNSET}
    for name in given.keys() & {"see_roles", "edit_roles", "role_ids", "brand_ids"}:
        given[name] = tuple(dict.fromkeys(int(one) for one in given[name]))
    for name in given.keys() & {"options", "effects", "sections"}:
        given[name] = tuple(given[name])
    for name in given.keys() & {"types", "channels", "uses"}:
        given[name] = tuple(dict.fromkeys(given[name]))
    return given


def _out(tx: Tx, field: Field) -> schemas.CustomField:
    return schemas.field_out(field, editable=catalog.may_edit(tx.actor, field))


@get("/fields", summary="List custom fields", tags=_TAGS)
async def list_custom_fields(
    tx: Tx,
    object: Object = "ticket",
    archived: bool = False,  # noqa: FBT001, FBT002 -- a query parameter
) -> schemas.CustomFields:
    """The fields of tickets, customers or companies that you may see, in order."""
    found = await definitions.listed(tx, object, archived=archived)
    return schemas.CustomFields([_out(tx, one) for one in found])


@post("/fields", summary="Define a custom field", tags=_TAGS)
async def create_custom_field(tx: Tx, data: schemas.NewCustomField) -> schemas.CustomField:
    """From the first field of an object on, keys that are no field are refused in its records."""
    return _out(tx, await definitions.create(tx, _values(data)))


@get("/fields/{field_id:int}", summary="One custom field", tags=_TAGS)
async def get_custom_field(tx: Tx, field_id: int) -> schemas.CustomField:
    """A field's definition."""
    return _out(tx, await definitions.get(tx, field_id))


@patch("/fields/{field_id:int}", summary="Change a custom field", tags=_TAGS)
async def change_custom_field(
    tx: Tx, field_id: int, data: schemas.CustomFieldChange
) -> schemas.CustomField:
    """Key and type stay. 422 ``rules_contradict`` names the rules that need what would go."""
    return _out(tx, await definitions.change(tx, field_id, changed=_values(data)))


@delete("/fields/{field_id:int}", summary="Archive a custom field", tags=_TAGS)
async def archive_custom_field(tx: Tx, field_id: int) -> None:
    """It is shown and asked nowhere any more. Its values stay and come back with it."""
    await definitions.change(tx, field_id, changed={"active": False})


@put("/fields/order", summary="Put custom fields in order", tags=_TAGS, status_code=204)
async def order_custom_fields(tx: Tx, data: schemas.CustomFieldOrder) -> None:
    """The keys in their new order; those that are missing follow."""
    await definitions.order(tx, data.object, data.keys)


@post("/fields/evaluate", summary="Evaluate a form", tags=_TAGS, status_code=200)
async def evaluate_form(tx: Tx, data: schemas.EvaluateForm) -> schemas.EvaluatedForm:
    """What is shown, needed and offered with what was entered so far. Nothing is stored."""
    permissions.require_staff(tx.actor)
    place = forms.Place(
        use=data.use,
        type=data.type,
        priority=data.priority,
        channel=data.channel,
        brand_id=None if data.brand_id is None else int(data.brand_id),
    )
    record_id = None if data.id is None else int(data.id)
    found = await forms.fill(tx, data.object, given=data.values, place=place, record_id=record_id)
    return evaluated(found)


def evaluated(found: forms.Filled) -> schemas.EvaluatedForm:
    """A filled form as it travels."""
    return schemas.EvaluatedForm(
        form_id=None if found.form is None else str(found.form.id),
        sections=list(found.sections),
        states={
            key: schemas.FieldState(
                one.visible,
                one.required,
                one.readonly,
                None if one.options is None else list(one.options),
            )
            for key, one in found.outcome.states.items()
        },
        values=found.outcome.values,
        errors=[
            schemas.ValueProblem(**messages.problem(one) | {"field": one.field})
            for one in found.outcome.problems
        ],
    )


@get("/field-labels", summary="Names of what fields point to", tags=_TAGS)
async def list_labels(tx: Tx, kind: _KIND, ids: _IDS) -> schemas.FieldLabelsOut:
    """Up to a hundred agents, files, tickets, customers or companies by id."""
    permissions.require_staff(tx.actor)
    wanted = [int(one) for one in ids.split(",")]
    known = [one for one in wanted if one < 1 << 63]
    found = await records.labels(tx, kind, known)
    return schemas.FieldLabelsOut(
        [schemas.FieldLabel(str(one), label) for one, label in found.items()]
    )


@get("/field-rules", summary="List rules between fields", tags=_TAGS)
async def list_field_rules(
    tx: Tx,
    object: Object = "ticket",
) -> schemas.FieldRulesOut:
    """What shows, requires, fills, limits and computes fields."""
    found = await definitions.listed_rules(tx, object)
    return schemas.FieldRulesOut([schemas.rule_out(one) for one in found])


@post("/field-rules", summary="Add a rule between fields", tags=_TAGS)
async def create_field_rule(tx: Tx, data: schemas.NewFieldRule) -> schemas.FieldRuleOut:
    """422 ``rules_contradict`` with the reasons when it does not go together with the others."""
    return schemas.rule_out(await definitions.save_rule(tx, rule_id=None, changed=_values(data)))


@patch("/field-rules/{rule_id:int}", summary="Change a rule between fields", tags=_TAGS)
async def change_field_rule(
    tx: Tx, rule_id: int, data: schemas.FieldRuleChange
) -> schemas.FieldRuleOut:
    """Absent members stay."""
    return schemas.rule_out(await definitions.save_rule(tx, rule_id=rule_id, changed=_values(data)))


@delete("/field-rules/{rule_id:int}", summary="Remove a rule between fields", tags=_TAGS)
async def delete_field_rule(tx: Tx, rule_id: int) -> None:
    """It no longer holds; values that it set stay."""
    await definitions.delete_rule(tx, rule_id)


@get("/forms", summary="List forms", tags=_TAGS)
async def list_forms(
    tx: Tx,
    object: Object = "ticket",
) -> schemas.FormsOut:
    """Which fields are asked where."""
    return schemas.FormsOut([schemas.form_out(one) for one in await forms.listed(tx, object)])


@post("/forms", summary="Make a form", tags=_TAGS)
async def create_form(tx: Tx, data: schemas.NewForm) -> schemas.FormOut:
    """For a type, brand, channel or role, or for any."""
    return schemas.form_out(await forms.create(tx, _values(data)))


@get("/forms/{form_id:int}", summary="One form", tags=_TAGS)
async def get_form(tx: Tx, form_id: int) -> schemas.FormOut:
    """A form as it is now."""
    return schemas.form_out(await forms.get(tx, form_id))


@patch("/forms/{form_id:int}", summary="Change a form", tags=_TAGS)
async def change_form(tx: Tx, form_id: int, data: schemas.FormChange) -> schemas.FormOut:
    """Every change makes a version."""
    return schemas.form_out(await forms.change(tx, form_id, changed=_values(data)))


@delete("/forms/{form_id:int}", summary="Remove a form", tags=_TAGS)
async def delete_form(tx: Tx, form_id: int) -> None:
    """Where it was used, the next that fits is."""
    await forms.delete(tx, form_id)


@get("/forms/{form_id:int}/versions", summary="List a form's versions", tags=_TAGS)
async def list_form_versions(tx: Tx, form_id: int) -> schemas.FormVersionsOut:
    """Newest first."""
    return schemas.FormVersionsOut(
        [
            schemas.FormVersionOut(
                version=one.form.version,
                at=one.form.updated_at,
                actor=stamped(one.actor),
                name=one.form.name,
                sections=list(one.form.sections),
            )
            for one in await forms.versions(tx, form_id)
        ]
    )


@post(
    "/forms/{form_id:int}/restore", summary="Restore a form's version", tags=_TAGS, status_code=200
)
async def restore_form(tx: Tx, form_id: int, data: schemas.RestoreForm) -> schemas.FormOut:
    """The form is as it was, in a new version."""
    return schemas.form_out(await forms.restore(tx, form_id, version=data.version))


routes = [
    list_custom_fields,
    create_custom_field,
    get_custom_field,
    change_custom_field,
    archive_custom_field,
    order_custom_fields,
    evaluate_form,
    list_labels,
    list_field_rules,
    create_field_rule,
    change_field_rule,
    delete_field_rule,
    list_forms,
    create_form,
    get_form,
    change_form,
    delete_form,
    list_form_versions,
    restore_form,
]
