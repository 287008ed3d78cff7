import { type Id, tellPresence } from '../api'

const typingLasts = 5000
let typed: { ticket: Id; at: number } = { ticket: '', at: 0 }

/** Somebody presses keys in the editor of a ticket: told at once, then with each heartbeat. */
export function noteTyping(ticket: Id, now = Date.now()) {
  const fresh = typed.ticket !== ticket || now - typed.at > typingLasts
  typed = { ticket, at: now }
  if (fresh) tellPresence(ticket, 'typing').catch(() => undefined)
}

export const stopTyping = () => {
  typed = { ticket: '', at: 0 }
}

/** What the heartbeat says of a ticket that is on screen. */
export const stateAt = (ticket: Id, now = Date.now()) =>
  typed.ticket === ticket && now - typed.at <= typingLasts ? 'typing' : 'viewing'
