import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { address, api } from './client'
import type { components } from './schema.gen'
import type { Id } from './types'

type Schemas = components['schemas']
export type GoldenSet = Schemas['GoldenSet']
export type GoldenSetIn = Schemas['GoldenSetIn']
export type GoldenSetChange = Schemas['GoldenSetChange']
export type GoldenCase = Schemas['GoldenCase']
export type GoldenCaseIn = Schemas['GoldenCaseIn']
export type GoldenCaseChange = Schemas['GoldenCaseChange']
export type LabRun = Schemas['LabRun']
export type LabReport = Schemas['LabReport']
export type LabOutcome = Schemas['LabOutcome']
export type LabChange = Schemas['LabChange']
export type LabChangeDetail = Schemas['LabChangeDetail']
export type HeldChange = Schemas['HeldChange']
export type Kind = GoldenSet['kind']
export type Which = 'broke' | 'mended' | 'wrong' | 'all'
export type Part = 'cases' | 'training' | 'articles'

export const kinds: Kind[] = ['intent', 'category', 'emotion', 'urgency', 'retrieval', 'skill']
export const labKey = ['lab'] as const
const soon = 1000

export const isRunning = ({ state }: LabRun) => state === 'waiting' || state === 'running'

export const setsQuery = queryOptions({
  queryKey: [...labKey, 'sets'],
  queryFn: ({ signal }) => api.get('/lab/sets', { signal }),
})
/** A set, asked again while cases are being taken. */
export const setQuery = (id: Id) =>
  queryOptions({
    queryKey: [...labKey, 'set', id],
    queryFn: ({ signal }) => api.get('/lab/sets/{set_id}', { path: { set_id: id }, signal }),
    refetchInterval: ({ state }) => (state.data?.gathering.state === 'running' ? soon : false),
  })
export const casesQuery = (id: Id, q: string) =>
  infiniteQueryOptions({
    queryKey: [...labKey, 'cases', id, q],
    queryFn: ({ pageParam, signal }) =>
      api.get('/lab/sets/{set_id}/cases', {
        path: { set_id: id },
        query: { limit: 30, ...(q ? { q } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })
/** The runs of a set, asked again while one runs. */
export const runsQuery = (id: Id) =>
  queryOptions({
    queryKey: [...labKey, 'runs', id],
    queryFn: async ({ signal }) =>
      (await api.get('/lab/sets/{set_id}/runs', { path: { set_id: id }, signal })).items,
    refetchInterval: ({ state }) => (state.data?.some(isRunning) ? soon : false),
  })
export const runQuery = (id: Id) =>
  queryOptions({
    queryKey: [...labKey, 'run', id],
    queryFn: ({ signal }) =>
      api.get('/lab/runs/{lab_run_id}', { path: { lab_run_id: id }, signal }),
    refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? soon : false),
  })
export const outcomesQuery = (id: Id, which: Which) =>
  infiniteQueryOptions({
    queryKey: [...labKey, 'outcomes', id, which],
    queryFn: ({ pageParam, signal }) =>
      api.get('/lab/runs/{lab_run_id}/outcomes', {
        path: { lab_run_id: id },
        query: { which, limit: 30, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor,
  })
export const changesQuery = queryOptions({
  queryKey: [...labKey, 'changes'],
  queryFn: async ({ signal }) =>
    (await api.get('/lab/changes', { query: { limit: 20 }, signal })).items,
  refetchInterval: ({ state }) =>
    state.data?.some((one) => one.state === 'checking') ? soon : false,
})
/** A held change, asked again until it is decided. */
export const changeQuery = (id: Id) =>
  queryOptions({
    queryKey: [...labKey, 'change', id],
    queryFn: ({ signal }) =>
      api.get('/lab/changes/{change_id}', { path: { change_id: id }, signal }),
    refetchInterval: ({ state }) => (state.data?.change.state === 'checking' ? soon : false),
  })

const of = (id: Id) => ({ path: { set_id: id } })
export const addSet = (body: GoldenSetIn) => api.post('/lab/sets', { body })
export const changeSet = (id: Id, body: GoldenSetChange) =>
  api.patch('/lab/sets/{set_id}', { ...of(id), body })
export const removeSet = (id: Id) => api.delete('/lab/sets/{set_id}', of(id))
export const gather = (id: Id) => api.post('/lab/sets/{set_id}/gather', of(id))
export const addCase = (id: Id, body: GoldenCaseIn) =>
  api.post('/lab/sets/{set_id}/cases', { ...of(id), body })
export const changeCase = (id: Id, body: GoldenCaseChange) =>
  api.patch('/lab/cases/{case_id}', { path: { case_id: id }, body })
export const importCases = (id: Id, content: string) =>
  api.post('/lab/sets/{set_id}/import', { ...of(id), body: { content } })
export const startRun = (id: Id) => api.post('/lab/sets/{set_id}/runs', { ...of(id), body: {} })
export const cancelRun = (id: Id) =>
  api.post('/lab/runs/{lab_run_id}/cancel', { path: { lab_run_id: id } })
export const overrideChange = (id: Id, reason: string) =>
  api.post('/lab/changes/{change_id}/override', { path: { change_id: id }, body: { reason } })
export const withdrawChange = (id: Id) =>
  api.post('/lab/changes/{change_id}/withdraw', { path: { change_id: id } })
export const exportUrl = (id: Id, part: Part) =>
  address('/lab/sets/{set_id}/export', { ...of(id), query: { part } })
