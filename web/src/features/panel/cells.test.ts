import { describe, expect, it } from 'vitest'
import { readDay, readMoney, readNumber } from './cells'

describe('values of other systems', () => {
  it('keeps every digit of an amount', () => {
    const cell = { kind: 'money', text: '12345678901234567.89', currency: 'CNY' } as const
    expect(readMoney(cell, 'zh-CN')).toBe('¥12,345,678,901,234,567.89')
  })
  it('shows a currency that nobody knows behind the number', () => {
    expect(readMoney({ kind: 'money', text: '5', currency: '??' }, 'en')).toBe('5 ??')
  })
  it('formats numbers and days for the reader', () => {
    expect(readNumber('1234.5', 'en')).toBe('1,234.5')
    expect(readDay('2026-02-01', 'en')).toBe('Feb 1, 2026')
  })
})
