import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { firstTime, unsaved, useBuild } from './build'
import { mendMissingParts, takeNewBuild } from './watch'

const own = '/assets/index-AAA.js'
const newer = '/assets/index-BBB.js'
let open: object[] = []

beforeEach(() => {
  open = []
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  vi.stubGlobal('document', {
    querySelector: () => ({ getAttribute: () => own }),
    querySelectorAll: (asked: string) =>
      asked.includes('textarea') ? open.filter((field) => 'textContent' in field) : [],
  })
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('navigator', { onLine: true })
})
afterEach(() => {
  useBuild.setState({ newer: null })
  vi.unstubAllGlobals()
})

function navigating(busy = false) {
  const go = vi.fn()
  const listeners: ((href: string) => void)[] = []
  takeNewBuild({ beforeNavigation: (hear) => listeners.push(hear), busy: () => busy, go })
  const navigate = () => {
    for (const hear of listeners) hear('/customers')
  }
  return { go, navigate }
}

describe('a newer build', () => {
  it('is one with another name; no name says nothing', () => {
    const { hear } = useBuild.getState()
    for (const [served, found] of [
      [own, null],
      [newer, newer],
      [null, null],
    ]) {
      hear(served)
      expect(useBuild.getState().newer).toBe(found)
    }
  })
  it('is taken at the next navigation, once', () => {
    const { go, navigate } = navigating()
    navigate()
    expect(go).not.toHaveBeenCalled()
    useBuild.getState().hear(newer)
    navigate()
    navigate()
    expect(go.mock.calls).toEqual([['/customers']])
  })
  it('waits while something is written or sent', () => {
    useBuild.getState().hear(newer)
    const sending = navigating(true)
    sending.navigate()
    expect(sending.go).not.toHaveBeenCalled()
    open = [{ textContent: 'Dear Lin' }]
    const { go, navigate } = navigating()
    navigate()
    expect(go).not.toHaveBeenCalled()
    open = [{ textContent: ' ' }]
    navigate()
    expect(go).toHaveBeenCalledOnce()
  })
})

it('an open dialog or form is unsaved work', () => {
  const page = (count: number) =>
    ({ querySelectorAll: () => Array(count).fill({ textContent: '' }) }) as unknown as Document
  expect(unsaved(page(1))).toBe(true)
  expect(unsaved(page(0))).toBe(false)
})

it('a part that is missing after a deployment loads the page anew, once', () => {
  const reload = vi.fn()
  mendMissingParts(reload)
  window.dispatchEvent(new Event('vite:preloadError'))
  window.dispatchEvent(new Event('vite:preloadError'))
  expect(reload).toHaveBeenCalledOnce()
})

it('each reason counts for itself', () => {
  expect([firstTime('a'), firstTime('b'), firstTime('a')]).toEqual([true, true, false])
})
