import { expect, test } from 'vitest'
import { changesOf } from './changes'

test('changes are read as pairs, the rest stays', () => {
  expect(changesOf({ changes: { name: ['a', 'b'], tags: [[], ['x']] }, note: 1 })).toEqual({
    changes: [
      { field: 'name', before: 'a', after: 'b' },
      { field: 'tags', before: '[]', after: '["x"]' },
    ],
    rest: { note: 1 },
  })
})
test('nothing before is a dash', () => {
  expect(changesOf({ changes: { name: [null, 'b'] } }).changes[0]?.before).toBe('–')
})
