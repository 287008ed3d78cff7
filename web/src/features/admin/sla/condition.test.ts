import { expect, it } from 'vitest'
import { compose, flatten } from './condition'

const test = { field: 'priority', op: 'is', value: 'urgent' }

it('shows flat conditions as rows and keeps nested ones', () => {
  expect(flatten(null)).toEqual({ how: 'all', tests: [] })
  expect(flatten(test)).toEqual({ how: 'all', tests: [test] })
  expect(flatten({ any: [test, test] })).toEqual({ how: 'any', tests: [test, test] })
  expect(flatten({ all: [{ not: test }] })).toBeNull()
  expect(flatten({ not: test })).toBeNull()
  expect(flatten(compose({ how: 'any', tests: [test] }))).toEqual({ how: 'any', tests: [test] })
})
