import { expect, test } from 'vitest'
import type { CustomField } from '@/shared/api/fields'
import { moved } from './order'
import { opsOf, takesOf } from './tests'

test('a field is asked as its kind allows, a formula as its result', () => {
  const one = (type: CustomField['type'], config = {}) => ({ type, config }) as CustomField
  expect(opsOf(one('checkbox'))).toEqual(['is'])
  expect(opsOf(one('tree'))[0]).toBe('under')
  expect(opsOf(one('formula', { result: 'date' }))).toContain('before')
  expect(opsOf(undefined)).toContain('not_in')
  expect(takesOf('between')).toBe('two')
  expect(takesOf('empty')).toBe('none')
})

test('something moves to another place', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
})
