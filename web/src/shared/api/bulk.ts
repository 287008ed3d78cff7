import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Answer, Body } from './typed'
import type { Id } from './types'

export type Bulk = Answer<'get', '/bulk/{bulk_id}'>
export type BulkIn = Body<'post', '/bulk'>
export type Selection = BulkIn['selection']

const at = (id: Id) => ({ bulk_id: id })
export const bulkQuery = (id: Id) =>
  queryOptions({
    queryKey: ['bulk', id],
    queryFn: ({ signal }) => api.get('/bulk/{bulk_id}', { path: at(id), signal }),
    // The stream tells how far it is; this only bears a lost connection.
    refetchInterval: ({ state }) => (isRunning(state.data) ? 2500 : false),
  })
export const isRunning = (bulk: Pick<Bulk, 'state'> | undefined) =>
  bulk?.state === 'queued' || bulk?.state === 'running'

export const bulksQuery = queryOptions({
  queryKey: ['bulks'],
  queryFn: async ({ signal }) => (await api.get('/bulk', { signal })).items,
  refetchInterval: ({ state }) => (state.data?.some(isRunning) ? 2500 : false),
})
export type ItemState = Answer<'get', '/bulk/{bulk_id}/items'>['items'][number]['state']
export const bulkItemsQuery = (id: Id, state: ItemState | null) =>
  infiniteQueryOptions({
    queryKey: ['bulks', id, 'items', state],
    queryFn: ({ signal, pageParam }) =>
      api.get('/bulk/{bulk_id}/items', {
        path: at(id),
        query: { ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    enabled: id !== '',
  })

/** The tickets that a run passed over for one reason. */
export async function passedOver(id: Id, reasons: string[]): Promise<Id[]> {
  const found: Id[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Answer<'get', '/bulk/{bulk_id}/items'> = await api.get('/bulk/{bulk_id}/items', {
      path: at(id),
      query: { state: 'skipped', limit: 100, ...(cursor ? { cursor } : {}) },
    })
    found.push(
      ...page.items
        .filter(({ reason }) => reason !== null && reasons.includes(reason))
        .map((item) => item.ticket_id),
    )
    cursor = page.next_cursor ?? null
  }
  return found
}

export const countBulk = (selection: Selection) => api.post('/bulk/count', { body: { selection } })
export const startBulk = (body: BulkIn) =>
  api.post('/bulk', { body, headers: { 'Idempotency-Key': crypto.randomUUID() } })
export const cancelBulk = (id: Id) => api.post('/bulk/{bulk_id}/cancel', { path: at(id) })
export const undoBulk = (id: Id) => api.post('/bulk/{bulk_id}/undo', { path: at(id) })
