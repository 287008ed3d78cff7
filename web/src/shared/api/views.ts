import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Condition } from './conditions'
import type { Id, View, ViewChange, ViewIn } from './types'

/** What conditions can ask about. It changes when an administrator adds a field. */
export const fieldsQuery = queryOptions({
  queryKey: ['filter-fields'],
  queryFn: ({ signal }) => api.get('/filters/fields', { signal }),
  staleTime: 5 * 60_000,
})

const at = (id: Id) => ({ view_id: id })
export const createView = (view: ViewIn): Promise<View> => api.post('/views', { body: view })
export const changeView = (id: Id, change: ViewChange): Promise<View> =>
  api.patch('/views/{view_id}', { path: at(id), body: change })
export const deleteView = (id: Id) => api.delete('/views/{view_id}', { path: at(id) })
export const orderViews = (ids: string[]) => api.put('/views/order', { body: { ids } })
export const hideViews = (ids: string[]) => api.put('/views/hidden', { body: { ids } })
export const hiddenViews = async () =>
  (await api.get('/views', { query: { hidden: true } }))
    .filter((view) => view.hidden)
    .map((view) => view.id)

/** What a condition finds, before it is saved. */
export const previewQuery = (condition: Condition) =>
  queryOptions({
    queryKey: ['view-preview', condition],
    queryFn: ({ signal }) =>
      api.post('/views/preview', {
        body: { condition: condition as Record<string, unknown>, limit: 3 },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  })

/** One kind in pages, or all kinds at once. */
export const findQuery = (q: string, types: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['find', q, types ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api.get('/search', {
        query: { q, types, limit: types ? 30 : 8, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
