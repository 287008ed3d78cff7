import { queryOptions } from '@tanstack/react-query'
import { orKept } from '../offline'
import { api } from './client'
import type { Id } from './types'

/** Small lists that every screen needs: they are fetched once and kept up to date by the stream. */
export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: ({ signal }) =>
    orKept(['agents'], async () => (await api.get('/agents', { signal })).items),
  staleTime: 10 * 60_000,
})
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) =>
    orKept(['teams'], async () => (await api.get('/teams', { signal })).items),
  staleTime: 10 * 60_000,
})
export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: ({ signal }) => orKept(['channels'], () => api.get('/channels', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})
export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: async ({ signal }) => (await api.get('/tags', { signal })).map(({ tag }) => tag),
  staleTime: 5 * 60_000,
})

export const nameOf = (items: { id: Id; name: string }[] | undefined, id: Id | null) =>
  items?.find((item) => item.id === id)?.name ?? null
