import { describe, expect, it } from 'vitest'
import type { Message } from '@/shared/api'
import { customerSince, lastKnown, linesOf } from './timeline'

const message = (id: string, at: string, change: Partial<Message> = {}) =>
  ({
    id,
    client_id: null,
    direction: 'in',
    visibility: 'public',
    author: { kind: 'contact', id: '5', name: 'Lin' },
    subject: null,
    created_at: at,
    ...change,
  }) as Message

describe('lines of a conversation', () => {
  it('puts a day before the first message of it, where the workspace is', () => {
    const lines = linesOf(
      [message('1', '2026-11-21T15:59:00Z'), message('2', '2026-11-21T16:01:00Z')],
      'Asia/Shanghai',
    )
    expect(lines.map((line) => line.kind)).toEqual(['day', 'message', 'day', 'message'])
  })
  it('joins what one person wrote in a row, but never a note to a reply', () => {
    const own = { direction: 'out' as const, author: { kind: 'agent', id: '7', name: 'Su' } }
    const lines = linesOf([
      message('1', '2026-11-21T08:00:00Z'),
      message('2', '2026-11-21T08:01:00Z'),
      message('3', '2026-11-21T08:02:00Z', own),
      message('4', '2026-11-21T08:03:00Z', { ...own, direction: 'note', visibility: 'internal' }),
      message('5', '2026-11-21T08:20:00Z', own),
    ])
    expect(lines.flatMap((line) => (line.kind === 'message' ? [line.joined] : []))).toEqual([
      false,
      true,
      false,
      false,
      false,
    ])
  })
})

describe('what came while writing', () => {
  const list = [
    message('1', '2026-11-21T08:00:00Z'),
    message('2', '2026-11-21T08:01:00Z', { direction: 'out' }),
    message('3', '2026-11-21T08:02:00Z'),
    message('local:x', '2026-11-21T08:03:00Z', { direction: 'out' }),
  ]
  it('counts only the customer', () => {
    expect(customerSince(list, '1').map((item) => item.id)).toEqual(['3'])
    expect(customerSince(list, '3')).toEqual([])
    expect(customerSince(list, null)).toEqual([])
  })
  it('a message that is still being sent was not seen by the server', () => {
    expect(lastKnown(list)).toBe('3')
  })
})
