import { describe, expect, it } from 'vitest'
import { freeKey, readClock, readMinutes, showMinutes, wrongShifts } from './minutes'

describe('minutes as people write them', () => {
  it('reads and shows them', () => {
    expect(['45', '45m', '4h', '1h 30m', '1H30M'].map(readMinutes)).toEqual([45, 45, 240, 90, 90])
    expect(['', 'soon', '1d', '-5'].map(readMinutes)).toEqual([null, null, null, null])
    expect([5, 60, 90].map(showMinutes)).toEqual(['5m', '1h', '1h 30m'])
  })
  it('reads the time of a day', () => {
    expect(['9', '9:30', '0930', '24:00', '13：30'].map(readClock)).toEqual([
      '09:00',
      '09:30',
      '09:30',
      '24:00',
      '13:30',
    ])
    expect(['25', '24:30', '12:60', 'noon'].map(readClock)).toEqual([null, null, null, null])
  })
  it('finds shifts that cannot be', () => {
    expect(
      wrongShifts([
        ['09:00', '12:00'],
        ['13:30', '18:00'],
      ]).size,
    ).toBe(0)
    expect(
      wrongShifts([
        ['09:00', '12:00'],
        ['11:00', '13:00'],
      ]).get(1),
    ).toBe('overlap')
    expect(wrongShifts([['12:00', '09:00']]).get(0)).toBe('order')
  })
  it('gives keys that are free', () => {
    expect(freeKey('update', ['first', 'update', 'update_2'])).toBe('update_3')
    expect(freeKey('update', [])).toBe('update')
  })
})
