import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { ContactChange, Id, NewCompany, NewContact } from './types'

export { contactQuery as contactDetailQuery } from './people'
export type {
  Company,
  ContactChange,
  ContactDetail,
  NewContact,
  Suggestion,
} from './types'

export const contactListQuery = (q: string, company?: Id) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'list', q, company ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api.get('/contacts', { query: { q, company, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 15_000,
  })
export const createContact = (contact: NewContact) => api.post('/contacts', { body: contact })
export const changeContact = (id: Id, change: ContactChange) =>
  api.patch('/contacts/{contact_id}', { path: { contact_id: id }, body: change })
export const addIdentity = (id: Id, identity: { kind: string; value: string }) =>
  api.post('/contacts/{contact_id}/identities', { path: { contact_id: id }, body: identity })
export const removeIdentity = (id: Id, identity: Id) =>
  api.delete('/contacts/{contact_id}/identities/{identity_id}', {
    path: { contact_id: id, identity_id: identity },
  })
export const mergeContact = (id: Id, other: Id) =>
  api.post('/contacts/{contact_id}/merge', {
    path: { contact_id: id },
    body: { other_id: other },
  })
export const undoMerge = (merge: Id) =>
  api.post('/contacts/merges/{merge_id}/undo', { path: { merge_id: merge } })

export const companyListQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['companies', 'list', q],
    queryFn: ({ pageParam, signal }) =>
      api.get('/companies', { query: { q, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 15_000,
  })
export const companyQuery = (id: Id) =>
  queryOptions({
    queryKey: ['company', id],
    queryFn: ({ signal }) =>
      api.get('/companies/{company_id}', { path: { company_id: id }, signal }),
  })
export const changeCompany = (id: Id, change: { fields: Record<string, unknown> }) =>
  api.patch('/companies/{company_id}', { path: { company_id: id }, body: change })
export const saveCompany = (id: Id | null, company: NewCompany) =>
  id
    ? api.patch('/companies/{company_id}', { path: { company_id: id }, body: company })
    : api.post('/companies', { body: company })

export const timelineQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: ['contact', id, 'timeline'],
    queryFn: ({ pageParam, signal }) =>
      api.get('/contacts/{contact_id}/timeline', {
        path: { contact_id: id },
        query: { limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })
const pair = (id: Id, other: Id) => ({ path: { contact_id: id, other_id: other } })
export const dismissSuggestion = (id: Id, other: Id) =>
  api.put('/contacts/{contact_id}/suggestions/{other_id}/dismissed', pair(id, other))
export const restoreSuggestion = (id: Id, other: Id) =>
  api.delete('/contacts/{contact_id}/suggestions/{other_id}/dismissed', pair(id, other))
