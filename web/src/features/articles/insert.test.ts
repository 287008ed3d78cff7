import { expect, test } from 'vitest'
import { asAnswer, asLink } from './insert'

test('a link stands in the text, where every channel shows it', () => {
  const { html, text } = asLink('A & B', 'https://x.test/help/a/1')
  expect(html).toContain('A &amp; B')
  expect(html).toContain('>https://x.test/help/a/1</a>')
  expect(text).toBe('A & B\nhttps://x.test/help/a/1')
})

test('an article becomes an answer without pictures and headings', () => {
  const html =
    '<h2>Reset</h2><p>Hold <img src="/api/v1/knowledge/files/1" alt="the key">.</p><img src="x">'
  expect(asAnswer({ html, plain: 'Reset' }).html).toBe(
    '<p><strong>Reset</strong></p><p>Hold [the key].</p>',
  )
})
