import { expect, it } from 'vitest'
import { atClock, snoozeTimes } from './snooze'

it('nine in the morning is meant where the workspace is', () => {
  expect(atClock('2026-11-23', 9, 'Asia/Shanghai').toISOString()).toBe('2026-11-23T01:00:00.000Z')
  expect(atClock('2026-07-01', 9, 'America/New_York').toISOString()).toBe(
    '2026-07-01T13:00:00.000Z',
  )
})

it('late on a Sunday in Shanghai, tomorrow is Monday', () => {
  const sunday = Date.parse('2026-11-22T15:30:00Z') // 23:30 in Shanghai
  const times = Object.fromEntries(
    snoozeTimes(sunday, 'Asia/Shanghai').map(({ name, at }) => [name, at.toISOString()]),
  )
  expect(times).toEqual({
    later: '2026-11-22T18:30:00.000Z',
    tomorrow: '2026-11-23T01:00:00.000Z',
    dayAfter: '2026-11-24T01:00:00.000Z',
    nextWeek: '2026-11-23T01:00:00.000Z',
  })
})
