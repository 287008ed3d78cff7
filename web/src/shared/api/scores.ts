import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Id } from './types'

const most = 100
const together = 20 // milliseconds: the rows of a screen ask at once

interface Asked {
  id: Id
  give: (score: number | null) => void
  fail: (reason: unknown) => void
}

let waiting: Asked[] = []

async function ask(batch: Asked[]) {
  try {
    const ids = [...new Set(batch.map(({ id }) => id))].join(',')
    const { items } = await api.get('/assignment/scores', { query: { ids } })
    const found = new Map(items.map(({ ticket_id, score }) => [ticket_id, score]))
    for (const { id, give } of batch) give(found.get(id) ?? null)
  } catch (reason) {
    for (const { fail } of batch) fail(reason)
  }
}

function send() {
  const all = waiting
  waiting = []
  for (let at = 0; at < all.length; at += most) void ask(all.slice(at, at + most))
}

function scoreOf(id: Id): Promise<number | null> {
  return new Promise((give, fail) => {
    if (waiting.length === 0) setTimeout(send, together)
    waiting.push({ id, give, fail })
  })
}

/** A ticket's score, asked for together with those of its neighbours; null: nobody has to work on it. */
export const scoreQuery = (id: Id, version: number) =>
  queryOptions({
    queryKey: ['score', id, version],
    queryFn: () => scoreOf(id),
    staleTime: 30_000,
    refetchInterval: 60_000,
  })
