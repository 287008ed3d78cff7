import type { KeyboardEvent } from 'react'
import { expect, it, vi } from 'vitest'
import { submitKeys } from './formKeys'

const press = (key: string, more: object = {}) =>
  ({
    key,
    ctrlKey: false,
    metaKey: false,
    nativeEvent: { isComposing: false, keyCode: 13 },
    preventDefault: vi.fn(),
    ...more,
  }) as unknown as KeyboardEvent<HTMLElement>

it('Ctrl or ⌘ with Enter sends a form, Enter alone and an input method do not', () => {
  const submit = vi.fn()
  const keys = submitKeys({ submit })
  keys(press('Enter'))
  keys(press('a', { ctrlKey: true }))
  keys(press('Enter', { ctrlKey: true, nativeEvent: { isComposing: true, keyCode: 229 } }))
  expect(submit).not.toHaveBeenCalled()
  keys(press('Enter', { ctrlKey: true }))
  keys(press('Enter', { metaKey: true }))
  expect(submit).toHaveBeenCalledTimes(2)
})
