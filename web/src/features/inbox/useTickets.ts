import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { messagesQuery, type TicketRow, ticketList, ticketQuery } from '@/shared/api'
import { heldOrder } from './order'
import type { InboxSearch } from './search'

/** The rows of the chosen view; their order is held while the pointer is on them. */
export function useTickets({ view, q, sort, condition }: InboxSearch, group?: string) {
  // A condition that is not saved takes the place of the view's own.
  const where = condition ? { view: 'all', condition } : { view: view ?? 'mine' }
  const query = useInfiniteQuery(ticketList({ ...where, q, sort, ...(group ? { group } : {}) }))
  const all = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const [held, setHeld] = useState<string[] | null>(null)
  const latest = useRef<TicketRow[]>(all)
  const { rows, waiting } = useMemo(
    () => (held ? heldOrder(held, all) : { rows: all, waiting: 0 }),
    [held, all],
  )
  latest.current = rows
  const hold = useCallback(() => setHeld(latest.current.map((row) => row.id)), [])
  const release = useCallback(() => setHeld(null), [])
  return { ...query, rows, waiting, hold, release }
}

/** Fetches what opening a ticket needs, so that it is there before the click. */
export function usePrefetch() {
  const client = useQueryClient()
  return useCallback(
    (id: string | undefined) => {
      if (!id) return
      void client.prefetchQuery(ticketQuery(id))
      void client.prefetchInfiniteQuery(messagesQuery(id))
    },
    [client],
  )
}
