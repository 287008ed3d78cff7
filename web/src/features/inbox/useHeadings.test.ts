import { expect, test } from 'vitest'
import type { TicketRow } from '@/shared/api'
import { groupsOf } from './useHeadings'

const rows = ['open', 'open', 'pending', 'open'].map((status) => ({ status })) as TicketRow[]

test('a heading stands where a value differs from the one above', () => {
  expect(groupsOf('status', rows)).toEqual(['open', null, 'pending', 'open'])
  expect(groupsOf('team', [{ team_id: null } as TicketRow])).toEqual([''])
})

test('a view without groups has no headings', () => {
  expect(groupsOf(null, rows)).toEqual([])
})
