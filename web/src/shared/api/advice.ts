import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Answer, Body } from './typed'
import type { Id } from './types'

export type Advised = Answer<'get', '/tickets/{ticket_id}/articles'>['items'][number]
export type Used = Body<'post', '/tickets/{ticket_id}/articles/used'>

export const adviceKey = (ticket: Id) => ['ticket', ticket, 'articles']
export const adviceQuery = (ticket: Id, q: string) =>
  queryOptions({
    queryKey: [...adviceKey(ticket), q],
    queryFn: async ({ signal }) =>
      (
        await api.get('/tickets/{ticket_id}/articles', {
          path: { ticket_id: ticket },
          query: { q },
          signal,
        })
      ).items,
    staleTime: 30_000,
  })
export const noteArticles = (ticket: Id, body: Used) =>
  api.post('/tickets/{ticket_id}/articles/used', { path: { ticket_id: ticket }, body })
