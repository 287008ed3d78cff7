import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Contact, Id, Page, Time } from './types'

export interface Suggestion {
  contact: Contact
  kind: string
  value: string
  strength: number
}
export interface ContactDetail extends Contact {
  suggestions?: Suggestion[]
  merges?: { merge_id: Id; winner_id: Id; loser_id: Id }[]
}
export interface ContactChange {
  name?: string
  company_id?: Id | null
  locale?: string | null
  time_zone?: string | null
  note?: string
  tags?: string[]
  vip?: boolean
  blocked?: boolean
}
export interface NewContact {
  name: string
  email?: string
  phone?: string
  external_id?: string
  company_id?: Id | null
  note?: string
}
export interface Company {
  id: Id
  name: string
  domains: string[]
  note: string
  created_at: Time
}

export const contactListQuery = (q: string, company?: Id) =>
  infiniteQueryOptions({
    queryKey: ['contacts', 'list', q, company ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Contact>>('/contacts', { q, company, limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 15_000,
  })
export const createContact = (contact: NewContact) => api.post<ContactDetail>('/contacts', contact)
export const contactDetailQuery = (id: Id) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => api.get<ContactDetail>(`/contacts/${id}`, {}, signal),
  })
export const changeContact = (id: Id, change: ContactChange) =>
  api.patch<ContactDetail>(`/contacts/${id}`, change)
export const addIdentity = (id: Id, identity: { kind: string; value: string }) =>
  api.post<ContactDetail>(`/contacts/${id}/identities`, identity)
export const removeIdentity = (id: Id, identity: Id) =>
  api.delete<void>(`/contacts/${id}/identities/${identity}`)
export const mergeContact = (id: Id, other: Id) =>
  api.post<{ merge_id: Id }>(`/contacts/${id}/merge`, { other_id: other })
export const undoMerge = (merge: Id) => api.post<void>(`/contacts/merges/${merge}/undo`)

export const companyListQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ['companies', 'list', q],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Company>>('/companies', { q, limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 15_000,
  })
export const companyQuery = (id: Id) =>
  queryOptions({
    queryKey: ['company', id],
    queryFn: ({ signal }) => api.get<Company>(`/companies/${id}`, {}, signal),
  })
export const saveCompany = (
  id: Id | null,
  company: { name: string; domains: string[]; note: string },
) =>
  id ? api.patch<Company>(`/companies/${id}`, company) : api.post<Company>('/companies', company)
