import { expect, test } from 'vitest'
import { after, progress, readStep, resume } from './steps'

test('somebody who comes back goes on where they stopped', () => {
  const done = progress([{ id: 'brand', done: true }], { email: true })
  expect(resume(done)).toBe('chat')
  expect(
    resume(progress([], { brand: true, email: true, chat: true, team: true, practice: true })),
  ).toBe('done')
})
test('the server may call a step otherwise', () => {
  expect(progress([{ id: 'invite', done: true }], {}).team).toBe(true)
})
test('the last step leads to the end, a strange one nowhere', () => {
  expect(after('practice')).toBe('done')
  expect(after('brand')).toBe('email')
  expect(readStep('nonsense')).toBeUndefined()
})
