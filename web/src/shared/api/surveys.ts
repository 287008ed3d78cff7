import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { components } from './schema.gen'
import type { Query } from './typed'
import type { Id } from './types'

type Schemas = components['schemas']
export type Survey = Schemas['SurveyOut']
export type NewSurvey = Schemas['SurveyIn']
export type SurveyKind = Survey['kind']
export type SurveyWay = Survey['channels'][number]
export type SurveyResponse = Schemas['SurveyResponse']
export type SurveyFigures = Schemas['SurveyFigures']
export type Rating = SurveyResponse['rating']
export type ResponseFilter = Omit<Query<'get', '/surveys/responses'>, 'limit' | 'cursor'>

export const surveysQuery = queryOptions({
  queryKey: ['surveys'],
  queryFn: async ({ signal }) => (await api.get('/surveys', { signal })).items,
})
const survey = (id: Id) => ({ survey_id: id })
export const saveSurvey = (id: Id | null, { kind, ...values }: NewSurvey) =>
  id
    ? api.patch('/surveys/{survey_id}', { path: survey(id), body: values })
    : api.post('/surveys', { body: { kind, ...values } })
export const removeSurvey = (id: Id) => api.delete('/surveys/{survey_id}', { path: survey(id) })
export const orderSurveys = (ids: Id[]) => api.put('/surveys/order', { body: { ids } })

export const responsesQuery = (filter: ResponseFilter) =>
  infiniteQueryOptions({
    queryKey: ['surveys', 'responses', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get('/surveys/responses', {
        query: { ...filter, limit: 50, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })
export const summaryQuery = (survey?: Id) =>
  queryOptions({
    queryKey: ['surveys', 'summary', survey ?? null],
    queryFn: async ({ signal }) =>
      (await api.get('/surveys/summary', { query: { survey }, signal })).items,
  })

const of = (ticket: Id) => ({ path: { ticket_id: ticket } })
export const satisfactionQuery = (ticket: Id) =>
  queryOptions({
    queryKey: ['satisfaction', ticket],
    queryFn: ({ signal }) =>
      api.get('/tickets/{ticket_id}/satisfaction', { ...of(ticket), signal }),
    staleTime: 30_000,
  })
/** What a customer would probably say whom nobody asked; the stream tells when it changes. */
export const inferredQuery = (ticket: Id) =>
  queryOptions({
    queryKey: ['signals', ticket, 'satisfaction'],
    queryFn: ({ signal }) =>
      api.get('/tickets/{ticket_id}/satisfaction/inferred', { ...of(ticket), signal }),
    staleTime: 60_000,
  })
export const surveyLink = (ticket: Id) =>
  api.post('/tickets/{ticket_id}/satisfaction/link', of(ticket))
