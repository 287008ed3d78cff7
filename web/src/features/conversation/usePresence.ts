import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Id, tellPresence, type Viewer, viewersQuery } from '@/shared/api'
import { stateAt, typingMode } from '@/shared/realtime'
import { useMyId } from '@/shared/session'

const heartbeat = 5000

/** Says that this agent looks at the ticket, until they leave; and who else does. */
export function usePresence(ticket: Id): Viewer[] {
  const me = useMyId()
  const { data = [] } = useQuery({ ...viewersQuery(ticket), refetchInterval: 15_000 })

  useEffect(() => {
    const tell = () => {
      if (document.hidden) return
      tellPresence(ticket, stateAt(ticket), typingMode()).catch(() => undefined)
    }
    // Leafing through the list is not viewing.
    const first = setTimeout(tell, 700)
    const timer = setInterval(tell, heartbeat)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
      tellPresence(ticket, 'left').catch(() => undefined)
    }
  }, [ticket])

  return data.filter((viewer) => viewer.agent_id !== me)
}
