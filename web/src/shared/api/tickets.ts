import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type {
  Attachment,
  Draft,
  HistoryEntry,
  Id,
  Message,
  NewMessage,
  Page,
  Status,
  Ticket,
  TicketChange,
  TicketRow,
  View,
  Viewer,
} from './types'

export interface TicketFilter {
  view?: string
  q?: string
  status?: string
  assignee?: string
  priority?: string
  tag?: string
  contact?: string
  sort?: string
}

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async ({ signal }) => {
    const answer = await api.get<View[] | Page<View>>('/views', {}, signal)
    return Array.isArray(answer) ? answer : answer.items
  },
  staleTime: 30_000,
})

export const statusesQuery = queryOptions({
  queryKey: ['statuses'],
  queryFn: async ({ signal }) => {
    const answer = await api.get<Status[] | Page<Status>>('/statuses', {}, signal)
    return Array.isArray(answer) ? answer : answer.items
  },
  staleTime: 10 * 60_000,
})

export const ticketList = (filter: TicketFilter) =>
  infiniteQueryOptions({
    queryKey: ['tickets', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TicketRow>>('/tickets', { ...filter, limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  })

export const ticketQuery = (id: Id, asOf?: string) =>
  queryOptions({
    queryKey: asOf ? ['ticket', id, 'as-of', asOf] : ['ticket', id],
    queryFn: ({ signal }) => api.get<Ticket>(`/tickets/${id}`, { as_of: asOf }, signal),
  })

export const messagesQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: ['messages', id],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Message>>(`/tickets/${id}/messages`, { limit: 40, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })

export const historyQuery = (id: Id) =>
  queryOptions({
    queryKey: ['history', id],
    queryFn: ({ signal }) =>
      api.get<Page<HistoryEntry>>(`/tickets/${id}/history`, { limit: 100 }, signal),
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
    queryFn: async ({ signal }) => {
      const answer = await api.get<Viewer[] | { viewers?: Viewer[]; items?: Viewer[] }>(
        `/tickets/${id}/presence`,
        {},
        signal,
      )
      return Array.isArray(answer) ? answer : (answer.viewers ?? answer.items ?? [])
    },
  })

export const patchTicket = (id: Id, change: TicketChange, version?: number) =>
  api.patch<Ticket>(
    `/tickets/${id}`,
    change,
    version === undefined ? undefined : { 'If-Match': `"${version}"` },
  )
export const assignTicket = (id: Id, to: { agent_id: Id | null; team_id?: Id | null }) =>
  api.post<Ticket>(`/tickets/${id}/assign`, to)
export const takeTicket = (id: Id) => api.post<Ticket>(`/tickets/${id}/take`)
export const bulkChange = (ids: Id[], changes: TicketChange) =>
  api.post<{ changed: Id[]; refused: { id: Id }[] }>('/tickets/bulk', { ids, changes })
export const markRead = (id: Id, upTo?: Id) =>
  api.post<unknown>(`/tickets/${id}/read`, { message_id: upTo ?? null })
export const watchTicket = (id: Id, on: boolean) =>
  on ? api.put<unknown>(`/tickets/${id}/watch`) : api.delete<unknown>(`/tickets/${id}/watch`)
export const tellPresence = (
  id: Id,
  state: 'viewing' | 'typing' | 'left',
  mode: 'public' | 'internal' = 'public',
) => api.post<unknown>(`/tickets/${id}/presence`, { state, mode })

export interface NewTicket {
  subject: string
  body: string
  requester: { email?: string; phone?: string; name?: string }
  priority?: string
  tags?: string[]
}
export const createTicket = (ticket: NewTicket, key: string) =>
  api.post<Ticket>('/tickets', ticket, { 'Idempotency-Key': key })

export const sendMessage = (id: Id, message: NewMessage) =>
  api.post<Message>(`/tickets/${id}/messages`, message)
export const cancelMessage = (id: Id) => api.post<Message>(`/messages/${id}/cancel`)
export const retryMessage = (id: Id, confirmDuplicate: boolean) =>
  api.post<Message>(
    `/messages/${id}/retry`,
    confirmDuplicate ? { confirm_duplicate: true } : undefined,
  )
export const rawAddress = (id: Id) => `/api/v1/messages/${id}/raw`

export type DraftMode = 'public' | 'internal'
export const draftQuery = (id: Id, mode: DraftMode) =>
  queryOptions({
    queryKey: ['draft', id, mode],
    queryFn: async ({ signal }) =>
      (await api.get<Draft | null>(`/tickets/${id}/draft`, { mode }, signal)) ?? null,
    staleTime: 0,
    retry: false,
  })
export const saveDraft = (id: Id, mode: DraftMode, draft: DraftBody) =>
  api.put<Draft>(`/tickets/${id}/draft?mode=${mode}`, draft)
export const dropDraft = (id: Id, mode: DraftMode) =>
  api.delete<void>(`/tickets/${id}/draft`, { mode })
export interface DraftBody {
  body: string
  body_html: string
  attachments: Id[]
  mentions: Draft['mentions']
}
export type { Attachment }
