import type { QueryClient } from '@tanstack/react-query'
import {
  type AgentRef,
  customerTypingQuery,
  type Id,
  type Me,
  type Message,
  meQuery,
  notificationsQuery,
  type Ticket,
  type TicketFilter,
  type TicketRow,
  type Viewer,
  viewsQuery,
} from '../api'
import { type Bulk, bulkQuery, isRunning } from '../api/bulk'
import { belongs } from './membership'
import { hasRow, insertRow, type Pages, removeRow, replaceRow, upsertMessage } from './patches'

interface Events {
  ticket: { row: TicketRow; type?: string }
  'ticket.removed': { id: Id }
  message: { ticket_id: Id; message: Message; type?: string }
  notification: { id: Id }
  presence: { ticket_id: Id; viewers: Viewer[] }
  visitor_typing: { ticket_id: Id; name: string; on: boolean }
  agent: { id: Id; state: AgentRef['state'] }
  'message.removed': { ticket_id: Id; id: Id }
  moved: { ticket_id: Id; other_id: Id }
  bulk: { id: Id } & Pick<Bulk, 'state' | 'total' | 'done' | 'skipped' | 'failed'>
  read: { ticket_id: Id; conversation_id: Id; message_id: Id }
  changed: { type: string }
  signals: { ticket_id: Id }
  views: { counts: Record<Id, { count: number; count_capped: boolean }> }
  resync: Record<string, never>
}
export type EventName = keyof Events
type Handlers = { [Name in EventName]: (client: QueryClient, data: Events[Name]) => void }

const lists = (client: QueryClient) =>
  client.getQueriesData<Pages<TicketRow>>({ queryKey: ['tickets'] })

export function applyTicket(client: QueryClient, row: TicketRow) {
  const me = client.getQueryData<Me>(meQuery.queryKey)?.agent.id ?? ''
  for (const [key, data] of lists(client)) {
    if (!data) continue
    const member = belongs(row, (key[1] ?? {}) as TicketFilter, me)
    const present = hasRow(data, row.id)
    if (present && member === false) client.setQueryData(key, removeRow(data, row.id))
    else if (present) client.setQueryData(key, replaceRow(data, row))
    else if (member) client.setQueryData(key, insertRow(data, row))
    else if (member === null) client.invalidateQueries({ queryKey: key })
  }
  client.setQueryData<Ticket>(['ticket', row.id], (old) =>
    old && old.version <= row.version ? { ...old, ...row } : old,
  )
}

// What a change of the organisation makes old.
const stale: Record<string, string[][]> = {
  agent: [['agents'], ['me']],
  role: [['me'], ['roles']],
  team: [['teams'], ['agents'], ['views'], ['me']],
  unit: [['units'], ['me']],
  brand: [['brands']],
  field: [['fields'], ['form'], ['field-rules']],
  form: [['form'], ['forms']],
  layout: [['layouts'], ['layouts-shown']],
  inbox: [['inboxes']],
  view: [['views'], ['tickets']],
  workspace: [['me'], ['workspace']],
  macro: [['macros']],
  survey: [['surveys']],
  model: [['learning']],
  learning: [['learning']],
  checklist_template: [['checklist-templates']],
  understanding: [['understanding']],
}

// What lies beside a ticket and is not in its row, by what happened.
const beside: Record<string, string> = {
  survey: 'satisfaction',
  time: 'work',
  checklist: 'work',
  approval: 'work',
  reminder: 'work',
}

