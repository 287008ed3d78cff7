import type { Message } from '@/shared/api'
import { dayKey } from '@/shared/format'

export type Line =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'message'; key: string; message: Message; joined: boolean }

const joinWithin = 5 * 60_000

/** One person's messages in a row, close in time and of the same kind, are drawn as one block. */
function joins(a: Message | undefined, b: Message): boolean {
  if (!a || a.direction !== b.direction || a.visibility !== b.visibility) return false
  if (a.author.kind !== b.author.kind || a.author.id !== b.author.id) return false
  if (a.subject !== b.subject || a.direction === 'system') return false
  return Date.parse(b.created_at) - Date.parse(a.created_at) < joinWithin
}

export function linesOf(messages: Message[], zone?: string): Line[] {
  const lines: Line[] = []
  let day = ''
  let before: Message | undefined
  for (const message of messages) {
    const today = dayKey(message.created_at, zone)
    if (today !== day) {
      lines.push({ kind: 'day', key: `day-${today}`, at: message.created_at })
      day = today
      before = undefined
    }
    lines.push({
      kind: 'message',
      key: message.client_id ?? message.id,
      message,
      joined: joins(before, message),
    })
    before = message
  }
  return lines
}

/** What the customer has written after the message that was seen last. */
export function customerSince(messages: Message[], seen: string | null): Message[] {
  if (!seen) return []
  const at = messages.findIndex((message) => message.id === seen)
  if (at < 0) return []
  return messages.slice(at + 1).filter((message) => message.direction === 'in')
}

/** The last message that the server knows. */
export function lastKnown(messages: Message[]): string | null {
  return messages.findLast((message) => /^\d+$/.test(message.id))?.id ?? null
}
