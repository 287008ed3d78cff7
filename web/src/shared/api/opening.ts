/** Opening a ticket is one request: who asks for its words in the same moment joins in. */
import { api } from './client'
import type { Id, Message, Page, Ticket } from './types'

export const firstMessages = 40

type Half = 'ticket' | 'messages'
interface Opened {
  ticket?: Ticket
  messages?: Page<Message>
}
const asked = new Map<Id, { halves: Set<Half>; answer: Promise<Opened> }>()

function ask(id: Id, half: Half): Promise<Opened> {
  const under = asked.get(id)
  if (under) {
    under.halves.add(half)
    return under.answer
  }
  const halves = new Set([half])
  // The other half is asked for before this turn of the event loop ends.
  const answer = Promise.resolve().then(() => {
    asked.delete(id)
    return read(id, halves)
  })
  asked.set(id, { halves, answer })
  return answer
}

async function read(id: Id, halves: Set<Half>): Promise<Opened> {
  const path = { ticket_id: id }
  if (!halves.has('messages')) return { ticket: await api.get('/tickets/{ticket_id}', { path }) }
  if (!halves.has('ticket')) {
    const query = { limit: firstMessages }
    return { messages: await api.get('/tickets/{ticket_id}/messages', { path, query }) }
  }
  const query = { include: 'messages', limit: firstMessages }
  const { messages, ...ticket } = await api.get('/tickets/{ticket_id}', { path, query })
  return { ticket, messages }
}

/** The ticket, in the same request as its newest messages if they are asked for too. */
export async function ticketOf(id: Id): Promise<Ticket> {
  const { ticket } = await ask(id, 'ticket')
  return ticket ?? api.get('/tickets/{ticket_id}', { path: { ticket_id: id } })
}

/** Its newest messages. */
export async function newestMessages(id: Id): Promise<Page<Message>> {
  const { messages } = await ask(id, 'messages')
  return messages ?? { items: [] }
}
