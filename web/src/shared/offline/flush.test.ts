import { describe, expect, it } from 'vitest'
import { ApiError, Unreachable } from '../api/client'
import type { Message, NewMessage, Ticket, TicketChange } from '../api/types'
import { type Desk, flush, type Server } from './flush'
import type { Queued } from './outbox'

const refusal = (status: number, code: string, more = {}) =>
  new ApiError({ status, code, detail: code, ...more }, null)

/** A server that keeps each message once, and may lose a request or its answer. */
class Far implements Server {
  sent: string[] = []
  keys: string[] = []
  changes: TicketChange[] = []
  tickets = new Map<string, Record<string, unknown>>()
  /** What happens to the next requests, first one first. */
  fate: ('lost' | 'unanswered' | Error)[] = []
  private known = new Map<string, Message>()

  ticketOf(id: string) {
    const found = this.tickets.get(id) ?? { id, version: 1, status: 'open', last_customer_at: null }
    this.tickets.set(id, found)
    return found
  }
  private after<T>(work: () => T): T {
    const fate = this.fate.shift()
    if (fate === 'lost') throw new Unreachable()
    if (fate instanceof Error) throw fate
    const result = work()
    if (fate === 'unanswered') throw new Unreachable()
    return result
  }
  reply = async (item: Queued, body: NewMessage, key: string) =>
    this.after(() => {
      this.keys.push(key)
      const name = body.client_id ?? ''
      const found = this.known.get(name)
      if (found) return found
      const ticket = this.ticketOf(item.ticket.id)
      ticket.version = Number(ticket.version) + 1
      if (ticket.status === 'new') ticket.status = 'open'
      this.sent.push(body.body ?? '')
      const message = { id: `${this.sent.length}`, client_id: name } as Message
      this.known.set(name, message)
      return message
    })
  ticket = async (item: Queued) =>
    this.after(() => ({ ...this.ticketOf(item.ticket.id) }) as unknown as Ticket)
  change = async (item: Queued, change: TicketChange, version: number) =>
    this.after(() => {
      const ticket = this.ticketOf(item.ticket.id)
      if (ticket.version !== version) throw refusal(412, 'stale_version')
      Object.assign(ticket, change, { version: version + 1 })
      this.changes.push(change)
      return { ...ticket } as unknown as Ticket
    })
}

/** The device: what waits on it, and what was handed over. */
class Near implements Desk {
  items: Queued[] = []
  add(
    id: string,
    ticket: string,
    work: Partial<Queued['work']> & { kind: Queued['work']['kind'] },
  ) {
    this.items.push({
      id,
      owner: '1.1',
      ticket: { id: ticket, number: 1, subject: '' },
      at: this.items.length,
      state: 'waiting',
      sure: true,
      work: work as Queued['work'],
    })
  }
  reply(id: string, ticket = 't1') {
    const body = { body: id, client_id: id } as NewMessage
    this.add(id, ticket, { kind: 'reply', body, shown: {} as Message })
  }
  change(id: string, change: TicketChange, before: TicketChange, ticket = 't1') {
    this.add(id, ticket, { kind: 'change', change, before, customer: null })
  }
  done = async (item: Queued) => {
    this.items = this.items.filter(({ id }) => id !== item.id)
  }
  ask = async (item: Queued) => {
    this.items = this.items.map((one) => (one.id === item.id ? item : one))
  }
  /** Tries until nothing can go any more, as the page does. */
  async run(far: Far, most = 20) {
    for (let tries = 0; tries < most; tries++) if (await flush(this.items, far, this)) return
    throw new Error('it never came to an end')
  }
  states = () => this.items.map(({ id, state, code }) => [id, state, code])
}

const both = () => [new Near(), new Far()] as const

