import { describe, expect, it } from 'vitest'
import * as timeline from '../src/core/timeline'

const at = '2026-11-22T08:00:00Z'
const draft = (client_id: string, text = client_id) => ({ client_id, text, files: [], at })
const wire = (
  seq: string,
  from: 'agent' | 'visitor' = 'agent',
  more: Partial<timeline.Wire> = {},
): timeline.Wire => ({ seq, id: `m${seq}`, from, text: `text ${seq}`, files: [], at, ...more })

describe('what arrives', () => {
  it('shows a message once, whether ack, push and resume bring it in any order', () => {
    const own = wire('7', 'visitor', { client_id: 'a' })
    const ack = { client_id: 'a', id: 'm7', seq: '7', at }
    const start = timeline.add([], draft('a'))
    for (const items of [
      timeline.receive(timeline.acknowledge(start, ack), [own, own]),
      timeline.acknowledge(timeline.receive(start, [own]), ack),
      timeline.receive(timeline.receive(start, [own]), [{ ...own, client_id: null }]),
    ]) {
      expect(items.map((i) => [i.key, i.mark])).toEqual([['a', 'sent']])
    }
  })

  it('keeps the order of the desk and puts what is unsent last', () => {
    let items = timeline.add([], draft('mine'))
    items = timeline.receive(items, [wire('10'), wire('9'), wire('100')])
    expect(items.map((i) => i.seq)).toEqual(['9', '10', '100', null])
  })

  it('does not take an agent for the visitor because of an equal id', () => {
    const items = timeline.receive(timeline.add([], draft('a')), [
      wire('1', 'agent', { client_id: 'a' }),
    ])
    expect(items).toHaveLength(2)
  })
})

describe('marks', () => {
  it('reads up to a position, and an ack that comes late takes nothing back', () => {
    let items = timeline.receive(
      [],
      [wire('1', 'visitor'), wire('2', 'visitor'), wire('30', 'visitor')],
    )
    items = timeline.readUpTo(items, '2')
    expect(items.map((i) => i.mark)).toEqual(['read', 'read', 'sent'])
    items = timeline.receive(items, [wire('2', 'visitor')])
    expect(items[1]?.mark).toBe('read')
  })

  it('fails only what the desk never took', () => {
    const items = timeline.add(
      timeline.receive([], [wire('1', 'visitor', { client_id: 'x' })]),
      draft('y'),
    )
    const after = timeline.mark(timeline.mark(items, 'x', 'failed'), 'y', 'failed')
    expect(after.map((i) => i.mark)).toEqual(['sent', 'failed'])
  })

  it('counts unread answers, not own messages', () => {
    const items = timeline.receive([], [wire('5'), wire('6', 'visitor'), wire('7')])
    expect(timeline.unread(items, '5').map((i) => i.seq)).toEqual(['7'])
    expect(timeline.lastSeq(timeline.add(items, draft('p')))).toBe('7')
  })
})

describe('grouping', () => {
  it('joins one author within five minutes and starts anew at midnight', () => {
    const t = (hour: number, minute: number, day = 22) =>
      new Date(2026, 10, day, hour, minute).toISOString()
    const items = timeline.receive(
      [],
      [
        wire('1', 'agent', { at: t(9, 0), name: '苏晴' }),
        wire('2', 'agent', { at: t(9, 4), name: '苏晴' }),
        wire('3', 'agent', { at: t(9, 30), name: '苏晴' }),
        wire('4', 'agent', { at: t(9, 31), name: '李雷' }),
        wire('5', 'visitor', { at: t(0, 1, 23) }),
      ],
    )
    const days = timeline.byDay(items)
    expect(days.map((d) => d.groups.map((g) => g.items.length))).toEqual([[2, 1, 1], [1]])
  })
})
