import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import type { Message, TicketRow } from '../api'
import { dispatch } from './dispatch'
import { belongs } from './membership'
import { inOrder, type Pages, upsertMessage } from './patches'
import { backoff } from './stream'

const row = (change: Partial<TicketRow> = {}): TicketRow => ({
  id: '1',
  number: 1,
  subject: 'Broken lamp',
  status: 'open',
  status_category: 'open',
  priority: 'normal',
  type: 'question',
  tags: [],
  channel: 'email',
  inbox_id: null,
  brand_id: null,
  team_id: null,
  unit_id: null,
  assignee_id: null,
  requester: { id: '5', name: 'Lin' },
  preview: '',
  message_count: 1,
  last_message_at: null,
  last_customer_at: null,
  waiting_since: null,
  unread: false,
  snoozed_until: null,
  version: 1,
  created_at: '2026-11-22T08:00:00Z',
  updated_at: '2026-11-22T08:00:00Z',
  draft: false,
  ...change,
})
const message = (change: Partial<Message>) => ({ id: '1', client_id: null, ...change }) as Message
const pages = <T>(...items: T[][]): Pages<T> => ({
  pages: items.map((page) => ({ items: page, next_cursor: null })),
  pageParams: items.map(() => null),
})

describe('which list a ticket belongs to', () => {
  it('leaves mine when it is given to another', () => {
    expect(belongs(row({ assignee_id: '7' }), { view: 'mine' }, '7')).toBe(true)
    expect(belongs(row({ assignee_id: '8' }), { view: 'mine' }, '7')).toBe(false)
  })
  it('a snoozed ticket waits apart', () => {
    const snoozed = row({ snoozed_until: '2026-11-23T09:00:00Z' })
    expect(belongs(snoozed, { view: 'unassigned' }, '7')).toBe(false)
    expect(belongs(snoozed, { view: 'snoozed' }, '7')).toBe(true)
  })
  it('an exercise is work of nobody else', () => {
    const exercise = row({ practice: true, assignee_id: '7' })
    expect(belongs(exercise, { view: 'mine' }, '7')).toBe(true)
    expect(belongs(exercise, { view: 'all' }, '7')).toBe(false)
    expect(belongs(exercise, { view: '12' }, '7')).toBeNull()
  })
  it('only the server knows about a search', () => {
    expect(belongs(row(), { view: 'all', q: 'lamp' }, '7')).toBeNull()
  })
})

describe('events change what is on screen', () => {
  const key = ['tickets', { view: 'unassigned' }]
  it('a new ticket appears, an assigned one goes', () => {
    const client = new QueryClient()
    client.setQueryData(key, pages<TicketRow>([]))
    dispatch(client, 'ticket', { row: row() })
    expect(client.getQueryData<Pages<TicketRow>>(key)?.pages[0]?.items).toHaveLength(1)
    dispatch(client, 'ticket', { row: row({ assignee_id: '9', version: 2 }) })
    expect(client.getQueryData<Pages<TicketRow>>(key)?.pages[0]?.items).toHaveLength(0)
  })
  it('an event that comes late does not undo a newer row', () => {
    const client = new QueryClient()
    client.setQueryData(key, pages([row({ version: 5, subject: 'new' })]))
    dispatch(client, 'ticket', { row: row({ version: 4, subject: 'old' }) })
    expect(client.getQueryData<Pages<TicketRow>>(key)?.pages[0]?.items[0]?.subject).toBe('new')
  })
})

describe('messages', () => {
  it('the stored message takes the place of the one shown while sending', () => {
    const shown = pages([message({ id: 'local', client_id: 'c1', body_text: 'hi' })])
    const next = upsertMessage(shown, message({ id: '77', client_id: 'c1', body_text: 'hi' }))
    expect(inOrder(next).map((item) => item.id)).toEqual(['77'])
  })
  it('reads oldest first over pages, and new ones come last', () => {
    const data = pages([message({ id: '3' }), message({ id: '4' })], [message({ id: '1' })])
    const next = upsertMessage(data, message({ id: '5' }))
    expect(inOrder(next).map((item) => item.id)).toEqual(['1', '3', '4', '5'])
  })
})

it('waits longer after each failure, up to a bound', () => {
  expect([0, 1, 2, 10].map((attempt) => backoff(attempt, 1))).toEqual([800, 1600, 3200, 20_000])
})
