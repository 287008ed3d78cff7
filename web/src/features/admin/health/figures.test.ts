import { describe, expect, it } from 'vitest'
import { looks, milliseconds, rate, share, within } from './figures'

describe('figures of the system', () => {
  it('never rounds a failure away', () => {
    expect(share(0.999_999, 'en')).toBe('99.999%')
    expect(share(1, 'en')).toBe('100%')
    expect(share(0.5, 'zh-CN')).toBe('50%')
    expect(share(null, 'en')).toBe('—')
  })
  it('says short times in milliseconds', () => {
    expect(within(0.3, 'en')).toBe('300 ms')
    expect(within(60, 'en')).toContain('1')
    expect(milliseconds(2.34, 'en')).toBe('2.3 ms')
    expect(milliseconds(1234.5, 'en')).toBe('1,235 ms')
  })
  it('has no rate where nothing happened', () => {
    expect(rate(null, 'en')).toBeNull()
    expect(rate(0.25, 'en')).toBe('0.3')
    expect(rate(1000, 'en')).toBe('1,000')
  })
  it('holds each step against the goal', () => {
    const at = '2026-01-01T00:00:00Z'
    const points = [
      { at, good: 0, total: 0 },
      { at, good: 99, total: 100 },
      { at, good: 98, total: 100 },
    ]
    expect(looks({ points, target: 0.99 })).toEqual(['none', 'ok', 'low'])
  })
})
