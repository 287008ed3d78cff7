import { expect, test } from 'vitest'
import { linesOf, pathOf, subtree, treeOf } from './tree'

const unit = (id: string, parent_id: string | null) => ({
  id,
  name: id,
  parent_id,
  kind: 'region',
  path: [],
})
const units = [unit('b', 'root'), unit('root', null), unit('a', 'root'), unit('a1', 'a')]

test('lines go from the top down, siblings by name', () => {
  const lines = linesOf(treeOf(units), new Set())
  expect(lines.map(({ unit: { id }, level }) => `${level}${id}`)).toEqual([
    '1root',
    '2a',
    '3a1',
    '2b',
  ])
})
test('what is closed hides what lies below it', () => {
  expect(linesOf(treeOf(units), new Set(['a'])).map((line) => line.unit.id)).toEqual([
    'root',
    'a',
    'b',
  ])
})
test('a unit cannot be moved below itself', () => {
  expect([...subtree(units, 'a')]).toEqual(['a', 'a1'])
})
test('a unit without its parent is still shown', () => {
  expect(treeOf([unit('x', 'gone')])).toHaveLength(1)
})
test('the path names every step', () => {
  expect(pathOf(units, 'a1')).toBe('root › a › a1')
  expect(pathOf(units, null)).toBe('')
})
