import { describe, expect, it } from 'vitest'
import { abilityOf, isMadeWith } from './waking'

const fine = {
  secure: true,
  supported: true,
  apple: false,
  installed: false,
  permission: 'default',
} as const

describe('whether a browser can be woken', () => {
  it('says what stands in the way, the first thing first', () => {
    expect(abilityOf(fine)).toBe('ready')
    expect(abilityOf({ ...fine, permission: 'granted' })).toBe('ready')
    expect(abilityOf({ ...fine, permission: 'denied' })).toBe('denied')
    expect(abilityOf({ ...fine, supported: false })).toBe('unsupported')
    expect(abilityOf({ ...fine, secure: false, supported: false })).toBe('insecure')
  })
  it('sends Apple users to their home screen before it gives up', () => {
    expect(abilityOf({ ...fine, apple: true, supported: false })).toBe('install')
    expect(abilityOf({ ...fine, apple: true, installed: true })).toBe('ready')
    expect(abilityOf({ ...fine, apple: true, installed: true, supported: false })).toBe(
      'unsupported',
    )
  })
})

it('a subscription of another key is none', () => {
  const key = new Uint8Array([4, 251, 255, 1]).buffer
  expect(isMadeWith(key, 'BPv_AQ')).toBe(true)
  expect(isMadeWith(key, 'BPv_Ag')).toBe(false)
  expect(isMadeWith(null, 'BPv_AQ')).toBe(false)
})
