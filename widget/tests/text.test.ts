import { describe, expect, it } from 'vitest'
import { delay } from '../src/core/backoff'
import { dayName, looksLikeEmail, size } from '../src/core/format'
import { linkify } from '../src/core/linkify'
import { seal, unseal } from '../src/shared/protocol'

describe('links', () => {
  const links = (text: string) => linkify(text).flatMap((p) => (p.href ? [[p.text, p.href]] : []))

  it.each([
    ['看这里：https://example.com/路径，谢谢', 'https://example.com/路径'],
    ['(see https://example.com/a_(b)).', 'https://example.com/a_(b)'],
    ['go to http://example.com/?q=1&x=2!', 'http://example.com/?q=1&x=2'],
    ['write to help@example.com.', 'help@example.com'],
  ])('cuts the address out of %s', (text, link) => {
    expect(links(text).map(([shown]) => shown)).toEqual([link])
  })

  it('never makes a link of a scheme that runs something', () => {
    expect(links('javascript:alert(1) data:text/html,x vbscript:x file:///etc')).toEqual([])
    expect(linkify('<img src=x onerror=alert(1)>')).toEqual([
      { text: '<img src=x onerror=alert(1)>', href: null },
    ])
  })

  it('loses no character', () => {
    const text = 'a https://x.example, b@c.example。 end'
    expect(
      linkify(text)
        .map((p) => p.text)
        .join(''),
    ).toBe(text)
  })
})

describe('words', () => {
  it('names the size as people do', () => {
    expect(size(10 * 2 ** 20, 'en')).toBe('10 MB')
    expect(size(2_500_000, 'zh-CN')).toBe('2.4 MB')
    expect(size(12, 'en')).toBe('1 kB')
  })

  it('gives a day a heading only when it is not today', () => {
    const now = new Date(2026, 10, 22, 12)
    expect(dayName(now.toISOString(), 'en', now)).toBe('')
    expect(dayName(new Date(2026, 10, 20).toISOString(), 'zh-CN', now)).toBe('2026年11月20日')
  })

  it('knows an address from a word', () => {
    expect(['a@b.cn', ' 小王@example.com '].every(looksLikeEmail)).toBe(true)
    expect(['a@b', 'a b@c.cn', ''].some(looksLikeEmail)).toBe(false)
  })
})

it('waits longer each time, never more than half a minute, and never all at once', () => {
  expect([0, 1, 2, 3].map((n) => delay(n, () => 1))).toEqual([500, 1000, 2000, 4000])
  expect(delay(99, () => 1)).toBe(30_000)
  expect(delay(3, () => 0)).toBe(2_000)
})

describe('the border to the host page', () => {
  const source = {}
  const from = { source, origin: 'https://shop.example', key: 'k1' }
  const event = { data: seal('k1', { t: 'open' }), origin: from.origin, source }

  it('hears its own window', () => {
    expect(unseal(event, from)?.t).toBe('open')
  })

  it.each([
    ['another window', { ...event, source: {} }],
    ['another origin', { ...event, origin: 'https://evil.example' }],
    ['another chat', { ...event, data: seal('k2', { t: 'open' }) }],
    ['another version', { ...event, data: { ...event.data, yz: 2 } }],
    ['something else', { ...event, data: 'open' }],
    ['nothing', { ...event, data: null }],
  ])('ignores %s', (_, wrong) => {
    expect(unseal(wrong, from)).toBeNull()
  })

  it('hears nobody before it knows its window', () => {
    expect(unseal({ ...event, source: null }, { ...from, source: null })).toBeNull()
  })
})
