import { describe, expect, it } from 'vitest'
import { found, rank, spells } from './readings'

describe('spells', () => {
  const keys = 'tui kuan,xin shuo,shui,yue ming'
  it.each(['tuikuan', 'tk', 'tksm', 'tuik', 'tkuan', 'kuanshuoming', 'sm', 't', 'tui kuan'])(
    'takes %s',
    (typed) => expect(spells(keys, typed)).toBe(true),
  )
  it.each(['kt', 'tuikaun', 'tx1', 'ui', ''])('refuses %s', (typed) =>
    expect(spells(keys, typed)).toBe(false),
  )
  it('knows a character with two readings', () => {
    expect(spells('zhong,chong qing', 'chongqing')).toBe(true)
    expect(spells('zhong,chong qing', 'zq')).toBe(true)
  })
})

const macro = (title: string, more = {}) => ({ title, shortcut: '', folder: '', keys: '', ...more })

describe('found', () => {
  it('puts the shortcut first, then beginnings, then what lies within', () => {
    const all = [
      macro('A refund'),
      macro('Refund late'),
      macro('Other', { shortcut: 'refund' }),
      macro('Nothing'),
    ]
    expect(found(all, 'refund').map((one) => one.title)).toEqual([
      'Other',
      'Refund late',
      'A refund',
    ])
  })
  it('bears letters that were left out', () => {
    expect(rank(macro('Delivery delayed'), 'dlvd')).toBe(7)
    expect(rank(macro('Delivery delayed'), 'xq')).toBeNull()
  })
  it('keeps the order where nothing is typed', () => {
    expect(found([macro('b'), macro('a')], '').map((one) => one.title)).toEqual(['b', 'a'])
  })
})
