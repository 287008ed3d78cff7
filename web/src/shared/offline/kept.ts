/** What was read stays readable without a line: the inbox, opened tickets and their messages. */
import type { Query, QueryClient, QueryKey } from '@tanstack/react-query'
import { create } from 'zustand'
import { byAge, inStore, readOne, remove } from './db'
import { sitting, useSitting } from './owner'

interface Kept {
  key: string
  owner: string
  kind: string
  at: number
  data: unknown
}

/** How many of each are kept. Small lists that every screen needs have one row each. */
export const most: Record<string, number> = {
  me: 1,
  views: 1,
  statuses: 1,
  agents: 1,
  teams: 1,
  channels: 1,
  tickets: 20,
  ticket: 200,
  messages: 200,
}
const longest = 7 * 24 * 3600_000
const pause = 800

interface Reading {
  /** When what is on screen was true, by kind; empty while the line holds. */
  shown: Record<string, number>
}
export const useReading = create<Reading>(() => ({ shown: {} }))

/** The oldest of what is shown instead of what is true now. */
export const shownAsOf = ({ shown }: Reading): number | null => {
  const moments = Object.values(shown)
  return moments.length > 0 ? Math.min(...moments) : null
}

/** The server was not reached, or something before it says that it is not there. */
export const isCutOff = (error: unknown): boolean =>
  error instanceof Error &&
  'status' in error &&
  [0, 502, 503, 504].includes((error as { status: number }).status)

const isGone = (error: unknown) =>
  error instanceof Error &&
  'status' in error &&
  [403, 404].includes((error as { status: number }).status)

const nameOf = (owner: string, key: QueryKey) => `${owner}|${JSON.stringify(key)}`

async function found<T>(key: QueryKey): Promise<T | undefined> {
  await flush()
  const owner = useSitting.getState().owner ?? (await sitting())
  if (!owner) return undefined
  const row = await readOne<Kept>('kept', nameOf(owner, key))
  if (!row || row.at < Date.now() - longest) return undefined
  const kind = String(key[0])
  useReading.setState(({ shown }) => ({ shown: { ...shown, [kind]: row.at } }))
  return row.data as T
}

async function letGo(key: QueryKey) {
  const { owner } = useSitting.getState()
  if (owner) await remove('kept', nameOf(owner, key))
}

/** Asks the server; without a line, what was kept. */
export async function orKept<T>(key: QueryKey, ask: () => Promise<T>): Promise<T> {
  return orKeptAs<T, T>(key, ask, (kept) => kept)
}

interface Pages<T> {
  pages: T[]
  pageParams: unknown[]
}

/** The same for one page of a list. */
export async function orKeptPage<T>(key: QueryKey, param: unknown, ask: () => Promise<T>) {
  return orKeptAs<T, Pages<T>>(key, ask, (kept) => kept.pages[kept.pageParams.indexOf(param)])
}

async function orKeptAs<T, K>(
  key: QueryKey,
  ask: () => Promise<T>,
  pick: (kept: K) => T | undefined,
): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (isGone(error)) void letGo(key).catch(() => undefined)
    if (!isCutOff(error)) throw error
    const kept = await found<K>(key).catch(() => undefined)
    const answer = kept && pick(kept)
    if (answer === undefined) throw error
    return answer
  }
}

const waiting = new Map<string, Query>()
let timer: ReturnType<typeof setTimeout> | undefined

const isOfOne = (key: QueryKey) => (key[0] === 'ticket' ? key.length === 2 : true)

/** Follows what is read and what the stream changes in it. */
export function keepReading(client: QueryClient): () => void {
  return client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const { query } = event
    const kind = String(query.queryKey[0])
    if (!(kind in most) || !isOfOne(query.queryKey) || !isCurrent()) return
    waiting.set(query.queryHash, query)
    timer ??= setTimeout(() => void flush().catch(() => undefined), pause)
  })
}

/** What came out of the store, or was changed without a line, is not news. */
const isCurrent = () => navigator.onLine && Object.keys(useReading.getState().shown).length === 0

async function flush(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  const { owner } = useSitting.getState()
  const rows = [...waiting.values()]
    .filter(({ state }) => state.data !== undefined)
    .map(({ queryKey, state }) => ({
      key: owner ? nameOf(owner, queryKey) : '',
      owner,
      kind: String(queryKey[0]),
      at: Date.now(),
      data: withoutLocal(state.data),
    }))
  waiting.clear()
  if (!owner || rows.length === 0) return
  await inStore('kept', 'readwrite', (store) => {
    for (const row of rows) store.put(row)
    for (const kind of new Set(rows.map((row) => row.kind))) trim(store, owner, kind)
    return undefined
  })
}

/** A message that the server does not know yet is not one that was read. */
function withoutLocal(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('pages' in data)) return data
  const { pages } = data as Pages<{ items?: { id: string }[] }>
  return {
    ...data,
    pages: pages.map((page) =>
      page.items ? { ...page, items: page.items.filter(({ id }) => /^\d+$/.test(id)) } : page,
    ),
  }
}

/** Lets go of the oldest beyond what is kept of a kind. */
function trim(store: IDBObjectStore, owner: string, kind: string) {
  const range = IDBKeyRange.bound([owner, kind], [owner, kind, []])
  const count = store.index(byAge).count(range)
  count.onsuccess = () => {
    let over = count.result - (most[kind] ?? 0)
    if (over <= 0) return
    const walk = store.index(byAge).openCursor(range)
    walk.onsuccess = () => {
      const cursor = walk.result
      if (!cursor || over-- <= 0) return
      cursor.delete()
      cursor.continue()
    }
  }
}

const patience = 8000
let reached = 0

/** The server is there again: what was shown in its place is asked for anew, but not in a hurry. */
export function reachedAgain(client: QueryClient) {
  if (Object.keys(useReading.getState().shown).length === 0) return
  if (Date.now() - reached < patience) return
  reached = Date.now()
  useReading.setState({ shown: {} })
  void client.invalidateQueries()
}
