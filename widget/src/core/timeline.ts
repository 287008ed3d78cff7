/** The list of messages as the visitor sees it: pure functions, so that no double can hide. */

export type Mark = 'pending' | 'sent' | 'read' | 'failed'

export interface FileRef {
  id: string
  name: string
  type: string
  size: number
  url: string
}

export interface Wire {
  seq: string
  id: string
  client_id?: string | null
  from: 'agent' | 'visitor' | 'system'
  name?: string | null
  avatar?: string | null
  text: string
  files: FileRef[]
  at: string
}

export interface Upload {
  name: string
  size: number
  /** 0 to 1 */
  done: number
}

export interface Item extends Omit<Wire, 'seq' | 'id'> {
  /** Stable over a message's life: the client's id where we made it, else the server's. */
  key: string
  id: string | null
  seq: string | null
  mark: Mark
  upload: Upload | null
}

export interface Draft {
  client_id: string
  text: string
  files: FileRef[]
  at: string
}

/** Positions are decimal text of any length. */
export function compareSeq(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

const order = (a: Item, b: Item): number => {
  if (a.seq !== null && b.seq !== null) return compareSeq(a.seq, b.seq)
  if (a.seq === b.seq) return 0
  return a.seq === null ? 1 : -1
}

function same(item: Item, wire: Wire): boolean {
  if (item.id === wire.id) return true
  return item.from === 'visitor' && wire.from === 'visitor' && item.key === wire.client_id
}

/** Takes messages of the server in; one that is there already is completed, never doubled. */
export function receive(items: readonly Item[], wires: readonly Wire[]): Item[] {
  const next = [...items]
  for (const wire of wires) {
    const at = next.findIndex((item) => same(item, wire))
    const old = at < 0 ? undefined : next[at]
    const item: Item = {
      ...wire,
      key: old?.key ?? (wire.from === 'visitor' && wire.client_id ? wire.client_id : wire.id),
      mark: old?.mark === 'read' ? 'read' : 'sent',
      upload: null,
    }
    if (old) next[at] = item
    else next.push(item)
  }
  return next.sort(order)
}

export function add(items: readonly Item[], draft: Draft, upload: Upload | null = null): Item[] {
  if (items.some((item) => item.key === draft.client_id)) return [...items]
  return [
    ...items,
    {
      ...draft,
      key: draft.client_id,
      id: null,
      seq: null,
      from: 'visitor',
      mark: 'pending',
      upload,
    },
  ]
}

export interface Ack {
  client_id: string
  id: string
  seq: string
  at: string
}

export function acknowledge(items: readonly Item[], ack: Ack): Item[] {
  return items
    .map(
      (item): Item =>
        item.key === ack.client_id && item.from === 'visitor' && item.mark !== 'read'
          ? { ...item, id: ack.id, seq: ack.seq, at: ack.at, mark: 'sent', upload: null }
          : item,
    )
    .sort(order)
}

export function mark(items: readonly Item[], clientId: string, to: 'pending' | 'failed'): Item[] {
  return items.map((item) =>
    item.key === clientId && item.seq === null ? { ...item, mark: to } : item,
  )
}

export function progress(items: readonly Item[], clientId: string, upload: Upload | null): Item[] {
  return items.map((item) => (item.key === clientId ? { ...item, upload } : item))
}

export function drop(items: readonly Item[], clientId: string): Item[] {
  return items.filter((item) => item.key !== clientId)
}

/** The other side has read everything up to `seq`. */
export function readUpTo(items: readonly Item[], seq: string): Item[] {
  return items.map((item) =>
    item.from === 'visitor' && item.seq !== null && compareSeq(item.seq, seq) <= 0
      ? { ...item, mark: 'read' }
      : item,
  )
}

/** Answers that the visitor has not seen, oldest first. */
export function unread(items: readonly Item[], seen: string): Item[] {
  return items.filter(
    (item) => item.from === 'agent' && item.seq !== null && compareSeq(item.seq, seen) > 0,
  )
}

export function lastSeq(items: readonly Item[]): string | null {
  return items.reduce<string | null>((last, item) => item.seq ?? last, null)
}

export interface Day {
  /** When its first message was written. */
  day: string
  groups: { from: Item['from']; name: string | null; items: Item[] }[]
}

/** By day, then runs of one author within five minutes, so that a name shows once a run. */
export function byDay(items: readonly Item[]): Day[] {
  const days: Day[] = []
  for (const item of items) {
    let last = days.at(-1)
    if (!last || new Date(last.day).toDateString() !== new Date(item.at).toDateString()) {
      last = { day: item.at, groups: [] }
      days.push(last)
    }
    const name = item.name ?? null
    const run = last.groups.at(-1)
    const before = run?.items.at(-1)
    const near = before && Date.parse(item.at) - Date.parse(before.at) < 300_000
    if (run && near && run.from === item.from && run.name === name) run.items.push(item)
    else last.groups.push({ from: item.from, name, items: [item] })
  }
  return days
}
