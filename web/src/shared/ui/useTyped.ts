import { useEffect, useRef, useState } from 'react'

/** Text that is told when the typing pauses (after `wait` ms), and never while an input method is at work. */
export function useTyped(value: string, tell: (text: string) => void, wait = 250) {
  const [text, setText] = useState(value)
  // State, not a ref: the end of a composition changes nothing else, and what it leaves must be told.
  const [busy, setBusy] = useState(false)
  const latest = useRef(tell)
  latest.current = tell
  // Told without its blanks, it comes back without them: one who types on keeps them.
  useEffect(() => setText((old) => (old.trim() === value ? old : value)), [value])
  useEffect(() => {
    if (busy || text.trim() === value) return
    const timer = setTimeout(() => latest.current(text.trim()), wait)
    return () => clearTimeout(timer)
  }, [text, value, busy, wait])
  const composition = {
    onCompositionStart: () => setBusy(true),
    onCompositionEnd: () => setBusy(false),
  }
  return { text, setText, composition }
}
