import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { orKept, orKeptPage } from '../offline'
import { api } from './client'
import { firstMessages, newestMessages, ticketOf } from './opening'
import type { Query } from './typed'
import type {
  DraftBody,
  Id,
  Message,
  NewMessage,
  NewTicket,
  Page,
  Ticket,
  TicketChange,
} from './types'

export type TicketFilter = Omit<Query<'get', '/tickets'>, 'limit' | 'cursor'>

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: ({ signal }) => orKept(['views'], () => api.get('/views', { signal })),
  staleTime: 30_000,
})

export const statusesQuery = queryOptions({
  queryKey: ['statuses'],
  queryFn: ({ signal }) => orKept(['statuses'], () => api.get('/statuses', { signal })),
  staleTime: 10 * 60_000,
})

export const ticketList = (filter: TicketFilter) =>
  infiniteQueryOptions({
    queryKey: ['tickets', filter],
    queryFn: ({ pageParam, signal }) =>
      orKeptPage(['tickets', filter], pageParam, () =>
        api.get('/tickets', { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  })

const at = (id: Id) => ({ ticket_id: id })

export const ticketQuery = (id: Id, asOf?: string) =>
  queryOptions({
    queryKey: asOf ? ['ticket', id, 'as-of', asOf] : ['ticket', id],
    queryFn: ({ signal }): Promise<Ticket> =>
      asOf
        ? api.get('/tickets/{ticket_id}', { path: at(id), query: { as_of: asOf }, signal })
        : orKept(['ticket', id], () => ticketOf(id)),
  })

export const messagesQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: ['messages', id],
    queryFn: ({ pageParam, signal }): Promise<Page<Message>> =>
      orKeptPage(['messages', id], pageParam, () =>
        pageParam
          ? api.get('/tickets/{ticket_id}/messages', {
              path: at(id),
              query: { limit: firstMessages, cursor: pageParam },
              signal,
            })
          : newestMessages(id),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })

export const historyQuery = (id: Id) =>
  queryOptions({
    queryKey: ['history', id],
    queryFn: ({ signal }) =>
      api.get('/tickets/{ticket_id}/history', { path: at(id), query: { limit: 100 }, signal }),
    staleTime: 5_000,
  })

/** Whether the customer types just now: only the live stream writes it. */
export const customerTypingQuery = (id: Id) =>
  queryOptions({
    queryKey: ['customer-typing', id],
    queryFn: () => false,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const viewersQuery = (id: Id) =>
  queryOptions({
    queryKey: ['viewers', id],
    queryFn: async ({ signal }) =>
      (await api.get('/tickets/{ticket_id}/presence', { path: at(id), signal })).viewers,
  })

/** What is done to one ticket goes to the server in its order: a change after a message meets what that made of it. */
export const inOrder = (id: Id) => ({ id: `ticket:${id}` })

export const patchTicket = (id: Id, change: TicketChange, version?: number) =>
  api.patch('/tickets/{ticket_id}', {
    path: at(id),
    body: change,
    headers: version === undefined ? undefined : { 'If-Match': `"${version}"` },
  })
export const assignTicket = (id: Id, to: { agent_id: Id | null; team_id?: Id | null }) =>
  api.post('/tickets/{ticket_id}/assign', { path: at(id), body: to })
export const takeTicket = (id: Id) => api.post('/tickets/{ticket_id}/take', { path: at(id) })
export const bulkChange = (ids: Id[], changes: TicketChange) =>
  api.post('/tickets/bulk', { body: { ids, changes } })
export const markRead = (id: Id, upTo?: Id) =>
  api.post('/tickets/{ticket_id}/read', { path: at(id), body: { message_id: upTo ?? null } })
export const watchTicket = (id: Id, on: boolean) =>
  on
    ? api.put('/tickets/{ticket_id}/watch', { path: at(id) })
    : api.delete('/tickets/{ticket_id}/watch', { path: at(id) })
export const tellPresence = (
  id: Id,
  state: 'viewing' | 'typing' | 'left',
  mode: DraftMode = 'public',
) => api.post('/tickets/{ticket_id}/presence', { path: at(id), body: { state, mode } })

export const createTicket = (ticket: NewTicket, key: string) =>
  api.post('/tickets', { body: ticket, headers: { 'Idempotency-Key': key } })

/** With the same key it is one message, however often it is sent. */
export const sendMessage = (id: Id, message: NewMessage, key = message.client_id) =>
  api.post('/tickets/{ticket_id}/messages', {
    path: at(id),
    body: message,
    headers: key ? { 'Idempotency-Key': key } : undefined,
  })
export const cancelMessage = (id: Id) =>
  api.post('/messages/{message_id}/cancel', { path: { message_id: id } })
export const retryMessage = (id: Id, confirmDuplicate: boolean) =>
  api.post('/messages/{message_id}/retry', {
    path: { message_id: id },
    body: { confirm_duplicate: confirmDuplicate },
  })
export const rawAddress = (id: Id) => `/api/v1/messages/${id}/raw`

export type DraftMode = 'public' | 'internal'
export const draftQuery = (id: Id, mode: DraftMode) =>
  queryOptions({
    queryKey: ['draft', id, mode],
    queryFn: ({ signal }) =>
      api.get('/tickets/{ticket_id}/draft', { path: at(id), query: { mode }, signal }),
    staleTime: 0,
    retry: false,
  })
export const saveDraft = (id: Id, mode: DraftMode, draft: DraftBody) =>
  api.put('/tickets/{ticket_id}/draft', { path: at(id), query: { mode }, body: draft })
export const dropDraft = (id: Id, mode: DraftMode) =>
  api.delete('/tickets/{ticket_id}/draft', { path: at(id), query: { mode } })
