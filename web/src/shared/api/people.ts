import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Contact, Id, Page, TicketRow } from './types'

export const contactQuery = (id: Id) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => api.get<Contact>(`/contacts/${id}`, {}, signal),
  })
export const contactTicketsQuery = (id: Id) =>
  queryOptions({
    queryKey: ['contact', id, 'tickets'],
    queryFn: ({ signal }) =>
      api.get<Page<TicketRow>>(`/contacts/${id}/tickets`, { limit: 20 }, signal),
  })
