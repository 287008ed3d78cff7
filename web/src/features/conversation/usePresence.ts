import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { type Id, tellPresence, type Viewer, viewersQuery } from '@/shared/api'
import { stateAt, typingMode } from '@/shared/realtime'
import { useMyId } from '@/shared/session'

const heartbeat = 5000

/** Says that this agent looks at the ticket, until they leave; and who else does, once they rest on it. */
export function usePresence(ticket: Id, { rests }: { rests: boolean }): Viewer[] {
  const me = useMyId()
  const { data } = useQuery({ ...viewersQuery(ticket), refetchInterval: 15_000, enabled: rests })

  useEffect(() => {
    let told = false
    const tell = () => {
      if (document.hidden) return
      told = true
      tellPresence(ticket, stateAt(ticket), typingMode()).catch(() => undefined)
    }
    // Leafing through the list is not viewing.
    const first = setTimeout(tell, 700)
    const timer = setInterval(tell, heartbeat)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
      if (told || stateAt(ticket) === 'typing') tellPresence(ticket, 'left').catch(() => undefined)
    }
  }, [ticket])

  return useMemo(() => data?.filter((viewer) => viewer.agent_id !== me) ?? [], [data, me])
}
