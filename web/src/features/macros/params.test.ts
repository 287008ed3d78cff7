import { expect, it } from 'vitest'
import { paramsOf } from './params'

const params = {
  required: ['to'],
  properties: {
    to: {
      enum: ['me', 'team'],
      'x-title': { zh: '分配给', en: 'Assign to' },
      'x-choices': { en: { me: 'Myself', team: 'A team' } },
    },
    team_id: { anyOf: [{ type: 'string', 'x-of': 'team' as const }, { type: 'null' }] },
    tags: { type: 'array' },
    amount: { type: 'integer', minimum: 1 },
    text: { type: 'string', 'x-long': true },
    sure: { type: 'boolean', default: false },
  },
}

it('reads a form out of the parameters of an action', () => {
  const found = paramsOf({ params }, 'en')
  expect(found.map(({ name, kind }) => [name, kind])).toEqual([
    ['to', 'choice'],
    ['team_id', 'text'],
    ['tags', 'words'],
    ['amount', 'number'],
    ['text', 'long'],
    ['sure', 'flag'],
  ])
  expect(found[0]).toMatchObject({ title: 'Assign to', required: true })
  expect(found[0]?.choices).toEqual([
    { value: 'me', label: 'Myself' },
    { value: 'team', label: 'A team' },
  ])
  expect(found[1]).toMatchObject({ of: 'team', required: false, title: 'team_id' })
})
