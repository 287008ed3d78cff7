import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Id } from './types'

export const contactQuery = (id: Id) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: ({ signal }) =>
      api.get('/contacts/{contact_id}', { path: { contact_id: id }, signal }),
  })
export const contactTicketsQuery = (id: Id) =>
  queryOptions({
    queryKey: ['contact', id, 'tickets'],
    queryFn: ({ signal }) =>
      api.get('/contacts/{contact_id}/tickets', {
        path: { contact_id: id },
        query: { limit: 20 },
        signal,
      }),
  })
