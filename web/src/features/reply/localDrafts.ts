import type { DraftMode, Id } from '@/shared/api'
import { type Content, nothing } from './content'

interface Stored {
  content: Content
  at: string
  /** The server has it too. */
  synced: boolean
}

const keyOf = (ticket: Id, mode: DraftMode) => `yizhan.draft.${ticket}.${mode}`

export function readLocal(ticket: Id, mode: DraftMode): Stored | null {
  try {
    const text = localStorage.getItem(keyOf(ticket, mode))
    if (!text) return null
    const stored = JSON.parse(text) as Stored
    // What an older version kept has fewer fields.
    return { ...stored, content: { ...nothing, ...stored.content } }
  } catch {
    return null
  }
}

/** A full or forbidden store loses the copy here, never the writing itself. */
export function writeLocal(ticket: Id, mode: DraftMode, stored: Stored) {
  try {
    localStorage.setItem(keyOf(ticket, mode), JSON.stringify(stored))
  } catch {
    // The server keeps the draft.
  }
}

export function forgetLocal(ticket: Id, mode: DraftMode) {
  try {
    localStorage.removeItem(keyOf(ticket, mode))
  } catch {
    // Nothing was stored then.
  }
}
