import { useCallback, useRef } from 'react'
import { type Id, tellPresence } from '@/shared/api'

const every = 4000

/** Tells the others, not more often than every few seconds, that an answer is being written. */
export function useTyping(ticket: Id) {
  const last = useRef(0)
  return useCallback(() => {
    const now = Date.now()
    if (now - last.current < every) return
    last.current = now
    tellPresence(ticket, 'typing').catch(() => undefined)
  }, [ticket])
}
