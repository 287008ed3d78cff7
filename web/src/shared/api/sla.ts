import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { components } from './schema.gen'
import type { Id } from './types'

type Schemas = components['schemas']
export type SlaCalendar = Schemas['SlaCalendarOut']
export type NewSlaCalendar = Schemas['SlaCalendarIn']
export type SlaHoliday = Schemas['SlaHolidayIn']
export type SlaWeek = Schemas['SlaWeek']
export type SlaPolicy = Schemas['SlaPolicyOut']
export type NewSlaPolicy = Schemas['SlaPolicyIn']
export type SlaTarget = Schemas['SlaTarget']
export type SlaStep = Schemas['Escalation']
export type SlaPreview = Schemas['SlaPreviewIn']
export type SlaClock = Schemas['SlaClockOut']
export type HolidaySet = Schemas['HolidaySet']

export const calendarsQuery = queryOptions({
  queryKey: ['admin', 'sla', 'calendars'],
  queryFn: async ({ signal }) => (await api.get('/sla/calendars', { signal })).items,
})
const calendar = (id: Id) => ({ sla_calendar_id: id })
export const saveCalendar = (id: Id | null, values: NewSlaCalendar) =>
  id
    ? api.patch('/sla/calendars/{sla_calendar_id}', { path: calendar(id), body: values })
    : api.post('/sla/calendars', { body: values })
export const removeCalendar = (id: Id) =>
  api.delete('/sla/calendars/{sla_calendar_id}', { path: calendar(id) })
export const importHolidays = (id: Id, text: string) =>
  api.post('/sla/calendars/{sla_calendar_id}/holidays', { path: calendar(id), body: { text } })
export const previewCalendar = (body: SlaPreview, signal?: AbortSignal) =>
  api.post('/sla/preview', { body, signal })

export const policiesQuery = queryOptions({
  queryKey: ['admin', 'sla', 'policies'],
  queryFn: async ({ signal }) => (await api.get('/sla/policies', { signal })).items,
})
const policy = (id: Id) => ({ sla_policy_id: id })
export const savePolicy = (id: Id | null, values: NewSlaPolicy) =>
  id
    ? api.patch('/sla/policies/{sla_policy_id}', { path: policy(id), body: values })
    : api.post('/sla/policies', { body: values })
export const removePolicy = (id: Id) =>
  api.delete('/sla/policies/{sla_policy_id}', { path: policy(id) })
export const orderPolicies = (ids: Id[]) => api.put('/sla/policies/order', { body: { ids } })

/** While running clocks are set again, it is asked each second. */
export const recomputationQuery = queryOptions({
  queryKey: ['admin', 'sla', 'recomputation'],
  queryFn: async ({ signal }) => (await api.get('/sla/recomputation', { signal })).latest,
  refetchInterval: ({ state }) => (state.data && !state.data.finished_at ? 1000 : false),
})

/** ``seen`` changes with what the ticket's row says, and the explanation with it. */
export const ticketSlaQuery = (id: Id, seen: string) =>
  queryOptions({
    queryKey: ['ticket', id, 'sla', seen],
    queryFn: ({ signal }) =>
      api.get('/tickets/{ticket_id}/sla', { path: { ticket_id: id }, signal }),
    staleTime: 30_000,
    placeholderData: (before) => before,
  })

/** Public holidays that come with the desk. */
export const holidaySetsQuery = queryOptions({
  queryKey: ['admin', 'sla', 'holidays'],
  queryFn: async ({ signal }) => (await api.get('/sla/holidays', { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
})
