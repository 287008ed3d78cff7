import type { QueryClient } from '@tanstack/react-query'
import { api, type Message, patchTicket, sendMessage, type Ticket } from '@/shared/api'
import { discard, loadOutbox, put, useOutbox, useSitting } from '@/shared/offline'
import { type Desk, flush, type Server } from '@/shared/offline/flush'
import { applyTicket, type Pages, upsertMessage } from '@/shared/realtime'

const server: Server = {
  reply: (item, body, key) => sendMessage(item.ticket.id, body, key),
  ticket: (item) => api.get('/tickets/{ticket_id}', { path: { ticket_id: item.ticket.id } }),
  change: (item, change, version) => patchTicket(item.ticket.id, change, version),
}

const deskOf = (client: QueryClient): Desk => ({
  async done(item, result) {
    await discard(item.id)
    if (item.work.kind === 'reply') {
      const message = result as Message
      client.setQueryData<Pages<Message>>(['messages', message.ticket_id], (data) =>
        data ? upsertMessage(data, message) : data,
      )
      void client.invalidateQueries({ queryKey: ['ticket', message.ticket_id], exact: true })
    } else {
      const ticket = result as Ticket
      applyTicket(client, ticket)
      void client.invalidateQueries({ queryKey: ['ticket', ticket.id] })
    }
  },
  ask: put,
})

/** Only one window of this browser hands over at a time. */
async function alone(work: () => Promise<boolean>): Promise<boolean> {
  if (!navigator.locks) return work()
  return navigator.locks.request('yizhan.outbox', { ifAvailable: true }, async (lock) =>
    lock ? work() : false,
  )
}

/** Answers whether nothing waits any more. */
export async function handOver(client: QueryClient): Promise<boolean> {
  return alone(async () => {
    const { owner } = useSitting.getState()
    if (!owner) return false
    // Another window may have handed over some, or written more.
    await loadOutbox(owner)
    return flush(useOutbox.getState().items, server, deskOf(client))
  })
}
