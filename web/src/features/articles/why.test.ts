import { expect, test } from 'vitest'
import { phrases } from './why'

test('pairs of characters are joined to the words that they are cut from', () => {
  expect(phrases(['七天', '天无', '退货'], '七天无理由退货怎么操作', 4)).toEqual(['七天无', '退货'])
})

test('words of Latin letters keep their case; what is only in the text comes last', () => {
  expect(phrases(['wi', 'refund'], 'One joins my Wi-Fi', 4)).toEqual(['Wi', 'refund'])
  expect(phrases(['headphon'], 'Reset the headphones', 4)).toEqual(['headphones'])
  expect(phrases(['a', 'b', 'c'], '', 2)).toEqual(['a', 'b'])
})
