import { useEffect, useRef } from 'react'
import { createKeybindingsHandler, type KeyBindingMap } from 'tinykeys'
import { usePreferences } from '../theme'

export type { KeyBindingMap }

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role="combobox"]') !== null)

const inDialog = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('[role="dialog"], [role="menu"]') !== null

/** An input method is at work: the key belongs to it. */
export const composing = (event: KeyboardEvent | React.KeyboardEvent) => {
  const native = 'nativeEvent' in event ? event.nativeEvent : event
  return native.isComposing || native.keyCode === 229
}

interface Options {
  /** Works while typing too: only for keys with Ctrl or ⌘. */
  always?: boolean
  enabled?: boolean
}

/** Keys of one screen, e.g. `{ j: next, 'g i': goInbox, '$mod+k': openPalette }`. */
export function useHotkeys(
  bindings: KeyBindingMap,
  { always = false, enabled = true }: Options = {},
) {
  const latest = useRef(bindings)
  latest.current = bindings
  const single = usePreferences((p) => p.shortcuts)
  const names = Object.keys(bindings).join('|')
  useEffect(() => {
    if (!enabled || (!always && !single)) return
    const map = Object.fromEntries(
      names
        .split('|')
        .map((name) => [name, (event: KeyboardEvent) => latest.current[name]?.(event)]),
    )
    const handler = createKeybindingsHandler(map)
    const listen = (event: KeyboardEvent) => {
      if (composing(event) || event.defaultPrevented) return
      if (!always && (typing(event.target) || inDialog(event.target))) return
      handler(event)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [names, always, enabled, single])
}

export const isMac = () =>
  typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)

const names = (mac: boolean): Record<string, string> =>
  mac ? { $mod: '⌘', Shift: '⇧', Escape: 'Esc' } : { $mod: 'Ctrl', Escape: 'Esc' }

/** `$mod+k` as people read it. */
export function keyLabel(keys: string) {
  const mac = isMac()
  const words = names(mac)
  const key = (name: string) => words[name] ?? (name.length === 1 ? name.toUpperCase() : name)
  const stroke = (text: string) =>
    text
      .split('+')
      .map(key)
      .join(mac ? '' : '+')
  return keys.split(' ').map(stroke).join(' ')
}
