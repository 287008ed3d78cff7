import { expect, it } from 'vitest'
import { ticketNumber } from './number'

it.each([
  ['#1042', 1042],
  [' 1042 ', 1042],
  ['＃1042', 1042],
  ['order 1042', null],
  ['#', null],
  ['', null],
])('%s means ticket %s', (typed, number) => expect(ticketNumber(typed)).toBe(number))
