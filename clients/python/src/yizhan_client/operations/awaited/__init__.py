# Written by `make openapi` from openapi.json; do not edit.
"""All operations, grouped as the API groups them."""

from yizhan_client.operations.awaited.access import AsyncAccess
from yizhan_client.operations.awaited.actions import AsyncActions
from yizhan_client.operations.awaited.adoption import AsyncAdoption
from yizhan_client.operations.awaited.agents import AsyncAgents
from yizhan_client.operations.awaited.assignment import AsyncAssignment
from yizhan_client.operations.awaited.audit import AsyncAudit
from yizhan_client.operations.awaited.auth import AsyncAuth
from yizhan_client.operations.awaited.bulk import AsyncBulk
from yizhan_client.operations.awaited.channels import AsyncChannels
from yizhan_client.operations.awaited.contacts import AsyncContacts
from yizhan_client.operations.awaited.copilot import AsyncCopilot
from yizhan_client.operations.awaited.events import AsyncEvents
from yizhan_client.operations.awaited.fields import AsyncFields
from yizhan_client.operations.awaited.files import AsyncFiles
from yizhan_client.operations.awaited.knowledge import AsyncKnowledge
from yizhan_client.operations.awaited.lab import AsyncLab
from yizhan_client.operations.awaited.layouts import AsyncLayouts
from yizhan_client.operations.awaited.learning import AsyncLearning
from yizhan_client.operations.awaited.live import AsyncLive
from yizhan_client.operations.awaited.macros import AsyncMacros
from yizhan_client.operations.awaited.messages import AsyncMessages
from yizhan_client.operations.awaited.notifications import AsyncNotifications
from yizhan_client.operations.awaited.organisation import AsyncOrganisation
from yizhan_client.operations.awaited.panel import AsyncPanel
from yizhan_client.operations.awaited.personal import AsyncPersonal
from yizhan_client.operations.awaited.portal import AsyncPortal
from yizhan_client.operations.awaited.relations import AsyncRelations
from yizhan_client.operations.awaited.reports import AsyncReports
from yizhan_client.operations.awaited.search import AsyncSearch
from yizhan_client.operations.awaited.setup import AsyncSetup
from yizhan_client.operations.awaited.sla import AsyncSla
from yizhan_client.operations.awaited.surveys import AsyncSurveys
from yizhan_client.operations.awaited.system import AsyncSystem
from yizhan_client.operations.awaited.tasks import AsyncTasks
from yizhan_client.operations.awaited.tickets import AsyncTickets
from yizhan_client.operations.awaited.understanding import AsyncUnderstanding
from yizhan_client.operations.awaited.upkeep import AsyncUpkeep
from yizhan_client.operations.awaited.views import AsyncViews
from yizhan_client.operations.awaited.webhooks import AsyncWebhooks
from yizhan_client.transport import AsyncTransport


class AsyncOperations:
    """What both clients have in common with the API."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport
        self.access = AsyncAccess(transport)
        self.actions = AsyncActions(transport)
        self.adoption = AsyncAdoption(transport)
        self.agents = AsyncAgents(transport)
        self.assignment = AsyncAssignment(transport)
        self.audit = AsyncAudit(transport)
        self.auth = AsyncAuth(transport)
        self.bulk = AsyncBulk(transport)
        self.channels = AsyncChannels(transport)
        self.contacts = AsyncContacts(transport)
        self.copilot = AsyncCopilot(transport)
        self.events = AsyncEvents(transport)
        self.fields = AsyncFields(transport)
        self.files = AsyncFiles(transport)
        self.knowledge = AsyncKnowledge(transport)
        self.lab = AsyncLab(transport)
        self.layouts = AsyncLayouts(transport)
        self.learning = AsyncLearning(transport)
        self.live = AsyncLive(transport)
        self.macros = AsyncMacros(transport)
        self.messages = AsyncMessages(transport)
        self.notifications = AsyncNotifications(transport)
        self.organisation = AsyncOrganisation(transport)
        self.panel = AsyncPanel(transport)
        self.personal = AsyncPersonal(transport)
        self.portal = AsyncPortal(transport)
        self.relations = AsyncRelations(transport)
        self.reports = AsyncReports(transport)
        self.search = AsyncSearch(transport)
        self.setup = AsyncSetup(transport)
        self.sla = AsyncSla(transport)
        self.surveys = AsyncSurveys(transport)
        self.system = AsyncSystem(transport)
        self.tasks = AsyncTasks(transport)
        self.tickets = AsyncTickets(transport)
        self.understanding = AsyncUnderstanding(transport)
        self.upkeep = AsyncUpkeep(transport)
        self.views = AsyncViews(transport)
        self.webhooks = AsyncWebhooks(transport)