function onTicket(client: QueryClient, { row, type }: Events['ticket']) {
  const part = beside[type?.split('.')[0] ?? '']
  if (part) client.invalidateQueries({ queryKey: [part, row.id] })
  if (type === 'ticket.linked' || type === 'ticket.unlinked')
    client.invalidateQueries({ queryKey: ['relations', row.id], exact: true })
  const before = client.getQueryData<Ticket>(['ticket', row.id])
  applyTicket(client, row)
  // What may be done next, the watchers and the windows are not in the row.
  if (before && before.version !== row.version) {
    client.invalidateQueries({ queryKey: ['ticket', row.id], exact: true })
    client.invalidateQueries({ queryKey: ['history', row.id] })
    client.invalidateQueries({ queryKey: ['relations', row.id], exact: true })
  }
  if (before && before.status !== row.status)
    client.invalidateQueries({ queryKey: ['satisfaction', row.id] })
  client.invalidateQueries({ queryKey: ['contact', row.requester.id, 'tickets'] })
}

const visitorTypingLasts = 8000
const pauses = new Map<Id, ReturnType<typeof setTimeout>>()

const handlers: Handlers = {
  ticket: onTicket,
  'ticket.removed': (client, { id }) => {
    for (const [key, data] of lists(client)) {
      if (data) client.setQueryData(key, removeRow(data, id))
    }
    client.invalidateQueries({ queryKey: ['ticket', id] })
  },
  message: (client, { ticket_id, message }) => {
    client.setQueryData<Pages<Message>>(['messages', ticket_id], (data) =>
      data ? upsertMessage(data, message) : data,
    )
  },
  'message.removed': (client, { ticket_id, id }) => {
    client.setQueryData<Pages<Message>>(['messages', ticket_id], (data) =>
      data ? removeRow(data, id) : data,
    )
  },
  moved: (client, { ticket_id, other_id }) => {
    for (const id of [ticket_id, other_id]) {
      for (const key of ['messages', 'ticket', 'relations'])
        client.invalidateQueries({ queryKey: [key, id] })
    }
  },
  bulk: (client, { id, ...progress }) => {
    const { queryKey } = bulkQuery(id)
    client.setQueryData<Bulk>(queryKey, (old) => (old ? { ...old, ...progress } : old))
    // Why some were passed over is told only with the whole.
    if (!isRunning(progress)) client.invalidateQueries({ queryKey })
  },
  notification: (client) => {
    client.invalidateQueries({ queryKey: notificationsQuery.queryKey })
  },
  read: (client, { ticket_id }) => {
    client.invalidateQueries({ queryKey: ['ticket', ticket_id], exact: true })
  },
  changed: (client, { type }) => {
    const [area = ''] = type.split('.')
    for (const queryKey of stale[area] ?? []) client.invalidateQueries({ queryKey })
  },
  presence: (client, { ticket_id, viewers }) => {
    client.setQueryData(['viewers', ticket_id], viewers)
  },
  visitor_typing: (client, { ticket_id, on }) => {
    clearTimeout(pauses.get(ticket_id))
    const { queryKey } = customerTypingQuery(ticket_id)
    client.setQueryData(queryKey, on)
    // The sign that they stopped may never come: then it ends by itself.
    if (on) {
      const end = () => client.setQueryData(queryKey, false)
      pauses.set(ticket_id, setTimeout(end, visitorTypingLasts))
    }
  },
  agent: (client, { id, state }) => {
    client.setQueryData<AgentRef[]>(['agents'], (old) =>
      old?.map((agent) => (agent.id === id ? { ...agent, state } : agent)),
    )
    client.setQueryData<Me>(meQuery.queryKey, (me) =>
      me && me.agent.id === id ? { ...me, presence: { ...me.presence, state } } : me,
    )
  },
  signals: (client, { ticket_id }) => {
    client.invalidateQueries({ queryKey: ['signals', ticket_id] })
  },
  views: (client, { counts }) => {
    client.setQueryData(viewsQuery.queryKey, (old) =>
      old?.map((view) => ({ ...view, ...counts[view.id] })),
    )
  },
  resync: (client) => {
    client.invalidateQueries()
  },
}

export const eventNames = Object.keys(handlers) as EventName[]

export function dispatch<Name extends EventName>(
  client: QueryClient,
  name: Name,
  data: Events[Name],
) {
  handlers[name](client, data)
}
