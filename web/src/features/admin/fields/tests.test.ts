import { expect, test } from 'vitest'
import { moved } from './order'
import { condition, flatten } from './tests'

test('a flat condition survives the editor, a nested one is left alone', () => {
  const one = {
    any: [
      { field: 'a', op: 'is', value: 1 },
      { field: 'b', op: 'empty' },
    ],
  }
  const flat = flatten(one)
  expect(flat?.join).toBe('any')
  expect(flat && condition(flat)).toEqual(one)
  expect(flatten({ all: [{ not: { field: 'a', op: 'empty' } }] })).toBeNull()
  expect(condition({ join: 'any', tests: [] })).toEqual({ all: [] })
})

test('something moves to another place', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
})
