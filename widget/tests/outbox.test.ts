import { expect, it } from 'vitest'
import { openOutbox } from '../src/core/outbox'
import { openVault } from '../src/loader/vault'

function memoryStorage(): Storage {
  const kept = new Map<string, string>()
  const methods = {
    getItem: (k: string) => kept.get(k) ?? null,
    setItem: (k: string, v: string) => void kept.set(k, v),
    removeItem: (k: string) => void kept.delete(k),
  }
  return new Proxy({} as Storage, {
    get: (_, name) => methods[name as keyof typeof methods],
    ownKeys: () => [...kept.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  })
}

const draft = (client_id: string, second: number) => ({
  client_id,
  text: `text of ${client_id}`,
  files: [],
  at: new Date(second * 1000).toISOString(),
})

it('gives back after a reload what was written offline, in order', () => {
  const storage = memoryStorage()
  const before = openVault('yz:k:', () => storage)
  const outbox = openOutbox(before, before.all())
  outbox.put(draft('b', 2))
  outbox.put(draft('a', 1))
  outbox.put(draft('c', 3))
  outbox.remove('c')
  const after = openVault('yz:k:', () => storage)
  expect(
    openOutbox(after, after.all())
      .all()
      .map((d) => d.client_id),
  ).toEqual(['a', 'b'])
})

it('lets two tabs write without losing each other’s messages', () => {
  const storage = memoryStorage()
  const one = openVault('yz:k:', () => storage)
  const two = openVault('yz:k:', () => storage)
  openOutbox(one, one.all()).put(draft('one', 1))
  openOutbox(two, two.all()).put(draft('two', 2))
  expect(openOutbox(one, one.all()).all()).toHaveLength(2)
})

it('works from memory where storage is denied', () => {
  const vault = openVault('yz:k:', () => {
    throw new DOMException('denied', 'SecurityError')
  })
  vault.set('visitor', 'token')
  expect(vault.all()).toEqual({ visitor: 'token' })
  vault.clear()
  expect(vault.all()).toEqual({})
})

it('forgets only its own entries', () => {
  const storage = memoryStorage()
  storage.setItem('cart', '3')
  const vault = openVault('yz:k:', () => storage)
  vault.set('visitor', 'token')
  vault.clear()
  expect(storage.getItem('cart')).toBe('3')
  expect(vault.all()).toEqual({})
})

it('skips entries that somebody broke', () => {
  const stored = { 'out:x': '{', 'out:y': '{"text":1}', 'out:z': JSON.stringify(draft('z', 1)) }
  expect(
    openOutbox({ set: () => undefined }, stored)
      .all()
      .map((d) => d.client_id),
  ).toEqual(['z'])
})
