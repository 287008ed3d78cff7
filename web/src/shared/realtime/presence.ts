import { type Id, tellPresence } from '../api'

const typingLasts = 5000
type Mode = 'public' | 'internal'
let typed: { ticket: Id; at: number; mode: Mode } = { ticket: '', at: 0, mode: 'public' }

/** Somebody presses keys in the editor of a ticket: told at once, then with each heartbeat. */
export function noteTyping(ticket: Id, mode: Mode, now = Date.now()) {
  const fresh = typed.ticket !== ticket || typed.mode !== mode || now - typed.at > typingLasts
  typed = { ticket, at: now, mode }
  if (fresh) tellPresence(ticket, 'typing', mode).catch(() => undefined)
}

export const stopTyping = () => {
  typed = { ticket: '', at: 0, mode: 'public' }
}

/** A note is among colleagues: the customer must not see that one is written. */
export const typingMode = () => typed.mode

/** What the heartbeat says of a ticket that is on screen. */
export const stateAt = (ticket: Id, now = Date.now()) =>
  typed.ticket === ticket && now - typed.at <= typingLasts ? 'typing' : 'viewing'
