import { describe, expect, it } from 'vitest'
import { withSet } from './holidays'

const set = {
  id: 'x',
  year: 2026,
  name: { zh: '节', en: 'Days' },
  source: 's',
  days: [
    { date: '2026-02-14', name: { zh: '调休上班', en: 'Make-up' }, works: true },
    { date: '2026-02-16', name: { zh: '春节', en: 'Spring' }, works: false },
  ],
}

describe('public holidays', () => {
  it('closes days off and opens make-up days like a weekday, in order of dates', () => {
    const week = { mon: [], tue: [['09:00', '12:00']] as [string, string][] }
    const known = [{ date: '2026-03-01', hours: [], name: 'Own' }]
    expect(withSet(known, set, week, 'en')).toEqual([
      { date: '2026-02-14', hours: [['09:00', '12:00']], name: 'Make-up' },
      { date: '2026-02-16', hours: [], name: 'Spring' },
      { date: '2026-03-01', hours: [], name: 'Own' },
    ])
  })
  it('replaces a date that is there', () => {
    const known = [{ date: '2026-02-16', hours: [['10:00', '11:00']] as [string, string][] }]
    const found = withSet(known, set, {}, 'zh')
    expect(found.map(({ date, name }) => [date, name])).toEqual([
      ['2026-02-14', '调休上班'],
      ['2026-02-16', '春节'],
    ])
    expect(found[1]?.hours).toEqual([])
  })
})
