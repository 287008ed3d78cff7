/** Hands over what waits, in the order in which it was written. Knows nothing of screens or stores. */
import type { Message, NewMessage, Ticket, TicketChange } from '../api/types'
import { isCutOff } from './kept'
import { newerIn, type Queued } from './outbox'

export interface Server {
  reply: (item: Queued, body: NewMessage, key: string) => Promise<Message>
  ticket: (item: Queued) => Promise<Ticket>
  change: (item: Queued, change: TicketChange, version: number) => Promise<Ticket>
}
export interface Desk {
  done: (item: Queued, result: Message | Ticket) => Promise<void>
  ask: (item: Queued) => Promise<void>
}

interface Refusal {
  status: number
  code: string
  message: string
  problem: Record<string, unknown>
}
const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && 'status' in error && 'code' in error

/** No line, no session, or a server that asks for patience: nothing is lost by waiting. */
const mustWait = (error: unknown) =>
  isCutOff(error) ||
  (isRefusal(error) && ([401, 429].includes(error.status) || error.status >= 500))

/** Answers whether everything that could go has gone. */
export async function flush(items: Queued[], server: Server, desk: Desk): Promise<boolean> {
  const held = new Set<string>()
  const queue = [...items]
  for (let at = 0; at < queue.length; at++) {
    const item = queue[at] as Queued
    // What follows a question about a ticket waits for the answer to it.
    if (item.state !== 'waiting') held.add(item.ticket.id)
    if (held.has(item.ticket.id)) continue
    const outcome = await attempt(queue, at, server, desk)
    if (outcome === 'wait') return false
    if (outcome === 'asked') held.add(item.ticket.id)
  }
  return true
}

async function attempt(queue: Queued[], at: number, server: Server, desk: Desk) {
  const item = queue[at] as Queued
  try {
    const asked =
      item.work.kind === 'reply'
        ? await replyBefore(queue, at, server, desk)
        : await change(item, server, desk)
    if (!asked) return 'done'
    await desk.ask({ ...item, ...asked })
  } catch (error) {
    if (mustWait(error)) {
      // The answer was lost, and perhaps the request was not.
      if (item.sure && isCutOff(error)) await desk.ask({ ...item, sure: false })
      return 'wait'
    }
    if (!isRefusal(error)) throw error
    await desk.ask({ ...item, state: 'failed', code: error.code, detail: error.message })
  }
  return 'asked'
}

type Asked = Pick<Queued, 'state' | 'code' | 'newer'>

/** An answer may open its ticket or take it: a change that waits behind it was meant to follow that. */
async function replyBefore(queue: Queued[], at: number, server: Server, desk: Desk) {
  const item = queue[at] as Queued
  const behind = [...queue.entries()].filter(
    ([place, { ticket, work }]) =>
      place > at && ticket.id === item.ticket.id && work.kind === 'change',
  )
  const before = behind.length > 0 ? await server.ticket(item) : null
  const asked = await reply(item, server, desk)
  if (asked || !before) return asked
  const after = await server.ticket(item)
  for (const [place, next] of behind) {
    if (next.work.kind !== 'change' || !holds(before, next.work)) continue
    const work = { ...next.work, before: fieldsOf(after, next.work.before) }
    queue[place] = { ...next, work }
    await desk.ask({ ...next, work })
  }
  return null
}

async function reply(item: Queued, server: Server, desk: Desk): Promise<Asked | null> {
  if (item.work.kind !== 'reply') return null
  const { body } = item.work
  // A key stands for one request: the one that was confirmed is another one.
  const key = body.confirm_stale ? `${item.id}.confirmed` : item.id
  try {
    await desk.done(item, await server.reply(item, body, key))
    return null
  } catch (error) {
    if (!isRefusal(error) || error.code !== 'stale_reply') throw error
    return { state: 'asking', code: error.code, newer: newerIn(error.problem.newer) }
  }
}

const tries = 3

/** A change holds if its fields are still as the writer saw them and the customer has not written. */
async function change(item: Queued, server: Server, desk: Desk): Promise<Asked | null> {
  if (item.work.kind !== 'change') return null
  const { change: wanted } = item.work
  for (let left = tries; left > 0; left--) {
    const now = await server.ticket(item)
    if (agrees(now, wanted)) {
      await desk.done(item, now)
      return null
    }
    if (!item.work.insists && !holds(now, item.work))
      return { state: 'asking', code: 'ticket_changed' }
    try {
      await desk.done(item, await server.change(item, wanted, now.version))
      return null
    } catch (error) {
      if (!isRefusal(error) || error.status !== 412) throw error
    }
  }
  return { state: 'asking', code: 'ticket_changed' }
}

type Change = Extract<Queued['work'], { kind: 'change' }>

/** The ticket is still as the writer saw it. */
const holds = (now: Ticket, { before, customer }: Change) =>
  agrees(now, before) && moment(now.last_customer_at) === moment(customer)

/** The present values of the fields that a change touches. */
export function fieldsOf(ticket: Ticket, like: TicketChange): TicketChange {
  const known = ticket as unknown as Record<string, unknown>
  return Object.fromEntries(Object.keys(like).map((name) => [name, known[name] ?? null]))
}

function agrees(ticket: Ticket, fields: TicketChange): boolean {
  const known = ticket as unknown as Record<string, unknown>
  return Object.entries(fields).every(([name, value]) => {
    if (name === 'snoozed_until') return moment(known[name]) === moment(value)
    return JSON.stringify(known[name] ?? null) === JSON.stringify(value ?? null)
  })
}
const moment = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : null)
