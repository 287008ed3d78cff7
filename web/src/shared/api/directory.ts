import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { AgentRef, Channel, Id, Page, Team } from './types'

/** Small lists that every screen needs: they are fetched once and kept up to date by the stream. */
const listOf = <T>(answer: Page<T> | T[]): T[] => (Array.isArray(answer) ? answer : answer.items)

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: async ({ signal }) => listOf(await api.get<Page<AgentRef>>('/agents', {}, signal)),
  staleTime: 10 * 60_000,
})
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async ({ signal }) => listOf(await api.get<Page<Team>>('/teams', {}, signal)),
  staleTime: 10 * 60_000,
})
export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async ({ signal }) => listOf(await api.get<Page<Channel>>('/channels', {}, signal)),
  staleTime: Number.POSITIVE_INFINITY,
})
export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: async ({ signal }) => {
    const answer = await api.get<{ tag: string; count: number }[]>('/tags', {}, signal)
    return answer.map(({ tag }) => tag)
  },
  staleTime: 5 * 60_000,
})

export const nameOf = (items: { id: Id; name: string }[] | undefined, id: Id | null) =>
  items?.find((item) => item.id === id)?.name ?? null
