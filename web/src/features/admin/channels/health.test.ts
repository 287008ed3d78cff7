import { expect, test } from 'vitest'
import { healthOf } from './health'

const state = (last_error_at: string | null, last_in_at: string | null) => ({
  active: true,
  state: { last_error: last_error_at && 'refused', last_error_at, last_in_at, last_out_at: null },
})

test('a fault counts until something came in after it', () => {
  expect(healthOf(state('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'))).toBe('failing')
  expect(healthOf(state('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'))).toBe('fine')
})
test('nothing came yet, or it is switched off', () => {
  expect(healthOf(state(null, null))).toBe('quiet')
  expect(healthOf({ ...state('2026-01-01T00:00:00Z', null), active: false })).toBe('off')
})
