import { useCallback, useState } from 'react'

/** Several tickets at once: Shift takes a range, Ctrl or ⌘ one more, Ctrl+A all that are loaded. */
export function usePicked(ids: string[]) {
  const [picked, setPicked] = useState<Set<string>>(new Set())
  const [anchor, setAnchor] = useState<string>()
  const toggle = useCallback((id: string) => {
    setAnchor(id)
    setPicked((old) => {
      const next = new Set(old)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  const range = (to: string) => {
    const [from, end] = [ids.indexOf(anchor ?? to), ids.indexOf(to)].sort((a, b) => a - b)
    setPicked((old) => new Set([...old, ...ids.slice(Math.max(0, from ?? 0), (end ?? 0) + 1)]))
  }
  const all = useCallback(() => setPicked(new Set(ids)), [ids])
  const clear = useCallback(() => setPicked((old) => (old.size ? new Set() : old)), [])
  return { picked, toggle, range, all, clear, setAnchor }
}
