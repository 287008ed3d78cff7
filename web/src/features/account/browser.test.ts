import { expect, test } from 'vitest'
import { browserOf } from './browser'

test('a user agent is told in two words', () => {
  expect(
    browserOf(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0',
    ),
  ).toBe('Edge · Windows')
  expect(browserOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1')).toBe(
    'Safari · iOS',
  )
})
test('what is no browser is shown as it is', () => {
  expect(browserOf('curl/8.0')).toBe('curl/8.0')
})