describe('what waits', () => {
  it('goes in order, once, and is let go of', async () => {
    const [near, far] = both()
    for (const id of ['a', 'b', 'c']) near.reply(id)
    await near.run(far)
    expect(far.sent).toEqual(['a', 'b', 'c'])
    expect(near.items).toEqual([])
  })
  it('stays whole without a line, and what comes after it stays behind it', async () => {
    const [near, far] = both()
    near.reply('a')
    near.reply('b', 't2')
    far.fate = ['lost']
    expect(await flush(near.items, far, near)).toBe(false)
    expect(far.sent).toEqual([])
    expect(near.items.map(({ id }) => id)).toEqual(['a', 'b'])
    await near.run(far)
    expect(far.sent).toEqual(['a', 'b'])
  })
  it('is one message when the answer was lost and it is sent again', async () => {
    const [near, far] = both()
    near.reply('a')
    far.fate = ['unanswered', 'unanswered']
    expect(await flush(near.items, far, near)).toBe(false)
    expect(near.items[0]?.sure).toBe(false)
    await near.run(far)
    expect(far.sent).toEqual(['a'])
    expect(new Set(far.keys)).toEqual(new Set(['a']))
  })
  it('waits for a session and for a busy server', async () => {
    const [near, far] = both()
    near.reply('a')
    for (const status of [401, 429, 500, 503]) {
      far.fate = [refusal(status, 'x')]
      expect(await flush(near.items, far, near)).toBe(false)
      expect(near.states()).toEqual([['a', 'waiting', undefined]])
    }
  })
  it('survives any sequence of losses', async () => {
    for (let seed = 1; seed < 60; seed++) {
      const [near, far] = both()
      for (const id of ['a', 'b', 'c', 'd']) near.reply(id, id < 'c' ? 't1' : 't2')
      let random = seed
      far.fate = Array.from({ length: 8 }, () => {
        random = (random * 1103515245 + 12345) % 2147483648
        return random % 2 === 0 ? 'lost' : 'unanswered'
      })
      await near.run(far)
      expect(far.sent).toEqual(['a', 'b', 'c', 'd'])
    }
  })
})

describe('a conflict', () => {
  const stale = refusal(409, 'stale_reply', { newer: [{ id: 9, text: 'And?', created_at: 'x' }] })
  it('comes back as a question, and holds back only its own ticket', async () => {
    const [near, far] = both()
    near.reply('a')
    near.reply('b')
    near.reply('c', 't2')
    far.fate = [stale]
    await near.run(far)
    expect(far.sent).toEqual(['c'])
    expect(near.states()).toEqual([
      ['a', 'asking', 'stale_reply'],
      ['b', 'waiting', undefined],
    ])
    expect(near.items[0]?.newer).toEqual([{ id: '9', text: 'And?', at: 'x' }])
  })
  it('that was answered goes with a key of its own', async () => {
    const [near, far] = both()
    near.add('a', 't1', {
      kind: 'reply',
      body: { body: 'a', client_id: 'a', confirm_stale: true } as NewMessage,
      shown: {} as Message,
    })
    await near.run(far)
    expect(far.keys).toEqual(['a.confirmed'])
  })
  it('that is a refusal is kept with its reason', async () => {
    const [near, far] = both()
    near.reply('a')
    far.fate = [refusal(409, 'ticket_closed')]
    await near.run(far)
    expect(near.states()).toEqual([['a', 'failed', 'ticket_closed']])
  })
})

describe('a change', () => {
  const resolve = [{ status: 'resolved' }, { status: 'open' }] as const
  it('is made when its fields are still as they were', async () => {
    const [near, far] = both()
    near.change('x', ...resolve)
    far.ticketOf('t1').version = 7
    await near.run(far)
    expect(far.changes).toEqual([{ status: 'resolved' }])
  })
  it('that is there already is not made twice', async () => {
    const [near, far] = both()
    near.change('x', ...resolve)
    far.fate = [undefined as never, 'unanswered']
    await near.run(far)
    expect(far.changes).toHaveLength(1)
    expect(near.items).toEqual([])
  })
  it('asks when somebody changed the same, or the customer has written', async () => {
    for (const meanwhile of [{ status: 'waiting' }, { last_customer_at: '2026-11-22T10:00:00Z' }]) {
      const [near, far] = both()
      near.change('x', ...resolve)
      Object.assign(far.ticketOf('t1'), meanwhile)
      await near.run(far)
      expect(far.changes).toEqual([])
      expect(near.states()).toEqual([['x', 'asking', 'ticket_changed']])
      const [asked] = near.items
      if (asked?.work.kind !== 'change') throw new Error('no change')
      near.items = [{ ...asked, state: 'waiting', work: { ...asked.work, insists: true } }]
      await near.run(far)
      expect(far.changes).toEqual([{ status: 'resolved' }])
    }
  })
  it('follows what its writer’s own answer does to the ticket', async () => {
    const [near, far] = both()
    far.ticketOf('t1').status = 'new'
    near.reply('a')
    near.change('x', { status: 'resolved' }, { status: 'new' })
    await near.run(far)
    expect([far.sent, far.changes, near.items]).toEqual([['a'], [{ status: 'resolved' }], []])
  })
  it('reads again when another change came between reading and writing', async () => {
    const [near, far] = both()
    near.change('x', { priority: 'high' }, { priority: 'normal' })
    Object.assign(far.ticketOf('t1'), { priority: 'normal' })
    far.fate = [undefined as never, refusal(412, 'stale_version')]
    await near.run(far)
    expect(far.changes).toEqual([{ priority: 'high' }])
  })
})
