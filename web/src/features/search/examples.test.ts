import { expect, it } from 'vitest'
import { examples, withExample } from './examples'

it('adds an example to what is typed, once', () => {
  expect(withExample('', 'is:unread')).toBe('is:unread')
  expect(withExample('refund', 'is:unread')).toBe('refund is:unread')
  expect(withExample('refund is:unread', 'is:unread')).toBe('refund is:unread')
  expect(examples('en')).toHaveLength(examples('zh-CN').length)
})
