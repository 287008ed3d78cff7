import { expect, it } from 'vitest'
import { decided } from './figures'

it('says in a line what a skill decided', () => {
  expect(decided('null')).toBe('')
  expect(decided('{"thanks":true}')).toBe('thanks')
  expect(decided('{"priority":"high","type":null,"tag":"","field":null}')).toBe('priority: high')
})
