import { expect, it } from 'vitest'
import { byDay } from './days'

it('a history is cut at midnight of the workspace, in its order', () => {
  const entries = [
    { at: '2026-11-22T01:00:00Z' },
    { at: '2026-11-21T16:30:00Z' },
    { at: '2026-11-21T15:30:00Z' },
  ]
  expect(byDay(entries, 'Asia/Shanghai').map(({ day, items }) => [day, items.length])).toEqual([
    ['2026-11-22', 2],
    ['2026-11-21', 1],
  ])
  expect(byDay([], 'Asia/Shanghai')).toEqual([])
})
