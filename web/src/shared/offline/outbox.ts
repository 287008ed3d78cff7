/** Answers and changes that could not be handed over: on this device until the server has them. */
import { create } from 'zustand'
import type { Id, Message, NewMessage, TicketChange } from '../api/types'
import { readAll, remove, write } from './db'

/** What the refusal of a stale reply tells of each message that came meanwhile. */
export interface NewerMessage {
  id: string
  text: string
  at: string | null
}

export function newerIn(value: unknown): NewerMessage[] {
  if (!Array.isArray(value)) return []
  return value.map(({ id, text, created_at }: Record<string, unknown>) => ({
    id: String(id),
    text: String(text ?? ''),
    at: typeof created_at === 'string' ? created_at : null,
  }))
}

export type Work =
  | { kind: 'reply'; body: NewMessage; shown: Message }
  | {
      kind: 'change'
      change: TicketChange
      before: TicketChange
      customer: string | null
      insists?: boolean
    }

export interface Queued {
  /** Also the message's client id and the request's Idempotency-Key: sent twice it is one. */
  id: string
  owner: string
  ticket: { id: Id; number: number; subject: string }
  at: number
  work: Work
  /** `asking`: something happened meanwhile, the writer decides. `failed`: refused. */
  state: 'waiting' | 'asking' | 'failed'
  /** It certainly never left this device: its writer may take it back without sending it twice. */
  sure: boolean
  code?: string
  detail?: string
  newer?: NewerMessage[]
}

interface Outbox {
  items: Queued[]
}
export const useOutbox = create<Outbox>(() => ({ items: [] }))

const inOrder = (items: Queued[]) => items.sort((a, b) => a.at - b.at)

/** What this person has waiting here, from before a reload too. */
export async function loadOutbox(owner: string): Promise<void> {
  const all = await readAll<Queued>('outbox').catch(() => [])
  useOutbox.setState({ items: inOrder(all.filter((item) => item.owner === owner)) })
}

/** Safe on disk when it answers. */
export async function enqueue(item: Omit<Queued, 'at' | 'state'>): Promise<void> {
  const last = useOutbox.getState().items.at(-1)?.at ?? 0
  // The order holds also when two are written within one tick of the clock.
  await put({ ...item, at: Math.max(Date.now(), last + 1), state: 'waiting' })
}

export async function put(item: Queued): Promise<void> {
  await write('outbox', item)
  useOutbox.setState(({ items }) => ({
    items: inOrder([...items.filter(({ id }) => id !== item.id), item]),
  }))
}

export async function discard(id: string): Promise<void> {
  await remove('outbox', id)
  useOutbox.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }))
}
