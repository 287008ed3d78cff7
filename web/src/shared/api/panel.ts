import { queryOptions } from '@tanstack/react-query'
import type { Schema } from './admin.types'
import { api } from './client'
import type { Answer, Body } from './typed'
import type { Id } from './types'

export type PanelItem = Answer<'get', '/tickets/{ticket_id}/panel'>['items'][number]
export type PanelField = PanelItem['fields'][number]
export type PanelTable = PanelItem['tables'][number]
export type PanelLink = PanelItem['links'][number]
export type PanelCell = PanelField['cell']
export type PanelSource = Answer<'get', '/panel/sources/{source_id}'>
export type PanelSourceIn = Body<'post', '/panel/sources'>
export type PanelTried = Answer<'post', '/panel/sources/{source_id}/test'>
export type PanelKind = Answer<'get', '/panel/kinds'>['items'][number] & { settings_schema: Schema }

/** Answered within a moment with what is there; what is late is asked for alone. */
export const panelQuery = (ticket: Id) =>
  queryOptions({
    queryKey: ['panel', ticket],
    queryFn: async ({ signal }) =>
      (await api.get('/tickets/{ticket_id}/panel', { path: { ticket_id: ticket }, signal })).items,
    staleTime: 30_000,
  })

const of = (ticket: Id, source: Id) => ({ path: { ticket_id: ticket, source_id: source } })
export const awaitPanelSource = (ticket: Id, source: Id, signal?: AbortSignal) =>
  api.get('/tickets/{ticket_id}/panel/{source_id}', { ...of(ticket, source), signal })
export const refreshPanelSource = (ticket: Id, source: Id) =>
  api.post('/tickets/{ticket_id}/panel/{source_id}/refresh', of(ticket, source))
export const followPanelLink = (ticket: Id, source: Id, link: string) =>
  api.post('/tickets/{ticket_id}/panel/{source_id}/links/{link}', {
    path: { ticket_id: ticket, source_id: source, link },
  })

export const panelKindsQuery = queryOptions({
  queryKey: ['admin', 'panel', 'kinds'],
  queryFn: async ({ signal }) => (await api.get('/panel/kinds', { signal })).items as PanelKind[],
})
export const panelSourcesQuery = queryOptions({
  queryKey: ['admin', 'panel', 'sources'],
  queryFn: async ({ signal }) => (await api.get('/panel/sources', { signal })).items,
})
const at = (id: Id) => ({ path: { source_id: id } })
export const createPanelSource = (body: PanelSourceIn) => api.post('/panel/sources', { body })
export const savePanelSource = (
  id: Id,
  body: Body<'patch', '/panel/sources/{source_id}'>,
): Promise<PanelSource> => api.patch('/panel/sources/{source_id}', { ...at(id), body })
export const removePanelSource = (id: Id) => api.delete('/panel/sources/{source_id}', at(id))
export const replacePanelKey = (id: Id) => api.post('/panel/sources/{source_id}/key', at(id))
export const tryPanelSource = (
  id: Id,
  body: Body<'post', '/panel/sources/{source_id}/test'>,
): Promise<PanelTried> => api.post('/panel/sources/{source_id}/test', { ...at(id), body })
