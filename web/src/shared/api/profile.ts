import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { components } from './schema.gen'
import type { Id } from './types'

type Schemas = components['schemas']
export type CustomerProfile = Schemas['ProfileOut']
export type CustomerFact = Schemas['FactOut']
export type FactKey = CustomerFact['key']
export type StageRule = Schemas['StageRule']
export type StageTest = Schemas['StageTest']
export type StageSettings = Schemas['ProfileSettingsOut']

const path = (contact_id: Id) => ({ contact_id })

/** What is known of a customer from their words; ``version`` is the ticket's, news come with it. */
export const profileQuery = (contact_id: Id, version = 0) =>
  queryOptions({
    queryKey: ['contact', contact_id, 'profile', version],
    queryFn: ({ signal }) =>
      api.get('/contacts/{contact_id}/profile', { path: path(contact_id), signal }),
    placeholderData: (before) => before,
  })
export const changeProfile = (id: Id, body: Schemas['ProfileChange']) =>
  api.patch('/contacts/{contact_id}/profile', { path: path(id), body })
export const eraseProfile = (id: Id) =>
  api.delete('/contacts/{contact_id}/profile', { path: path(id) })
export const addFact = (id: Id, body: Schemas['FactIn']) =>
  api.post('/contacts/{contact_id}/facts', { path: path(id), body })
export const correctFact = (id: Id, fact_id: Id, value: string) =>
  api.patch('/contacts/{contact_id}/facts/{fact_id}', {
    path: { contact_id: id, fact_id },
    body: { value },
  })
export const removeFact = (id: Id, fact_id: Id) =>
  api.delete('/contacts/{contact_id}/facts/{fact_id}', { path: { contact_id: id, fact_id } })

export const stageSettingsQuery = queryOptions({
  queryKey: ['admin', 'stages'],
  queryFn: ({ signal }) => api.get('/profile/settings', { signal }),
})
export const setStageSettings = (body: Schemas['ProfileSettings']) =>
  api.put('/profile/settings', { body })
