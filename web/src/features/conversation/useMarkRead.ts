import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Id, markRead, type Ticket } from '@/shared/api'
import { applyTicket } from '@/shared/realtime'

/** What has been on screen for a moment is read; each newer message again. */
export function useMarkRead(ticket: Ticket | undefined, newest: Id | null) {
  const client = useQueryClient()
  const id = ticket?.id
  const unread = ticket?.unread ?? false
  useEffect(() => {
    if (!id || !newest || !unread) return
    const timer = setTimeout(() => {
      if (document.hidden) return
      const current = client.getQueryData<Ticket>(['ticket', id])
      if (current) applyTicket(client, { ...current, unread: false })
      markRead(id, newest).catch(() => undefined)
    }, 600)
    return () => clearTimeout(timer)
  }, [client, id, newest, unread])
}
