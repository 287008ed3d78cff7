import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Id, Notification, Page, SearchHit } from './types'

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: ({ signal }) =>
    api.get<Page<Notification> & { unread: number }>('/notifications', { limit: 50 }, signal),
})
export const readNotifications = (which: { ids: Id[] } | { all: true }) =>
  api.post<unknown>('/notifications/read', which)

export const searchQuery = (q: string, types = 'ticket,contact') =>
  queryOptions({
    queryKey: ['search', types, q],
    queryFn: ({ signal }) =>
      api.get<{ items: SearchHit[] }>('/search', { q, types, limit: 12 }, signal),
    enabled: q.trim().length > 1,
    staleTime: 15_000,
  })
