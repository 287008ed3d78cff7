import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Id } from './types'

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: ({ signal }) => api.get('/notifications', { query: { limit: 50 }, signal }),
})
export const readNotifications = (which: { ids: Id[] } | { all: true }) =>
  api.post('/notifications/read', { body: which })

export const searchQuery = (q: string, types = 'ticket,contact,company') =>
  queryOptions({
    queryKey: ['search', types, q],
    queryFn: ({ signal }) => api.get('/search', { query: { q, types, limit: 12 }, signal }),
    enabled: q.trim().length > 1,
    staleTime: 15_000,
  })
