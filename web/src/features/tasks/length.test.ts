import { expect, it } from 'vitest'
import { readLength, wholeMinutes } from './length'

it('reads lengths of time as people write them', () => {
  expect(readLength('90')).toBe(90)
  expect(readLength('1h 30m')).toBe(90)
  expect(readLength(' 1:30 ')).toBe(90)
  expect(readLength('0：45')).toBe(45)
})

it('takes nothing that is no length, none or more than a month', () => {
  for (const text of ['', '0', '0:00', '1:75', 'soon', '-5', '900:00'])
    expect(readLength(text)).toBeNull()
})

it('never shows less than a minute for editing', () => {
  expect(wholeMinutes(10)).toBe(1)
  expect(wholeMinutes(5400)).toBe(90)
})
