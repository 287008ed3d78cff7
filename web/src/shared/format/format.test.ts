import { describe, expect, it } from 'vitest'
import {
  dayLabel,
  initials,
  matchesName,
  pressure,
  secondsUntil,
  shortStamp,
  span,
  urgency,
} from '.'

const now = Date.parse('2026-11-22T08:00:00Z')
const words = { today: '今天', yesterday: '昨天' }

describe('waiting time', () => {
  it.each([
    [45, '45s'],
    [720, '12m'],
    [12_000, '3h 20m'],
    [7200, '2h'],
    [190_000, '2d 4h'],
  ])('%i seconds read as %s', (seconds, text) => expect(span(seconds)).toBe(text))

  it.each([
    [45, '45 秒'],
    [36_240, '10 小时 4 分'],
    [7200, '2 小时'],
    [190_000, '2 天 4 小时'],
  ])('%i seconds read in Chinese as %s', (seconds, text) =>
    expect(span(seconds, 'zh-CN')).toBe(text),
  )

  it('gets late after four hours', () => {
    expect([60, 1800, 14_400].map(urgency)).toEqual(['calm', 'soon', 'late'])
  })
})

describe('the time left for an answer', () => {
  it('counts down to nothing', () => {
    expect(secondsUntil('2026-11-22T11:00:00Z', now)).toBe(10_800)
    expect(secondsUntil('2026-11-22T07:00:00Z', now)).toBe(0)
  })
  it('is said louder in the last hour and the last minutes', () => {
    expect([3600, 3599, 599, 0].map(pressure)).toEqual(['ample', 'short', 'last', 'over'])
  })
})

describe('days where the workspace is', () => {
  it('calls an evening in UTC the next day in Shanghai', () => {
    expect(dayLabel('2026-11-21T17:00:00Z', now, 'zh-CN', 'Asia/Shanghai', words)).toBe('今天')
    expect(dayLabel('2026-11-21T15:00:00Z', now, 'zh-CN', 'Asia/Shanghai', words)).toBe('昨天')
  })
  it('shows the clock today and the date before', () => {
    expect(shortStamp('2026-11-22T02:05:00Z', now, 'en', 'Asia/Shanghai')).toBe('10:05')
    expect(shortStamp('2026-11-03T02:05:00Z', now, 'en', 'Asia/Shanghai')).toBe('Nov 3')
  })
})

describe('names by pinyin initials', () => {
  it('reads the initials of Chinese characters', () => {
    expect(initials('苏晴')).toBe('sq')
    expect(initials('售后一组')).toBe('shyz')
  })
  it('finds a person by letters or initials', () => {
    expect(matchesName('苏晴', 'sq')).toBe(true)
    expect(matchesName('苏晴', '晴')).toBe(true)
    expect(matchesName('Ada Wong', 'wo')).toBe(true)
    expect(matchesName('苏晴', 'lx')).toBe(false)
  })
})
