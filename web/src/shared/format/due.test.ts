import { describe, expect, it } from 'vitest'
import { dueLabel, type Promised } from './due'

const now = Date.parse('2026-11-22T10:00:00Z')
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
const running = (due: number, warn: number): Promised => ({
  state: 'running',
  due_at: at(due),
  warn_at: at(warn),
})

describe('what a list says of a promise', () => {
  it('counts down, turns amber, then counts up in red', () => {
    expect(dueLabel(running(60, 48), now)).toEqual({ tone: 'calm', seconds: 3600 })
    expect(dueLabel(running(10, -2), now)).toEqual({ tone: 'soon', seconds: 600 })
    expect(dueLabel(running(-5, -17), now)).toEqual({ tone: 'late', seconds: 300 })
    expect(dueLabel(running(0, -12), now)).toEqual({ tone: 'late', seconds: 0 })
  })
  it('is never amber without a warning', () => {
    expect(dueLabel({ ...running(1, 0), warn_at: null }, now)?.tone).toBe('calm')
  })
  it('says that a clock stands still, and nothing when all is kept', () => {
    expect(dueLabel({ state: 'paused', due_at: null, warn_at: null }, now)?.tone).toBe('paused')
    expect(dueLabel({ state: 'done', due_at: null, warn_at: null }, now)).toBeNull()
    expect(dueLabel({ state: 'running', due_at: null, warn_at: null }, now)).toBeNull()
  })
})
