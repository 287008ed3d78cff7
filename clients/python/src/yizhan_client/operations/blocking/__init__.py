# Written by `make openapi` from openapi.json; do not edit.
"""All operations, grouped as the API groups them."""

from yizhan_client.operations.blocking.access import Access
from yizhan_client.operations.blocking.actions import Actions
from yizhan_client.operations.blocking.adoption import Adoption
from yizhan_client.operations.blocking.agents import Agents
from yizhan_client.operations.blocking.assignment import Assignment
from yizhan_client.operations.blocking.audit import Audit
from yizhan_client.operations.blocking.auth import Auth
from yizhan_client.operations.blocking.bulk import Bulk
from yizhan_client.operations.blocking.channels import Channels
from yizhan_client.operations.blocking.contacts import Contacts
from yizhan_client.operations.blocking.copilot import Copilot
from yizhan_client.operations.blocking.events import Events
from yizhan_client.operations.blocking.fields import Fields
from yizhan_client.operations.blocking.files import Files
from yizhan_client.operations.blocking.knowledge import Knowledge
from yizhan_client.operations.blocking.lab import Lab
from yizhan_client.operations.blocking.layouts import Layouts
from yizhan_client.operations.blocking.learning import Learning
from yizhan_client.operations.blocking.live import Live
from yizhan_client.operations.blocking.macros import Macros
from yizhan_client.operations.blocking.messages import Messages
from yizhan_client.operations.blocking.notifications import Notifications
from yizhan_client.operations.blocking.organisation import Organisation
from yizhan_client.operations.blocking.panel import Panel
from yizhan_client.operations.blocking.personal import Personal
from yizhan_client.operations.blocking.portal import Portal
from yizhan_client.operations.blocking.relations import Relations
from yizhan_client.operations.blocking.reports import Reports
from yizhan_client.operations.blocking.search import Search
from yizhan_client.operations.blocking.setup import Setup
from yizhan_client.operations.blocking.sla import Sla
from yizhan_client.operations.blocking.surveys import Surveys
from yizhan_client.operations.blocking.system import System
from yizhan_client.operations.blocking.tasks import Tasks
from yizhan_client.operations.blocking.tickets import Tickets
from yizhan_client.operations.blocking.understanding import Understanding
from yizhan_client.operations.blocking.upkeep import Upkeep
from yizhan_client.operations.blocking.views import Views
from yizhan_client.operations.blocking.webhooks import Webhooks
from yizhan_client.transport import SyncTransport


class Operations:
    """What both clients have in common with the API."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport
        self.access = Access(transport)
        self.actions = Actions(transport)
        self.adoption = Adoption(transport)
        self.agents = Agents(transport)
        self.assignment = Assignment(transport)
        self.audit = Audit(transport)
        self.auth = Auth(transport)
        self.bulk = Bulk(transport)
        self.channels = Channels(transport)
        self.contacts = Contacts(transport)
        self.copilot = Copilot(transport)
        self.events = Events(transport)
        self.fields = Fields(transport)
        self.files = Files(transport)
        self.knowledge = Knowledge(transport)
        self.lab = Lab(transport)
        self.layouts = Layouts(transport)
        self.learning = Learning(transport)
        self.live = Live(transport)
        self.macros = Macros(transport)
        self.messages = Messages(transport)
        self.notifications = Notifications(transport)
        self.organisation = Organisation(transport)
        self.panel = Panel(transport)
        self.personal = Personal(transport)
        self.portal = Portal(transport)
        self.relations = Relations(transport)
        self.reports = Reports(transport)
        self.search = Search(transport)
        self.setup = Setup(transport)
        self.sla = Sla(transport)
        self.surveys = Surveys(transport)
        self.system = System(transport)
        self.tasks = Tasks(transport)
        self.tickets = Tickets(transport)
        self.understanding = Understanding(transport)
        self.upkeep = Upkeep(transport)
        self.views = Views(transport)
        self.webhooks = Webhooks(transport)
