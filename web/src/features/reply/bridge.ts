import { create } from 'zustand'
import type { DraftMode, Id, Message } from '@/shared/api'
import { type Content, fromMessage } from './content'

interface Bridge {
  /** A wish of another part of the screen; the composer of that ticket fulfils it and clears it. */
  wish: { ticket: Id; mode: DraftMode; content?: Content; nonce: number } | null
  ask: (ticket: Id, mode: DraftMode, content?: Content) => void
  done: () => void
}

export const useBridge = create<Bridge>((set) => ({
  wish: null,
  ask: (ticket, mode, content) =>
    set(({ wish }) => ({ wish: { ticket, mode, content, nonce: (wish?.nonce ?? 0) + 1 } })),
  done: () => set({ wish: null }),
}))

/** Opens the editor for a reply or a note. */
export const startWriting = (ticket: Id, mode: DraftMode) => useBridge.getState().ask(ticket, mode)

/** Puts a message that was taken back into the editor. */
export const restoreMessage = (message: Message) =>
  useBridge.getState().ask(message.ticket_id, message.visibility, fromMessage(message))
