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
      api.get<Page<TicketRow>>('/tickets', { contact: id, view: 'all', limit: 20 }, signal),
  })
