import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { messagesQuery, ticketQuery } from './tickets'

const client = () => new QueryClient({ defaultOptions: { queries: { retry: false } } })
const asked = () => vi.mocked(fetch).mock.calls.map(([url]) => String(url))

beforeEach(() => {
  vi.stubGlobal(
    'fetch',
    vi.fn(async (url: string) => {
      const page = { items: [{ id: '1' }], next_cursor: 'older' }
      const ticket = { id: '7', subject: 'Lamp' }
      if (url.includes('/messages')) return Response.json(page)
      return Response.json(url.includes('include') ? { ...ticket, messages: page } : ticket)
    }),
  )
})
afterEach(() => vi.unstubAllGlobals())

it('asks once for a ticket and its words, and keeps them apart', async () => {
  const cache = client()
  await Promise.all([
    cache.prefetchQuery(ticketQuery('7')),
    cache.prefetchInfiniteQuery(messagesQuery('7')),
  ])
  expect(asked()).toEqual(['/api/v1/tickets/7?include=messages&limit=40'])
  expect(cache.getQueryData(ticketQuery('7').queryKey)).toEqual({ id: '7', subject: 'Lamp' })
  expect(cache.getQueryData(messagesQuery('7').queryKey)?.pages[0]?.next_cursor).toBe('older')
})

it('asks for one half alone where only it is old', async () => {
  await client().fetchQuery(ticketQuery('7'))
  await client().fetchInfiniteQuery(messagesQuery('7'))
  expect(asked()).toEqual(['/api/v1/tickets/7', '/api/v1/tickets/7/messages?limit=40'])
})

it('fails both when the request fails, and asks anew the next time', async () => {
  const cache = client()
  vi.mocked(fetch).mockResolvedValueOnce(Response.json({ code: 'not_found' }, { status: 404 }))
  const both = () =>
    Promise.allSettled([
      cache.fetchQuery(ticketQuery('7')),
      cache.fetchInfiniteQuery(messagesQuery('7')),
    ])
  expect((await both()).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect((await both()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
})
