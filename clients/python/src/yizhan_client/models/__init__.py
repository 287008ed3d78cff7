# Written by `make openapi` from openapi.json; do not edit.
"""What goes in and what comes out. A field that is ``UNSET`` is not sent."""

from yizhan_client.models.access import *
from yizhan_client.models.actions import *
from yizhan_client.models.agents import *
from yizhan_client.models.assignment import *
from yizhan_client.models.audit import *
from yizhan_client.models.auth import *
from yizhan_client.models.bulk import *
from yizhan_client.models.channels import *
from yizhan_client.models.contacts import *
from yizhan_client.models.events import *
from yizhan_client.models.fields import *
from yizhan_client.models.files import *
from yizhan_client.models.knowledge import *
from yizhan_client.models.layouts import *
from yizhan_client.models.live import *
from yizhan_client.models.macros import *
from yizhan_client.models.messages import *
from yizhan_client.models.notifications import *
from yizhan_client.models.organisation import *
from yizhan_client.models.panel import *
from yizhan_client.models.personal import *
from yizhan_client.models.portal import *
from yizhan_client.models.relations import *
from yizhan_client.models.reports import *
from yizhan_client.models.search import *
from yizhan_client.models.setup import *
from yizhan_client.models.shared import *
from yizhan_client.models.sla import *
from yizhan_client.models.surveys import *
from yizhan_client.models.system import *
from yizhan_client.models.tasks import *
from yizhan_client.models.tickets import *
from yizhan_client.models.views import *
from yizhan_client.models.webhooks import *
