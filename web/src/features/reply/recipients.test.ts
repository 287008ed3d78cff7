import { describe, expect, it } from 'vitest'
import { addressList, chosen, isAddress, problemOf, readAddress } from './recipients'

describe('addresses', () => {
  it('are read out of what people paste', () => {
    expect(readAddress(' 李雷 <li@customer.example> ')).toBe('li@customer.example')
    expect(readAddress('mailto:li@customer.example')).toBe('li@customer.example')
    expect(addressList(['Li@a.example', 'li@A.example', '', 'wu@b.example'])).toEqual([
      'Li@a.example',
      'wu@b.example',
    ])
  })
  it.each([
    ['li@customer.example', true],
    ['用户@例子.中国', true],
    ["o'neil+x@a-b.co.uk", true],
    ['li@customer', false],
    ['li customer@a.example', false],
    ['li@a..example', false],
    ['a@b.example,c@d.example', false],
  ])('%s: %s', (text, good) => expect(isAddress(text)).toBe(good))
})

describe('whom an answer goes to', () => {
  const usual = { to: ['li@customer.example'], cc: [] }
  it('is left to the server unless it was changed', () => {
    expect(chosen({ to: ['LI@customer.example'], cc: [] }, usual)).toBeNull()
    expect(chosen({ ...usual, cc: ['wu@b.example'] }, usual)).toEqual({
      to: ['li@customer.example'],
      cc: ['wu@b.example'],
    })
  })
  it('somebody, and addresses only', () => {
    expect(problemOf(usual)).toBeNull()
    expect(problemOf({ to: [], cc: ['wu@b.example'] })).toBe('none')
    expect(problemOf({ to: ['li'], cc: [] })).toBe('wrong')
    expect(problemOf({ to: Array.from({ length: 51 }, (_, n) => `a${n}@b.example`), cc: [] })).toBe(
      'many',
    )
  })
})
