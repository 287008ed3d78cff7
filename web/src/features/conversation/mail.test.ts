import { describe, expect, it } from 'vitest'
import { mailPage, remoteImages, safeLink } from './mail'

describe('mail bodies', () => {
  it('counts what would be fetched from elsewhere', () => {
    const html = `<img src="https://x.example/p.gif"><td background='//y.example/b.png'><img src="cid:1">
      <div style="background:url(http://z.example/c.png)">`
    expect(remoteImages(html)).toBe(3)
    expect(remoteImages('<a href="https://x.example">x</a>')).toBe(0)
  })
  it('lets no script run and no picture load unless asked', () => {
    const page = mailPage('<p>hi</p>', { images: false, origin: 'https://desk.example' })
    expect(page).toContain("default-src 'none'")
    expect(page).toContain('img-src data: https://desk.example"')
    expect(mailPage('', { images: true, origin: 'https://desk.example' })).toContain('https: http:')
  })
  it('drops links that run code', () => {
    expect(safeLink('javascript:alert(1)')).toBeUndefined()
    expect(safeLink(' https://a.example/x ')).toBe('https://a.example/x')
  })
})
