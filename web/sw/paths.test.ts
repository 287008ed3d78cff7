import { describe, expect, it } from 'vitest'
import { isOfBuild, isPage, isPart } from './paths'

describe('what the service worker answers', () => {
  it('is every page of the app and no other document', () => {
    for (const path of ['/', '/inbox', '/account', '/admin/channels/7', '/customers/12', '/find']) {
      expect([path, isPage(path)]).toEqual([path, true])
    }
    for (const path of [
      '/api/v1/messages/7/raw',
      '/chat/key/frame',
      '/f/key',
      '/help/article',
      '/widget/loader.js',
      '/favicon.svg',
      '/chat-preview.html',
      '/openapi.json',
      '/metrics',
    ]) {
      expect([path, isPage(path)]).toEqual([path, false])
    }
  })
  it('is every part that is named after its content', () => {
    expect(isPart('/assets/index-AAA.js')).toBe(true)
    expect(isPart('/app.en.webmanifest')).toBe(false)
  })
})

describe('a document', () => {
  const page = '<script type="module" crossorigin src="/assets/index-AAA.js"></script>'
  it('belongs to the build whose entry it names', () => {
    expect(isOfBuild(page, ['/assets/index-AAA.js'])).toBe(true)
    expect(isOfBuild(page, ['/assets/index-BBB.js'])).toBe(false)
    expect(isOfBuild('<p>not built</p>', ['/assets/index-AAA.js'])).toBe(false)
  })
})
