import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { components } from './schema.gen'
import type { Id } from './types'

type Schemas = components['schemas']
export type Layout = Schemas['LayoutOut']
export type NewLayout = Schemas['NewLayout']
export type LayoutGroup = Schemas['LayoutGroup']
export type ShownLayout = Schemas['ShownLayout']
export type LayoutVersion = Schemas['LayoutVersionOut']
export type LayoutDifference = Schemas['LayoutDifference']
export type LayoutPlace = Layout['place']

/** The layouts that are for the reader, the winners first. Mostly none. */
export const shownLayoutsQuery = (place: LayoutPlace) =>
  queryOptions({
    queryKey: ['layouts-shown', place],
    queryFn: async ({ signal }) =>
      (await api.get('/layouts/shown', { query: { place }, signal })).items,
    staleTime: 10 * 60_000,
    retry: false,
  })
/** The first that fits a ticket: the server has put them in order. */
export const fitting = (layouts: ShownLayout[] | undefined, type: string, channel: string) =>
  layouts?.find(
    ({ types, channels }) =>
      (types.length === 0 || types.includes(type)) &&
      (channels.length === 0 || channels.includes(channel)),
  )

export const layoutsQuery = queryOptions({
  queryKey: ['layouts'],
  queryFn: ({ signal }) => api.get('/layouts', { signal }),
})
const of = (id: Id) => ({ path: { layout_id: id } })
export const createLayout = (body: NewLayout) => api.post('/layouts', { body })
export const saveLayout = (id: Id, body: Schemas['LayoutChange']) =>
  api.patch('/layouts/{layout_id}', { ...of(id), body })
export const publishLayout = (id: Id, version?: number) =>
  api.post('/layouts/{layout_id}/publish', { ...of(id), body: { version: version ?? null } })
export const withdrawLayout = (id: Id) => api.post('/layouts/{layout_id}/withdraw', of(id))
export const removeLayout = (id: Id) => api.delete('/layouts/{layout_id}', of(id))
export const orderLayouts = (place: LayoutPlace, ids: Id[]) =>
  api.put('/layouts/order', { body: { place, ids } })
export const tryLayout = (id: Id) => api.put('/layouts/{layout_id}/trial', of(id))
export const endTrial = () => api.delete('/layouts/trial')
export const restoreLayout = (id: Id, version: number, publish = false) =>
  api.post('/layouts/{layout_id}/restore', { ...of(id), body: { version, publish } })
export const layoutVersionsQuery = (id: Id) =>
  queryOptions({
    queryKey: ['layout-versions', id],
    queryFn: async ({ signal }) =>
      (await api.get('/layouts/{layout_id}/versions', { ...of(id), signal })).items,
    staleTime: 0,
  })
export const layoutReachQuery = (body: Schemas['AskReach']) =>
  queryOptions({
    queryKey: ['layout-reach', body],
    queryFn: ({ signal }) => api.post('/layouts/reach', { body, signal }),
    staleTime: 30_000,
  })
