import { expect, test } from 'vitest'
import type { LayoutGroup } from '@/shared/api/layouts'
import { type Arrow, moveTo, removeAt, type Spot, target, today, unused } from './arrange'

const groups = (...items: string[][]): LayoutGroup[] => items.map((one) => ({ items: one }))
const read = (all: LayoutGroup[]) => all.map(({ items }) => items)
const press = (all: LayoutGroup[], spot: Spot, key: Arrow) => {
  const to = target(all, spot, key)
  return to && read(moveTo(all, spot, to))
}

test('arrow keys move an item within its group and over its edges', () => {
  const all = groups(['a', 'b'], ['c'])
  expect(press(all, [0, 1], 'ArrowUp')).toEqual([['b', 'a'], ['c']])
  expect(press(all, [0, 1], 'ArrowDown')).toEqual([['a'], ['b', 'c']])
  expect(press(all, [1, 0], 'ArrowUp')).toEqual([['a', 'b', 'c'], []])
  expect(press(all, [0, 0], 'ArrowRight')).toEqual([['b'], ['a', 'c']])
  expect(press(all, [0, 0], 'ArrowUp')).toBeNull()
  expect(press(all, [1, 0], 'ArrowRight')).toBeNull()
})

test('an item is dropped in another group or taken out', () => {
  expect(read(moveTo(groups(['a', 'b'], ['c']), [0, 0], [1, 1]))).toEqual([['b'], ['c', 'a']])
  expect(read(removeAt(groups(['a', 'b']), [0, 0]))).toEqual([['b']])
})

test('a new layout begins as everything looks today', () => {
  const panel = today('panel', ['order_no'])
  expect(unused(panel, 'panel', ['order_no', 'sku'])).toEqual(['type', 'field.sku'])
  expect(panel[0]?.items?.slice(0, 5)).toEqual(['status', 'assignee', 'team', 'priority', 'tags'])
  expect(unused(today('new', []), 'new', [])).toEqual(['type'])
})
