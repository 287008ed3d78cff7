import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Answer, Body } from './typed'
import type { Id } from './types'

export type Catalogue = Answer<'get', '/actions'>
export type ActionInfo = Catalogue['actions'][number]
export type Macro = Answer<'get', '/macros/{macro_id}'>
export type MacroIn = Body<'post', '/macros'>
export type Step = Macro['actions'][number]
export type Offered = Answer<'get', '/tickets/{ticket_id}/macros'>['items'][number]
export type Applied = Answer<'post', '/tickets/{ticket_id}/macros/{macro_id}'>
type ApplyIn = NonNullable<Body<'post', '/tickets/{ticket_id}/macros/{macro_id}'>>
export type ChangeSet = Answer<'get', '/tickets/{ticket_id}/actions'>['items'][number]

export const catalogueQuery = queryOptions({
  queryKey: ['actions'],
  queryFn: ({ signal }) => api.get('/actions', { signal }),
  staleTime: 300_000,
})
export const macrosQuery = queryOptions({
  queryKey: ['macros'],
  queryFn: ({ signal }) => api.get('/macros', { signal }),
})
export const macroUsageQuery = (id: Id) =>
  queryOptions({
    queryKey: ['macros', id, 'usage'],
    queryFn: ({ signal }) =>
      api.get('/macros/{macro_id}/usage', { path: { macro_id: id }, signal }),
  })
export const createMacro = (body: MacroIn) => api.post('/macros', { body })
export const saveMacro = (id: Id, body: MacroIn) =>
  api.put('/macros/{macro_id}', { path: { macro_id: id }, body })
export const removeMacro = (id: Id) => api.delete('/macros/{macro_id}', { path: { macro_id: id } })

const at = (ticket: Id, macro: Id) => ({ ticket_id: ticket, macro_id: macro })
export const offeredQuery = (ticket: Id) =>
  queryOptions({
    queryKey: ['macros', 'of', ticket],
    queryFn: async ({ signal }) =>
      (await api.get('/tickets/{ticket_id}/macros', { path: { ticket_id: ticket }, signal })).items,
    staleTime: 30_000,
  })
export const macroPreviewQuery = (ticket: Id, macro: Id) =>
  queryOptions({
    queryKey: ['macros', 'of', ticket, macro],
    queryFn: ({ signal }) =>
      api.get('/tickets/{ticket_id}/macros/{macro_id}', { path: at(ticket, macro), signal }),
    staleTime: 15_000,
  })
export const applyMacro = (ticket: Id, macro: Id, despite: ApplyIn = {}) =>
  api.post('/tickets/{ticket_id}/macros/{macro_id}', {
    path: at(ticket, macro),
    body: despite,
  })

export const changeSetsQuery = (ticket: Id) =>
  queryOptions({
    queryKey: ['ticket', ticket, 'actions'],
    queryFn: async ({ signal }) =>
      (await api.get('/tickets/{ticket_id}/actions', { path: { ticket_id: ticket }, signal }))
        .items,
  })
export const undoChangeSet = (id: Id) =>
  api.post('/actions/{run_id}/undo', { path: { run_id: id } })
