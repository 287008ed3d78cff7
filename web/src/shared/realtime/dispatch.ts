import type { QueryClient } from '@tanstack/react-query'
import {
  type AgentRef,
  type Id,
  type Me,
  type Message,
  meQuery,
  type Notification,
  notificationsQuery,
  type Ticket,
  type TicketFilter,
  type TicketRow,
  type View,
  type Viewer,
} from '../api'
import { belongs } from './membership'
import { hasRow, insertRow, type Pages, removeRow, replaceRow, upsertMessage } from './patches'

interface Events {
  ticket: { row: TicketRow; type?: string }
  'ticket.removed': { id: Id }
  message: { ticket_id: Id; message: Message; type?: string }
  notification: Notification
  presence: { ticket_id: Id; viewers: Viewer[] }
  agent: { id: Id; state: AgentRef['state'] }
  views: { counts?: Record<string, number | { count: number; capped?: boolean }> }
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

function onTicket(client: QueryClient, { row }: Events['ticket']) {
  const before = client.getQueryData<Ticket>(['ticket', row.id])
  applyTicket(client, row)
  // What may be done next, the watchers and the windows are not in the row.
  if (before && before.version !== row.version) {
    client.invalidateQueries({ queryKey: ['ticket', row.id], exact: true })
    client.invalidateQueries({ queryKey: ['history', row.id] })
  }
  client.invalidateQueries({ queryKey: ['contact', row.requester.id, 'tickets'] })
}

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
  notification: (client, note) => {
    client.setQueryData(notificationsQuery.queryKey, (old) =>
      old && !old.items.some((item) => item.id === note.id)
        ? { ...old, items: [note, ...old.items], unread: old.unread + (note.read ? 0 : 1) }
        : old,
    )
  },
  presence: (client, { ticket_id, viewers }) => {
    client.setQueryData(['viewers', ticket_id], viewers)
  },
  agent: (client, { id, state }) => {
    client.setQueryData<AgentRef[]>(['agents'], (old) =>
      old?.map((agent) => (agent.id === id ? { ...agent, state } : agent)),
    )
    client.setQueryData<Me>(meQuery.queryKey, (me) =>
      me && me.agent.id === id ? { ...me, presence: { ...me.presence, state } } : me,
    )
  },
  views: (client, { counts }) => {
    if (!counts) {
      client.invalidateQueries({ queryKey: ['views'] })
      return
    }
    client.setQueryData<View[]>(['views'], (old) => old?.map((view) => withCount(view, counts)))
  },
  resync: (client) => {
    client.invalidateQueries()
  },
}

function withCount(view: View, counts: NonNullable<Events['views']['counts']>): View {
  const found = counts[view.id]
  if (found === undefined) return view
  if (typeof found === 'number') return { ...view, count: found }
  return { ...view, count: found.count, count_capped: found.capped ?? false }
}

export const eventNames = Object.keys(handlers) as EventName[]

export function dispatch<Name extends EventName>(
  client: QueryClient,
  name: Name,
  data: Events[Name],
) {
  handlers[name](client, data)
}
