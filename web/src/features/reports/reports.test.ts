import { describe, expect, it } from 'vitest'
import { change, show, ticks } from './numbers'
import { addDays, daysBetween, daysOf, stepsFor } from './period'
import { asked, readSearch } from './search'

describe('periods', () => {
  it('are whole days that end today, or with the month', () => {
    expect(daysOf('7d', '2026-03-02')).toEqual({ from: '2026-02-24', to: '2026-03-02' })
    expect(daysOf('month', '2026-03-02')).toEqual({ from: '2026-03-01', to: '2026-03-02' })
    expect(daysOf('lastMonth', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(daysOf('lastMonth', '2026-01-15')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
  })
  it('count days without any clock', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(3)
  })
  it('are shown in steps that can be read', () => {
    expect(stepsFor('2026-03-01', '2026-03-07')).toEqual(['day'])
    expect(stepsFor('2026-03-01', '2026-03-30')).toEqual(['day', 'week'])
    expect(stepsFor('2025-04-01', '2026-03-31')).toEqual(['week', 'month'])
    expect(stepsFor('2020-01-01', '2026-03-31')).toEqual(['month'])
  })
})

describe('the address', () => {
  it('says what is shown, and nothing that it does not know', () => {
    const read = readSearch({ period: '7d', group: 'mood', team: 12, agent: 'none', from: 'x' })
    expect(read).toEqual({ period: '7d', team: '12', agent: 'none' })
    const { scope, step, group } = asked(read, '2026-03-07')
    expect(scope).toEqual({ from: '2026-03-01', to: '2026-03-07', team: '12', agent: 'none' })
    expect([step, group]).toEqual(['day', 'team'])
  })
})

describe('numbers', () => {
  it('are shown by their unit', () => {
    expect(show(1234, 'count', 'en')).toBe('1,234')
    expect(show(0.912, 'share', 'en')).toBe('91.2%')
    expect(show(5400, 'seconds', 'en')).toBe('1h 30m')
    expect(show(3.456, 'number', 'en')).toBe('3.5')
    expect(show(null, 'share', 'en')).toBe('—')
  })
  it('say whether a change is for the better', () => {
    const less = { unit: 'seconds', better: 'less' } as const
    expect(change(90, 100, less, 'en')).toEqual({ text: '-10%', tone: 'good' })
    expect(change(110, 100, less, 'en')?.tone).toBe('bad')
    expect(change(0.9, 0.8, { unit: 'share', better: 'more' }, 'en')).toEqual({
      text: '+10 pp',
      tone: 'good',
    })
    expect(change(76, 1, less, 'en')).toEqual({ text: '×76', tone: 'bad' })
    expect(change(5, 0, { unit: 'count', better: 'more' }, 'en')).toBeNull()
    expect(change(5, 4, { unit: 'count', better: 'neither' }, 'en')?.tone).toBe('even')
  })
  it('have a scale of round numbers that ends above them', () => {
    expect(ticks(7, 'count')).toEqual([0, 2, 4, 6, 8])
    expect(ticks(0, 'count')).toEqual([0, 1])
    expect(ticks(0.4, 'share').at(-1)).toBe(1)
    for (const top of [1, 3, 42, 999, 5000, 200_000]) {
      for (const unit of ['count', 'seconds', 'number'] as const) {
        const found = ticks(top, unit)
        expect(found.at(-1)).toBeGreaterThanOrEqual(top)
        expect(found.length).toBeLessThanOrEqual(6)
      }
    }
  })
})
