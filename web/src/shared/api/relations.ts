import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Answer, Body } from './typed'
import type { Id } from './types'

export type Relations = Answer<'get', '/tickets/{ticket_id}/relations'>
export type Related = Relations['links'][number]
export type TicketBrief = Related['ticket']
export type Operation = Relations['operations'][number]
export type LinkRole = Body<'post', '/tickets/{ticket_id}/links'>['role']
export type Moves = Answer<'post', '/tickets/{ticket_id}/merge/preview'>

const path = (ticket: Id) => ({ path: { ticket_id: ticket } })

export const relationsQuery = (ticket: Id) =>
  queryOptions({
    queryKey: ['relations', ticket],
    queryFn: ({ signal }) => api.get('/tickets/{ticket_id}/relations', { ...path(ticket), signal }),
  })
export const mergePreviewQuery = (ticket: Id, into: Id) =>
  queryOptions({
    queryKey: ['relations', ticket, 'merge', into],
    queryFn: ({ signal }) =>
      api.post('/tickets/{ticket_id}/merge/preview', {
        ...path(ticket),
        body: { into_id: into },
        signal,
      }),
    retry: false,
    staleTime: 0,
  })
export const mergeTicket = (ticket: Id, into: Id) =>
  api.post('/tickets/{ticket_id}/merge', { ...path(ticket), body: { into_id: into } })
export const splitTicket = (ticket: Id, messages: Id[], subject: string) =>
  api.post('/tickets/{ticket_id}/split', {
    ...path(ticket),
    body: { message_ids: messages, subject },
  })
export const linkPreviewQuery = (ticket: Id, role: LinkRole, other: Id) =>
  queryOptions({
    queryKey: ['relations', ticket, 'link', role, other],
    queryFn: ({ signal }) =>
      api.post('/tickets/{ticket_id}/links/preview', {
        ...path(ticket),
        body: { role, ticket_id: other },
        signal,
      }),
    retry: false,
    staleTime: 0,
  })
export const linkTicket = (ticket: Id, role: LinkRole, other: Id) =>
  api.post('/tickets/{ticket_id}/links', { ...path(ticket), body: { role, ticket_id: other } })
export const unlinkTicket = (ticket: Id, role: LinkRole, other: Id) =>
  api.delete('/tickets/{ticket_id}/links/{role}/{other_id}', {
    path: { ticket_id: ticket, role, other_id: other },
  })
export const incidentsQuery = (ticket: Id) =>
  queryOptions({
    queryKey: ['relations', ticket, 'incidents'],
    queryFn: async ({ signal }) =>
      (await api.post('/tickets/{ticket_id}/incidents/preview', { ...path(ticket), signal })).items,
    staleTime: 0,
  })
export const answerIncidents = (
  ticket: Id,
  answer: Body<'post', '/tickets/{ticket_id}/incidents/answer'>,
) => api.post('/tickets/{ticket_id}/incidents/answer', { ...path(ticket), body: answer })
export const undoOperation = (operation: Id) =>
  api.post('/operations/{operation_id}/undo', { path: { operation_id: operation } })
