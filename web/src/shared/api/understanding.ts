import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { components } from './schema.gen'
import type { Body } from './typed'
import type { Id } from './types'

type Schemas = components['schemas']
export type TicketSignals = Schemas['TicketSignals']
export type Signal = Schemas['SignalOut']
export type SignalLabel = Schemas['SignalLabel']
export type SlotValue = Schemas['SlotOut']
export type Judged = 'intent' | 'category' | 'emotion' | 'urgency' | 'complexity'
export type Understanding = Schemas['UnderstandingSettings']
export type UnderstandingChange = Body<'patch', '/understanding'>
export type LexiconTerm = Schemas['LexiconTerm']

const of = (ticket: Id) => ({ path: { ticket_id: ticket } })
/** What was read in a ticket's messages; the stream says when there is more. */
export const signalsQuery = (ticket: Id) =>
  queryOptions({
    queryKey: ['signals', ticket],
    queryFn: ({ signal }) => api.get('/tickets/{ticket_id}/signals', { ...of(ticket), signal }),
    staleTime: 60_000,
  })
/** What a head can be corrected to, what the workspace uses most first. */
export const labelsQuery = (head: Judged) =>
  queryOptions({
    queryKey: ['signal-labels', head],
    queryFn: async ({ signal }) =>
      (await api.get('/understanding/labels', { query: { head }, signal })).items,
    staleTime: 300_000,
  })
export const correctSignal = (ticket: Id, head: string, now: string) =>
  api.post('/tickets/{ticket_id}/signals/corrections', { ...of(ticket), body: { head, now } })

export const understandingQuery = queryOptions({
  queryKey: ['understanding'],
  queryFn: ({ signal }) => api.get('/understanding', { signal }),
})
export const lexiconQuery = queryOptions({
  queryKey: ['understanding-lexicon'],
  queryFn: async ({ signal }) => (await api.get('/understanding/lexicon', { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
})
export const changeUnderstanding = (body: UnderstandingChange) =>
  api.patch('/understanding', { body })
export const tryLexicon = (body: Body<'post', '/understanding/lexicon/attempts'>) =>
  api.post('/understanding/lexicon/attempts', { body })
