"""What may be done with contacts. ``contacts.resolve`` is how channels find who spoke."""

from yizhan.domains.contacts.likeness.service import of_contact as suggestions
from yizhan.domains.contacts.normal import is_address
from yizhan.domains.contacts.service.companies import (
    change_company,
    create_company,
    get_company,
    list_companies,
)
from yizhan.domains.contacts.service.merges import merge, undo_merge
from yizhan.domains.contacts.service.people import (
    add_identity,
    change,
    create,
    get,
    get_many,
    identities,
    list_contacts,
    remove_identity,
)
from yizhan.domains.contacts.service.resolve import resolve

__all__ = [
    "add_identity",
    "change",
    "change_company",
    "create",
    "create_company",
    "get",
    "get_company",
    "get_many",
    "identities",
    "is_address",
    "list_companies",
    "list_contacts",
    "merge",
    "remove_identity",
    "resolve",
    "suggestions",
    "undo_merge",
]
