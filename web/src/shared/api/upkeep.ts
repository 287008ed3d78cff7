import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Answer, Query } from './typed'
import type { Id } from './types'

export type Health = Answer<'get', '/knowledge/health'>
export type Check = NonNullable<Health['check']>
export type Finding = Answer<'get', '/knowledge/health/findings'>['items'][number]
export type FindingKind = Finding['kind']
export type Draft = Answer<'get', '/knowledge/health/drafts'>['items'][number]
export type Usage = Answer<'get', '/knowledge/usage'>
export type UsageRow = Usage['articles'][number]
export type Step = Query<'get', '/knowledge/usage/tickets'>['step']
export type Ranking = Answer<'get', '/knowledge/ranking'>

export const healthKey = ['knowledge', 'health'] as const
export const steps = [
  'shown',
  'opened',
  'inserted',
  'sent',
  'edited',
  'resolved',
] as const satisfies Step[]

const soon = 700

export const healthQuery = queryOptions({
  queryKey: healthKey,
  queryFn: ({ signal }) => api.get('/knowledge/health', { signal }),
})
export const checkQuery = (id: Id) =>
  queryOptions({
    queryKey: [...healthKey, 'check', id],
    queryFn: ({ signal }) =>
      api.get('/knowledge/health/checks/{check_id}', { path: { check_id: id }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' || !state.data ? soon : false),
  })
export const findingsQuery = (kind: FindingKind, state: Finding['state']) =>
  infiniteQueryOptions({
    queryKey: [...healthKey, 'findings', kind, state],
    queryFn: ({ pageParam, signal }) =>
      api.get('/knowledge/health/findings', {
        query: { kind, state, limit: 30, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor ?? null,
    placeholderData: keepPreviousData,
  })
export const draftsQuery = (article?: Id) =>
  queryOptions({
    queryKey: [...healthKey, 'drafts', article ?? ''],
    queryFn: async ({ signal }) =>
      (await api.get('/knowledge/health/drafts', { query: { article }, signal })).items,
  })

const finding = (id: Id) => ({ path: { finding_id: id } })
export const beginCheck = () => api.post('/knowledge/health/checks')
export const cancelCheck = (id: Id) =>
  api.post('/knowledge/health/checks/{check_id}/cancel', { path: { check_id: id } })
export const dismissFinding = (id: Id) =>
  api.post('/knowledge/health/findings/{finding_id}/dismiss', finding(id))
export const reopenFinding = (id: Id) =>
  api.post('/knowledge/health/findings/{finding_id}/reopen', finding(id))
export const draftForGap = (id: Id) =>
  api.post('/knowledge/health/findings/{finding_id}/draft', finding(id))

export interface Behind {
  step: Step
  article?: Id
  agent?: Id
}
export const usesQuery = (behind: Behind) =>
  infiniteQueryOptions({
    queryKey: ['knowledge', 'usage', 'tickets', behind],
    queryFn: ({ pageParam, signal }) =>
      api.get('/knowledge/usage/tickets', {
        query: { ...behind, limit: 30, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor ?? null,
  })
export const rankingQuery = queryOptions({
  queryKey: ['knowledge', 'ranking'],
  queryFn: ({ signal }) => api.get('/knowledge/ranking', { signal }),
})
export const learnRanking = () => api.post('/knowledge/ranking')
export const forgetRanking = () => api.delete('/knowledge/ranking')
