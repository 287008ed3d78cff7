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

// Screens listen side by side: the last key of `g i` must not be the `i` of another one.
const sequences = new Map<string, number>()
let before: { key: string; at: number } | null = null
let completing: KeyboardEvent | null = null

/** Sees each key first, and whether it ends a sequence that some screen knows. */
function watch(event: KeyboardEvent) {
  const plain = !(event.ctrlKey || event.metaKey || event.altKey || composing(event))
  if (!plain || typing(event.target) || inDialog(event.target)) {
    before = completing = null
    return
  }
  const follows = before !== null && event.timeStamp - before.at < 1000
  completing = follows && sequences.has(`${before?.key} ${event.key}`) ? event : null
  before = completing ? null : { key: event.key, at: event.timeStamp }
}
if (typeof window !== 'undefined') window.addEventListener('keydown', watch, true)

function count(names: readonly string[], by: 1 | -1) {
  for (const name of names) {
    const left = (sequences.get(name) ?? 0) + by
    if (left > 0) sequences.set(name, left)
    else sequences.delete(name)
  }
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
    const all = names.split('|')
    const several = all.filter((name) => name.includes(' '))
    const handle = (wanted: readonly string[]) =>
      createKeybindingsHandler(
        Object.fromEntries(
          wanted.map((name) => [name, (event: KeyboardEvent) => latest.current[name]?.(event)]),
        ),
      )
    const singles = handle(all.filter((name) => !name.includes(' ')))
    const inTurn = handle(several)
    const listen = (event: KeyboardEvent) => {
      if (composing(event) || event.defaultPrevented) return
      if (!always && (typing(event.target) || inDialog(event.target))) return
      inTurn(event)
      if (completing !== event) singles(event)
    }
    count(several, 1)
    window.addEventListener('keydown', listen)
    return () => {
      count(several, -1)
      window.removeEventListener('keydown', listen)
    }
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
